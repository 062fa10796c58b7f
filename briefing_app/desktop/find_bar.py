"""Finding words in the briefing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label, tool_button


class FindBar(QFrame):
    """Asks for words and calls ``find`` with them; ``find`` goes to the next place and says whether there is one."""

    def __init__(self, icons: Icons, find: Callable[[str], object]) -> None:
        super().__init__()
        self._find = find
        self.setObjectName("find_bar")
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find in the briefing")
        self.words.setAccessibleName("Find in the briefing")
        self.words.setMaximumWidth(320)
        self.words.returnPressed.connect(self.next)
        self._state: QLabel = label(muted=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(tool_button(icons, "arrow-down", "Next (Enter)", self.next))
        layout.addWidget(self._state, 1)
        layout.addWidget(tool_button(icons, "x", "Close (Esc)", self.hide))
        self.hide()

    def start(self) -> None:
        """Show the bar, ready for words."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def next(self) -> None:
        """Go to the next place."""
        words = self.words.text()
        if words:
            self._state.setText("" if self._find(words) else "Not found")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
