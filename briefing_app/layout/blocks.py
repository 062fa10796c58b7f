"""Blocks of a briefing to blocks of a layout."""

from __future__ import annotations

from typing import assert_never

from briefing_app.layout.context import Context
from briefing_app.layout.document import (
    BreakBlock,
    CellBlock,
    ItemBlock,
    LaidBlock,
    ListLines,
    Role,
    TableBlock,
    TextLine,
    TextRun,
)
from briefing_app.layout.inlines import InlineLayer, is_blank
from briefing_app.layout.pictures import PictureLayer
from briefing_app.layout.quotations import lay_quotation
from briefing_app.layout.tables import Grid, Place, grid_of
from briefing_app.model.block import (
    Block,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Table,
)
from briefing_app.model.inline import Inlines


class BlockLayer:
    """Lays out the blocks of sections, in order. What would print nothing gives no block."""

    def __init__(self, context: Context, inlines: InlineLayer, pictures: PictureLayer) -> None:
        self._context = context
        self._inlines = inlines
        self._pictures = pictures

    def blocks(self, block: Block, role: Role) -> tuple[LaidBlock, ...]:
        """What ``block`` prints; ``role`` is that of its section's paragraphs."""
        match block:
            case Paragraph():
                return self._paragraph(block, role)
            case ListBlock():
                return self._list(block, Role.LIST, 0)
            case Quotation():
                laid = lay_quotation(block, self._context, self._inlines)
                return (laid,) if laid else ()
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case PageBreak():
                return (BreakBlock(block.id),)
            case _:
                assert_never(block)

    def _paragraph(self, paragraph: Paragraph, role: Role) -> tuple[TextLine, ...]:
        line = self._inlines.line(paragraph.id, role, paragraph.content, mark=paragraph.mark)
        return () if is_blank(line.runs) else (line,)

    def _list(self, block: ListBlock, role: Role, depth: int) -> tuple[ListLines, ...]:
        items: list[ItemBlock] = []
        for item in block.items:
            label = f"{block.start + len(items)}." if block.ordered else "•"
            inner = self._inner(item, role, depth + 1)
            if inner:
                items.append(ItemBlock(item.id, label, inner))
        laid = ListLines(block.id, block.ordered, block.start if block.ordered else 1, depth, tuple(items))
        return (laid,) if items else ()

    def _inner(self, item: ListItem, role: Role, depth: int) -> tuple[TextLine | ListLines, ...]:
        laid: list[TextLine | ListLines] = []
        for block in item.blocks:
            if isinstance(block, Paragraph):
                laid.extend(self._paragraph(block, role))
            else:
                laid.extend(self._list(block, role, depth))
        return tuple(laid)

    def _table(self, table: Table) -> tuple[LaidBlock, ...]:
        grid = grid_of(table)
        caption = self._caption(table.id, table.caption, table.mark)
        if grid is None:
            return (caption,) if caption else ()
        cells = tuple(self._cell(table.id, place, grid) for place in grid.places)
        return (TableBlock(table.id, grid.rows, grid.columns, grid.header_rows, grid.widths, cells, caption),)

    def _cell(self, table_id: str, place: Place, grid: Grid) -> CellBlock:
        header = place.row < grid.header_rows
        role = Role.TABLE_HEAD if header else Role.TABLE_CELL
        laid: list[TextLine | ListLines] = []
        for block in place.cell.blocks if place.cell else ():
            if isinstance(block, Paragraph):
                laid.extend(self._paragraph(block, role))
            else:
                laid.extend(self._list(block, role, 0))
        id = place.cell.id if place.cell else f"{table_id}-{place.row}-{place.column}"
        return CellBlock(id, place.row, place.column, tuple(laid), header, place.column_span, place.row_span)

    def _picture(self, picture: Picture) -> tuple[LaidBlock, ...]:
        caption = self._caption(picture.id, picture.caption, picture.mark)
        laid = self._pictures.block(picture, caption)
        if laid is not None:
            return (laid,)
        if not self._context.draft:
            return ()
        words = TextRun(f"[missing picture {picture.alt or picture.id}]", bold=True)
        missing = TextLine(picture.id, Role.BODY, (words,))
        return (missing, caption) if caption else (missing,)

    def _caption(self, id: str, content: Inlines, mark: str) -> TextLine | None:
        line = self._inlines.line(f"{id}-caption", Role.CAPTION, content, mark=mark)
        return None if is_blank(line.runs) and not line.mark else line
