"""The line at the foot of the window: saved or not, words, citations, marking, edition, as-of."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStatusBar

from briefing_app.app.dates import in_words
from briefing_app.app.session import Session, SessionEvent
from briefing_app.app.tallying import Count
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import ClickableLabel, label
from briefing_app.errors import MarkingError
from briefing_app.model.briefing import Meta
from briefing_app.model.marking import parse_marking


class StatusLine(QStatusBar):
    """Says how the open briefing stands. A click on what it states of the title opens the properties."""

    properties_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._saved_at = ""
        self._saving = False
        self._count = Count()
        self.state = label()
        self.findings = ClickableLabel()
        self.findings.setToolTip("What the checks find (Ctrl+F8); F8 goes to the next")
        self.findings.hide()
        self.about = ClickableLabel()
        self.about.setProperty("muted", True)
        self.marking = ClickableLabel()
        self.marking.setToolTip("Marking of the briefing")
        for part in (self.about, self.marking):
            part.clicked.connect(self.properties_requested)
        self.setSizeGripEnabled(False)
        self.state.setContentsMargins(GRID, 3, 0, 3)
        self.about.setContentsMargins(0, 0, GRID, 0)
        self.addWidget(self.state, 1)
        self.findings.setContentsMargins(0, 0, 2 * GRID, 0)
        self.addPermanentWidget(self.findings)
        self.addPermanentWidget(self.about)
        self.addPermanentWidget(self.marking)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)

    def set_session(self, session: Session | None) -> None:
        """Speak of another briefing."""
        self._session = session
        self._saved_at = ""
        if session is not None:
            session.subscribe(self._changed)
        self.refresh()

    def set_count(self, count: Count) -> None:
        self._count = count
        self.refresh()

    def set_findings(self, words: str, *, is_grave: bool) -> None:
        """Say how many findings there are; ``is_grave`` where an export would be held back."""
        self.findings.setText(words)
        self.findings.setAccessibleName(f"Findings: {words}")
        self.findings.setProperty("danger", is_grave)
        self.findings.setProperty("muted", not is_grave)
        self.findings.style().polish(self.findings)

    def set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.refresh()

    def _changed(self, event: SessionEvent) -> None:
        if event.kind == "saved":
            self._saved_at = f"{_now():%H:%M}"
        self._later.start()

    def refresh(self) -> None:
        """Say it all anew."""
        session = self._session
        self.about.setVisible(session is not None)
        self.findings.setVisible(session is not None)
        self.marking.setVisible(session is not None and bool(session.briefing.meta.marking))
        if session is None:
            self.state.setText("No briefing is open")
            return
        words, citations = self._count.words, self._count.citations
        parts = (
            self._save_state(session),
            "1 word" if words == 1 else f"{words:,} words",
            "1 citation" if citations == 1 else f"{citations:,} citations",
        )
        self.state.setText(" · ".join(parts))
        meta = session.briefing.meta
        moment = in_words(meta.as_of)
        self.about.setText(f"Edition {meta.edition}" + (f" · As of {moment}" if moment else ""))
        self._show_marking(meta)

    def _save_state(self, session: Session) -> str:
        if self._saving:
            return "Saving…"
        if session.is_modified:
            return "Not saved yet" if session.path is None else "Unsaved changes"
        return f"Saved {self._saved_at}" if self._saved_at else "Saved"

    def _show_marking(self, meta: Meta) -> None:
        self.marking.setText(" ".join(part for part in (meta.marking, meta.restrictions) if part))
        try:
            marking = parse_marking(meta.marking)
        except MarkingError:
            marking = None
        if marking is not None:
            self.marking.setStyleSheet(
                f"background: {marking.background}; color: {marking.colour}; font-weight: 600;"
                " border-radius: 4px; padding: 2px 8px; margin: 2px 8px;"
            )


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()
