"""The Markdown writer: CommonMark with pipe tables and footnotes, which gives back the words as they are."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from briefing_app.errors import ExportError
from briefing_app.export.markdown_runs import MarkdownRuns, escaped
from briefing_app.layout.document import (
    BreakBlock,
    CellBlock,
    ContentsBlock,
    LaidBlock,
    LaidNote,
    LayoutDocument,
    ListLines,
    PictureBlock,
    QuotationBlock,
    Role,
    TableBlock,
    TextLine,
)

_STEP = 4  # columns that lists and notes stand in
_LARGEST_NUMBER = 999_999_999  # that begins a list
_SPACE = re.compile(r"[^A-Za-z0-9/+.-]")
_APART = "<!-- -->"  # between lists that would be one


def write_markdown(document: LayoutDocument) -> str:
    """The document as Markdown, ending in a newline; the same document gives the same text.

    The title is the first heading, others stand one level below their own. Notes are footnotes. Pictures stand as
    data at the end of the file, so that it needs no other. Contents, page breaks and directions are left out. Several
    header rows become the first row of the head and rows of the body; spanned places are empty.

    :raises ExportError: a picture's bytes are missing.
    """
    return _Writer(document).file()


class _Writer:
    """Writes one document."""

    def __init__(self, document: LayoutDocument) -> None:
        self._document = document
        self._runs = MarkdownRuns(document)
        self._pictures: dict[str, str] = {}  # hash -> name of its reference

    def file(self) -> str:
        document = self._document
        parts: list[str] = []
        for before, block in pairwise((None, *document.blocks)):
            lines = "\n".join(self._block(block)) if block else ""
            if isinstance(before, ListLines) and isinstance(block, ListLines):
                parts.append(_APART)
            parts.append(lines)
        parts.extend(map(self._note, document.notes))
        if document.watermark:
            parts.insert(0, f"**{escaped(document.watermark)}**")
        if document.banner:
            banner = f"**{escaped(document.banner.text)}**"
            parts = [banner, *parts, banner]
        parts.extend(self._data())
        written = [part for part in parts if part]
        return "\n\n".join(written) + "\n" if written else ""

    def _block(self, block: LaidBlock) -> Iterator[str]:
        """The block's lines."""
        match block:
            case TextLine():
                yield from self._text(block)
            case ListLines():
                yield from self._list(block)
            case QuotationBlock():
                yield from self._quotation(block)
            case TableBlock():
                yield from self._table(block)
            case PictureBlock():
                yield from self._picture(block)
            case ContentsBlock() | BreakBlock():
                return
            case _:
                assert_never(block)

    def _text(self, line: TextLine) -> Iterator[str]:
        level = 1 if line.role is Role.TITLE else line.level + 1 if line.level else 0
        if level:
            yield f"{'#' * min(level, 6)} {self._runs.line(line, one_line=True)}"
        else:
            yield from self._runs.line(line).split("\n")

    def _list(self, block: ListLines) -> Iterator[str]:
        """The items, with blank lines between them where one has several parts."""
        start = min(max(block.start, 0), _LARGEST_NUMBER - len(block.items))
        loose = any(len(item.blocks) > 1 for item in block.items)
        for number, item in enumerate(block.items, start):
            if loose and number > start:
                yield ""
            label = f"{number}." if block.ordered else "-"
            label = label.ljust(_STEP) if len(label) < _STEP else f"{label} "
            rows = list(self._item(item.blocks, loose=loose))
            yield (label + rows[0]).rstrip() if rows else label.rstrip()
            for row in rows[1:]:
                yield f"{' ' * len(label)}{row}".rstrip() if row else ""

    def _item(self, blocks: tuple[TextLine | ListLines, ...], *, loose: bool) -> Iterator[str]:
        for before, one in pairwise((None, *blocks)):
            if before is not None and loose:
                yield ""
                if isinstance(before, ListLines) and isinstance(one, ListLines):
                    yield from (_APART, "")
            if isinstance(one, ListLines):
                yield from self._list(one)
            elif one is not None:
                yield from self._runs.line(one).split("\n")

    def _quotation(self, block: QuotationBlock) -> Iterator[str]:
        lines = (*block.lines, *block.original, *((block.attribution,) if block.attribution else ()))
        for place, line in enumerate(lines):
            if place:
                yield ">"
            for row in self._runs.line(line).split("\n"):
                yield f"> {row}"

    def _table(self, block: TableBlock) -> Iterator[str]:
        if block.caption:
            yield from self._runs.line(block.caption).split("\n")
            yield ""
        rows = [[""] * block.columns for _ in range(block.rows)]
        for cell in block.cells:
            rows[cell.row][cell.column] = self._cell(cell)
        if not block.header_rows:
            rows.insert(0, [""] * block.columns)
        rows.insert(1, ["---"] * block.columns)
        for row in rows:
            yield f"| {' | '.join(row)} |"

    def _cell(self, cell: CellBlock) -> str:
        parts: list[str] = []
        for block in cell.blocks:
            parts += self._listed(block, "") if isinstance(block, ListLines) else [self._cell_line(block)]
        return "<br>".join(parts)

    def _listed(self, block: ListLines, indent: str) -> Iterator[str]:
        """A list inside a cell, where Markdown has none: its labels as words."""
        for item in block.items:
            label = f"{escaped(item.label)} "
            for inner in item.blocks:
                if isinstance(inner, ListLines):
                    yield from self._listed(inner, f"{indent}&emsp;")
                else:
                    yield f"{indent}{label}{self._cell_line(inner)}"
                    label = ""

    def _cell_line(self, line: TextLine) -> str:
        return self._runs.line(line, one_line=True)

    def _picture(self, block: PictureBlock) -> Iterator[str]:
        if block.media not in self._document.media:
            raise ExportError(
                f"The picture “{block.alt or block.id}” has no bytes.", "Insert it in the briefing again."
            )
        name = self._pictures.setdefault(block.media, f"picture-{len(self._pictures) + 1}")
        yield f"![{escaped(' '.join(block.alt.split()))}][{name}]"
        if block.caption:
            yield ""
            yield from self._runs.line(block.caption).split("\n")

    def _note(self, note: LaidNote) -> str:
        """A footnote; those that nothing calls are numbered paragraphs, for a footnote would not be shown."""
        texts = [self._runs.line(line).split("\n") for line in note.lines]
        if not self._runs.is_called(note.number):
            return "\n\n".join(f"{escaped(f'[{note.number}]')} " + "\n".join(rows) for rows in texts)
        indent = " " * _STEP
        paragraphs = [f"\n{indent}".join(rows) for rows in texts]
        return f"[^{note.number}]: " + f"\n\n{indent}".join(paragraphs)

    def _data(self) -> Iterator[str]:
        for sha256, name in self._pictures.items():
            media = self._document.media[sha256]
            kind = _SPACE.sub("", media.media_type)
            yield f"[{name}]: data:{kind};base64,{base64.b64encode(media.data).decode('ascii')}"
