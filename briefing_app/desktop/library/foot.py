"""What stands under the list: the keys of the inbox, what was done last, and what can be done to several sources."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.flow import FlowBox
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import ElidedLabel, label, tool_button

_SHOWN = 6_000  # milliseconds that what was done stays to be read
TRIAGE_KEYS = (
    ("K", "keep"),
    ("D", "drop"),
    ("S", "star"),
    ("T", "tag"),
    ("1–9", "send"),
    ("U", "unread"),
    ("Z", "undo"),
)


class Foot(QFrame):
    """Shows one of three things, or nothing. It does nothing itself."""

    command = Signal(str)  # as CardList.command
    more_wanted = Signal(QWidget)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.keys = KeyLegend()
        self.said = ElidedLabel()
        self._undo = QPushButton("Undo")
        self._undo.setProperty("flat", True)
        self._undo.setToolTip("Take it back (Z)")
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(lambda: self.command.emit("undo"))
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(12, 2, GRID, 2)
        line.addWidget(self.said, 1)
        line.addWidget(self._undo)
        self.selection = SelectionBar(icons)
        self.selection.command.connect(self.command)
        self.selection.more_wanted.connect(self.more_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._line, self.selection, self.keys):
            layout.addWidget(part)
            part.hide()
        self._later = QTimer(self, singleShot=True, interval=_SHOWN)
        self._later.timeout.connect(self._forget)
        self.hide()

    def set_triaging(self, on: bool) -> None:
        """True where the inbox is looked at, whose keys are shown then."""
        self.keys.setVisible(on)
        self._show()

    def set_selected(self, count: int) -> None:
        """How many rows are selected; several can be changed together."""
        self.selection.show_count(count)
        self._show()

    def say(self, words: str, can_undo: bool) -> None:
        """Tell what was just done."""
        self.said.set_whole(words)
        self._undo.setVisible(can_undo)
        self._line.show()
        self._later.start()
        self._show()

    def _forget(self) -> None:
        self._line.hide()
        self._show()

    def _show(self) -> None:
        self.setVisible(any(not part.isHidden() for part in (self._line, self.selection, self.keys)))


class KeyLegend(FlowBox):
    """The keys by which the inbox is triaged."""

    def __init__(self) -> None:
        super().__init__(spacing=6)
        self.flow.setContentsMargins(12, GRID, 12, GRID)
        for key, words in TRIAGE_KEYS:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(4)
            cap = QLabel(key)
            cap.setObjectName("key")
            row.addWidget(cap)
            row.addWidget(label(words, muted=True, size=12))
            self.flow.addWidget(pair)


class SelectionBar(QWidget):
    """How many sources are selected, and what can be done to all of them."""

    command = Signal(str)
    more_wanted = Signal(QWidget)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._count = label(bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, GRID, 4)
        row.setSpacing(0)
        row.addWidget(self._count, 1)
        for icon, tip, command in (
            ("star", "Star (S)", "star"),
            ("tag", "Tag (T)", "tag"),
            ("folder-plus", "Add to a collection (C)", "collect"),
            ("pencil", "Edit fields of all (F)", "fields"),
        ):
            row.addWidget(tool_button(icons, icon, tip, partial(self.command.emit, command)))
        more = tool_button(icons, "ellipsis", "More that can be done")
        more.clicked.connect(lambda: self.more_wanted.emit(more))
        row.addWidget(more)

    def show_count(self, count: int) -> None:
        self._count.setText(f"{count:,} selected")
        self.setVisible(count > 1)
