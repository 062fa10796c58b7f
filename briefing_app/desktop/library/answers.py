"""The rows that answer what was asked: fetched beside the window, shown at once, and kept in place when they change."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal

from briefing_app.app.finding import Asked
from briefing_app.desktop.library.card_list import CardList
from briefing_app.desktop.library.card_painter import BROWSE_HEIGHT, SEARCH_HEIGHT
from briefing_app.desktop.library.cards import PAGE, Card, CardModel
from briefing_app.desktop.library.questions import rows
from briefing_app.desktop.library.service import LibraryService

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_STAY = QItemSelectionModel.SelectionFlag.NoUpdate


class Answers(QObject):
    """Fills one list. The newest question wins; asked again, the list stays where it is, with what is selected."""

    shown = Signal(int)  # how many rows there are
    refused = Signal(object)
    chosen = Signal(object)  # the card that has become current

    def __init__(self, service: LibraryService, view: CardList, model: CardModel) -> None:
        super().__init__(view)
        self._service, self._view, self._model = service, view, model
        self._number = self._answered = 0
        self._current = ""  # id of the source that was told last
        self._wanted = ""  # id that is to become current with the next answer
        self._left_at = (-1, "", 0)  # row, id of its source, and where the list was scrolled to
        self._place: int | None = None  # where the next answer is to be scrolled to
        self._is_quiet = False
        self.asked = Asked()
        self.fixed: list[Card] | None = None
        view.selectionModel().currentRowChanged.connect(self._row_changed)

    @property
    def is_waiting(self) -> bool:
        return self._number != self._answered

    # --- asking

    def ask(self, asked: Asked) -> None:
        """Show the answers to something else, from the top."""
        self.fixed, self.asked, self._current = None, asked, ""
        self._ask(0, keep=False)

    def ask_again(self) -> None:
        """Ask the same once more, as after a change of the library."""
        if self.fixed is None:
            row = max(0, self._view.currentIndex().row(), self._view.rowAt(0) if not self._has_current() else 0)
            self._ask(row // PAGE * PAGE, keep=True)

    def go_back(self) -> None:
        """Show the answers again that were left for another list, at the same place."""
        row, current, self._place = self._left_at
        self.fixed, self._wanted = None, current
        self._ask(max(0, row) // PAGE * PAGE, keep=True)

    def want(self, source_id: str) -> None:
        """Let this source be current when the next answer has it."""
        self._wanted = source_id

    def show_cards(self, cards: list[Card], *, keep: bool = False) -> None:
        """Show a list that nobody searched for; ``go_back`` leads to where one was before.

        With ``keep`` it is the same list again: it stays where it is, with what is selected.
        """
        if self.fixed is None:
            self._left_at = (self._view.currentIndex().row(), self._current, self._view.verticalScrollBar().value())
        self._number += 1
        self._answered = self._number
        place = self._view.verticalScrollBar().value()
        before = (self._model.rowCount(), self._view.currentIndex().row(), self._view.selected_ranges())
        self.fixed = cards
        self._set_height(any(card.snippet for card in cards))
        self._model.show(len(cards), lambda *_: None, list(cards))
        if keep:
            self._restore(before, 0, cards)
            self._view.verticalScrollBar().setValue(place)
        else:
            self._current = ""
            self._view.scrollToTop()
        self.shown.emit(len(cards))

    def drop(self, ids: Collection[str]) -> None:
        """Take rows away at once; the one that stands there then is the current one."""
        row = min((row for row, card in self._model.known() if card.source_id in ids), default=0)
        self._is_quiet = True
        self._model.drop(ids)
        self._is_quiet = False
        if self._model.rowCount():
            index = self._model.index(min(row, self._model.rowCount() - 1), 0)
            self._view.selectionModel().setCurrentIndex(index, _SELECT)
            self._row_changed(index, index)

    def _has_current(self) -> bool:
        return self._view.currentIndex().isValid()

    def _ask(self, offset: int, *, keep: bool) -> None:
        self._number += 1
        number, asked = self._number, self.asked
        question = rows(asked, offset)

        def ask(library: Library) -> Any:
            if number != self._number:
                return None
            total, cards = question(library)
            if offset and not cards and total:  # the list has become shorter
                return 0, total, rows(asked, 0)(library)[1]
            return offset, total, cards

        def show(answer: tuple[int, int, list[Card]] | None) -> None:
            if answer is not None and number == self._number:
                self._answered = number
                self._show(*answer, keep=keep)

        def refuse(error: Exception) -> None:
            if number == self._number:
                self._answered = number
                self.refused.emit(error)

        self._service.ask(ask, show, refuse)

    def _show(self, offset: int, total: int, cards: list[Card], *, keep: bool) -> None:
        asked = self.asked

        def fetch(start: int, limit: int, arrived: Callable[[list[Card]], None]) -> None:
            question = rows(asked, start, limit)
            self._service.ask(lambda library: question(library)[1], arrived)

        place = self._view.verticalScrollBar().value() if self._place is None else self._place
        self._place = None
        before = (self._model.rowCount(), self._view.currentIndex().row(), self._view.selected_ranges())
        self._set_height(bool(asked.words) or asked.view.waiting)
        self._model.show(total, fetch, cards, offset=offset)
        if keep:
            self._restore(before, offset, cards)
            self._view.verticalScrollBar().setValue(place)
        else:
            self._view.scrollToTop()
            if cards and self._view.hasFocus():  # whoever has the keys there sees what they act on
                self._view.selectionModel().setCurrentIndex(self._model.index(0, 0), _SELECT)
        self.shown.emit(total)

    def _set_height(self, with_text: bool) -> None:
        self._view.verticalHeader().setDefaultSectionSize(SEARCH_HEIGHT if with_text else BROWSE_HEIGHT)

    def _restore(self, before: tuple[int, int, list[tuple[int, int]]], offset: int, cards: list[Card]) -> None:
        """Select what was selected, and make the source current that was; where it has gone, what stands there."""
        total, row, ranges = before
        wanted, self._wanted = self._wanted or self._current, ""
        found = next((n for n, card in enumerate(cards, offset) if card.source_id == wanted), None)
        chosen = self._view.selectionModel()
        if found is not None:
            chosen.setCurrentIndex(self._model.index(found, 0), _SELECT)
            if len(ranges) > 1 or (ranges and ranges[0][0] != ranges[0][1]):
                self._select_again(total, ranges)
        elif row >= 0 and self._model.rowCount():
            chosen.setCurrentIndex(self._model.index(min(row, self._model.rowCount() - 1), 0), _STAY)

    def _select_again(self, total: int, ranges: list[tuple[int, int]]) -> None:
        if total != self._model.rowCount():
            return
        selection = QItemSelection()
        for first, last in ranges:
            selection.select(self._model.index(first, 0), self._model.index(last, 0))
        self._view.selectionModel().select(selection, _ADD)

    # --- choosing

    def _row_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        card = self._model.card(current.row())
        if card is not None and card.source_id != self._current and not self._is_quiet:
            self._current = card.source_id
            self.chosen.emit(card)

    def current_card(self) -> Card | None:
        """The card of the current row, where there is one."""
        index = self._view.currentIndex()
        return self._model.card(index.row()) if index.isValid() else None
