"""A list of a million sources shows any of them at once and keeps only a few in memory."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import Qt

from briefing_app.desktop.library.cards import PAGE, PAGES_KEPT, PASSAGE_MIME, USED_ROLE, Card, CardModel

MILLION = 1_000_000


class Shelf:
    """Hands out pages when they are asked for, as the library does."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, int, Callable[[list[Card]], None]]] = []

    def fetch(self, offset: int, limit: int, arrived: Callable[[list[Card]], None]) -> None:
        self.waiting.append((offset, limit, arrived))

    def answer(self) -> None:
        for offset, limit, arrived in self.waiting:
            arrived(
                [Card(f"s{row}", f"Source {row}", end=5 if row % 2 else 0) for row in range(offset, offset + limit)]
            )
        self.waiting.clear()


def test_only_the_pages_in_view_are_fetched() -> None:
    shelf, model = Shelf(), CardModel()
    model.show(MILLION, shelf.fetch)
    assert model.rowCount() == MILLION
    assert model.index(777_777, 0).data() is None
    assert model.index(777_778, 0).data() is None
    assert [offset for offset, _, _ in shelf.waiting] == [777_777 // PAGE * PAGE]
    shelf.answer()
    assert model.index(777_777, 0).data() == "Source 777777"


def test_memory_stays_small_however_far_one_scrolls() -> None:
    shelf, model = Shelf(), CardModel()
    model.show(MILLION, shelf.fetch)
    for row in range(0, MILLION, MILLION // 400):
        model.card(row)
        shelf.answer()
    assert len(model._pages) <= PAGES_KEPT


def test_pages_of_an_earlier_search_are_dropped() -> None:
    shelf, model = Shelf(), CardModel()
    model.show(10, shelf.fetch)
    model.card(0)
    model.show(2, shelf.fetch, [Card("new", "New"), Card("other", "Other")])
    shelf.answer()
    assert model.index(0, 0).data() == "New"


def test_a_card_carries_its_best_passage_when_it_is_dragged() -> None:
    model = CardModel()
    model.show(2, lambda *_: None, [Card("a", "A", start=3, end=9), Card("b", "B")])
    flags = [model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsDragEnabled for row in range(2)]
    assert [bool(flag) for flag in flags] == [True, False]
    mime = model.mimeData([model.index(0, 0)])
    assert json.loads(mime.data(PASSAGE_MIME).data()) == {"source_id": "a", "start": 3, "end": 9}


def test_how_often_a_source_is_used_stands_on_its_card() -> None:
    model = CardModel()
    model.show(1, lambda *_: None, [Card("a", "A")])
    model.set_used({"a": 2})
    assert model.index(0, 0).data(USED_ROLE) == 2
    assert "used 2 times" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
