"""The editions of a briefing: the list of what was issued, and one of them as it went out, read only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.app.session import Session
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.preview.panel import MakePreview, PreviewPanel
from briefing_app.desktop.theme import GRID, Theme
from briefing_app.desktop.widgets import EmptyState, label
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.issuing import EditionRecord

_ROWS = """
QTreeWidget { border: 1px solid palette(dark); border-radius: 6px; outline: 0; }
QTreeWidget::item { padding: 6px 8px; border: 0; }
QTreeWidget::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QHeaderView::section { background: palette(base); border: 0; border-bottom: 1px solid palette(mid); padding: 6px 8px; }
"""
_COLUMNS = ("Edition", "Issued", "Marking", "Note")


class EditionsDialog(QDialog):
    """The issued editions of one briefing, newest first. It changes none: nobody can."""

    open_wanted = Signal(object)
    compare_wanted = Signal(object)
    copy_wanted = Signal(object)
    issue_wanted = Signal()

    def __init__(self, parent: QWidget | None, title: str, icons: Icons) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Editions of “{title}”")
        self.resize(760, 440)
        self._icons = icons
        self.list = QTreeWidget()
        self.list.setHeaderLabels(_COLUMNS)
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        self.list.setStyleSheet(_ROWS)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName("Editions, newest first")
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(True)
        self.list.currentItemChanged.connect(lambda *_: self._describe())
        self.list.itemActivated.connect(lambda *_: self._want(self.open_wanted))
        self.empty = EmptyState(icons)
        issue = QPushButton("Issue edition…")
        issue.clicked.connect(self._issue)
        self.empty.show_state(
            "layers",
            "No edition is issued yet",
            "Issuing freezes the briefing as it is, with its number, its moment and its hash.",
            issue,
        )
        self.empty.hide()
        self.details = label(muted=True, wrap=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = label(wrap=True)
        self.problem.setProperty("danger", True)
        self.problem.hide()
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        self.open_button = QPushButton("Open read-only")
        self.compare_button = QPushButton("Compare with the present")
        self.copy_button = QPushButton("Save a copy…")
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        for button, wanted in (
            (self.open_button, self.open_wanted),
            (self.compare_button, self.compare_wanted),
            (self.copy_button, self.copy_wanted),
        ):
            button.clicked.connect(lambda _=False, wanted=wanted: self._want(wanted))
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        for button in (self.copy_button, close, self.open_button, self.compare_button):
            button.setAutoDefault(False)  # Return on the list opens what is chosen, and nothing else
        for button in (close, self.open_button, self.compare_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.details)
        layout.addWidget(self.problem)
        layout.addLayout(row)

    def show_editions(self, rows: Sequence[tuple[EditionRecord, bool]], problems: Sequence[str]) -> None:
        """List these, each with whether its frozen bytes still have their hash."""
        from briefing_app.app.dates import in_words

        self.list.clear()
        for record, intact in sorted(rows, key=lambda row: -row[0].edition):
            cells = (str(record.edition), in_words(record.issued_at), record.marking or "—", record.note)
            item = QTreeWidgetItem(list(cells))
            item.setData(0, Qt.ItemDataRole.UserRole, (record, intact))
            item.setIcon(0, self._icons.icon("lock", "muted") if intact else self._icons.icon("circle-alert", "danger"))
            self.list.addTopLevelItem(item)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.details.setVisible(bool(rows))
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))
        if (first := self.list.topLevelItem(0)) is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus()
        self._enable()

    @property
    def chosen(self) -> EditionRecord | None:
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole)[0] if item is not None else None

    def _describe(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            record, intact = item.data(0, Qt.ItemDataRole.UserRole)
            lines = [
                f"SHA-256 {record.sha256}" if intact else "Damaged: its bytes no longer have the hash it was given."
            ]
            lines += [f"Exported with it: {one.name}, SHA-256 {one.sha256[:16]}…" for one in record.exports]
            self.details.setText("\n".join(lines))
        self._enable()

    def _enable(self) -> None:
        item = self.list.currentItem()
        intact = item is not None and item.data(0, Qt.ItemDataRole.UserRole)[1]
        for button in (self.open_button, self.compare_button, self.copy_button):
            button.setEnabled(bool(intact))

    def _want(self, wanted: SignalInstance) -> None:
        if self.chosen is not None and self.open_button.isEnabled():
            wanted.emit(self.chosen)

    def _issue(self) -> None:
        self.reject()
        self.issue_wanted.emit()


class EditionView(QDialog):
    """One edition as it went out, page by page. It cannot be changed here or anywhere."""

    copy_wanted = Signal()

    def __init__(
        self, parent: QWidget | None, record: EditionRecord, briefing: Briefing, make: MakePreview, icons: Icons,
        theme: Theme,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Edition {record.edition} of “{record.title}” — read only")
        self.resize(820, 900)
        self.preview = PreviewPanel(make, icons, theme.colours)
        theme.changed.connect(self.preview.recolour)
        self.preview.set_session(Session(briefing))
        hash = label(f"Frozen, SHA-256 {record.sha256[:32]}…", muted=True)
        hash.setToolTip(record.sha256)
        copy = QPushButton("Save a copy…", autoDefault=False)
        copy.clicked.connect(self.copy_wanted)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(GRID)
        row.addWidget(hash, 1)
        row.addWidget(copy)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.preview, 1)
        layout.addLayout(row)

    def done(self, result: int) -> None:
        self.preview.close_lanes()
        super().done(result)


def ask_for_copy(parent: QWidget, suggested: Path, chosen: Callable[[Path], object]) -> None:
    """Ask where a copy of an edition goes and call ``chosen`` with that."""
    chooser = QFileDialog(parent, "Save a copy of the edition", str(suggested), "Briefings (*.briefing)")
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
    chooser.setDefaultSuffix("briefing")
    chooser.fileSelected.connect(lambda path: chosen(Path(path)))
    chooser.open()
