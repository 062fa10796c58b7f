"""The rows of the library's list: loaded in pages when they come into view, so that a million of them scroll."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

PAGE = 50
PAGES_KEPT = 80
CARD_ROLE = Qt.ItemDataRole.UserRole + 1
USED_ROLE = Qt.ItemDataRole.UserRole + 2
PASSAGE_MIME = "application/x-briefing-passage"
Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int, Callable[[list["Card"]], None]], object]
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Card:
    """What one row shows. ``highlights`` are ranges of code points of ``snippet``; ``start``/``end`` the best
    passage in code points of the source's text, equal where there is none. ``reprints`` counts the others of its
    group; ``why`` says why it stands in a list that nobody searched for, such as how much of it is a reprint."""

    source_id: str
    title: str
    outlet: str = ""
    date: str = ""
    language: str = ""
    kind: str = "text"
    no_text: bool = False
    snippet: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    start: int = 0
    end: int = 0
    starred: bool = False
    seen: bool = True
    triage: str = ""
    grade: str = ""
    tags: tuple[str, ...] = ()
    marking: str = ""
    reprints: int = 0
    noted: bool = False
    is_reprint: bool = False
    why: str = ""

    @property
    def reprints_words(self) -> str:
        """How many reprints it stands for."""
        return "" if not self.reprints else "+1 reprint" if self.reprints == 1 else f"+{self.reprints:,} reprints"

    @property
    def has_marks(self) -> bool:
        """True where anything is known of it beside its fields."""
        return bool(
            self.grade or self.tags or self.marking or self.reprints or self.noted or self.is_reprint or self.why
        )

    @property
    def spoken(self) -> str:
        """Everything that the row shows, for screen readers."""
        words = {"kept": "kept", "dropped": "dropped", "": ""}[self.triage]
        parts = (
            *(self.title, self.about, "" if self.seen else "unread", "starred" if self.starred else "", words),
            *("no text" if self.no_text else "", f"grade {self.grade}" if self.grade else "", self.reprints_words),
            *("has a note" if self.noted else "", self.why, " ".join(f"#{tag}" for tag in self.tags), self.marking),
        )
        return ", ".join(part for part in parts if part)

    @property
    def about(self) -> str:
        """Outlet, day and language, as far as they are known; each part in its own direction."""
        parts = [part for part in (self.outlet, self.date[:10], self.language) if part]
        return "\u200e" + " · ".join(f"\u2068{part}\u2069" for part in parts) if parts else ""


def passage_mime(source_id: str, start: int, end: int, text: str = "") -> QMimeData:
    """A passage on its way from one part of the window to another, in code points of the source's text."""
    mime = QMimeData()
    passage = {"source_id": source_id, "start": start, "end": end}
    mime.setData(PASSAGE_MIME, json.dumps(passage).encode())
    if text:
        mime.setText(text)
    return mime


class CardModel(QAbstractTableModel):
    """A table of one column over ``total`` rows, of which only the pages near the view are in memory."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._fetch: Fetch | None = None
        self._pages: OrderedDict[int, list[Card]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._short: set[int] = set()  # pages that lost rows, and lack some at their end
        self._used: Mapping[str, int] = {}

    def show(self, total: int, fetch: Fetch, first: list[Card] | None = None, *, offset: int = 0) -> None:
        """Show other rows; ``first`` are those from row ``offset`` on, a page's beginning, where they are known."""
        self.beginResetModel()
        self._generation += 1
        self._total, self._fetch = total, fetch
        self._pages.clear()
        self._asked.clear()
        self._short.clear()
        if first:
            self._pages[offset // PAGE] = first
        self.endResetModel()

    def change(self, ids: Collection[str], change: Callable[[Card], Card]) -> None:
        """Show at once what was changed of sources, before the library is asked again."""
        for number, page in self._pages.items():
            for place, card in enumerate(page):
                if card.source_id in ids:
                    page[place] = change(card)
                    index = self.index(number * PAGE + place, 0)
                    self.dataChanged.emit(index, index)

    def drop(self, ids: Collection[str]) -> None:
        """Take the rows of sources away at once, as far as they are in memory, before the library is asked again."""
        rows = sorted((row for row, card in self.known() if card.source_id in ids), reverse=True)
        for row in rows:
            self.beginRemoveRows(_NO_INDEX, row, row)
            self._take_out(row)
            self.endRemoveRows()

    def _take_out(self, row: int) -> None:
        number, place = divmod(row, PAGE)
        self._total -= 1
        self._generation += 1  # what is on its way has the row yet
        self._asked.clear()
        self._pages[number].pop(place)
        while number + 1 in self._pages and self._pages[number + 1]:
            self._pages[number].append(self._pages[number + 1].pop(0))
            number += 1
        if len(self._pages[number]) < min(PAGE, self._total - number * PAGE):
            self._short.add(number)
        for beyond in [one for one in self._pages if one > number]:
            del self._pages[beyond]

    def known(self) -> Iterator[tuple[int, Card]]:
        """The rows that are in memory."""
        for number, page in self._pages.items():
            for place, card in enumerate(page):
                yield number * PAGE + place, card

    def set_used(self, used: Mapping[str, int]) -> None:
        """How often each source is cited in the briefing, by its id."""
        if used != self._used:
            self._used = dict(used)
            if self._total:
                self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, 0), [USED_ROLE])

    def card(self, row: int) -> Card | None:
        """The card in ``row``, or None while its page is on its way."""
        if not 0 <= row < self._total:
            return None
        number = row // PAGE
        page = self._pages.get(number)
        if page is None:
            self._request(number)
            return None
        self._pages.move_to_end(number)
        place = row - number * PAGE
        if place >= len(page):
            if number in self._short:
                self._request(number)
            return None
        return page[place]

    def _request(self, number: int) -> None:
        if number in self._asked or self._fetch is None:
            return
        self._asked.add(number)
        generation = self._generation
        self._fetch(number * PAGE, PAGE, lambda cards: self._arrived(generation, number, cards))

    def _arrived(self, generation: int, number: int, cards: list[Card]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._short.discard(number)
        self._pages[number] = cards
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        last = min(self._total, (number + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, 0))

    # --- Qt's side

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.card(index.row())
        if role == CARD_ROLE:
            return card
        if card is None:
            return None
        if role == USED_ROLE:
            return self._used.get(card.source_id, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            used = self._used.get(card.source_id, 0)
            parts = (card.spoken, f"used {used} times" if used else "", card.snippet)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            more = " · ".join(part for part in (" ".join(f"#{tag}" for tag in card.tags), card.marking) if part)
            return "\n".join(part for part in (card.title, card.about, more) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        card = self.card(index.row())
        if card is not None and card.end > card.start:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [PASSAGE_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        for index in indexes:
            card = self.card(index.row())
            if card is not None and card.end > card.start:
                return passage_mime(card.source_id, card.start, card.end)
        return QMimeData()
