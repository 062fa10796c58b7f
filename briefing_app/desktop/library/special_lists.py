"""Lists that nobody searched for: the reprints of a source, what is like a passage, suggestions for a section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from briefing_app.desktop.library.answers import Answers
from briefing_app.desktop.library.bars import Bars
from briefing_app.desktop.library.cards import Card
from briefing_app.desktop.library.questions import of_sources
from briefing_app.desktop.library.service import LibraryService

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

Cards = Callable[["Library"], list[Card]]


class SpecialLists(QObject):
    """Shows such a list under a heading with a way back, and asks for it again when the library changes."""

    refused = Signal(object)

    def __init__(self, service: LibraryService, answers: Answers, bars: Bars) -> None:
        super().__init__(answers)
        self._service, self._answers, self._bars = service, answers, bars
        self._asked = 0
        self._again: Cards | None = None
        self.group_of = ""  # the source whose reprints are shown

    @property
    def is_open(self) -> bool:
        return self._again is not None

    def leave(self) -> None:
        """Show no such list any more; what was asked for so far is dropped."""
        self._asked += 1
        self._again, self.group_of = None, ""
        self._bars.show_heading("")

    def show_reprints(self, source_id: str, title: str) -> None:
        """The group of a source, the origin first."""
        self._show(f"Reprints of “{title}”", lambda library: reprints(library, source_id), group=source_id)

    def show(self, heading: str, cards: Cards) -> None:
        """Any list of cards, under a heading."""
        self._show(heading, cards)

    def ask_again(self) -> None:
        """Ask for the list that is shown once more, after a change."""
        if self._again is not None:
            self._ask(self._again, keep=True)

    def _show(self, heading: str, cards: Cards, *, group: str = "") -> None:
        self._again, self.group_of = cards, group
        self._bars.show_heading(heading, group=bool(group))
        self._ask(cards)

    def _ask(self, cards: Cards, *, keep: bool = False) -> None:
        self._asked += 1
        number = self._asked

        def show(found: list[Card] | None) -> None:
            if found is not None and number == self._asked:
                self._answers.show_cards(found, keep=keep)

        self._service.ask(lambda library: cards(library) if number == self._asked else None, show, self.refused.emit)


def reprints(library: Library, source_id: str) -> list[Card]:
    """The group of a source as cards: what each has in common with the origin stands on it."""
    kin = library.reprint_group(source_id)
    sources = {card.source_id: card for card in of_sources(library, [library.source(one.source_id) for one in kin])}
    return [replace(sources[one.source_id], reprints=0, is_reprint=False, why=_share(one)) for one in kin]


def _share(kin: Any) -> str:
    if kin.is_origin:
        return "origin, as you said" if kin.how == "said" else "earliest"
    share = f"{kin.share:.0%} in common" if kin.share else "little in common"
    return f"{share}, as you said" if kin.how == "said" else share
