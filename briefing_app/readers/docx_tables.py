"""Tables of a Word document: spans in both directions, header rows, and what stands in the cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from briefing_app.model.block import Block, Cell, ListBlock, Paragraph, Row, Table
from briefing_app.model.inline import Text
from briefing_app.readers.docx_assemble import flow
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_entry import Entry
from briefing_app.readers.ooxml import W, attribute, is_on, local, number

_MAX_SPAN = 200
_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


@dataclass(slots=True)
class _Cell:
    """A cell that may still grow downwards."""

    column: int
    span: int
    blocks: list[Paragraph | ListBlock] = field(default_factory=list)
    rows: int = 1


class TableReader:
    """Reads one ``w:tbl``. ``entries`` reads what stands in a cell."""

    def __init__(self, context: Context, entries: Callable[[Any], list[Entry]]) -> None:
        self._context = context
        self._entries = entries
        self._others: list[Block] = []
        self._open: dict[int, _Cell] = {}

    def read(self, table: Any) -> tuple[Table | None, list[Block]]:
        """The table (None without any cell), and the pictures of its cells, which follow it."""
        rows: list[list[_Cell]] = []
        marked: list[bool] = []
        for row in _inside(table, "tr", self._context):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._context.counts["deletions"] += 1
                continue
            rows.append(self._row(row, properties))
            marked.append(properties is not None and bool(is_on(properties.find(W + "tblHeader"))))
        if not any(rows):
            return None, self._others
        return self._built(rows, marked, table), self._others

    def _row(self, row: Any, properties: Any | None) -> list[_Cell]:
        column = _count(properties, "gridBefore") if properties is not None else 0
        cells = [_Cell(0, column)] if column else []
        still_open: dict[int, _Cell] = {}
        for element in _inside(row, "tc", self._context):
            own = element.find(W + "tcPr")
            span = max(_count(own, "gridSpan"), 1)
            blocks = self._cell_blocks(element)
            merge = own.find(W + "vMerge") if own is not None else None
            above = self._open.get(column)
            goes_on = merge is not None and attribute(merge) != "restart"
            if goes_on and above is not None and above.span == span:
                above.rows += 1
                above.blocks += blocks
                still_open[column] = above
            else:
                cell = _Cell(column, span, blocks)
                cells.append(cell)
                if merge is not None:
                    still_open[column] = cell
            column += span
        self._open = still_open
        return cells

    def _cell_blocks(self, element: Any) -> list[Paragraph | ListBlock]:
        blocks, others, tables = flow(self._entries(element), self._context.new_id)
        self._others += others
        self._context.counts["nested_tables"] += tables
        return blocks

    def _built(self, rows: list[list[_Cell]], marked: list[bool], table: Any) -> Table:
        new_id = self._context.new_id
        header = 0
        while header < len(marked) and marked[header]:
            header += 1
        if not header and len(rows) > 1 and _is_bold(rows[0]):
            header = 1
        made = tuple(
            Row(
                new_id(),
                tuple(
                    Cell(new_id(), tuple(cell.blocks) or (Paragraph(new_id()),), cell.span, cell.rows) for cell in row
                ),
            )
            for row in rows
        )
        columns = max(cell.column + cell.span for row in rows for cell in row)
        widths = [float(number(attribute(entry, "w"))) for entry in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        usable = len(widths) == columns and all(width > 0 for width in widths)
        return Table(new_id(), made, header_rows=min(header, len(rows)), widths=tuple(widths) if usable else ())


def _inside(element: Any, wanted: str, context: Context) -> list[Any]:
    """Rows of a table or cells of a row, with what only wraps them taken off."""
    found: list[Any] = []
    for child in element:
        name = local(child)
        if name == wanted:
            found.append(child)
        elif name in _WRAPPERS:
            found += _inside(child, wanted, context)
        elif name in ("del", "moveFrom"):
            context.counts["deletions"] += 1
    return found


def _count(properties: Any | None, name: str) -> int:
    found = attribute(properties.find(W + name)) if properties is not None else ""
    return min(max(number(found), 0), _MAX_SPAN)


def _is_bold(row: list[_Cell]) -> bool:
    """True where all words of a row are bold, as those of column heads are."""
    texts = [
        inline
        for cell in row
        for block in cell.blocks
        if isinstance(block, Paragraph)
        for inline in block.content
        if isinstance(inline, Text) and inline.text.strip()
    ]
    return len(texts) > 0 and all(text.bold for text in texts)
