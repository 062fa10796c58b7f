"""Random documents: the work ends, no block is lost, and every place lies on its page."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import (
    BreakBlock,
    BreakRun,
    CellBlock,
    ItemBlock,
    LaidBlock,
    LaidNote,
    LayoutDocument,
    ListLines,
    NoteRun,
    Page,
    QuotationBlock,
    Role,
    TableBlock,
    TextLine,
    TextRun,
)
from tests.export.pdf_reading import STYLES, document, plain, prose, read, text_lines

TEXTS = st.one_of(
    st.text(max_size=40),
    st.integers(0, 120).map(prose),
    st.integers(1, 300).map(lambda size: "x" * size),
    st.sampled_from(
        ("https://example.org/" + "part/" * 30, "مرحبا بالعالم (TLP) 12", "שלום", "港口" * 20, "\ud800", "")
    ),
)
LEVELS = {1: Role.HEADING_1, 2: Role.HEADING_2}


@st.composite
def documents(draw: st.DrawFn) -> LayoutDocument:
    numbers = count(1)
    notes: list[LaidNote] = []

    def line(role: Role = Role.BODY, level: int = 0) -> TextLine:
        id = f"b{next(numbers)}"
        runs: list[TextRun | NoteRun | BreakRun] = [
            TextRun(text, bold=draw(st.booleans()), target=draw(st.sampled_from(("", "b1", "nowhere"))))
            for text in draw(st.lists(TEXTS, max_size=3))
        ]
        if draw(st.integers(0, 3)) == 0 and role is not Role.NOTE:
            number = len(notes) + 1
            size = draw(st.sampled_from((3, 40, 700)))
            text = TextLine(f"b{next(numbers)}", Role.NOTE, (TextRun(prose(size)),))
            notes.append(LaidNote(f"n{number}", number, (text,)))
            runs.append(NoteRun(f"n{number}", number))
        direction = draw(st.sampled_from(("ltr", "rtl")))
        return TextLine(id, role, tuple(runs), level=level, direction=direction)  # type: ignore[arg-type]

    def listing(depth: int = 0) -> ListLines:
        items = []
        for at in range(draw(st.integers(0, 3))):
            inner: list[TextLine | ListLines] = [line(Role.LIST) for _ in range(draw(st.integers(0, 2)))]
            if depth < 3 and draw(st.booleans()):
                inner.append(listing(depth + 1))
            items.append(ItemBlock(f"b{next(numbers)}", f"{at + 1}.", tuple(inner)))
        return ListLines(f"b{next(numbers)}", True, 1, depth, tuple(items))

    def grid() -> TableBlock:
        rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
        cells = tuple(
            CellBlock(f"b{next(numbers)}", row, column, (line(Role.TABLE_CELL),))
            for row in range(rows)
            for column in range(columns)
        )
        if draw(st.booleans()):  # the first column spans all rows
            first = CellBlock(cells[0].id, 0, 0, cells[0].blocks, row_span=rows)
            cells = (first, *(cell for cell in cells if cell.column))
        head = draw(st.integers(0, rows))
        return TableBlock(f"b{next(numbers)}", rows, columns, head, (1 / columns,) * columns, cells)

    def block() -> LaidBlock:
        match draw(st.integers(0, 6)):
            case 0:
                level = draw(st.sampled_from((1, 2)))
                return line(LEVELS[level], level)
            case 1:
                return listing()
            case 2:
                return QuotationBlock(f"b{next(numbers)}", (line(Role.QUOTATION),), (), line(Role.ATTRIBUTION))
            case 3:
                return grid()
            case 4:
                return BreakBlock(f"b{next(numbers)}")
            case _:
                return line()

    blocks = tuple(block() for _ in range(draw(st.integers(0, 8))))
    width, height = draw(st.sampled_from(((595, 842), (842, 595), (200, 260), (300, 300))))
    page = Page(width=width, height=height, top=50, bottom=50, left=30, right=30)
    place = draw(st.sampled_from(("foot", "end")))
    return document(*blocks, notes=tuple(notes), notes_place=place, page=page, styles=STYLES)


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(laid=documents())
def test_a_random_document_is_written_whole(fonts: Path, laid: LayoutDocument) -> None:
    file = write_pdf(laid, fonts)
    assert file.data == write_pdf(laid, fonts).data
    pages = read(file.data).squeezed
    assert len(pages) == file.pages
    ids = {one.id for one in text_lines(laid.blocks)} | {one.id for one in laid.blocks} | {one.id for one in laid.notes}
    assert ids <= set(file.places)
    for places in file.places.values():
        assert [place.page for place in places] == sorted({place.page for place in places})
        for place in places:
            assert 1 <= place.page <= file.pages
            assert -0.1 <= place.x0 <= place.x1 <= laid.page.width + 0.1
            assert -0.1 <= place.y0 <= place.y1 <= laid.page.height + 0.1
    whole = "".join(pages)
    lines = [*text_lines(laid.blocks), *(one for note in laid.notes for one in note.lines)]
    wanted = Counter(char for one in lines for char in plain(one.runs) if char.isascii() and char.isalnum())
    assert wanted <= Counter(whole)
    in_cells = {one.id for table in laid.blocks if isinstance(table, TableBlock) for one in text_lines((table,))}
    for one in lines:
        for word in plain(one.runs).split() if one.id not in in_cells else ():
            # a longer one may be cut over two pages, and bare numbers turn with the text around them
            if word.isascii() and word.isalpha() and len(word) < 12:
                assert word in whole, word
