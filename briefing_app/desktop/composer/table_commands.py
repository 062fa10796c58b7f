"""Rows, columns and cells of the table around the caret."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QTextCursor, QTextTable, QTextTableFormat

from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.properties import Prop
from briefing_app.model.block import Table
from briefing_app.model.edit import Remove

Operation = Literal[
    "row above", "row below", "column before", "column after", "remove row", "remove column", "merge", "split", "remove"
]


def go_to_cell(editor: BlockEditor, step: int) -> None:
    """Move the caret to the next or the previous cell; past the last one a row is added."""
    cursor = editor.textCursor()
    table = cursor.currentTable()
    if table is None:
        return
    places = _places(table)
    here = table.cellAt(cursor)
    index = places.index((here.row(), here.column())) + step
    if index >= len(places):
        change_table(editor, "row below")
        table = editor.textCursor().currentTable()
        if table is None:
            return
        places = _places(table)
        index = min(index, len(places) - 1)
    if index < 0:
        return
    target = table.cellAt(*places[index]).firstCursorPosition()
    target.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(target)


def _places(table: QTextTable) -> list[tuple[int, int]]:
    """The first place of each cell, in reading order."""
    found = []
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            if (cell.row(), cell.column()) == (row, column):
                found.append((row, column))
    return found


def change_table(editor: BlockEditor, operation: Operation) -> bool:
    """Do ``operation`` on the table around the caret; False where there is none."""
    cursor = editor.textCursor()
    table = cursor.currentTable()
    if table is None:
        return False
    editor.commit()
    if operation == "remove":
        return _remove(editor, table)
    cell = table.cellAt(cursor)
    head = table.format().intProperty(Prop.HEADER)
    editor.text.mark_structural()
    match operation:
        case "row above":
            table.insertRows(cell.row(), 1)
            head += 1 if cell.row() < head else 0
        case "row below":
            table.insertRows(cell.row() + cell.rowSpan(), 1)
        case "column before":
            table.insertColumns(cell.column(), 1)
        case "column after":
            table.insertColumns(cell.column() + cell.columnSpan(), 1)
        case "remove row":
            if table.rows() <= cell.rowSpan():
                return _remove(editor, table)
            row, count = cell.row(), cell.rowSpan()
            _split_rows(table, row, count)
            table.removeRows(row, count)
            head -= max(0, min(count, head - row))
        case "remove column":
            if table.columns() <= cell.columnSpan():
                return _remove(editor, table)
            column, count = cell.column(), cell.columnSpan()
            _split_columns(table, column, count)
            table.removeColumns(column, count)
        case "merge":
            table.mergeCells(cursor)
        case "split":
            table.splitCell(cell.row(), cell.column(), 1, 1)
    _set_head(table, head)
    editor.text.touch(table.firstPosition(), table.lastPosition() + 1)
    editor.commit(f"Table: {operation}")
    editor.show_anew()
    return True


def _split_rows(table: QTextTable, row: int, count: int) -> None:
    """End merged cells at the rows that are about to go: Qt cannot take away rows that such a cell reaches into."""
    for first, column in _places(table):
        cell = table.cellAt(first, column)
        if cell.rowSpan() > 1 and first < row + count and first + cell.rowSpan() > row:
            table.splitCell(first, column, max(1, row - first), cell.columnSpan())


def _split_columns(table: QTextTable, column: int, count: int) -> None:
    """As ``_split_rows``, for columns."""
    for row, first in _places(table):
        cell = table.cellAt(row, first)
        if cell.columnSpan() > 1 and first < column + count and first + cell.columnSpan() > column:
            table.splitCell(row, first, cell.rowSpan(), max(1, column - first))


def _set_head(table: QTextTable, head: int) -> None:
    made = QTextTableFormat(table.format())
    made.setProperty(Prop.HEADER, max(0, head))
    made.setColumnWidthConstraints([])
    table.setFormat(made)


def _remove(editor: BlockEditor, table: QTextTable) -> bool:
    node = table.format().stringProperty(Prop.TABLE)
    before = QTextCursor(editor.document())
    before.setPosition(max(0, table.firstPosition() - 1))
    editor.setTextCursor(before)
    return editor.host.submit(Remove(node), "Remove table")


def set_header_rows(editor: BlockEditor, rows: int) -> bool:
    """Have the first ``rows`` rows repeat on each page."""
    table = editor.textCursor().currentTable()
    if table is None:
        return False
    node = editor.text.node(table.format().stringProperty(Prop.TABLE))
    if not isinstance(node, Table):
        return False
    made = QTextTableFormat(table.format())
    made.setProperty(Prop.HEADER, max(0, min(rows, table.rows())))
    table.setFormat(made)
    editor.text.mark_structural()
    editor.text.touch(table.firstPosition(), table.lastPosition() + 1)
    editor.commit("Table: header rows")
    editor.show_anew()
    return True
