"""Tables: their grid, and their way into a text document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import (
    QBrush,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from briefing_app.desktop.composer.properties import Prop
from briefing_app.desktop.composer.styles import Place, Styles
from briefing_app.model.block import Block, Cell, Table

WriteCell = Callable[[QTextCursor, Sequence[Block], Styles, Place], None]
Grid = dict[tuple[int, int], Cell]  # (row, column) of a cell's first place -> the cell
_LIMIT = 20_000  # places of a grid that are edited in the text; a larger table is shown as one thing


def grid_of(table: Table) -> tuple[Grid, int] | None:
    """The cells by their first place, and the number of columns; None where the cells do not fill a rectangle."""
    grid: Grid = {}
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line.cells:
            while (row, column) in taken:
                column += 1
            if cell.column_span < 1 or cell.row_span < 1 or cell.column_span * cell.row_span > _LIMIT:
                return None
            places = {(row + r, column + c) for r in range(cell.row_span) for c in range(cell.column_span)}
            if places & taken:
                return None
            taken |= places
            grid[row, column] = cell
            column += cell.column_span
    columns = 1 + max((place[1] for place in taken), default=-1)
    full = len(taken) == columns * len(table.rows) and all(place[0] < len(table.rows) for place in taken)
    return (grid, columns) if full and taken else None


def is_regular(table: Table) -> bool:
    """True where the table can be edited in the text: a full rectangle, with a cell beginning in each row."""
    if not all(row.cells for row in table.rows):
        return False
    found = grid_of(table)
    return found is not None and found[1] * len(table.rows) <= _LIMIT


def write_table(cursor: QTextCursor, table: Table, styles: Styles, write_cell: WriteCell) -> QTextTable:
    """Insert a regular table at the cursor."""
    found = grid_of(table)
    if found is None:
        raise ValueError(f"the table {table.id} has no full grid")
    grid, columns = found
    written = cursor.insertTable(len(table.rows), columns, table_format(table, columns, styles))
    for (row, column), cell in grid.items():
        if cell.row_span > 1 or cell.column_span > 1:
            written.mergeCells(row, column, cell.row_span, cell.column_span)
    for (row, column), cell in grid.items():
        place = written.cellAt(row, column)
        head = row < table.header_rows
        format_cell(place, cell.id, table.rows[row].id, head, styles)
        write_cell(place.firstCursorPosition(), cell.blocks, styles, "head" if head else "cell")
    return written


def table_format(table: Table, columns: int, styles: Styles) -> QTextTableFormat:
    """The format of a table, which carries its id and what else is not in its cells."""
    made = QTextTableFormat()
    made.setProperty(Prop.TABLE, table.id)
    made.setProperty(Prop.MARK, table.mark)
    made.setProperty(Prop.HEADER, table.header_rows)
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(styles.theme.table_line))
    made.setCellPadding(7)
    made.setCellSpacing(0)
    made.setTopMargin(4)
    made.setBottomMargin(4)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    widths = table.widths if len(table.widths) == columns and sum(table.widths) > 0 else (1.0,) * columns
    total = sum(widths)
    percent = QTextLength.Type.PercentageLength
    made.setColumnWidthConstraints([QTextLength(percent, 100 * width / total) for width in widths])
    return made


def format_cell(place: QTextTableCell, cell_id: str, row_id: str, head: bool, styles: Styles) -> None:
    """Set a cell's format, which carries its id and its row's."""
    made = place.format()
    made.setProperty(Prop.CELL, cell_id)
    made.setProperty(Prop.ROW, row_id)
    if head:
        made.setBackground(QBrush(styles.theme.table_head))
    else:
        made.clearBackground()
    place.setFormat(QTextCharFormat(made))
