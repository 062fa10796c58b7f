"""Quotations of passages, pictures, page breaks and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from briefing_app.desktop.composer.passages import Passage, Target, passage_mime
from briefing_app.model.block import Block, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.inline import Citation, Note, Text
from tests import samples
from tests.desktop.composer.page import CTRL, Key, Page
from tests.samples import paragraph

Open = Callable[..., Page]
QUOTE = Quotation("quote", "e-opened", translated=True)


def _passage(name: str = "e-rates") -> tuple[object, object]:
    excerpt = next(one for one in samples.excerpts() if one.id == name)
    return next(one for one in samples.sources() if one.id == excerpt.source_id), excerpt


def kinds(*blocks: Block) -> list[str]:
    return [block.type for block in blocks]


def test_a_quotation_is_verbatim_whatever_is_typed_on_it(open_page: Open) -> None:
    page = open_page(paragraph("p", "before"), QUOTE, paragraph("q", "after"))
    page.go("p", 6)
    page.key(Key.Key_Down)
    assert page.composer.current_format().block == "whole"
    page.type("new")
    assert kinds(*page.blocks) == ["paragraph", "quotation", "paragraph", "paragraph"]
    assert page.blocks[1] == QUOTE
    assert page.words(page.blocks[2].id) == "new"
    page.assert_true_view()


def test_backspace_first_chooses_a_whole_block_then_removes_it(open_page: Open) -> None:
    page = open_page(paragraph("p", "before"), QUOTE, paragraph("q", "after"))
    page.go("q", 0)
    page.key(Key.Key_Backspace)
    assert kinds(*page.blocks) == ["paragraph", "quotation", "paragraph"]
    page.key(Key.Key_Backspace)
    assert page.blocks == (paragraph("p", "before"), paragraph("q", "after"))
    page.assert_true_view()
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.blocks[1] == QUOTE
    page.assert_true_view()


@pytest.mark.parametrize("whole", [QUOTE, PageBreak("break"), Picture("pic", samples.MAP.sha256, "Map")])
def test_deleting_from_before_over_a_whole_block_keeps_every_word(open_page: Open, whole: Block) -> None:
    page = open_page(paragraph("p", "before"), whole, paragraph("q", "after"))
    page.go("p", 6)
    page.key(Key.Key_Delete)
    page.key(Key.Key_Delete)
    assert page.blocks == (paragraph("p", "before"), paragraph("q", "after"))
    page.assert_true_view()


def test_arrows_walk_through_a_whole_block_and_on_to_the_next_section(page: Page) -> None:
    page.go("sit-3", 0)
    page.key(Key.Key_Up)
    page.key(Key.Key_Up)
    page.key(Key.Key_Up)
    caret = page.composer.caret()
    assert caret is not None
    assert caret.node_id == "li-4-q"
    page.go("tr-1", 5)
    page.key(Key.Key_Down)
    assert page.composer.current_section_id() == "sec-harbour"


def test_a_click_on_a_quotation_opens_its_source(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(QUOTE)
    editor = page.editor()
    with qtbot.waitSignal(page.composer.citation_activated) as opened:
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    assert opened.args == ["e-opened"]


def test_a_click_on_a_chip_opens_its_source_and_one_on_a_note_asks_to_edit_it(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(paragraph("p", Citation("c", "e-rates"), " and ", Note("n", (Text("mine"),))))
    page.go("p", 1)
    editor = page.editor()
    with qtbot.waitSignal(page.composer.citation_activated) as opened:
        at = editor.cursorRect().center() - QPoint(30, 0)
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == ["e-rates"]
    page.go("p", 7)
    with qtbot.waitSignal(page.composer.note_requested) as asked:
        at = editor.cursorRect().center() - QPoint(14, 0)
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["n"]


def test_passages_are_inserted_in_three_ways(open_page: Open) -> None:
    page = open_page(paragraph("p", "Rates rose."), paragraph("q"), excerpts=(), sources=())
    source, excerpt = _passage()
    page.go("p", 11)
    page.composer.insert_passage(source, excerpt, "citation")  # type: ignore[arg-type]
    assert page.blocks[0] == paragraph("p", "Rates rose.", Citation(page.blocks[0].content[1].id, "e-rates"))  # type: ignore[union-attr]
    page.composer.insert_passage(source, excerpt, "sentence")  # type: ignore[arg-type]
    assert page.words("p") == f"Rates rose.“{excerpt.text}”"  # type: ignore[attr-defined]
    page.composer.insert_passage(source, excerpt, "quotation")  # type: ignore[arg-type]
    assert kinds(*page.blocks) == ["paragraph", "quotation", "paragraph"]
    assert page.briefing.excerpts == (excerpt,)
    assert page.briefing.sources == (source,)
    page.assert_true_view()
    for _ in range(3):
        page.session.undo()
    assert page.briefing.excerpts == ()
    assert page.blocks == (paragraph("p", "Rates rose."), paragraph("q"))
    page.assert_true_view()


def test_a_quotation_takes_the_place_of_an_empty_paragraph_and_of_nothing(open_page: Open) -> None:
    source, excerpt = _passage()
    page = open_page(paragraph("p"))
    page.go("p")
    page.composer.insert_passage(source, excerpt, "quotation")  # type: ignore[arg-type]
    assert kinds(*page.blocks) == ["quotation"]
    empty = open_page()
    empty.composer.insert_passage(source, excerpt, "quotation")  # type: ignore[arg-type]
    assert kinds(*empty.blocks) == ["quotation"]
    empty.assert_true_view()


def test_a_dropped_passage_is_asked_for_at_its_place(page: Page, qtbot: QtBot) -> None:
    editor = page.editor("sec-lead")
    with qtbot.waitSignal(page.composer.passage_dropped) as dropped:
        editor.insertFromMimeData(passage_mime(Passage("s-herald", 3, 9)))
    assert dropped.args[:4] == ["s-herald", 3, 9, "sec-lead"]
    source, excerpt = _passage("e-closed")
    page.composer.insert_passage(source, excerpt, "quotation", target=Target("sec-lead", 0))  # type: ignore[arg-type]
    assert kinds(*page.section("sec-lead").blocks) == ["quotation", "paragraph"]


def test_a_table_is_filled_by_tab_and_grows(open_page: Open) -> None:
    page = open_page(paragraph("p", "before"))
    page.go("p", 6)
    page.composer.insert_table(2, 2)
    for word in ("a", "b", "c", "d"):
        page.type(word)
        page.key(Key.Key_Tab)
    page.type("e")
    table = page.blocks[1]
    assert isinstance(table, Table)
    texts = [[page.words(cell.blocks[0].id) for cell in row.cells] for row in table.rows]
    assert texts == [["a", "b"], ["c", "d"], ["e", ""]]
    page.assert_true_view()
    page.composer.add_column()
    page.composer.remove_row()
    table = page.blocks[1]
    assert isinstance(table, Table)
    assert [len(row.cells) for row in table.rows] == [3, 3]
    page.assert_true_view()
    page.composer.remove_table()
    assert kinds(*page.blocks) == ["paragraph"]
    page.assert_true_view()


def test_spans_and_captions_stay_while_cells_and_captions_are_written(page: Page) -> None:
    before = page.briefing.node("table-1")
    page.go("t-4-p", 5)
    page.type("ern")
    page.go("table-1", 0)
    page.type("1: ")
    after = page.briefing.node("table-1")
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    assert page.words("t-4-p") == "Northern"
    assert page.words("table-1") == "1: Calls at Velsk, by berth"
    spans = [[(cell.column_span, cell.row_span) for cell in row.cells] for row in after.rows]
    assert spans == [[(cell.column_span, cell.row_span) for cell in row.cells] for row in before.rows]
    page.assert_true_view()


def test_pictures_and_their_alt_text(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(paragraph("p", "text"), media=())
    page.go("p", 4)
    page.composer.insert_picture(samples.png(40, 30), "image/png", "")
    picture = page.blocks[1]
    assert isinstance(picture, Picture)
    assert page.briefing.media[0].data == samples.png(40, 30)
    page.type("A map")
    assert page.words(picture.id) == "A map"
    page.composer.set_picture_alt(picture.id, "The harbour")
    changed = page.blocks[1]
    assert isinstance(changed, Picture)
    assert changed.alt == "The harbour"
    assert page.composer.caret() is not None
    page.key(Key.Key_Return)
    page.type("next")
    assert kinds(*page.blocks) == ["paragraph", "picture", "paragraph"]
    page.assert_true_view()


def test_notes_are_made_changed_and_taken_out(open_page: Open) -> None:
    page = open_page(paragraph("p", "ab"))
    page.go("p", 1)
    page.composer.insert_note("mine")
    block = page.blocks[0]
    assert isinstance(block, Paragraph)
    note = block.content[1]
    assert note == Note(note.id, (Text("mine"),))  # type: ignore[union-attr]
    page.composer.edit_note(note.id, "ours")  # type: ignore[union-attr]
    assert page.composer.note(note.id) == Note(note.id, (Text("ours"),))  # type: ignore[union-attr]
    page.composer.edit_note(note.id, "")  # type: ignore[union-attr]
    assert page.blocks[0] == paragraph("p", "ab")


def test_marks_and_page_breaks(open_page: Open) -> None:
    page = open_page(paragraph("p", "one"), QUOTE)
    page.go("p", 0)
    page.composer.set_mark("TLP:GREEN")
    page.composer.insert_page_break()
    assert page.blocks[0] == paragraph("p", "one", mark="TLP:GREEN")
    assert kinds(*page.blocks) == ["paragraph", "page_break", "quotation"]
    page.go("quote")
    page.composer.set_mark("TLP:RED")
    assert page.blocks[2] == Quotation("quote", "e-opened", translated=True, mark="TLP:RED")
    page.composer.set_translated("quote", False)
    page.composer.move_block(-1)
    assert kinds(*page.blocks) == ["paragraph", "quotation", "page_break"]
    page.assert_true_view()


def test_a_translation_made_later_comes_along_with_its_passage(open_page: Open) -> None:
    source, excerpt = _passage("e-opened")
    plain = replace(excerpt, translation=None)  # type: ignore[type-var]
    page = open_page(paragraph("p", "x"), excerpts=(plain,))
    page.go("p", 1)
    page.composer.insert_passage(source, excerpt, "quotation", translated=True)  # type: ignore[arg-type]
    assert page.briefing.excerpts == (excerpt,)
    page.session.undo()
    assert page.briefing.excerpts == (plain,)


def test_what_is_pasted_on_a_quotation_goes_behind_it(open_page: Open) -> None:
    page = open_page(QUOTE, paragraph("p", "after"))
    page.go("p", 0)
    page.select(5)
    page.key(Key.Key_C, modifiers=CTRL)
    page.go("quote")
    page.key(Key.Key_V, modifiers=CTRL)
    assert kinds(*page.blocks) == ["quotation", "paragraph", "paragraph"]
    assert page.words(page.blocks[1].id) == "after"
    page.assert_true_view()


def test_a_note_with_citations_keeps_them_when_its_words_change(open_page: Open) -> None:
    inside = (Text("See "), Text("twelve", italic=True), Citation("c", "e-rates"), Text(" quotes"))
    page = open_page(paragraph("p", Note("n", inside)))
    page.composer.edit_note("n", "See thirteen quotes")
    note = page.composer.note("n")
    assert note is not None
    assert Citation("c", "e-rates") in note.content
    assert "".join(one.text for one in note.content if isinstance(one, Text)) == "See thirteen quotes"
    assert Text("thirteen", italic=True) in note.content


@pytest.mark.parametrize("cell", ["t-4-p", "t-5-p", "t-7-p", "t-1-p"])
@pytest.mark.parametrize("name", ["remove_row", "remove_column"])
def test_rows_and_columns_go_from_under_merged_cells(page: Page, cell: str, name: str) -> None:
    before = page.briefing.sections
    page.go(cell, 1)
    getattr(page.composer, name)()
    page.assert_true_view()
    assert page.briefing.sections != before
    page.session.undo()
    assert page.briefing.sections == before
    page.assert_true_view()
