"""The command palette: every action of the window and every section, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.theme import GRID, Colours

Index = QModelIndex | QPersistentModelIndex

WIDTH, SHOWN = 560, 12  # pixels, rows
_ENTRY = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done: its words, where it is found otherwise, its keys, and what does it."""

    text: str
    place: str
    keys: str
    do: Callable[[], object]


def ranked(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries whose words have every typed word, at a word's beginning before elsewhere; all when none is typed."""
    wanted = typed.casefold().split()

    def cost(entry: Entry) -> int | None:
        text = f"{entry.text} {entry.place}".casefold()
        total = 0
        for word in wanted:
            at = text.find(word)
            if at < 0:
                return None
            begins = at == 0 or not text[at - 1].isalnum() or f" {word}" in text
            total += (0 if text.startswith(word) else 1) if begins else 3
        return total

    costs = [(found, number) for number, entry in enumerate(entries) if (found := cost(entry)) is not None]
    return [entries[number] for _, number in sorted(costs)]


class Palette(QDialog):
    """Shows entries while letters are typed, and does the one that is chosen."""

    def __init__(self, parent: QWidget, colours: Colours, entries: Sequence[Entry]) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Find an action")
        self._entries = list(entries)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find an action or a section")
        self.words.setAccessibleName("Find an action or a section")
        self.words.textChanged.connect(self._filter)
        self.words.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_EntryPainter(colours, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("Actions")
        self.list.itemClicked.connect(lambda _: self._choose())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        self._filter("")
        self.setFixedWidth(min(WIDTH, parent.width() - 4 * GRID))
        row = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(row * min(SHOWN, max(1, self.list.count())) + 2 * self.list.frameWidth())
        self.adjustSize()
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - self.width()) // 2, corner.y() + 10 * GRID)

    def _filter(self, typed: str) -> None:
        self.list.clear()
        for entry in ranked(self._entries, typed):
            item = QListWidgetItem(entry.text)
            item.setData(_ENTRY, entry)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (entry.text, entry.place, entry.keys)))
            )
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        self.accept()
        if item is not None:
            item.data(_ENTRY).do()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:  # a click beside it
            self.reject()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self._move(event.key())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -SHOWN, Qt.Key.Key_PageDown: SHOWN}[
            Qt.Key(key)
        ]
        count = self.list.count()
        row = self.list.currentRow() + step
        if abs(step) == 1:
            row %= max(1, count)
        self.list.setCurrentRow(max(0, min(count - 1, row)))


class _EntryPainter(QStyledItemDelegate):
    """An entry's words at the left, its place after them, its keys at the right."""

    def __init__(self, colours: Colours, parent: QObject) -> None:
        super().__init__(parent)
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH // 2, 4 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = self._colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        area = rect.adjusted(GRID, 0, -GRID, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, entry.keys)
        metrics = painter.fontMetrics()
        room = area.width() - sum(metrics.horizontalAdvance(text) + 2 * GRID for text in (entry.keys, entry.place))
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(colours.text))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QColor(colours.muted))
        area.setLeft(area.left() + metrics.horizontalAdvance(text) + 3 * GRID // 2)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, entry.place)
        painter.restore()
