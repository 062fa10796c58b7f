"""A draft's blocks as plain text with ranges: how Markdown and Word documents are read as sources."""

from __future__ import annotations

from typing import assert_never

from briefing_app.model.block import Cell, ListBlock, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.draft import Draft, DraftHeading, DraftPart
from briefing_app.model.inline import Inlines, Note
from briefing_app.model.plain import inline_text
from briefing_app.model.reading import BlockKind
from briefing_app.readers.text_builder import TextBuilder


def flatten(draft: Draft) -> TextBuilder:
    """The draft's title and blocks in reading order; its notes follow at the end."""
    return _Flattener().run(draft)


class _Flattener:
    def __init__(self) -> None:
        self._builder = TextBuilder()
        self._notes: list[str] = []

    def run(self, draft: Draft) -> TextBuilder:
        self._builder.add(BlockKind.HEADING, draft.title, 1)
        for part in draft.parts:
            self._part(part)
        for note in self._notes:
            self._builder.add(BlockKind.NOTE, note)
        return self._builder

    def _part(self, part: DraftPart) -> None:
        match part:
            case DraftHeading():
                self._builder.add(BlockKind.HEADING, self._words(part.content), part.level)
            case Paragraph():
                self._builder.add(BlockKind.PARAGRAPH, self._words(part.content))
            case ListBlock():
                self._list(part)
            case Quotation():
                for paragraph in part.paragraphs:
                    self._builder.add(BlockKind.QUOTATION, self._words(paragraph.content))
            case Table():
                self._table(part)
            case Picture():
                self._builder.add(BlockKind.CAPTION, self._words(part.caption))
            case PageBreak():
                pass
            case _:
                assert_never(part)

    def _list(self, block: ListBlock) -> None:
        for item in block.items:
            for inner in item.blocks:
                if isinstance(inner, ListBlock):
                    self._list(inner)
                else:
                    self._builder.add(BlockKind.LIST_ITEM, self._words(inner.content))

    def _table(self, table: Table) -> None:
        self._builder.add(BlockKind.CAPTION, self._words(table.caption))
        rows = ["\t".join(self._cell(cell) for cell in row.cells) for row in table.rows]
        self._builder.add(BlockKind.TABLE, "\n".join(row for row in rows if row.strip()))

    def _cell(self, cell: Cell) -> str:
        pieces: list[str] = []
        pending: list[Paragraph | ListBlock] = list(cell.blocks)
        while pending:
            block = pending.pop(0)
            if isinstance(block, ListBlock):
                pending[:0] = [inner for item in block.items for inner in item.blocks]
            else:
                pieces.append(self._words(block.content).replace("\n", " "))
        return " ".join(filter(None, pieces))

    def _words(self, inlines: Inlines) -> str:
        self._notes += [inline_text(inline.content) for inline in inlines if isinstance(inline, Note)]
        return inline_text(inlines)
