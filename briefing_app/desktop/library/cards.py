"""The rows of the library's list: loaded in pages when they come into view, so that a million of them scroll."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
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
    passage in code points of the source's text, equal where there is none."""

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
        self._used: Mapping[str, int] = {}

    def show(self, total: int, fetch: Fetch, first: list[Card] | None = None) -> None:
        """Show other rows; ``first`` are those of the first page where they are known already."""
        self.beginResetModel()
        self._generation += 1
        self._total, self._fetch = total, fetch
        self._pages.clear()
        self._asked.clear()
        if first:
            self._pages[0] = first
        self.endResetModel()

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
        return page[place] if place < len(page) else None

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
            parts = [card.title, card.about, "no text" if card.no_text else "", f"used {used} times" if used else ""]
            return ", ".join(part for part in (*parts, card.snippet) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{card.title}\n{card.about}" if card.about else card.title
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
