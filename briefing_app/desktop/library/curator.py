"""What keys and menus do to the sources chosen in the list: keep, drop, star, read, tag, collect, grade; and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from briefing_app.app import triaging
from briefing_app.app.triaging import Done
from briefing_app.desktop.library.answers import Answers
from briefing_app.desktop.library.card_list import CardList
from briefing_app.desktop.library.cards import Card, CardModel
from briefing_app.desktop.library.questions import ids_between
from briefing_app.desktop.library.service import LibraryService
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

Ids = list[str]
Act = Callable[["Library", Ids], Done]
_STEPS = 100  # things done that can be taken back


class Curator(QObject):
    """Changes sources through the library and shows it at once. The list asks again when the library has answered."""

    told = Signal(str, bool)  # what was done, and whether it can be taken back
    refused = Signal(object)
    done = Signal()

    def __init__(self, service: LibraryService, view: CardList, model: CardModel, answers: Answers) -> None:
        super().__init__(view)
        self._service, self._view, self._model, self._answers = service, view, model, answers
        self._steps: list[Done] = []
        self._pending = 0

    @property
    def is_busy(self) -> bool:
        """True while something that is shown already has not reached the library."""
        return self._pending > 0

    # --- which sources

    def with_selected(self, do: Callable[[Ids], object]) -> None:
        """Call ``do`` with the ids of the selected sources, those that are not in memory fetched before."""
        ranges = self._view.selected_ranges()
        if not ranges and self._view.currentIndex().isValid():
            ranges = [(self._view.currentIndex().row(), self._view.currentIndex().row())]
        known = {row: card.source_id for row, card in self._model.known()}
        rows = [range(first, last + 1) for first, last in ranges]
        count = sum(map(len, rows))
        if count <= len(known) and all(row in known for one in rows for row in one):
            ids = [known[row] for one in rows for row in one]
            if ids:
                do(ids)
            return
        asked = self._answers.asked
        questions = [ids_between(asked, first, last) for first, last in ranges]

        def read(library: Library) -> Ids:
            return [id for question in questions for id in question(library)]

        self._service.ask(read, do, self._refuse)

    def selected_cards(self) -> list[Card]:
        """The cards of the selected rows, as far as they are in memory."""
        ranges = self._view.selected_ranges()
        return [card for row, card in self._model.known() if any(first <= row <= last for first, last in ranges)]

    # --- what is done to them

    def triage(self, said: str) -> None:
        """Keep or drop what is selected, and go on to the next row."""

        def do(ids: Ids) -> None:
            folded = self._answers.asked.folded and self._answers.fixed is None

            def act(library: Library, ids: Ids) -> Done:
                every = triaging.with_reprints(library, ids) if folded else ids
                return triaging.triage(library, every, said)  # type: ignore[arg-type]

            if self._answers.asked.view.waiting and self._answers.fixed is None:
                self._answers.drop(ids)
            else:
                self._model.change(ids, lambda card: replace(card, triage=said))
                self._view.move_by(1)
            self.perform(act, ids)

        self.with_selected(do)

    def star(self) -> None:
        on = not all(card.starred for card in self.selected_cards())
        self._change(lambda library, ids: triaging.star(library, ids, on), lambda card: replace(card, starred=on))

    def mark_unread(self) -> None:
        """Mark what is selected as unread, or as read where all of it is unread."""
        on = all(not card.seen for card in self.selected_cards())
        self._change(lambda library, ids: triaging.mark_seen(library, ids, on), lambda card: replace(card, seen=on))

    def grade(self, reliability: str | None) -> None:
        self._change(
            lambda library, ids: triaging.grade(library, ids, reliability),
            lambda card: replace(card, grade=reliability or card.grade),
        )

    def tag(self, added: tuple[str, ...], removed: tuple[str, ...] = ()) -> None:
        gone = {tag.casefold() for tag in removed}

        def tagged(card: Card) -> Card:
            kept = [tag for tag in card.tags if tag.casefold() not in gone]
            return replace(card, tags=tuple(dict.fromkeys((*kept, *added))))

        self._change(lambda library, ids: triaging.tag(library, ids, added, removed), tagged)

    def collect(self, num: int, name: str, on: bool) -> None:
        self._change(lambda library, ids: triaging.collect(library, ids, num, name, on), lambda card: card)

    def _change(self, act: Act, shown: Callable[[Card], Card]) -> None:
        def do(ids: Ids) -> None:
            self._model.change(set(ids), shown)
            self.perform(act, ids)

        self.with_selected(do)

    def perform(self, act: Act, ids: Ids, *, then: Callable[[], object] | None = None) -> None:
        """Do something to sources, and remember the way back."""
        if not self._service.can_write:
            self._refuse(self._service.busy or BriefingError("The library cannot be changed now."))
            return
        self._pending += 1

        def performed(done: Done) -> None:
            self._pending -= 1
            self._steps.append(done)
            del self._steps[:-_STEPS]
            self.told.emit(done.words, True)
            if then is not None:
                then()
            self.done.emit()

        self._service.change(lambda library: act(library, ids), performed, self._not_done)

    def undo(self) -> None:
        """Take the last thing back; what it was done to becomes current where the list has it."""
        if not self._steps:
            self.told.emit("There is nothing to take back.", False)
            return
        step = self._steps.pop()
        if step.ids:
            self._answers.want(step.ids[0])
        self._pending += 1

        def undone(_: Any) -> None:
            self._pending -= 1
            self.told.emit(f"Taken back: {step.words}", False)
            self.done.emit()

        self._service.change(step.back, undone, self._not_done)

    def _not_done(self, error: Exception) -> None:
        self._pending -= 1
        self._refuse(error)
        self.done.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
