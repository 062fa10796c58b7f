"""The list of what the answers are: outlets, languages, tags and so on, with counts, to be ticked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefing_app.app.finding import FACETS, Asked, Chosen, facets_open
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.library.wordings import shown
from briefing_app.desktop.popover import Popover, Row
from briefing_app.desktop.theme import Colours

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

FIRST = 6  # values of a facet that are shown before more are asked for
_ATTRIBUTES = {
    "outlet": "outlets",
    "lang": "languages",
    "tag": "tags",
    "kind": "kinds",
    "grade": "grades",
    "year": "years",
    "in": "collections",
}
Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class _More:
    """Stands for the values of a facet that are not shown yet."""

    field: str


class FacetList(QObject):
    """Opens the list under a button and keeps its counts with the answers. What is ticked it only tells."""

    chosen_changed = Signal(object)  # Chosen

    def __init__(self, service: LibraryService, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._service, self._icons, self._parent = service, icons, parent
        self._chosen = Chosen()
        self._counts: Counts = {}
        self._unfolded: set[str] = set()
        self._asked = 0
        self.popover: Popover | None = None

    def open(self, button: QWidget, colours: Colours, asked: Asked) -> None:
        """Open the list under ``button`` for the answers to ``asked``."""
        self._unfolded.clear()
        popover = Popover(
            self._parent, colours, self._icons, "Narrow the list", hint="Find an outlet, tag, language…", stays=True
        )
        popover.taken.connect(self._take)
        popover.words.textChanged.connect(lambda: self._show())
        popover.closed.connect(self._closed)
        self.popover = popover
        self._show()
        popover.open_under(button)
        self.refresh(asked)

    def refresh(self, asked: Asked) -> None:
        """Count again where the list is open; the newest count wins."""
        self._chosen = asked.chosen
        if self.popover is None:
            return
        self._asked += 1
        number = self._asked

        def show(counts: Counts | None) -> None:
            if number == self._asked and self.popover is not None and counts is not None:
                self._counts = counts
                self._show()

        question = count(asked)
        self._service.count(lambda library: question(library) if number == self._asked else None, show, lambda _: None)

    def _closed(self) -> None:
        self.popover = None

    def _take(self, value: Any) -> None:
        if isinstance(value, _More):
            self._unfolded.add(value.field)
            self._show()
            return
        self._chosen = self._chosen.toggled(*value)
        self._show()
        self.chosen_changed.emit(self._chosen)

    def _show(self) -> None:
        if self.popover is not None:
            searching = bool(self.popover.words.text().strip())
            self.popover.show_rows(rows(self._counts, self._chosen, self._unfolded, everything=searching))


def rows(counts: Counts, chosen: Chosen, unfolded: set[str], *, everything: bool) -> list[Row]:
    """The rows of the list: under the heading of each facet what is chosen, then the most frequent values."""
    made: list[Row] = []
    for field, title in FACETS.items():
        known = dict(counts.get(field, ()))
        ticked = chosen.of(field)
        values = [*ticked, *(value for value in known if value not in ticked)]
        if field == "year":
            values.sort(reverse=True)
        most = len(values) if everything or field in unfolded else max(FIRST, len(ticked))
        if len(values) == most + 1:
            most += 1
        if values:
            made.append(Row(title))
        for value in values[:most]:
            end = f"{known[value]:,}" if value in known else ""
            made.append(Row(shown(field, value), (field, value), end, ticked=value in ticked))
        if len(values) > most:
            made.append(Row(f"{len(values) - most:,} more…", _More(field), always=True))
    return made


def count(asked: Asked) -> Callable[[Library], Counts]:
    """The counts of the answers; of a facet with a chosen value those that there were without it."""

    def question(library: Library) -> Counts:
        found = library.facets_of(asked.query())
        counts = {field: list(getattr(found, name)) for field, name in _ATTRIBUTES.items()}
        for field in facets_open(asked.chosen):
            besides = library.facets_of(asked.without(field).query())
            counts[field] = list(getattr(besides, _ATTRIBUTES[field]))
        return counts

    return question
