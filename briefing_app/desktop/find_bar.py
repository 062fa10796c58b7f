"""Finding words in the briefing, and replacing them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from briefing_app.app.replacing import Replacement, Wanted
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label, tool_button
from briefing_app.errors import UsageError


class Found(Protocol):
    """A place: number ``number`` of ``total``."""

    @property
    def number(self) -> int: ...
    @property
    def total(self) -> int: ...


class Finder(Protocol):
    """Goes to places and replaces them; it raises UsageError for an impossible regular expression."""

    def find(self, wanted: Wanted, *, backward: bool = False) -> Found | None: ...
    def replace(self, wanted: Wanted, replacement: str) -> bool: ...
    def replace_all(self, wanted: Wanted, replacement: str) -> Replacement | None: ...


class FindBar(QFrame):
    """Asks for words, and for what shall stand in their place. The places are its finder's."""

    def __init__(self, icons: Icons, finder: Finder) -> None:
        super().__init__()
        self._finder = finder
        self._leave: Callable[[], object] | None = None
        self.setObjectName("find_bar")
        self.words = _field("Find in the briefing")
        self.words.returnPressed.connect(self.next)
        self.words.textChanged.connect(lambda: self._state.setText(""))
        self.replacement = _field("Replace with")
        self.replacement.returnPressed.connect(self.replace)
        self.match_case = _toggle("Aa", "Match case")
        self.whole_words = _toggle("|ab|", "Whole words")
        self.regular = _toggle(".*", "Regular expression")
        self._state: QLabel = label(muted=True)
        self._replacing = [self.replacement, self._replace_buttons()]
        layout = QGridLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(GRID // 2)
        layout.addWidget(self.words, 0, 0)
        layout.addWidget(_row(self.match_case, self.whole_words, self.regular), 0, 1)
        up = tool_button(icons, "arrow-up", "Previous (Shift+Enter)", self.previous)
        down = tool_button(icons, "arrow-down", "Next (Enter)", self.next)
        layout.addWidget(_row(up, down, self._state), 0, 2)
        layout.addWidget(tool_button(icons, "x", "Close (Esc)", self.leave), 0, 3, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.replacement, 1, 0)
        layout.addWidget(self._replacing[1], 1, 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(2, 1)
        self.hide()

    def _replace_buttons(self) -> QWidget:
        one, every = QPushButton("Replace"), QPushButton("Replace all")
        one.clicked.connect(self.replace)
        every.clicked.connect(self.replace_all)
        return _row(one, every)

    def on_leave(self, leave: Callable[[], object]) -> None:
        """Call ``leave`` when the bar is closed by its user, so that the caret can go back to the text."""
        self._leave = leave

    def start(self, *, replacing: bool = False) -> None:
        """Show the bar, ready for words."""
        for part in self._replacing:
            part.setVisible(replacing)
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def leave(self) -> None:
        """Close the bar."""
        self.hide()
        if self._leave is not None:
            self._leave()

    def wanted(self) -> Wanted:
        """What is looked for, as it stands in the bar."""
        return Wanted(
            self.words.text(),
            match_case=self.match_case.isChecked(),
            whole_words=self.whole_words.isChecked(),
            regular=self.regular.isChecked(),
        )

    def next(self) -> None:
        """Go to the next place."""
        self._go(backward=False)

    def previous(self) -> None:
        """Go to the place before."""
        self._go(backward=True)

    def _go(self, *, backward: bool) -> None:
        if not self.words.text():
            self.start(replacing=self.replacement.isVisible())
            return
        try:
            found = self._finder.find(self.wanted(), backward=backward)
        except UsageError as error:
            self._state.setText(str(error))
            return
        self._state.setText(f"{found.number:,} of {found.total:,}" if found else "Not found")

    def replace(self) -> None:
        """Replace the place that is selected, and go to the next."""
        if not self.words.text():
            return
        try:
            self._finder.replace(self.wanted(), self.replacement.text())
        except UsageError as error:
            self._state.setText(str(error))
            return
        self.next()

    def replace_all(self) -> None:
        """Replace every place, as one step that can be undone."""
        try:
            done = self._finder.replace_all(self.wanted(), self.replacement.text())
        except UsageError as error:
            self._state.setText(str(error))
            return
        if done is not None:
            stay = f"; {done.kept:,} with a citation or a note inside stay" if done.kept else ""
            self._state.setText(f"{done.count:,} replaced{stay}" if done.count or done.kept else "Not found")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.previous()
        else:
            super().keyPressEvent(event)


class _Field(QLineEdit):
    """A line whose Shift+Enter is its bar's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shifted and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _field(name: str) -> QLineEdit:
    made = _Field()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    made.setMinimumWidth(160)
    return made


def _toggle(text: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.setCheckable(True)
    made.setAutoRaise(True)
    return made


def _row(*parts: QWidget) -> QWidget:
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID // 2)
    for part in parts:
        layout.addWidget(part)
    return made
