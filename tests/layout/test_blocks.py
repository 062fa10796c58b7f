"""Title, headings, contents, lists, tables, pictures, marks: what lay_out decides about blocks."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.errors import ExportError, MarkingError, UsageError
from briefing_app.layout.document import (
    BreakBlock,
    ContentsBlock,
    LayoutDocument,
    ListLines,
    PictureBlock,
    Role,
    TableBlock,
    TextLine,
)
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.words import body_lines, run_text
from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    PageBreak,
    Picture,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.plain import inline_text
from briefing_app.model.template import PageSetup, StyleSpec
from tests.export_options import options_of
from tests.samples import (
    MAP,
    briefing_of,
    cell,
    full_briefing,
    media_of,
    meta,
    paragraph,
    png,
    template,
    words,
)


def laid(briefing: Briefing, **options: object) -> LayoutDocument:
    return lay_out(briefing, options_of(**options))


def texts(document: LayoutDocument) -> list[str]:
    return [run_text(line.runs) for line in body_lines(document)]


def test_the_same_briefing_gives_the_same_document() -> None:
    assert laid(full_briefing()) == laid(full_briefing())


def test_the_title_states_what_is_given_and_no_more() -> None:
    assert [line.role for line in body_lines(laid(full_briefing()))][:7] == [
        Role.TITLE,
        Role.SUBTITLE,
        *[Role.META] * 5,
    ]
    assert "Information as of 24 November 2026, 18:00 (UTC+01:00)" in texts(laid(full_briefing()))
    bare = briefing_of(paragraph("p", "Words."), meta=Meta(title="Bare"))
    assert texts(laid(bare)) == ["Bare", "Edition 1", "Part", "Words."]


@pytest.mark.parametrize("date", ["", "yesterday", "2026-11-25", "2026-11-25T09:00:00"])
def test_a_date_without_a_zone_is_refused(date: str) -> None:
    with pytest.raises(UsageError):
        lay_out(full_briefing(), LayoutOptions(date=date))


def nested(depth: int) -> Section:
    inner = (nested(depth - 1),) if depth > 1 else ()
    return Section(f"s{depth}", words(f"Depth {depth}"), (paragraph(f"p{depth}", "Words."),), inner)


def test_headings_are_numbered_and_stop_at_the_fourth_level() -> None:
    briefing = briefing_of(sections=(nested(6), nested(1)), template=template(contents=False))
    headings = [line for line in body_lines(laid(briefing)) if line.level]
    assert [(line.level, line.number) for line in headings] == [
        (1, "1"),
        (2, "1.1"),
        (3, "1.1.1"),
        (4, "1.1.1.1"),
        (4, "1.1.1.2"),
        (4, "1.1.1.3"),
        (1, "2"),
    ]


def test_a_section_without_printed_heading_does_not_count() -> None:
    inner = Section("inner", words("Inner"), (paragraph("p2", "Words."),))
    lead = Section("lead", words("Lead"), (paragraph("p", "First."),), (inner,), show_heading=False)
    document = laid(briefing_of(sections=(lead,), template=template(contents=False)))
    lines = [line for line in body_lines(document) if line.role is not Role.META][1:]
    assert [(line.role, line.number) for line in lines] == [
        (Role.LEAD, ""),
        (Role.HEADING_1, "1"),
        (Role.BODY, ""),
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (paragraph("p"), paragraph("p2", "  ")),
        (ListBlock("l", (ListItem("i", (paragraph("p"),)),)),),
        (Quotation("q"),),
        (PageBreak("b"),),
        (Table("t"),),
    ],
)
def test_an_empty_section_of_the_form_does_not_print(blocks: tuple[Block, ...]) -> None:
    briefing = briefing_of(*blocks)
    of_the_form = tuple(replace(section, key="situation", heading=words("Situation")) for section in briefing.sections)
    assert texts(laid(replace(briefing, sections=of_the_form))) == ["Small", "Edition 1"]
    own = inline_text(briefing.sections[0].heading)
    assert texts(laid(briefing)) == ["Small", "Edition 1", *([own] if own else [])]
    renamed = tuple(replace(section, key="situation") for section in briefing.sections)
    assert texts(laid(replace(briefing, sections=renamed))) == ["Small", "Edition 1", *([own] if own else [])]


def test_contents_need_three_headings_and_a_wish() -> None:
    def contents(headings: int, wish: bool | None, offered: bool) -> bool:
        sections = tuple(replace(nested(1), id=f"s{number}") for number in range(headings))
        document = laid(briefing_of(sections=sections, template=template(contents=offered)), contents=wish)
        return any(isinstance(block, ContentsBlock) for block in document.blocks)

    assert contents(3, None, True)
    assert not contents(2, None, True)
    assert not contents(3, None, False)
    assert contents(3, True, False)
    assert not contents(3, False, True)


def test_lists_count_from_their_start_and_leave_out_empty_items() -> None:
    items = tuple(ListItem(f"i{n}", (paragraph(f"p{n}", text),)) for n, text in enumerate(("One", "", "Two")))
    document = laid(briefing_of(ListBlock("l", items, ordered=True, start=7)))
    (block,) = [block for block in document.blocks if isinstance(block, ListLines)]
    assert [item.label for item in block.items] == ["7.", "8."]


def test_page_breaks_make_no_blank_page_and_no_lonely_heading() -> None:
    first = Section("one", words("One"), (paragraph("p1", "Words."), PageBreak("b1"), PageBreak("b2")))
    second = Section("two", words("Two"), (PageBreak("b3"), paragraph("p2", "Words."), PageBreak("b4")))
    third = Section("three", words("Three"), (PageBreak("b5"), paragraph("p3", "Words."), PageBreak("b6")))
    document = laid(briefing_of(sections=(first, second, third)))
    shape = ["break" if isinstance(block, BreakBlock) else block.id for block in document.blocks[2:]]
    assert shape == ["one", "p1", "break", "two", "p2", "break", "three", "p3"]


def table_of(document: LayoutDocument) -> TableBlock:
    (block,) = [block for block in document.blocks if isinstance(block, TableBlock)]
    return block


spans = st.integers(-1, 9)


@given(
    st.lists(st.lists(st.tuples(spans, spans), max_size=5), min_size=1, max_size=6).filter(any),
    st.integers(-1, 7),
    st.lists(st.sampled_from([-1.0, 0.0, 1.0, 2.5, float("inf"), float("nan")]), max_size=5),
)
def test_every_place_of_a_table_is_covered_once(
    shape: list[list[tuple[int, int]]], header_rows: int, widths: list[float]
) -> None:
    rows = tuple(
        Row(f"r{y}", tuple(cell(f"c{y}-{x}", f"{y} {x}", columns=a, rows=b) for x, (a, b) in enumerate(line)))
        for y, line in enumerate(shape)
    )
    block = table_of(laid(briefing_of(Table("t", rows, header_rows=header_rows, widths=tuple(widths)))))
    covered = [
        (part.row + y, part.column + x)
        for part in block.cells
        for y in range(part.row_span)
        for x in range(part.column_span)
    ]
    assert sorted(covered) == [(y, x) for y in range(block.rows) for x in range(block.columns)]
    assert [(part.row, part.column) for part in block.cells] == sorted((p.row, p.column) for p in block.cells)
    assert len(block.widths) == block.columns
    assert sum(block.widths) == pytest.approx(1)
    assert all(width > 0 for width in block.widths)
    kept = [run_text(line.runs) for part in block.cells for line in part.blocks if isinstance(line, TextLine)]
    assert kept == [f"{y} {x}" for y, line in enumerate(shape) for x in range(len(line))]
    assert all(part.row + part.row_span <= block.header_rows for part in block.cells if part.header)


def test_more_columns_than_a_table_can_have_lose_no_word() -> None:
    row = Row("r", tuple(Cell(f"c{n}", (paragraph(f"p{n}", str(n)),)) for n in range(70)))
    document = laid(briefing_of(Table("t", (row,))))
    assert table_of(document).columns == 63
    assert texts(document)[3:] == [str(n) for n in range(70)]


def test_pictures_keep_their_shape_within_the_page() -> None:
    tall = media_of(png(20, 2000))
    blocks = (Picture("a", MAP.sha256), Picture("b", tall.sha256), Picture("c", MAP.sha256, width=50))
    document = laid(briefing_of(*blocks, media=(MAP, tall)))
    first, second, third = (block for block in document.blocks if isinstance(block, PictureBlock))
    page = document.page
    assert first.width == pytest.approx(page.width - page.left - page.right, abs=0.01)
    assert first.width / first.height == pytest.approx(640 / 360, rel=0.001)
    assert second.height <= page.height * 0.6 + 0.1
    assert third.width == pytest.approx(50 * 72 / 25.4, abs=0.01)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\xff\xd8\xff", b"text"])
def test_a_damaged_or_missing_picture_is_named(data: bytes) -> None:
    damaged = media_of(data)
    for media in ((damaged,), ()):
        briefing = briefing_of(Picture("pic", damaged.sha256, alt="A map"), media=media)
        with pytest.raises(ExportError, match="“A map”"):
            laid(briefing)
        assert "[missing picture A map]" in texts(laid(briefing, draft=True))


@pytest.mark.parametrize("form", ["JPEG", "GIF", "BMP", "WEBP", "PNG"])
def test_the_size_of_a_picture_is_read_from_its_bytes(form: str) -> None:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (37, 21), (10, 20, 30)).save(buffer, form)
    media = media_of(buffer.getvalue(), f"image/{form.lower()}")
    document = laid(briefing_of(Picture("p", media.sha256), media=(media,)))
    assert [(kept.pixel_width, kept.pixel_height) for kept in document.media.values()] == [(37, 21)]


def test_a_portion_above_the_banner_stops_the_export() -> None:
    briefing = full_briefing(meta=meta(marking="TLP:GREEN"))
    with pytest.raises(ExportError) as caught:
        laid(briefing)
    assert caught.value.problems == ("the quotation q-ru is marked TLP:AMBER, but the banner is TLP:GREEN.",)
    draft = laid(briefing, draft=True)
    assert draft.banner is not None
    assert draft.banner.text == "TLP:AMBER · Members only"


def test_a_marked_portion_needs_a_banner() -> None:
    with pytest.raises(ExportError, match="has no marking"):
        laid(briefing_of(paragraph("p", "Words.", mark="tlp:clear")))
    document = laid(briefing_of(paragraph("p", "Words.", mark="tlp:clear")), marking="clear")
    assert document.banner is not None
    assert document.banner.text == "TLP:CLEAR"
    assert [line.mark for line in body_lines(document) if line.mark] == ["TLP:CLEAR"]


def test_an_unknown_marking_is_refused() -> None:
    with pytest.raises(MarkingError):
        laid(full_briefing(), marking="SECRET")
    with pytest.raises(ExportError, match="no TLP"):
        laid(briefing_of(paragraph("p", "Words.", mark="SECRET")))


def test_a_template_changes_page_and_styles() -> None:
    styles = {"body": StyleSpec(size=12.0, align="justify"), "banner": StyleSpec(size=6.0), "unknown": StyleSpec()}
    look = template(page=PageSetup(size="Letter", left=20.0), styles=styles)
    document = laid(full_briefing(template=look))
    assert set(document.styles) == set(Role)
    assert (document.page.width, document.page.left) == (612.0, 56.69)
    assert (document.styles[Role.BODY].size, document.styles[Role.BODY].align) == (12.0, "justify")
    assert document.styles[Role.BANNER].size >= 12


def test_hostile_text_is_laid_out_as_it_is() -> None:
    text = "".join(chr(code) for code in random.Random(7).sample(range(0x20, 0x2000), 400))
    document = laid(briefing_of(paragraph("p", text)))
    assert texts(document)[-1] == text
