"""The checks beside the writing: they run when one pauses, and what they find is shown in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from briefing_app.app.remarking import Remark, calmly, next_remark, remarks_on
from briefing_app.app.session import Session, SessionEvent
from briefing_app.desktop.background import Lane, Ticket
from briefing_app.desktop.composer.composer import Composer

PAUSE = 600  # milliseconds without an edit before the checks run


class Findings(QObject):
    """Has one composer's briefing checked in a thread of its own. It judges nothing: the rules do.

    What is new at the paragraph that is being written is held back until the caret has left it.
    """

    changed = Signal(object)  # tuple[Remark, ...]: what is shown now

    checked = Signal()  # the checks have run once more

    def __init__(self, composer: Composer, parent: QObject) -> None:
        super().__init__(parent)
        self._composer = composer
        self._lane = Lane("checks", self)
        self._ticket: Ticket | None = None
        self._session: Session | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._found: tuple[Remark, ...] = ()
        self._writing_in = ""
        self.shown: tuple[Remark, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._check)
        composer.caret_moved.connect(self._caret_moved)
        composer.finding_chosen.connect(self._say_at)

    def set_session(self, session: Session | None) -> None:
        """Check another briefing, or none."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._session = session
        self._unsubscribe = session.subscribe(self._on_event) if session is not None else None
        self._writing_in = ""
        self._pause.stop()
        self._take(())
        if session is not None:
            self._pause.start()

    def close(self) -> None:
        """Check no more."""
        self.set_session(None)
        self._lane.close()

    # --- beside the typing

    def _on_event(self, event: SessionEvent) -> None:
        if event.kind == "saved":
            return
        if event.kind == "edited":
            self._writing_in = self._node()
        self._pause.start()

    def _node(self) -> str:
        caret = self._composer.caret()
        return caret.node_id if caret is not None else ""

    def _check(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._session is not None:
            briefing = self._session.briefing
            self._ticket = self._lane.run(lambda: remarks_on(briefing), self._take)

    def _take(self, found: tuple[Remark, ...]) -> None:
        self._found = found
        self._show()
        self.checked.emit()

    def _caret_moved(self) -> None:
        if self._writing_in and self._node() != self._writing_in:
            self._writing_in = ""
            self._show()

    def _show(self) -> None:
        shown = calmly(self.shown, self._found, self._writing_in)
        if shown != self.shown:
            self.shown = shown
            self._composer.show_remarks(shown)
            self.changed.emit(shown)

    # --- going there

    def go(self, step: int) -> None:
        """Go to the next finding (1) or the previous one (-1) and show what it says."""
        if self._session is None:
            return
        self._writing_in = ""
        self._show()
        caret = self._composer.caret()
        here = caret.node_id if caret is not None else self._composer.current_section_id()
        found = next_remark(self._session.briefing, self.shown, here, step)
        if found is not None:
            self.go_to(found)
        else:
            self._composer.message.emit("\n".join(one.message for one in self.shown) or "The checks find nothing.")

    def go_to(self, remark: Remark) -> None:
        """Go to the place of a finding and show what it says; one about the whole briefing is only said."""
        if not remark.node_id:
            self._composer.message.emit(remark.message)
            return
        self._composer.go_to(remark.node_id)
        self._say_at(remark.node_id)

    def _say_at(self, node_id: str) -> None:
        here = [remark for remark in self.shown if remark.node_id == node_id]
        if here:
            self._composer.go_to(node_id)
            is_error = any(remark.severity == "error" for remark in here)
            self._composer.say("\n".join(remark.message for remark in here), is_error=is_error)
