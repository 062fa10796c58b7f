"""What the middle of the window shows while no briefing is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

_WIDTH = 440


class StartPage(QWidget):
    """Offers to start a briefing, to open one, or to go on with a recent one."""

    new_requested = Signal()
    open_requested = Signal()
    recent_chosen = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._picture = QLabel()
        self.new_button, open_button = QPushButton("New briefing…"), QPushButton("Open…")
        self.new_button.setProperty("primary", True)
        self.new_button.clicked.connect(self.new_requested)
        open_button.clicked.connect(self.open_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.new_button)
        buttons.addWidget(open_button)
        buttons.addStretch(1)
        self._heading = label("Recent", muted=True)
        self.recent = QListWidget()
        self.recent.setAccessibleName("Recent briefings")
        self.recent.setFrameShape(QListWidget.Shape.NoFrame)
        self.recent.viewport().setAutoFillBackground(False)
        self.recent.setCursor(Qt.CursorShape.PointingHandCursor)
        self.recent.setMaximumHeight(240)
        self.recent.itemClicked.connect(self._choose)
        self.recent.itemActivated.connect(self._choose)
        inner = QVBoxLayout()
        inner.setSpacing(GRID)
        text = "Take a form, gather passages from your library, and send out a briefing that can be checked."
        inner.addStretch(2)
        inner.addWidget(self._picture)
        inner.addWidget(label("Write a briefing", bold=True, size=20))
        inner.addWidget(label(text, muted=True, wrap=True))
        inner.addSpacing(GRID)
        inner.addLayout(buttons)
        inner.addSpacing(2 * GRID)
        inner.addWidget(self._heading)
        inner.addWidget(self.recent)
        inner.addStretch(3)
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        holder.setLayout(inner)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(holder, 8)
        outer.addStretch(1)
        self.recolour()

    def recolour(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("app", 48, "accent", self.devicePixelRatioF()))

    def set_recent(self, paths: Sequence[str]) -> None:
        """The files to offer, the latest first."""
        self.recent.clear()
        for path in paths[:6]:
            item = QListWidgetItem(self._icons.icon("file-text", "muted"), Path(path).stem, self.recent)
            item.setToolTip(path)
            item.setData(256, path)
            item.setSizeHint(QSize(0, 32))
        self._heading.setVisible(bool(paths))
        self.recent.setVisible(bool(paths))

    def _choose(self, item: QListWidgetItem) -> None:
        self.recent_chosen.emit(str(item.data(256)))
