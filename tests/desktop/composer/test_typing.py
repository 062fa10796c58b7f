"""Writing with real keys: what is typed becomes edits, and undo brings it back, caret and all."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.app.history import Caret
from briefing_app.desktop.composer.typing_groups import TypingGroups
from briefing_app.errors import EditRefused
from briefing_app.model.block import PageBreak, Paragraph
from briefing_app.model.inline import Citation, LineBreak, Text
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page
from tests.samples import paragraph

Open = Callable[..., Page]


def test_typing_changes_one_paragraph_and_its_words_are_undone_one_by_one(open_page: Open) -> None:
    page = open_page(paragraph("p", "Rates fell."), paragraph("q", "Second."))
    second = page.blocks[1]
    page.go("p", 11)
    page.type(" Порт открыт")
    assert page.words("p") == "Rates fell. Порт открыт"
    assert page.blocks[1] is second
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.words("p") == "Rates fell. Порт "
    assert page.composer.caret() == Caret("p", 17)
    page.key(Key.Key_Z, modifiers=CTRL)
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.words("p") == "Rates fell."
    assert page.composer.caret() == Caret("p", 11)
    page.key(Key.Key_Z, modifiers=CTRL | SHIFT)
    page.key(Key.Key_Y, modifiers=CTRL)
    page.key(Key.Key_Y, modifiers=CTRL)
    assert page.words("p") == "Rates fell. Порт открыт"
    page.assert_true_view()


def test_characters_beyond_the_basic_plane_keep_places_right(open_page: Open) -> None:
    page = open_page(paragraph("p", "a😀b"))
    page.go("p", 2)
    page.type("𝔘x")
    assert page.words("p") == "a😀𝔘xb"
    assert page.composer.caret() == Caret("p", 4)


def test_bold_italic_underline_by_keys(open_page: Open) -> None:
    page = open_page(paragraph("p", "one two three"))
    page.go("p", 4)
    page.select(3)
    for key in (Key.Key_B, Key.Key_I, Key.Key_U):
        page.key(key, modifiers=CTRL)
    assert page.blocks[0] == paragraph("p", "one ", Text("two", bold=True, italic=True, underline=True), " three")
    page.key(Key.Key_B, modifiers=CTRL)
    assert page.blocks[0] == paragraph("p", "one ", Text("two", italic=True, underline=True), " three")
    page.go("p", 13)
    page.key(Key.Key_B, modifiers=CTRL)
    page.type("!")
    assert page.blocks[0] == paragraph(
        "p", "one ", Text("two", italic=True, underline=True), " three", Text("!", bold=True)
    )


def test_enter_divides_and_backspace_joins(open_page: Open) -> None:
    page = open_page(paragraph("p", "one two", mark="TLP:GREEN"), paragraph("q", "three"))
    page.go("p", 3)
    page.key(Key.Key_Return)
    first, second, third = page.blocks
    assert (first, third) == (paragraph("p", "one", mark="TLP:GREEN"), paragraph("q", "three"))
    assert second == Paragraph(second.id, (Text(" two"),), "TLP:GREEN")
    page.assert_true_view()
    page.key(Key.Key_Backspace)
    assert page.blocks == (paragraph("p", "one two", mark="TLP:GREEN"), paragraph("q", "three"))
    assert page.composer.caret() == Caret("p", 3)
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.blocks == (first, second, third)
    page.assert_true_view()


def test_a_line_break_stays_in_its_paragraph(open_page: Open) -> None:
    page = open_page(paragraph("p", "ab"))
    page.go("p", 1)
    page.key(Key.Key_Return, modifiers=SHIFT)
    assert page.blocks[0] == paragraph("p", "a", LineBreak(), "b")


def test_what_is_typed_after_a_link_or_a_citation_is_plain(open_page: Open) -> None:
    page = open_page(
        paragraph("p", Text("site", link="https://example.org")), paragraph("q", "x", Citation("c", "e-closed"))
    )
    page.go("p", 4)
    page.type(".")
    page.go("q", 2)
    page.type("y")
    assert page.blocks[0] == paragraph("p", Text("site", link="https://example.org"), ".")
    assert page.blocks[1] == paragraph("q", "x", Citation("c", "e-closed"), "y")


def test_deleting_over_many_blocks_is_one_step(open_page: Open) -> None:
    blocks = (paragraph("p", "one two"), PageBreak("break"), paragraph("q", "three"), paragraph("r", "four five"))
    page = open_page(*blocks)
    page.go("p", 3)
    for _ in range(3):
        page.key(Key.Key_Down, modifiers=SHIFT)
    page.key(Key.Key_Delete)
    assert page.blocks[0].id == "p"
    assert "break" not in [block.id for block in page.blocks]
    page.assert_true_view()
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.blocks == blocks
    page.assert_true_view()


def test_an_empty_section_takes_words(open_page: Open) -> None:
    page = open_page()
    page.go("part")
    page.type("First")
    assert [page.words(block.id) for block in page.blocks] == ["First"]
    page.key(Key.Key_Return)
    page.type("Second")
    assert [page.words(block.id) for block in page.blocks] == ["First", "Second"]
    page.assert_true_view()


def test_the_heading_is_edited_in_its_place(open_page: Open) -> None:
    page = open_page(paragraph("p", "text"))
    page.go("part", 4)
    page.type(" one")
    assert page.words("part") == "Part one"
    page.key(Key.Key_Return)
    page.type("The ")
    assert page.words("p") == "The text"
    page.key(Key.Key_Z, modifiers=CTRL)
    page.key(Key.Key_Z, modifiers=CTRL)
    page.key(Key.Key_Z, modifiers=CTRL)
    assert page.words("part") == "Part"


def test_a_pause_begins_a_new_step() -> None:
    now = [0.0]
    groups = TypingGroups(lambda: now[0])
    first = groups.key("p", 1, 1, "a")
    now[0] = 1.0
    assert groups.key("p", 1, 2, "b") == first
    now[0] = 9.0
    later = groups.key("p", 1, 3, "c")
    assert later != first
    assert groups.key("q", 1, 1, "d") != later
    assert groups.key("q", -1, 0, "") != groups.key("q", 1, 1, "e")
    assert groups.key("q", 5, 6, "x") != groups.key("q", 5, 11, "x")


def test_an_edit_that_is_refused_is_told_and_taken_back(open_page: Open) -> None:
    page = open_page(paragraph("p", "word"))
    told: list[str] = []
    page.composer.message.connect(told.append)
    page.go("p", 4)
    page.session.do = _refusing  # type: ignore[method-assign]
    page.type("x")
    assert told == ["Not now."]
    page.assert_true_view()
    assert page.editor().toPlainText() == "word"


def _refusing(*_args: object, **_options: object) -> None:
    raise EditRefused("Not now.")
