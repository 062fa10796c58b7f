"""The one report at the end of an import: what came in, what was there already, what failed and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
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
    """One file: what became of it, its path (and the part of it), and its title or why it failed.

    ``reason`` is what it has in common with others that failed. ``num`` is its number among the files that are kept
    to be tried again, ``file`` the file itself.
    """

    result: str
    path: str
    words: str
    reason: str = ""
    num: int | None = None
    file: str = ""

    @property
    def cells(self) -> tuple[str, str, str]:
        return self.result, self.path, self.words


def rows_of(report: Any, unread: Sequence[Any] = ()) -> list[ReportRow]:
    """The rows of an import's report, failures first, grouped by why."""
    nums = {(one.path, one.member): one.num for one in unread}
    failed = [
        ReportRow("Failed", _path(one), one.reason, reason.text, nums.get((_absolute(one.path), one.member)), one.path)
        for reason in report.by_reason()
        for one in reason.failed
    ]
    scans = set(report.no_text)
    imported = [
        ReportRow(
            "Imported",
            _path(one),
            f"{one.title} (no readable text in it)" if one.id in scans else one.title,
            file=one.path,
        )
        for one in report.imported
    ]
    there = [ReportRow("Already there", _path(one), f"as source {one.id}", file=one.path) for one in report.duplicates]
    taken = [ReportRow("Attached", one.path, f"taken in with {one.by}", file=one.path) for one in report.passed_over]
    return failed + imported + there + taken


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _path(one: Any) -> str:
    return f"{one.path} ({one.member})" if one.member else str(one.path)


def in_words(report: Any) -> str:
    """The report in one sentence."""
    counts = (("imported", report.imported), ("already there", report.duplicates), ("failed", report.failed))
    words = ", ".join(f"{len(some):,} {what}" for what, some in counts)
    return f"{words}, {report.left:,} not looked at." if report.left else f"{words}."


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
        self.reason = ""
        self.words = ""

    def narrow(self, result: str, reason: str, words: str) -> None:
        self.beginFilterChange()
        self.result, self.reason, self.words = result, reason, words.casefold()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, _ReportModel)
        row = model.rows[source_row]
        if self.result and row.result != self.result:
            return False
        if self.reason and row.reason != self.reason:
            return False
        return not self.words or any(self.words in cell.casefold() for cell in row.cells)


class ImportReportDialog(QDialog):
    """Shows a report as a table that can be filtered and copied. It changes nothing: it asks to try again."""

    try_again_wanted = Signal(list)  # numbers of files that are kept

    def __init__(
        self, parent: QWidget | None, report: Any, unread: Sequence[Any] = (), *, can_write: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 520)
        self._can_write = can_write
        rows = rows_of(report, unread)
        self._filter = _Filter(self)
        self._model = _ReportModel(rows, self)
        self._filter.setSourceModel(self._model)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Result")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(28)
        self._offer_results(rows)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Filter by file, title or reason")
        self.words.setAccessibleName("Filter")
        self.words.setClearButtonEnabled(True)
        self.again, self.folder = QPushButton("Try again"), QPushButton("Show in folder")
        self.table = self._make_table()
        self._lay_out(in_words(report))
        self.choice.currentIndexChanged.connect(lambda: self._narrow())
        self.words.textChanged.connect(lambda: self._narrow())
        self.table.selectionModel().selectionChanged.connect(lambda: self._offer())
        QShortcut(QKeySequence.StandardKey.Copy, self.table, self.copy_selected)
        self._offer()

    def _offer_results(self, rows: Sequence[ReportRow]) -> None:
        """All results, each by itself, and of the failures each reason."""
        self.choice.addItem("All results", "")
        for result in dict.fromkeys(row.result for row in rows):
            count = sum(row.result == result for row in rows)
            self.choice.addItem(f"{result} ({count:,})", result)
            reasons = list(dict.fromkeys(row.reason for row in rows if row.result == result and row.reason))
            for reason in reasons if len(reasons) > 1 else ():
                count = sum(row.reason == reason for row in rows)
                self.choice.addItem(f"    {count:,} × {reason}", f"{result}\n{reason}")

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._filter)
        table.setSortingEnabled(True)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        table.setShowGrid(False)
        table.setProperty("boxed", True)
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
        self.again.setToolTip("Read the failed files again that are selected, or all that are shown")
        self.again.clicked.connect(self._try_again)
        self.folder.setToolTip("Open the folder of the selected file")
        self.folder.clicked.connect(self._show_folder)
        for button in (self.again, self.folder, copy):
            button.setAutoDefault(False)
        bottom.addWidget(self.again)
        bottom.addWidget(self.folder)
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
        result, _, reason = str(self.choice.currentData()).partition("\n")
        self._filter.narrow(result, reason, self.words.text().strip())
        self._offer()

    # --- trying again

    def _rows(self, *, selected: bool) -> list[ReportRow]:
        numbers = [index.row() for index in self.table.selectionModel().selectedRows()]
        shown = sorted(numbers) if selected else range(self._filter.rowCount())
        return [self._model.rows[self._filter.mapToSource(self._filter.index(row, 0)).row()] for row in shown]

    def _to_try(self) -> list[int]:
        rows = self._rows(selected=True) or self._rows(selected=False)
        return [row.num for row in rows if row.num is not None]

    def _offer(self) -> None:
        self.again.setEnabled(self._can_write and bool(self._to_try()))
        self.folder.setEnabled(len(self._rows(selected=True)) == 1)

    def _try_again(self) -> None:
        nums = self._to_try()
        self.accept()
        self.try_again_wanted.emit(nums)

    def _show_folder(self) -> None:
        for row in self._rows(selected=True)[:1]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(row.file).absolute().parent)))

    # --- copying

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
