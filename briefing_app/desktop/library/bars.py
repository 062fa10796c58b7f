"""The bars over the library's list: sorting, narrowing, saving, adding, and the heading of special lists."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from briefing_app.app.finding import ORDERS, Asked
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.flow import FlowBox
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import ElidedLabel, tool_button

SAYINGS = (
    ("Not a reprint", "The selected source is independent of the origin. It leaves the group for good", "independent"),
    ("Derived", "The selected source has taken from the origin and added its own. It leaves the group", "derived"),
    ("Make origin", "The others are reprints of the selected source", "origin"),
)


class Bars(QWidget):
    """Buttons that sort, narrow, save and add, and the heading of a list that nobody searched for.

    As a widget it is that heading; the buttons stand where the panel puts them.
    """

    order_chosen = Signal(str)
    folding_chosen = Signal(bool)
    fuzziness_chosen = Signal(bool)
    save_wanted = Signal()
    back_wanted = Signal()
    import_wanted = Signal(bool)
    command = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.inbox = tool_button(icons, "inbox", "")
        self.inbox.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_waiting(0)
        self.more = tool_button(icons, "ellipsis", "More of this view")
        self.sort = tool_button(icons, "arrow-up-down", "Sort the list")
        self.sort.setMenu(self._sort_menu())
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.facets = tool_button(icons, "list-filter", "Narrow by outlet, language, tag, grade or year (Ctrl+Shift+F)")
        self.facets.setCheckable(False)
        self.add = tool_button(icons, "plus", "Add sources to the library")
        menu = QMenu(self.add)
        menu.addAction("Import files…", lambda: self.import_wanted.emit(False))
        menu.addAction("Import a folder…", lambda: self.import_wanted.emit(True))
        self.add.setMenu(menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.save = QPushButton("Save this search")
        self.save.setProperty("flat", True)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_wanted)
        self.found_row = QWidget()
        self.heading = ElidedLabel()
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        self.back = tool_button(icons, "arrow-left", "Back to the list (Esc)", self.back_wanted.emit)
        row.addWidget(self.back)
        row.addWidget(self.heading, 1)
        self._kinship = FlowBox()
        for words, tip, command in SAYINGS:
            button = QPushButton(words)
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, command=command: self.command.emit(command))
            self._kinship.flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._kinship)
        self.hide()

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self.sort)
        group = QActionGroup(menu)
        self._orders = {}
        for order, words in ORDERS.items():
            action = menu.addAction(words, partial(self.order_chosen.emit, order))
            action.setCheckable(True)
            group.addAction(action)
            self._orders[order] = action
        menu.addSeparator()
        self._folded = menu.addAction("Fold reprints")
        self._fuzzy = menu.addAction("Near spellings, too")
        for action, signal in ((self._folded, self.folding_chosen), (self._fuzzy, self.fuzziness_chosen)):
            action.setCheckable(True)
            action.triggered.connect(signal)
        return menu

    def show_asked(self, asked: Asked) -> None:
        """Let the menus agree with what is asked for."""
        self._orders[asked.order].setChecked(True)
        self._folded.setChecked(asked.folded)
        self._fuzzy.setChecked(asked.fuzzy)

    def show_waiting(self, count: int) -> None:
        """How many sources wait in the inbox."""
        self.inbox.setText(f"{count:,}" if count < 1000 else "999+" if count else "")
        self.inbox.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon if count else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        words = (
            "Nothing new waits" if not count else "1 new source waits" if count == 1 else f"{count:,} new sources wait"
        )
        self.inbox.setToolTip(f"Inbox: {words.lower()} (Ctrl+Shift+B)")
        self.inbox.setAccessibleName(f"Inbox, {words.lower()}")

    def show_found(self, *, visible: bool, can_save: bool) -> None:
        self.save.setVisible(can_save)
        self.found_row.setVisible(visible)

    def show_heading(self, words: str, *, group: bool = False) -> None:
        """Head a list with these words and a way back; empty words take it away. ``group`` is for reprints."""
        self.heading.set_whole(words)
        self._kinship.setVisible(group)
        self.setVisible(bool(words))
