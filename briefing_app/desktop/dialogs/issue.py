"""Issuing an edition: its number, its moment, a note, and what must be mended before it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from briefing_app.desktop.background import Lane, Ticket
from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.widgets import label, spin_box
from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.issuing import EditionRecord, Register

Findings = Sequence[dict[str, str]]
_MOST = 999_999
_TICK = 5_000  # milliseconds between two looks at the clock


class IssueDialog(FormDialog):
    """Leads the issue of one edition. ``issued`` follows once it stands in the register."""

    finding_chosen = Signal(str)
    issued = Signal(object)

    def __init__(
        self, parent: QWidget | None, briefing: Briefing, register: Register, lane: Lane, icons: Icons
    ) -> None:
        super().__init__(parent, "Issue edition", "Issue", width=560)
        self._briefing = briefing
        self._register = register
        self._lane = lane
        self._icons = icons
        self._ticket: Ticket | None = None
        self._errors = 0
        self._freezing = False
        self.number = spin_box(1, _MOST, max(1, briefing.meta.edition))
        self.add_row("Edition", self.number)
        self.moment = label(_now_in_words())
        self.add_row("Date and time", self.moment)
        clock = QTimer(self, interval=_TICK)
        clock.timeout.connect(lambda: self.moment.setText(_now_in_words()))
        clock.start()
        self.marking = label(briefing.meta.marking or "No marking")
        self.add_row("Marking", self.marking)
        self.note = self.add_line("Note", hint="kept with the edition, not printed")
        self.state = label("Checking the briefing…", muted=True, wrap=True)
        self.findings = QListWidget()
        self.findings.setProperty("boxed", True)
        self.findings.setAccessibleName("What to look at before it is issued")
        self.findings.setWordWrap(True)
        self.findings.setMinimumHeight(112)
        self.findings.itemActivated.connect(self._go_to)
        self.findings.itemClicked.connect(self._go_to)
        self.findings.hide()
        self.body.insertWidget(1, self.state)
        self.body.insertWidget(2, self.findings)
        self.add_note("The edition is frozen in the library’s register. The briefing then goes on as the next one.")
        self.accept_button.setEnabled(False)
        self._look()

    def _look(self) -> None:
        briefing, register = self._briefing, self._register

        def work() -> tuple[Findings, int, int]:
            from briefing_app.app.checking import check_briefing
            from briefing_app.app.issuing import next_number

            return check_briefing(briefing), next_number(briefing, register), register.editions(briefing.id).last

        self._ticket = self._lane.run(work, lambda found: self._show(*found), self._failed)

    def _show(self, findings: Findings, number: int, last: int) -> None:
        self._ticket = None
        self._errors = sum(one["severity"] == "error" for one in findings)
        self.number.setMinimum(last + 1)
        self.number.setValue(number)
        for one in findings:
            item = QListWidgetItem(one["message"], self.findings)
            is_error = one["severity"] == "error"
            icon = self._icons.icon("circle-alert", "danger") if is_error else None
            item.setIcon(icon or self._icons.icon("triangle-alert", "warning"))
            item.setData(256, one["node_id"])
        self.findings.setVisible(bool(findings))
        self.state.setText(_in_words(len(findings), self._errors))
        self.accept_button.setEnabled(not self._errors)
        self.adjustSize()
        self.note.setFocus()

    def _go_to(self, item: QListWidgetItem) -> None:
        if node_id := item.data(256):
            self.finding_chosen.emit(node_id)

    def try_accept(self) -> None:
        """Freeze the edition beside the window; the dialog closes once it stands in the register."""
        if self._ticket is not None or self._errors:
            return
        from briefing_app.app.dates import now
        from briefing_app.app.issuing import IssueOrder, freeze

        briefing, register = self._briefing, self._register
        order = IssueOrder(at=now(), note=self.note.text(), number=self.number.value())
        self.problem.hide()
        self.accept_button.setEnabled(False)
        self.state.setText("Freezing the edition…")
        self._freezing = True
        self._ticket = self._lane.run(lambda: freeze(briefing, order, register), self._finished, self._failed)

    def _finished(self, record: EditionRecord) -> None:
        self._ticket, self._freezing = None, False
        self.issued.emit(record)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._ticket, self._freezing = None, False
        if not isinstance(error, BriefingError):
            raise error
        self.state.setText("")
        self.accept_button.setEnabled(not self._errors)
        self.say(error)

    def reject(self) -> None:
        """Close, unless an edition is being frozen: that takes a moment, and is not stopped half way."""
        if self._freezing:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()


def _now_in_words() -> str:
    from briefing_app.app.dates import in_words, now

    return f"Now: {in_words(now())}"


def _in_words(findings: int, errors: int) -> str:
    if not findings:
        return "Nothing to look at: the briefing is ready to go out."
    things = "1 thing" if findings == 1 else f"{findings} things"
    if errors:
        return f"{things} to look at, of which {errors} must be mended before it can be issued:"
    return f"{things} to look at before it goes out:"
