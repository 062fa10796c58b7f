"""The composer as a whole: moving, finding, hints, looks, drags, and changes that come from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QHelpEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from briefing_app.app.history import Caret
from briefing_app.app.replacing import Wanted
from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.heading_editor import HeadingEditor
from briefing_app.desktop.composer.hint import Hint
from briefing_app.desktop.composer.menus import build_menu
from briefing_app.desktop.composer.passages import Passage, passage_mime
from briefing_app.desktop.composer.theme import DARK, LIGHT
from briefing_app.model.block import Paragraph, Section
from briefing_app.model.edit import Insert, Move, Put, Remove, SetText
from briefing_app.model.inline import Citation, Note, Text
from briefing_app.model.template import TemplateSection
from tests import samples
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page
from tests.samples import paragraph

Open = Callable[..., Page]


def _labels(page: Page, id: str = "") -> list[str]:
    card = next(c for c in page.composer.findChildren(SectionCard) if c.section_id == page.section(id).id)
    return [label.text() for label in card.findChildren(QLabel)]


# --- moving


def test_the_caret_walks_from_section_to_section_and_to_both_ends(page: Page) -> None:
    page.key(Key.Key_Home, modifiers=CTRL)
    assert page.composer.caret() == Caret("sec-lead", 0)
    page.key(Key.Key_Down)
    assert page.composer.caret() == Caret("lead-1", 0)
    page.go("lead-1", 150)
    page.key(Key.Key_Down)
    assert page.composer.current_section_id() == "sec-situation"
    page.key(Key.Key_Up)
    assert page.composer.current_section_id() == "sec-lead"
    page.key(Key.Key_End, modifiers=CTRL)
    assert page.composer.current_section_id() == "sec-outlook"
    page.key(Key.Key_PageUp)
    assert page.composer.current_section_id() != "sec-outlook", "the caret goes along by a page"
    page.key(Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp)
    assert page.composer.caret() == Caret("sec-lead", 0)
    for _ in range(5):
        page.key(Key.Key_PageDown)
    assert page.composer.caret() == Caret("out-1", len(page.words("out-1")))
    page.key(Key.Key_Tab)
    page.key(Key.Key_Tab, modifiers=SHIFT)
    assert page.composer.caret() == Caret("sec-outlook", 7)


def test_the_caret_stays_in_sight(page: Page) -> None:
    page.go("out-1", 3)
    QApplication.processEvents()
    editor = page.editor("sec-outlook")
    top = editor.mapTo(page.composer, editor.cursorRect().topLeft()).y()
    assert 0 <= top <= page.composer.height()


def test_control_and_enter_open_what_stands_at_the_caret(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(paragraph("p", "a", Citation("c", "e-rates"), Note("n", (Text("x"),))))
    page.go("p", 2)
    with qtbot.waitSignal(page.composer.citation_activated) as opened:
        page.key(Key.Key_Return, modifiers=CTRL)
    assert opened.args == ["e-rates"]
    page.go("p", 3)
    with qtbot.waitSignal(page.composer.note_requested) as asked:
        page.key(Key.Key_Return, modifiers=CTRL)
    assert asked.args == ["n"]
    with qtbot.waitSignal(page.composer.link_requested):
        page.key(Key.Key_K, modifiers=CTRL)
    assert page.blocks[0].content[1:] == (Citation("c", "e-rates"), Note("n", (Text("x"),)))  # type: ignore[union-attr]


def test_a_toolbar_knows_what_is_at_the_caret(open_page: Open) -> None:
    page = open_page(paragraph("p", "plain ", Text("bold", bold=True), mark="TLP:GREEN"))
    page.go("p", 8)
    found = page.composer.current_format()
    assert (found.bold, found.italic, found.block, found.mark) == (True, False, "paragraph", "TLP:GREEN")
    page.go("p", 2)
    assert not page.composer.current_format().bold
    page.composer.toggle_italic()
    assert page.composer.current_format().italic


def test_links_are_set_and_taken_away(open_page: Open) -> None:
    page = open_page(paragraph("p", "see the site now"))
    page.go("p", 8)
    page.select(4)
    page.composer.set_link("https://example.org")
    assert page.blocks[0] == paragraph("p", "see the ", Text("site", link="https://example.org"), " now")
    page.go("p", 10)
    page.composer.set_link("")
    assert page.blocks[0] == paragraph("p", "see the site now")


# --- finding


def test_find_goes_through_all_sections_and_around_the_end(page: Page) -> None:
    page.key(Key.Key_Home, modifiers=CTRL)
    seen = []
    for _ in range(4):
        assert page.find("velsk")
        seen.append((page.composer.current_section_id(), page.composer.current_format().block))
    assert seen == [
        ("sec-lead", "paragraph"),
        ("sec-situation", "whole"),
        ("sec-traffic", "caption"),
        ("sec-lead", "paragraph"),
    ]
    assert page.find("VELSK", backward=True)
    assert page.composer.current_section_id() == "sec-traffic"
    assert not page.find("velsk", match_case=True)
    assert not page.find("vel", whole_words=True)
    assert page.find("الكبير")
    assert page.composer.caret() is not None


def test_what_is_found_is_replaced_place_by_place_and_taken_back(page: Page) -> None:
    before = page.briefing
    page.key(Key.Key_Home, modifiers=CTRL)
    found = page.find("velsk", match_case=False)
    assert found is not None
    assert (found.number, found.total) == (1, 3)
    assert page.composer.finder.replace(Wanted("velsk"), "Wolsk town")
    caret = page.composer.caret()
    assert caret is not None
    assert page.words(caret.node_id)[: caret.offset].endswith("Wolsk town")
    assert not page.composer.finder.replace(Wanted("velsk"), "x"), "nothing is selected"
    assert page.find("velsk")
    assert not page.composer.finder.replace(Wanted("velsk"), "x"), "a quoted passage keeps its words"
    page.session.undo()
    assert page.briefing == before
    page.assert_true_view()


def test_all_places_are_one_step(page: Page) -> None:
    before = page.briefing
    done = page.composer.finder.replace_all(Wanted(r"\b(\w)(\w*)", regular=True), r"\1-\2")
    assert done is not None
    assert done.count > 10
    assert page.briefing != before
    page.assert_true_view()
    page.session.undo()
    assert page.briefing == before
    page.assert_true_view()


# --- changes from elsewhere


def test_changes_from_elsewhere_show_and_leave_the_caret(page: Page) -> None:
    page.go("sit-3", 5)
    quote = page.editor("sec-situation").document().blockCount()
    page.session.do(SetText("sit-1", (Text("Changed."),)), "Elsewhere")
    page.session.do(Insert("sec-situation", 0, paragraph("new", "First.")), "Elsewhere")
    page.session.do(Remove("q-ru"), "Elsewhere")
    assert page.composer.caret() == Caret("sit-3", 5)
    assert page.editor("sec-situation").document().blockCount() == quote
    page.assert_true_view()
    page.session.do(Move("sec-views", page.briefing.id, 0), "Elsewhere")
    page.session.do(Insert("sec-lead", 0, Section("inner", (Text("Inner"),))), "Elsewhere")
    page.session.do(Remove("sec-empty"), "Elsewhere")
    order = [view.toPlainText() for view in page.composer.findChildren(HeadingEditor)]
    assert sorted(order) == sorted("Lead,Inner,Situation,Traffic,The harbour,What others say,Outlook".split(","))
    page.assert_true_view()
    while page.session.undo_label:
        page.session.undo()
    page.assert_true_view()


def test_a_passage_that_changes_shows_its_new_label(open_page: Open) -> None:
    page = open_page(paragraph("p", Citation("c", "e-rates")))
    page.go("p", 1)
    before = page.editor().cursorRect().x()
    source = replace(samples.sources()[0], outlet="NH")
    page.session.do(Put(source), "Correct source")
    page.go("p", 1)
    assert page.editor().cursorRect().x() < before


def test_another_session_or_none_takes_the_place(page: Page) -> None:
    session = page.session
    page.composer.set_session(None)
    assert page.composer.current_section_id() == ""
    assert not page.find("velsk")
    page.composer.toggle_bold()
    page.composer.insert_table(1, 1)
    session.do(SetText("sit-1", ()), "Behind its back")
    page.composer.set_session(session)
    page.assert_true_view()


# --- what the card says


def test_counts_and_hints(open_page: Open) -> None:
    template = samples.template(
        sections=(
            TemplateSection(
                key="k", heading="Part", guidance="Say it first.", questions=("Who?", "When?"), target_words=120
            ),
        )
    )
    section = Section("part", (Text("Part"),), (), key="k")
    page = open_page(samples.briefing_of(template=template, sections=(section,)))
    hint = page.composer.findChildren(Hint)[0]
    assert hint.isVisible()
    assert any("Say it first.\n•  Who?\n•  When?" in label for label in _labels(page))
    page.go("part")
    page.type("Two words")
    assert "2 of 120 words · 0 citations" in _labels(page)
    assert not hint.isVisible()
    page.composer.insert_passage(samples.sources()[0], samples.excerpts()[1], "citation")
    assert "2 of 120 words · 1 citation" in _labels(page)


def test_the_menu_offers_what_can_be_done_here(page: Page) -> None:
    page.go("t-5-p", 1)
    menu = build_menu(page.composer, page.editor("sec-traffic"))
    names = [action.text() for action in menu.actions()]
    assert {"Table", "Portion mark", "Paste"} <= set(names)
    marks = next(action.menu() for action in menu.actions() if action.text() == "Portion mark")
    assert [action.text() for action in marks.actions() if action.isChecked()] == ["None"]
    next(action for action in marks.actions() if action.text() == "TLP:RED").trigger()
    assert page.briefing.node("table-1").mark == "TLP:RED"  # type: ignore[union-attr]


def test_everything_has_a_name_for_screen_readers(page: Page) -> None:
    for card in page.composer.findChildren(SectionCard):
        assert card.editor.accessibleName()
        assert card.heading.accessibleName()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_looks_change_without_touching_the_briefing(page: Page, theme: object) -> None:
    before = page.briefing
    page.composer.set_theme(theme)  # type: ignore[arg-type]
    QApplication.processEvents()
    page.composer.grab()
    assert page.briefing is before
    page.assert_true_view()


def test_arabic_paragraphs_are_set_from_the_right(open_page: Open) -> None:
    page = open_page(paragraph("ar", samples.ARABIC[:30]), paragraph("en", "Left"))
    page.go("ar", 0)
    right = page.editor().cursorRect().x()
    page.go("en", 0)
    assert right > page.editor().width() - 20 > page.editor().cursorRect().x()


# --- other ways in


def test_an_input_method_writes(open_page: Open) -> None:
    page = open_page(paragraph("p", "港"))
    page.go("p", 1)
    event = QInputMethodEvent()
    event.setCommitString("口开放")
    QApplication.sendEvent(QApplication.focusWidget(), event)
    assert page.words("p") == "港口开放"


def _drop(page: Page, data: QMimeData, y: int, x: int = 20, *, move: bool = False) -> None:
    editor = page.editor()
    action = Qt.DropAction.MoveAction if move else Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(editor.viewport(), QDragEnterEvent(QPoint(x, y), action, data, buttons, keys))
    QApplication.sendEvent(editor.viewport(), QDragMoveEvent(QPoint(x, y), action, data, buttons, keys))
    QApplication.sendEvent(editor.viewport(), QDropEvent(QPointF(x, y), action, data, buttons, keys))


def test_a_passage_is_dropped_between_two_blocks(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(paragraph("p", "one"), paragraph("q", "two"))
    page.go("q", 0)
    y = page.editor().cursorRect().top()
    with qtbot.waitSignal(page.composer.passage_dropped) as dropped:
        _drop(page, passage_mime(Passage("s", 1, 2)), y + 2)
    assert dropped.args == ["s", 1, 2, "part", 1]
    with qtbot.waitSignal(page.composer.passage_dropped) as dropped:
        _drop(page, passage_mime(Passage("s", 1, 2)), y + 30)
    assert dropped.args[-1] == 2
    assert page.blocks == (paragraph("p", "one"), paragraph("q", "two"))


def test_dropped_text_goes_where_it_is_dropped(open_page: Open) -> None:
    page = open_page(paragraph("p", "one"), paragraph("q", "two"))
    data = QMimeData()
    data.setText("new ")
    page.go("q", 0)
    _drop(page, data, page.editor().cursorRect().center().y(), 0)
    assert page.words("q") == "new two"
    page.assert_true_view()


def test_a_double_click_and_typing_replace_a_word(open_page: Open) -> None:
    page = open_page(paragraph("p", "one two"))
    page.go("p", 5)
    editor = page.editor()
    point = editor.cursorRect().center()
    QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=point)
    page.type("2")
    assert page.words("p") == "one 2"
    assert isinstance(page.blocks[0], Paragraph)


def test_a_cut_of_everything_leaves_an_empty_section_that_can_be_written(page: Page) -> None:
    page.go("sit-1", 0)
    editor = page.editor("sec-situation")
    cursor = editor.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    editor.setTextCursor(cursor)
    page.key(Key.Key_X, modifiers=CTRL)
    page.type("Anew")
    assert [page.words(block.id) for block in page.section("sec-situation").blocks] == ["Anew"]
    page.assert_true_view()


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_tooltip_shows_the_passage_and_its_source(open_page: Open) -> None:
    page = open_page(paragraph("p", Citation("c", "e-rates")))
    page.go("p", 1)
    editor = page.editor()
    point = editor.cursorRect().center() - QPoint(30, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, point, editor.viewport().mapToGlobal(point))
    QApplication.sendEvent(editor.viewport(), event)
    assert "Insurers raised their rates" in QToolTip.text()
    assert "Northern Herald" in QToolTip.text()
    QToolTip.hideText()


def test_the_hint_opens_without_the_mouse(open_page: Open) -> None:
    template = samples.template(sections=(TemplateSection(key="k", heading="Part", guidance="Say it first."),))
    section = Section("part", (Text("Part"),), (paragraph("p", "text"),), key="k")
    page = open_page(samples.briefing_of(template=template, sections=(section,)))
    page.go("p")
    hint = page.composer.findChildren(Hint)[0]
    assert not hint.isVisible()
    page.composer.toggle_hint()
    assert hint.isVisible()
    page.type("x")
    assert hint.isVisible()
    page.composer.toggle_hint()
    assert not hint.isVisible()


def test_cards_are_as_tall_as_what_is_in_them_from_the_first_moment(open_page: Open) -> None:
    words = paragraph("p", "A long paragraph that must be broken into several lines here. " * 6)
    section = Section("part", (Text("Part"),), (words,), key="k")
    template = samples.template(sections=(TemplateSection(key="k", heading="Part", guidance="Say it first. " * 20),))
    page = open_page(samples.briefing_of(template=template, sections=(section,)))
    card = page.composer.findChildren(SectionCard)[0]
    assert card.heading.y() < 30
    assert card.editor.y() - card.heading.geometry().bottom() < 20
    assert card.height() - card.editor.geometry().bottom() < 20
