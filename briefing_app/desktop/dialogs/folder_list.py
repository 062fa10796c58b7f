"""A list of folders, to which some are added and from which some are taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

_ROWS = 3  # that are seen at once


class FolderList(QWidget):
    """Holds folders while a dialog is open. It looks into none of them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setProperty("boxed", True)
        self.list.setAccessibleName("Watched folders")
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setFixedHeight(_ROWS * 26 + 14)
        for folder in folders:
            self.list.addItem(str(folder))
        self.add, self.remove = QPushButton("Add…", autoDefault=False), QPushButton("Remove", autoDefault=False)
        self.add.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(lambda _: self._offer())
        buttons = QVBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.list, 1)
        row.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(row)
        layout.addWidget(label("What you save there appears in the library by itself.", muted=True))
        self._offer()

    def folders(self) -> list[Path]:
        return [Path(self.list.item(row).text()) for row in range(self.list.count())]

    def take(self, name: str) -> None:
        """Add a folder, unless it is there."""
        path = Path(name).absolute()
        if path not in self.folders():
            self.list.addItem(str(path))

    def _choose(self) -> None:
        chooser = QFileDialog(self, "Choose a folder to watch")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.take)
        chooser.open()

    def _remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self._offer()

    def _offer(self) -> None:
        self.remove.setEnabled(self.list.currentRow() >= 0)
