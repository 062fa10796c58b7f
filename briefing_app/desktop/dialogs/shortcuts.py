"""The dialog of the keyboard shortcuts: every action with its keys, which can be changed by pressing others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.app import shortcuts
from briefing_app.app.shortcuts import FIXED, Keys
from briefing_app.desktop.fonts import sized
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

_NAME = Qt.ItemDataRole.UserRole
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_LEAVING = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROW = 28  # pixels
_HINT = "Choose an action, then press its new keys in the field below."


@dataclass(frozen=True, slots=True)
class Listed:
    """An action as it is listed: its name in the code, its words, the menu it is in."""

    name: str
    text: str
    menu: str


class KeyField(QLineEdit):
    """Takes the keys that are pressed as a shortcut. Tab, Enter and Escape without modifiers mean what they always do.

    Shortcuts of the window do nothing while it has the focus.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setPlaceholderText("Press keys here")
        self.setAccessibleName("New keys: press them")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and event.key() in _LEAVING:
            event.ignore()
        elif event.key() not in _MODIFIERS:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            combination = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
            self.pressed.emit(combination.toString(QKeySequence.SequenceFormat.PortableText))


class ShortcutsDialog(QDialog):
    """Lists the actions and changes their keys. A change holds at once: ``changed`` is called with all of them."""

    def __init__(
        self,
        parent: QWidget | None,
        actions: Sequence[Listed],
        defaults: Keys,
        changes: Keys,
        changed: Callable[[dict[str, tuple[str, ...]]], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 620)
        self._actions = {one.name: one for one in actions}
        self._defaults, self._changes, self._changed = defaults, dict(changes), changed
        self._items: dict[str, QTreeWidgetItem] = {}
        self._wanted = ""  # keys that were pressed and may be assigned
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find an action, or keys such as Ctrl+E")
        self.filter.setAccessibleName("Find an action or keys")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.tree = self._make_tree()
        self.keys = KeyField()
        self.keys.pressed.connect(self._consider)
        self.state = label(_HINT, muted=True, wrap=True)
        self.assign = self._button("Assign", self._assign)
        self.clear = self._button("No keys", lambda: self._give(""))
        self.reset = self._button("Reset", self._reset)
        self.reset_all = self._button("Reset all", self._reset_all)
        self.close_button = self._button("Close", self.accept)
        self._lay_out()
        self._fill()
        self._choose()
        self.filter.setFocus()

    def _button(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())
        return button

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels(["Action", "Keys"])
        tree.setProperty("boxed", True)
        tree.setAccessibleName("Actions and their keys")
        tree.setUniformRowHeights(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.currentItemChanged.connect(lambda *_: self._choose())
        tree.itemActivated.connect(lambda *_: self.keys.setFocus())
        return tree

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.keys, 1)
        for button in (self.assign, self.clear, self.reset):
            row.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.reset_all)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(3 * GRID // 2)
        self.state.setMinimumHeight(2 * self.state.fontMetrics().lineSpacing())
        for part in (self.filter, self.tree, self.state):
            layout.addWidget(part, 1 if part is self.tree else 0)
        layout.addLayout(row)
        layout.addSpacing(GRID)
        layout.addLayout(foot)

    # --- the list

    def _fill(self) -> None:
        menus: dict[str, QTreeWidgetItem] = {}
        for one in self._actions.values():
            menu = menus.get(one.menu)
            if menu is None:
                menu = menus[one.menu] = QTreeWidgetItem(self.tree, [one.menu])
                menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
                menu.setFirstColumnSpanned(True)
                menu.setFont(0, sized(13, bold=True))
                menu.setSizeHint(0, QSize(0, _ROW))
            item = QTreeWidgetItem(menu, [one.text.rstrip("…"), ""])
            item.setData(0, _NAME, one.name)
            item.setSizeHint(0, QSize(0, _ROW))
            self._items[one.name] = item
        self.tree.expandAll()
        self._show_keys()

    def _show_keys(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        for name, keys in shortcuts.keys_in_force(self._defaults, self._changes).items():
            if (item := self._items.get(name)) is not None:
                item.setText(1, ", ".join(QKeySequence(one).toString(native) for one in keys))
                font = item.font(1)
                font.setBold(name in self._changes)
                item.setFont(1, font)
                changed = "changed by you" if name in self._changes else ""
                item.setToolTip(1, changed)
        self.reset_all.setEnabled(bool(self._changes))

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().split()
        for item in self._items.values():
            words = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in words for word in wanted))
        shown = [item for item in self._items.values() if not item.isHidden()]
        for number in range(self.tree.topLevelItemCount()):
            menu = self.tree.topLevelItem(number)
            if menu is not None:
                menu.setHidden(not any(item.parent() is menu for item in shown))
        if shown and self.tree.currentItem() not in shown:
            self.tree.setCurrentItem(shown[0])

    def name(self) -> str:
        """The action that is chosen; empty for none."""
        item = self.tree.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose an action."""
        self.tree.setCurrentItem(self._items[name])

    def _choose(self) -> None:
        name = self.name()
        may = bool(name) and name not in FIXED
        self._wanted = ""
        self.keys.clear()
        self.keys.setEnabled(may)
        self.assign.setEnabled(False)
        self.clear.setEnabled(may and bool(shortcuts.keys_in_force(self._defaults, self._changes).get(name)))
        self.reset.setEnabled(name in self._changes)
        self.state.setText("Text fields handle these keys themselves: they stay." if name in FIXED else _HINT)

    # --- changing

    def _consider(self, keys: str) -> None:
        """Show what was pressed, and whether the action can have it."""
        self._wanted = ""
        self.keys.setText(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        problem = shortcuts.problem_of(keys)
        other = shortcuts.holder(self._defaults, self._changes, keys)
        text = self._actions[self.name()].text.rstrip("…")
        if not problem and other in FIXED:
            problem = f"{keys} is kept for “{self._actions[other].text}”. Press other keys."
        if not problem:
            self._wanted = keys
        if problem:
            self.state.setText(problem)
        elif other == self.name():
            self.state.setText(f"“{text}” has these keys already.")
        elif other:
            self.state.setText(
                f"“{self._actions[other].text.rstrip('…')}” has these keys. Assigning takes them from it."
            )
        else:
            self.state.setText(f"Free. Assign them to “{text}” with Enter.")
        self.assign.setEnabled(bool(self._wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() is self.keys:
            self._assign()
        else:
            super().keyPressEvent(event)

    def _assign(self) -> None:
        if self._wanted:
            self._give(self._wanted)

    def _give(self, keys: str) -> None:
        if self.name() and self.name() not in FIXED:
            self._take(shortcuts.assigned(self._defaults, self._changes, self.name(), keys))

    def _reset(self) -> None:
        if self.name():
            self._take(shortcuts.reset(self._defaults, self._changes, self.name()))

    def _reset_all(self) -> None:
        self._take({})

    def _take(self, changes: dict[str, tuple[str, ...]]) -> None:
        self._changes = changes
        self._show_keys()
        self._choose()
        self._changed(changes)
