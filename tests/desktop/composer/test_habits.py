"""What hands know from every word processor: clicks, whole paragraphs, cells, headings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_app.app.history import Caret
from briefing_app.model.block import Table
from briefing_app.model.inline import Citation, Text
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page
from tests.samples import paragraph

Open = Callable[..., Page]
LEFT = Qt.MouseButton.LeftButton


def _point(page: Page, position: int) -> QPoint:
    editor = page.editor()
    cursor = editor.textCursor()
    cursor.setPosition(position)
    return editor.cursorRect(cursor).center()


def _table(page: Page) -> Table:
    return next(node for node in page.briefing.walk() if isinstance(node, Table))


def test_three_clicks_choose_a_paragraph_and_typing_leaves_the_next_alone(open_page: Open) -> None:
    page = open_page(paragraph("p", "One two three"), paragraph("q", "Four"))
    viewport, point = page.editor().viewport(), _point(page, 5)
    QTest.mouseDClick(viewport, LEFT, pos=point)
    assert page.editor().textCursor().selectedText() == "two"
    QTest.mouseClick(viewport, LEFT, pos=point)
    assert page.editor().textCursor().selectedText() == "One two three"
    page.type("New")
    assert [(block.id, page.words(block.id)) for block in page.blocks] == [("p", "New"), ("q", "Four")]


def test_a_double_click_on_a_chip_opens_its_source_once(open_page: Open) -> None:
    page = open_page(paragraph("p", "ab ", Citation("c", "e-rates"), " end"))
    opened: list[str] = []
    page.composer.citation_activated.connect(opened.append)
    viewport, point = page.editor().viewport(), _point(page, 3) + QPoint(24, 0)
    QTest.mouseClick(viewport, LEFT, pos=point)
    QTest.mouseDClick(viewport, LEFT, pos=point)
    assert opened == ["e-rates"]
    assert page.blocks == (paragraph("p", "ab ", Citation("c", "e-rates"), " end"),)


def test_what_is_chosen_across_paragraphs_goes_and_comes_back(open_page: Open) -> None:
    page = open_page(paragraph("p", "One two"), paragraph("q", "mid"), paragraph("r", "Three four"))
    before = page.blocks
    for key in (Key.Key_Delete, Key.Key_Backspace):
        page.go("p", 3)
        page.key(Key.Key_Down, Key.Key_Down, modifiers=SHIFT)
        page.key(key)
        assert [block.id for block in page.blocks] == ["p"]
        assert page.session.undo_label == "Delete"
        page.assert_true_view()
        page.session.undo()
        assert page.blocks == before


def test_tab_walks_through_cells_and_adds_a_row_at_the_end(page: Page) -> None:
    rows = len(_table(page).rows)
    last = _table(page).rows[-1].cells[-1].blocks[-1]
    page.go(last.id, 0)
    page.key(Key.Key_Tab)
    assert len(_table(page).rows) == rows + 1
    page.type("new")
    assert page.words(_table(page).rows[-1].cells[0].blocks[0].id) == "new"
    page.key(Key.Key_Tab, modifiers=SHIFT)
    caret = page.composer.caret()
    assert caret is not None
    assert caret.node_id == last.id
    page.assert_true_view()


def test_words_are_pasted_without_their_look(open_page: Open) -> None:
    page = open_page(paragraph("p", "Velsk"), paragraph("q", Text("Bold", bold=True)))
    page.go("q", 0)
    page.key(Key.Key_End, modifiers=SHIFT)
    page.key(Key.Key_C, modifiers=CTRL)
    page.go("p", 5)
    page.key(Key.Key_V, modifiers=CTRL | SHIFT)
    assert page.blocks[0] == paragraph("p", "VelskBold")
    QApplication.clipboard().clear()
    page.key(Key.Key_V, modifiers=CTRL | SHIFT)
    assert page.blocks[0] == paragraph("p", "VelskBold")


def test_left_and_right_go_through_headings(page: Page, qtbot: QtBot) -> None:
    page.go("lead-1", 0)
    page.key(Key.Key_Left)
    assert page.composer.caret() == Caret("sec-lead", 4)
    page.key(Key.Key_Right)
    assert page.composer.caret() == Caret("lead-1", 0)
    page.go("sec-situation", 0)
    page.key(Key.Key_Left)
    assert page.composer.current_section_id() == "sec-lead"
