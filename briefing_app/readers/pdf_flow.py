"""Lines of a PDF to paragraphs: which lines belong together, on one page and from one page to the next."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from briefing_app.model.reading import BlockKind, PageSpan
from briefing_app.readers.pdf_layout import Grid, lines_in
from briefing_app.readers.pdf_letters import HYPHENS, Words, clean, joined, without_marks
from briefing_app.readers.pdf_lines import Line
from briefing_app.readers.plain_text import looks_like_heading, split_mark
from briefing_app.readers.text_builder import TextBuilder, block_text

_SENTENCE_END = re.compile(r"[.!?:;…。！？：；।؟۔][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, and the height of their letters.

    ``open_end`` is true where its last line goes up to the paragraph's right edge (its left one for Arabic and Hebrew).
    """

    text: str
    height: float
    is_item: bool = False
    lines: int = 1
    open_end: bool = False


@dataclass(slots=True)
class _Block:
    """A block that may grow from page to page; ``parts`` are the page and the range in ``text`` of each."""

    kind: BlockKind
    text: str
    level: int
    height: float
    parts: list[tuple[int, int, int]]
    open_end: bool = False


def body_height(pages: list[list[Line]]) -> float:
    """The height of most letters of the document, in points; 0 without any."""
    weights: dict[float, int] = {}
    for lines in pages:
        for line in lines:
            rounded = round(line.height, 1)
            weights[rounded] = weights.get(rounded, 0) + len(line.text)
    return max(weights, key=lambda height: (weights[height], height)) if weights else 0.0


def flowed(pages: list[list[Line | Grid]], words: Words, body: float) -> tuple[TextBuilder, tuple[PageSpan, ...]]:
    """The text of all pages, paragraphs joined over page ends, and where each page stands in it."""
    blocks: list[_Block] = []
    for number, pieces in enumerate(pages, start=1):
        for place, block in enumerate(_page_blocks(number, pieces, words, body)):
            last = blocks[-1] if blocks else None
            if place == 0 and last is not None and last.parts[-1][0] == number - 1 and _goes_over(last, block):
                _join(last, block, words)
            else:
                blocks.append(block)
    return _built(blocks, len(pages))


def _page_blocks(number: int, pieces: list[Line | Grid], words: Words, body: float) -> Iterator[_Block]:
    pitch = _pitch(lines_in(pieces))
    for is_line, group in itertools.groupby(pieces, key=lambda piece: isinstance(piece, Line)):
        if not is_line:
            for piece in group:
                text = _table_text(piece, words) if isinstance(piece, Grid) else ""
                if text:
                    yield _Block(BlockKind.TABLE, text, 0, 0.0, [(number, 0, len(text))])
            continue
        for paragraph in paragraphs([piece for piece in group if isinstance(piece, Line)], words, pitch):
            level = heading_level(paragraph, body)
            kind = BlockKind.HEADING if level else BlockKind.LIST_ITEM if paragraph.is_item else BlockKind.PARAGRAPH
            text = block_text(paragraph.text)
            if text:
                parts = [(number, 0, len(text))]
                yield _Block(kind, text, level, paragraph.height, parts, paragraph.open_end)


def _goes_over(last: _Block, block: _Block) -> bool:
    """True where the paragraph at a page's end goes on at the top of the next page."""
    if last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or block.kind is not BlockKind.PARAGRAPH:
        return False
    if abs(last.height - block.height) > 0.05 * max(last.height, block.height, 1.0):
        return False
    if _SENTENCE_END.search(last.text):
        return False
    first = block.text[0]
    if first.islower() or last.text[-1] in HYPHENS + ",":
        return first.isalnum()
    ended = first.isupper() and looks_like_heading(block.text)
    return last.open_end and len(last.text) > 60 and first.isalnum() and not ended


def _join(last: _Block, block: _Block, words: Words) -> None:
    text = without_marks(joined(last.text, block.text, words))
    number, start, _ = last.parts[-1]
    begins = len(text) - len(block.text)
    end = begins - 1 if text[begins - 1] == " " else begins
    last.parts[-1] = (number, start, max(start, end))
    last.parts.append((block.parts[0][0], begins, len(text)))
    last.text, last.open_end = text, block.open_end


def _built(blocks: list[_Block], count: int) -> tuple[TextBuilder, tuple[PageSpan, ...]]:
    builder = TextBuilder()
    ranges: dict[int, tuple[int, int]] = {}
    for block in blocks:
        builder.add(block.kind, block.text, block.level)
        start = builder.length - len(block.text)
        for number, first, last in block.parts:
            known = ranges.get(number)
            ranges[number] = (known[0] if known else start + first, start + last)
    spans: list[PageSpan] = []
    place = 0
    for number in range(1, count + 1):
        start, place = ranges.get(number, (place, place))
        spans.append(PageSpan(number, start, place))
    return builder, tuple(spans)


def _table_text(grid: Grid, words: Words) -> str:
    rows: list[str] = []
    for row in grid.rows:
        cells: list[str] = []
        for cell in row:
            text = ""
            for line in cell:
                text = joined(text, clean(line.text), words)
            cells.append(without_marks(text))
        rows.append("\t".join(cells).rstrip("\t"))
    return block_text("\n".join(row for row in rows if row.strip()))


def heading_level(paragraph: Paragraph, body: float) -> int:
    """1 or 2 for short text in letters clearly larger than the body's, else 0."""
    if body <= 0 or paragraph.height < body * 1.15 or len(paragraph.text) > 200:
        return 0
    if not looks_like_heading(paragraph.text) and paragraph.height < body * 1.4:
        return 0
    if not any(map(str.isalpha, paragraph.text)):
        return 0
    return 1 if paragraph.height >= body * 1.45 else 2


def paragraphs(lines: list[Line], words: Words, pitch: float) -> Iterator[Paragraph]:
    """Join lines of one page to paragraphs; ``pitch`` is the usual distance of its base lines, in points."""
    group: list[Line] = []
    for line in lines:
        if group and _is_new(group, line, pitch):
            yield _joined(group, words)
            group = []
        group.append(line)
    if group:
        yield _joined(group, words)


def _pitch(lines: list[Line]) -> float:
    """The usual distance between the base lines of neighbouring lines, in points."""
    steps = [
        one.bottom - other.bottom
        for one, other in itertools.pairwise(lines)
        if 0.3 * one.height < one.bottom - other.bottom < 3 * max(one.height, 1)
    ]
    return statistics.median_low(steps) if steps else 0.0


def _is_new(group: list[Line], line: Line, pitch: float) -> bool:
    """True where ``line`` begins a new paragraph after ``group``."""
    last = group[-1]
    height = max(last.height, line.height, 1.0)
    step = last.bottom - line.bottom
    beside = abs(step) < 0.4 * height
    if split_mark(line.text).bullet and not beside:
        return True
    if min(last.height, line.height) < 0.85 * height and not beside:
        return True
    if last.height > 1.08 * line.height and not beside and len(group) == 1 and looks_like_heading(last.text):
        return True
    ended = bool(_SENTENCE_END.search(last.text.strip()))
    if beside:
        return line.left < last.left  # the same base line to the left: the first line of another column
    if step < 0:  # upwards: the next column
        return ended or not line.text.strip()[:1].islower()
    usual = max(min(pitch, 1.6 * height), 0.95 * height) if pitch else 1.3 * height
    if step > max(1.35 * usual, 1.05 * height):
        return True
    if split_mark(line.text).number >= 0 and ended:
        return True
    width = max(entry.right for entry in group) - min(entry.left for entry in group)
    indented = line.left > last.left + 0.7 * height and len(group) > 1
    short = last.right < max(entry.right for entry in (*group, line)) - 0.2 * max(width, 1.0)
    return ended and (indented or short)


def _joined(group: list[Line], words: Words) -> Paragraph:
    text = ""
    for line in group:
        text = joined(text, clean(line.text), words)
    broken = text[-1:] in tuple(HYPHENS)
    text = without_marks(f"{text[:-1]}-" if broken else text)
    height = statistics.median_low([line.height for line in group])
    left, right = min(line.left for line in group), max(line.right for line in group)
    slack = 0.12 * (right - left)
    last = group[-1]
    open_end = broken or (len(group) > 1 and last.right > right - slack and last.left < left + slack)
    return Paragraph(text, height, split_mark(group[0].text).is_item, len(group), open_end)
