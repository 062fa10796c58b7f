"""What is like a passage, and what is worth reading for a section: asked of the library, shown in its list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from briefing_app.app.composing import section_name
from briefing_app.app.sections import find
from briefing_app.app.session import Session
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.library.cards import Card
from briefing_app.desktop.library.questions import of_hits
from briefing_app.desktop.reader.view import Passage
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError
from briefing_app.model.block import Section

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library
    from briefing_app.model.briefing import Briefing

_LIMIT = 50  # rows of such a list
_LONGEST = 20_000  # code points of a whole text that it is compared by
_PAUSE = 1_200  # milliseconds after the last change of a section before it is asked for again
_WHY = 3  # words that a suggestion names


class Likeness(QObject):
    """Fills the list of one window with passages like another one, or for the section that is being written."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._section_id = ""
        self._shown: object = None  # what the list of suggestions was asked for
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._follow)

    # --- like a passage

    def like(self, source_id: str, start: int, end: int) -> None:
        """Show what is like a passage of a source; an empty range means its whole text."""
        self._shown = None
        special = self._window.library.special

        def show(title: str) -> None:
            what = "More like the passage of" if end > start else "More like"
            special.show(f"{what} “{title}”", lambda library: like(library, source_id, start, end))

        self._desk.library.ask(lambda library: library.source(source_id).display_title, show, self._window.report)

    def like_passage(self, passage: Passage) -> None:
        """Show what is like a passage that is selected in the reader."""
        self.like(passage.source_id, passage.start, passage.end)

    # --- for a section

    def set_session(self, session: Session | None) -> None:
        """Follow another briefing."""
        self._section_id, self._shown = "", None
        self._window.library.views.section = ""
        if session is not None:
            session.subscribe(lambda _: self._soon())
            self.section_entered(self._window.composer.current_section_id())

    def section_entered(self, section_id: str) -> None:
        """Another section is being written."""
        section = self._section(section_id)
        self._section_id = section_id
        self._window.library.views.section = section_name(section) if section is not None else ""
        self._soon()

    def _soon(self) -> None:
        if self._shown is not None and self._window.library.special.is_open:
            self._later.start()

    def show_suggestions(self) -> None:
        """Show what is worth reading for the section that is being written, and follow it from then on."""
        self._shown = None
        self._ask()

    def _follow(self) -> None:
        if self._shown is not None and self._window.library.special.is_open:
            self._ask()

    def _ask(self) -> None:
        session, section = self._window.session, self._section(self._section_id)
        if session is None or section is None or self._shown is section:
            return
        self._shown = section
        briefing, section_id = session.briefing, section.id
        self._window.library.special.show(
            f"For section: {section_name(section)}", lambda library: suggested(library, briefing, section_id)
        )

    def _section(self, section_id: str) -> Section | None:
        session = self._window.session
        if session is None or not section_id:
            return None
        try:
            return find(session.briefing, section_id)
        except BriefingError:  # it was removed
            return None


def like(library: Library, source_id: str, start: int, end: int) -> list[Card]:
    """Cards of passages like one of a source, none of the source itself."""
    text = library.text(source_id)
    text = text[start:end] if end > start else text[:_LONGEST]
    language = library.source(source_id).language
    hits = library.more_like(text, language=language, exclude=(source_id,), limit=_LIMIT)
    return of_hits(library, hits, folded=True)


def suggested(library: Library, briefing: Briefing, section_id: str) -> list[Card]:
    """Cards of passages worth reading for a section; why stands on each, and on those that are used that they are."""
    from briefing_app.app.section_wants import wants_of

    found = library.suggest(wants_of(briefing, section_id), limit=_LIMIT)
    cards = {card.source_id: card for card in of_hits(library, [one.hit for one in found], folded=True)}
    return [replace(cards[one.hit.source_id], why=_why(one)) for one in found if one.hit.source_id in cards]


def _why(suggestion: Any) -> str:
    words = ", ".join(suggestion.why[:_WHY])
    return " · ".join(part for part in ("used" if suggestion.used else "", words) if part)
