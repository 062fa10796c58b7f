"""Lists and quotations of own words, by keys and commands."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.model.block import Block, ListBlock, ListItem, Paragraph, Quotation
from briefing_app.model.plain import inline_text
from tests.desktop.composer.page import CTRL, SHIFT, Key, Page
from tests.samples import full_briefing, paragraph

Open = Callable[..., Page]


def outline(*blocks: Block | ListItem) -> list[object]:
    """Blocks as nested lists of words, for comparing by eye."""
    found: list[object] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(inline_text(block.content))
            case ListBlock():
                kind = f"{block.start}." if block.ordered else "-"
                found.append([kind, *(outline(*item.blocks) for item in block.items)])
            case Quotation():
                found.append([">", *outline(*block.paragraphs)])
    return found


def test_a_dash_and_a_blank_begin_a_list_and_tab_nests(open_page: Open) -> None:
    page = open_page(paragraph("p"))
    page.go("p")
    page.type("- one")
    page.key(Key.Key_Return)
    page.type("two")
    page.key(Key.Key_Tab)
    page.key(Key.Key_Return)
    page.type("three")
    page.key(Key.Key_Return)
    page.key(Key.Key_Backtab)
    page.type("four")
    assert outline(*page.blocks) == [["-", ["one", ["-", ["two"], ["three"]]], ["four"]]]
    page.assert_true_view()
    page.key(Key.Key_Return)
    page.key(Key.Key_Return)
    page.type("after")
    assert outline(*page.blocks) == [["-", ["one", ["-", ["two"], ["three"]]], ["four"]], "after"]
    page.assert_true_view()
    while page.session.undo_label:
        page.key(Key.Key_Z, modifiers=CTRL)
        page.assert_true_view()
    assert outline(*page.blocks) == [""]


def test_a_number_begins_a_numbered_list_that_counts_from_it(open_page: Open) -> None:
    page = open_page(paragraph("p"))
    page.go("p")
    page.type("3. third")
    assert outline(*page.blocks) == [["3.", ["third"]]]
    page.key(Key.Key_Home)
    page.key(Key.Key_Backspace)
    assert outline(*page.blocks) == ["third"]
    page.assert_true_view()


def test_leaving_a_numbered_list_in_the_middle_counts_on_behind(open_page: Open) -> None:
    items = tuple(ListItem(f"i{n}", (paragraph(f"p{n}", f"item {n}"),)) for n in range(1, 5))
    page = open_page(ListBlock("l", items, ordered=True))
    page.go("p2", 0)
    page.key(Key.Key_Backspace)
    assert outline(*page.blocks) == [["1.", ["item 1"]], "item 2", ["2.", ["item 3"], ["item 4"]]]
    page.assert_true_view()


def test_outdenting_takes_the_items_behind_along(open_page: Open) -> None:
    inner = ListBlock("in", tuple(ListItem(f"i{c}", (paragraph(f"p{c}", c),)) for c in "abc"))
    page = open_page(ListBlock("out", (ListItem("io", (paragraph("po", "outer"), inner)),)))
    page.go("pb")
    page.key(Key.Key_Tab, modifiers=SHIFT)
    assert outline(*page.blocks) == [["-", ["outer", ["-", ["a"]]], ["b", ["-", ["c"]]]]]
    page.assert_true_view()


def test_commands_change_the_kind_of_a_list_and_end_it(open_page: Open) -> None:
    page = open_page(paragraph("p", "one"), paragraph("q", "two"), paragraph("r", "three"))
    page.go("p")
    page.key(Key.Key_Down, modifiers=SHIFT)
    page.composer.toggle_bullets()
    assert outline(*page.blocks) == [["-", ["one"], ["two"]], "three"]
    assert page.composer.current_format().list == "bullets"
    page.composer.toggle_numbers()
    assert outline(*page.blocks) == [["1.", ["one"], ["two"]], "three"]
    page.composer.toggle_numbers()
    assert page.blocks == (paragraph("p", "one"), paragraph("q", "two"), paragraph("r", "three"))
    page.assert_true_view()


def test_a_quotation_of_own_words(open_page: Open) -> None:
    page = open_page(paragraph("p", "said"), paragraph("q", "after"))
    page.go("p", 4)
    page.composer.make_quotation()
    page.key(Key.Key_Return)
    page.type("more")
    assert outline(*page.blocks) == [[">", "said", "more"], "after"]
    page.key(Key.Key_Return)
    page.key(Key.Key_Return)
    page.type("own")
    assert outline(*page.blocks) == [[">", "said", "more"], "own", "after"]
    page.assert_true_view()
    page.go("p")
    page.composer.make_quotation()
    assert outline(*page.blocks) == ["said", [">", "more"], "own", "after"]


def test_lists_in_cells_can_be_written(open_page: Open) -> None:
    page = open_page(*full_briefing().sections[1].sections[0].blocks)
    page.go("t-5-p", 2)
    page.composer.toggle_bullets()
    page.key(Key.Key_Return)
    page.type("42")
    cell = page.briefing.node("t-5")
    assert cell is not None
    assert outline(*cell.blocks) == [["-", ["41"], ["42"]]]  # type: ignore[union-attr]
    page.assert_true_view()
