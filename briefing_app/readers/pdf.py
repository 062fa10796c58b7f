"""PDF: the text of each page in reading order, re-flowed into paragraphs, with the page that each part stands on.

Running heads, feet and page numbers are no part of the text; tables are rows of cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures, markings
from briefing_app.readers.pdf_fields import metadata, with_text
from briefing_app.readers.pdf_file import opened, page_of
from briefing_app.readers.pdf_flow import body_height, flowed
from briefing_app.readers.pdf_layout import Grid, arranged, edge_texts, lines_in, without_lines
from briefing_app.readers.pdf_letters import Words, clean
from briefing_app.readers.pdf_lines import Characters, Line, lines_of, shown_height
from briefing_app.readers.pdf_running import running_lines

READER = "pdf/2"
MAX_PAGES = 20_000


@dataclass(slots=True)
class _Pages:
    """What is on the pages: their lines and tables in reading order, their heights in points, those not opened,
    and the words at the edges of all."""

    pieces: list[list[Line | Grid]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)


def read_pdf(data: bytes, name: str, *, as_drawn: bool = False) -> Reading:
    """Read a PDF. A scan without text is sound and has ``no_text`` set. Raises UnreadableFile.

    ``as_drawn`` keeps running heads and feet, and the order in which the pages draw their lines: it is for checking
    what a file of our own shows, not for sources.
    """
    with opened(data, name) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise failures.too_large(name, f"{count} pages")
        pages = _pages(document, count, as_drawn)
        fields = metadata(document)
    if pages.unread and len(pages.unread) == count:
        raise failures.damaged(name, "a PDF", "none of its pages can be opened")
    lines = [lines_in(pieces) for pieces in pages.pieces]
    body = body_height(lines)
    running = [] if as_drawn else running_lines(lines, pages.heights, body)
    left_out = frozenset(id(line) for page in running for line in page)
    if len(left_out) == sum(map(len, lines)):  # pages of nothing else: these are the text
        running, left_out = [], frozenset()
    kept = [without_lines(pieces, left_out) for pieces in pages.pieces]
    words = Words.of(line.text for page in lines for line in page)
    builder, spans = flowed(kept, words, body)
    heads = [clean(line.text) for page in running for line in page]
    fields = with_text(fields, lines_in(kept[0]), body, builder.text, heads)
    marked = [*markings.in_heads(dict.fromkeys(heads)), *markings.in_edges(dict.fromkeys(map(clean, pages.edges)))]
    return Reading(
        reader=READER,
        kind=SourceKind.PDF,
        media_type="application/pdf",
        text=builder.text,
        fields=replace(fields, marking=markings.highest(marked)),
        blocks=builder.blocks,
        pages=spans,
        no_text=not any(map(str.isalnum, builder.text)),
        warnings=(f"{_page_words(pages.unread)} could not be read.",) if pages.unread else (),
    )


def _pages(document: Any, count: int, as_drawn: bool) -> _Pages:
    found = _Pages()
    for index in range(count):
        with page_of(document, index) as opened_page:
            if opened_page is None:
                found.unread.append(index + 1)
                found.pieces.append([])
                found.heights.append(0.0)
                continue
            page, text_page = opened_page
            lines = lines_of(page, Characters(text_page))
            found.pieces.append([_bare(piece) for piece in (lines if as_drawn else arranged(lines))])
            found.heights.append(shown_height(page))
            found.edges += edge_texts(lines)
    return found


def _bare(piece: Line | Grid) -> Line | Grid:
    """Without the places of single words, which take much room and are not needed any more."""
    if isinstance(piece, Line):
        return replace(piece, words=())
    return Grid(tuple(tuple(tuple(replace(line, words=()) for line in cell) for cell in row) for row in piece.rows))


def _page_words(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return f"Page {shown}" if len(numbers) == 1 else f"Pages {shown}"
