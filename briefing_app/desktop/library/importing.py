"""The slim bar that shows how far an import is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import ElidedLabel, tool_button


class ImportBar(QWidget):
    """Progress of one import, with a button that stops it. It runs nothing itself."""

    cancel_requested = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._what = ElidedLabel()
        self._what.setProperty("muted", True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        stop = tool_button(icons, "x", "Stop the import; what was imported stays", self.cancel_requested.emit)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._what)
        words.addWidget(self._bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addLayout(words, 1)
        layout.addWidget(stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self) -> None:
        self._bar.setRange(0, 0)
        self._what.set_whole("Looking for files…")
        self.show()

    def advance(self, progress: Any) -> None:
        """Show a step: ``done`` of ``total`` (None: not known yet) and what it is at."""
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        of = f" of {progress.total:,}" if progress.total else ""
        self._what.set_whole(f"Importing {progress.done:,}{of} · {progress.label}")

    def end(self) -> None:
        self.hide()
