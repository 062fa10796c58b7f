"""The reader: what is selected is exactly the passage of the stored text, whatever the script."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from briefing_app.desktop.library.cards import PASSAGE_MIME
from briefing_app.desktop.reader.panel import split
from briefing_app.desktop.reader.view import PART, ReaderView
from briefing_app.desktop.theme import LIGHT
from briefing_app.model.reading import BlockKind, TextBlock

PLAIN = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"])
LINE = st.text(st.one_of(PLAIN, st.sampled_from("абвгд ابتث 漢字 😀🛰️ \t")), max_size=24)
STORED_TEXT = st.lists(LINE, min_size=1, max_size=8).map("\n".join)


@pytest.fixture
def view(qtbot: QtBot) -> ReaderView:
    made = ReaderView(LIGHT)
    qtbot.addWidget(made)
    made.resize(400, 500)
    return made


def _select(view: ReaderView, unit: int, other: int) -> None:
    cursor = view.textCursor()
    cursor.setPosition(unit)
    cursor.setPosition(other, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(STORED_TEXT, st.data())
def test_a_selection_is_the_passage_of_the_stored_text(view: ReaderView, text: str, data: st.DataObject) -> None:
    base = data.draw(st.integers(0, 500))
    view.show_text("s1", text, (), base)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = [len(text[:point].encode("utf-16-le")) // 2 for point in (start, end)]
    _select(view, units[1], units[0])  # backwards, as a drag to the left does
    passage = view.passage()
    chosen = text[start:end]
    if not chosen.strip():
        assert passage is None
    else:
        assert passage is not None
        assert text[passage.start - base : passage.end - base] == chosen.strip()
        assert view.text_of(passage) == chosen.strip()


def test_revealing_selects_the_same_range(view: ReaderView) -> None:
    text = "Первый абзац 😀.\n\nفتح الميناء أمس.\n\nThird."
    view.show_text("s1", text)
    start = text.index("فتح")
    view.reveal(start, start + 10, select=True)
    passage = view.passage()
    assert passage is not None
    assert (passage.start, passage.end) == (start, start + 10)


def test_a_dragged_selection_carries_the_passage_in_code_points(view: ReaderView) -> None:
    text = "😀😀 One.\n\nTwo words here."
    view.show_text("s9", text)
    unit = len("😀😀 One.\n\n".encode("utf-16-le")) // 2
    _select(view, unit, unit + len("Two words"))
    mime = view.createMimeDataFromSelection()
    passage = json.loads(mime.data(PASSAGE_MIME).data())
    assert passage == {"source_id": "s9", "start": text.index("Two"), "end": text.index("Two") + 9}
    assert mime.text() == "Two words"


def test_a_long_text_is_laid_out_in_slices_and_is_whole_at_the_end(qtbot: QtBot, view: ReaderView) -> None:
    text = "\n\n".join(f"Paragraph {number}: " + "words " * 40 for number in range(600))
    view.show_text("s1", text)
    assert not view.is_whole
    target = text.index("Paragraph 590")
    view.reveal(target, target + 13, select=True)
    qtbot.waitUntil(lambda: view.is_whole)
    passage = view.passage()
    assert passage is not None
    assert view.text_of(passage) == "Paragraph 590"
    assert view.toPlainText() == text


def test_headings_are_drawn_as_headings(view: ReaderView) -> None:
    text = "Title\n\nBody."
    view.show_text("s1", text, [TextBlock(BlockKind.HEADING, 0, 5, 1)])
    weights = [view.document().findBlock(place).charFormat().fontWeight() for place in (0, 7)]
    assert weights[0] > weights[1]


def test_a_book_is_split_at_lines_and_loses_nothing() -> None:
    text = "\n".join(unicodedata.normalize("NFC", "Zeile über das Meer ") * 8 for _ in range(16_000))
    parts = split(text)
    assert len(parts) > 1
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= PART for start, end in parts)
    assert all(text[end - 1] == "\n" for _, end in parts[:-1])
