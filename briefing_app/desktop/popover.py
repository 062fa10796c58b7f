"""A list that opens under a button: to choose one thing, or to tick several, found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.overlay import Overlay
from briefing_app.desktop.theme import GRID, Colours

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 4 * GRID, 28  # pixels
_ROW_ROLE = Qt.ItemDataRole.UserRole
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``value`` is what it stands for, None for a heading. ``end`` stands at its right, as a count does.

    ``ticked`` None has no box. ``always`` shows the row whatever is typed.
    """

    text: str
    value: Any = None
    end: str = ""
    icon: str = ""
    ticked: bool | None = None
    always: bool = False

    @property
    def is_heading(self) -> bool:
        return self.value is None


class Popover(Overlay):
    """Shows rows, narrows them while letters are typed, and says which one was taken. It does nothing else.

    With ``stays`` it remains open, as for ticking several. With ``makes`` what was typed and is not there is offered
    as a new value under these words, and ``made`` says so.
    """

    taken = Signal(object)
    made = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        colours: Colours,
        icons: Icons,
        name: str,
        *,
        hint: str = "",
        makes: str = "",
        stays: bool = False,
        width: int = 296,
    ) -> None:
        super().__init__(parent, name)
        self._rows: Sequence[Row] = ()
        self._makes, self._stays = makes, stays
        self.words = QLineEdit()
        self.words.setPlaceholderText(hint)
        self.words.setAccessibleName(hint or name)
        self.words.textChanged.connect(lambda: self._fill())
        self.list = QListWidget()
        self.list.setItemDelegate(_RowPainter(colours, icons, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(name)
        self.list.itemClicked.connect(self._take)
        for part in (self.words, self.list):
            part.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.words)
        layout.addWidget(self.list)
        self.words.setVisible(bool(hint))
        self.setFixedWidth(width)

    # --- rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; the row that is current stays so where it is still there."""
        self._rows = rows
        self._fill()

    def _fill(self) -> None:
        typed = self.words.text().strip()
        wanted = typed.casefold()
        current = self._current()
        shown: list[Row] = []
        for row in self._rows:
            if row.is_heading or row.always or wanted in row.text.casefold():
                if row.is_heading and shown and shown[-1].is_heading:
                    shown.pop()
                shown.append(row)
        if shown and shown[-1].is_heading:
            shown.pop()
        is_there = any(row.text.casefold() == wanted for row in self._rows)
        if self._makes and typed and not is_there:
            shown.append(Row(f"{self._makes} “{typed}”", _New(typed), icon="plus"))
        place = self.list.verticalScrollBar().value()
        self.list.clear()
        for row in shown:
            self._add(row)
        self._make_current(current)
        self.list.verticalScrollBar().setValue(place)
        self._fit()

    def _add(self, row: Row) -> None:
        item = QListWidgetItem(row.text)
        item.setData(_ROW_ROLE, row)
        item.setSizeHint(QSize(0, HEAD if row.is_heading else ROW))
        ticked = {True: "ticked", False: "not ticked", None: ""}[row.ticked]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (row.text, row.end, ticked))))
        if row.is_heading:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _current(self) -> Any:
        item: QListWidgetItem | None = self.list.currentItem()
        return item.data(_ROW_ROLE).value if item is not None else None

    def _make_current(self, value: Any) -> None:
        rows = [self.list.item(number).data(_ROW_ROLE) for number in range(self.list.count())]
        first = next((number for number, row in enumerate(rows) if not row.is_heading), -1)
        self.list.setCurrentRow(
            next((n for n, row in enumerate(rows) if value is not None and row.value == value), first)
        )

    def _fit(self) -> None:
        height = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        most = min(14 * ROW, max(5 * ROW, self.around.height() - 200))
        self.list.setFixedHeight(min(height, most) + 2 * self.list.frameWidth() + 2)
        self.adjustSize()

    def focus_first(self) -> QWidget:
        return self.list if self.words.isHidden() else self.words

    # --- taking

    def _take(self, item: QListWidgetItem | None) -> None:
        row: Row | None = item.data(_ROW_ROLE) if item is not None else None
        if row is None or row.is_heading:
            return
        is_new = isinstance(row.value, _New)
        if not self._stays:
            self.close()
        elif is_new:
            self.words.clear()
        if is_new:
            self.made.emit(row.value.text)
        else:
            self.taken.emit(row.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
            if watched is self.words and event.key() in _MOVES:
                self._move(event)
                return True
            if watched is self.list and event.key() == Qt.Key.Key_Space:
                self._take(self.list.currentItem())
                return True
            if watched is self.list and event.text().isalnum() and not self.words.isHidden():
                self.words.setFocus()
                self.words.insert(event.text())
                return True
        return super().eventFilter(watched, event)

    def _move(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}[
            Qt.Key(event.key())
        ]
        count, row = self.list.count(), self.list.currentRow()
        towards = 1 if step > 0 else -1
        row = max(0, min(count - 1, row + step))
        while 0 <= row < count and self.list.item(row).data(_ROW_ROLE).is_heading:
            row += towards
        if 0 <= row < count:
            self.list.setCurrentRow(row)


@dataclass(frozen=True, slots=True)
class _New:
    """A value that is not there yet, as it was typed."""

    text: str


class _RowPainter(QStyledItemDelegate):
    """A row: box, icon, words, and at the right what belongs there."""

    def __init__(self, colours: Colours, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._colours, self._icons = colours, icons
        self._small = sized(12)
        self._head = sized(11, bold=True)
        self._font = sized(13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROW_ROLE)
        rect: QRect = option.rect
        colours = self._colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, start = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        if row.is_heading:
            painter.setFont(self._head)
            painter.setPen(QColor(colours.muted))
            painter.drawText(rect.adjusted(GRID, 0, -GRID, 0), middle | start, row.text.upper())
            painter.restore()
            return
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if current else colours.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 5, 5)
        area = rect.adjusted(GRID, 0, -GRID, 0)
        area.setLeft(self._marks(painter, area, row))
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute, row.end)
        area.setRight(area.right() - painter.fontMetrics().horizontalAdvance(row.end) - GRID)
        painter.setFont(self._font)
        quiet = colours.muted if row.always else colours.text
        painter.setPen(QColor(colours.selection_text if current else quiet))
        words = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, middle | start, words)
        painter.restore()

    def _marks(self, painter: QPainter, area: QRect, row: Row) -> int:
        """Draw box and icon, and give where the words begin."""
        left, centre, colours = area.left(), area.center().y() + 1, self._colours
        ratio = painter.device().devicePixelRatioF()
        if row.ticked is not None:
            painter.setPen(QColor(colours.accent if row.ticked else colours.field_border))
            painter.setBrush(QColor(colours.accent if row.ticked else colours.panel))
            painter.drawRoundedRect(left, centre - 8, 15, 15, 4, 4)
            if row.ticked:
                painter.drawPixmap(left + 1, centre - 7, self._icons.pixmap("check", 14, "on_accent", ratio))
            left += 15 + GRID
        if row.icon:
            painter.drawPixmap(left, centre - 8, self._icons.pixmap(row.icon, 16, "muted", ratio))
            left += 16 + GRID
        return left
