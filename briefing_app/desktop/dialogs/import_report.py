"""The one report at the end of an import: what came in, what was there already, what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

_COLUMNS = ("Result", "File", "Title or reason")
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One file: what became of it, its path (and the part of it), and its title or why it failed."""

    result: str
    path: str
    words: str

    @property
    def cells(self) -> tuple[str, str, str]:
        return self.result, self.path, self.words


def rows_of(report: Any) -> list[ReportRow]:
    """The rows of an import's report, failures first."""
    failed = [ReportRow("Failed", _path(one), one.reason) for one in report.failed]
    scans = set(report.no_text)
    imported = [
        ReportRow("Imported", _path(one), f"{one.title} (no readable text in it)" if one.id in scans else one.title)
        for one in report.imported
    ]
    there = [ReportRow("Already there", _path(one), f"as source {one.id}") for one in report.duplicates]
    return failed + imported + there


def _path(one: Any) -> str:
    return f"{one.path} ({one.member})" if one.member else str(one.path)


def in_words(report: Any) -> str:
    """The report in one sentence."""
    return (
        f"{len(report.imported):,} imported, {len(report.duplicates):,} already there, {len(report.failed):,} failed."
    )


class _ReportModel(QAbstractTableModel):
    def __init__(self, rows: Sequence[ReportRow], parent: QObject) -> None:
        super().__init__(parent)
        self.rows = rows

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()].cells[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _COLUMNS[section]
        return None


class _PathPainter(QStyledItemDelegate):
    """Shortens a path in its middle: the file's name is what one looks for."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class _Filter(QSortFilterProxyModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.result = ""
        self.words = ""

    def narrow(self, result: str, words: str) -> None:
        self.beginFilterChange()
        self.result, self.words = result, words.casefold()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, _ReportModel)
        row = model.rows[source_row]
        if self.result and row.result != self.result:
            return False
        return not self.words or any(self.words in cell.casefold() for cell in row.cells)


class ImportReportDialog(QDialog):
    """Shows a report as a table that can be filtered and copied. It changes nothing."""

    def __init__(self, parent: QWidget | None, report: Any) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 520)
        rows = rows_of(report)
        self._filter = _Filter(self)
        self._filter.setSourceModel(_ReportModel(rows, self))
        self.choice = QComboBox()
        self.choice.setAccessibleName("Result")
        self.choice.addItem("All results", "")
        for result in dict.fromkeys(row.result for row in rows):
            count = sum(row.result == result for row in rows)
            self.choice.addItem(f"{result} ({count:,})", result)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by file, title or reason")
        self.words.setAccessibleName("Filter")
        self.words.setClearButtonEnabled(True)
        self.table = self._make_table()
        self._lay_out(in_words(report))
        self.choice.currentIndexChanged.connect(lambda: self._narrow())
        self.words.textChanged.connect(lambda: self._narrow())
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy_selected)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._filter)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setShowGrid(False)
        table.setItemDelegateForColumn(1, _PathPainter(table))
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 120)
        header.resizeSection(1, 320)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.setAccessibleName("Files of the import")
        return table

    def _lay_out(self, summary: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.choice)
        top.addWidget(self.words, 1)
        copy, close = QPushButton("Copy"), QPushButton("Close")
        copy.setToolTip("Copy the rows shown, to paste into a table or a message")
        copy.clicked.connect(self.copy_shown)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        bottom = QHBoxLayout()
        bottom.setSpacing(GRID)
        bottom.addStretch(1)
        bottom.addWidget(copy)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label(summary, bold=True, size=15))
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)

    def _narrow(self) -> None:
        self._filter.narrow(str(self.choice.currentData()), self.words.text().strip())

    def copy_shown(self) -> None:
        """Copy every row that passes the filter, its cells divided by tabs."""
        self._copy(range(self._filter.rowCount()))

    def copy_selected(self) -> None:
        self._copy(sorted(index.row() for index in self.table.selectionModel().selectedRows()))

    def _copy(self, rows: Sequence[int]) -> None:
        lines = ["\t".join(_COLUMNS)]
        for row in rows:
            lines.append("\t".join(str(self._filter.index(row, column).data()) for column in range(len(_COLUMNS))))
        QGuiApplication.clipboard().setText("\n".join(lines))
