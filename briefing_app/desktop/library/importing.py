"""The slim bar that shows how far an import is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import ElidedLabel, tool_button

_STEPS = 1000  # of the bar, which moves with the bytes that are read rather than with the files


class ImportBar(QWidget):
    """Progress of one import, with buttons that hold and stop it. It runs nothing itself."""

    cancel_requested = Signal()
    pause_requested = Signal(bool)  # False to go on

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.paused = False
        self._what = ElidedLabel()
        self._left = ElidedLabel()
        for words in (self._what, self._left):
            words.setProperty("muted", True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self.pause = tool_button(icons, "pause", "", lambda: self.pause_requested.emit(not self.paused))
        stop = tool_button(icons, "x", "Stop the import; what was imported stays", self.cancel_requested.emit)
        words_column = QVBoxLayout()
        words_column.setSpacing(4)
        words_column.addWidget(self._what)
        words_column.addWidget(self._bar)
        words_column.addWidget(self._left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, GRID, GRID, GRID)
        layout.setSpacing(0)
        layout.addLayout(words_column, 1)
        layout.addSpacing(GRID)
        for button in (self.pause, stop):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def begin(self) -> None:
        self._bar.setRange(0, 0)
        self._what.set_whole("Looking for files…")
        self._left.set_whole("")
        self.show_paused(False)
        self.show()

    def advance(self, progress: Any) -> None:
        """Show a step: ``done`` of ``total`` (None: not known yet), how long it will take, and what it is at."""
        share = progress.share if progress.share is not None else progress.done / (progress.total or 1)
        self._bar.setRange(0, _STEPS if progress.total else 0)
        self._bar.setValue(round(share * _STEPS))
        of = f" of {progress.total:,}" if progress.total else ""
        verb = "Paused at" if self.paused else "Importing"
        self._what.set_whole(f"{verb} {progress.done:,}{of}")
        left = "" if self.paused or progress.eta is None else time_to_go(progress.eta)
        self._left.set_whole(" · ".join(part for part in (left, progress.label) if part))
        if progress.paused and not self.paused:
            self.show_paused(True)

    def show_paused(self, paused: bool) -> None:
        """Let the bar say whether the import is held."""
        self.paused = paused
        tip = "Go on with the import" if paused else "Pause the import"
        self._icons.bind(self.pause, "play" if paused else "pause")
        self.pause.setToolTip(tip)
        self.pause.setAccessibleName(tip)
        words = self._what.whole
        if paused and words.startswith("Importing"):
            self._what.set_whole(words.replace("Importing", "Paused at", 1))
            self._left.set_whole("")

    def end(self) -> None:
        self.hide()


def time_to_go(seconds: float) -> str:
    """A time that something will still take, no more exactly than it can be known."""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 50:
        return f"about {round(seconds / 10) * 10} seconds left"
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return "about 1 minute left" if minutes == 1 else f"about {minutes} minutes left"
    hours, minutes = divmod(round(minutes / 10) * 10, 60)
    words = "about 1 hour" if hours == 1 else f"about {hours} hours"
    return f"{words} {minutes} minutes left" if minutes else f"{words} left"
