"""The list of the library's cards, and the keys by which it is worked through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from briefing_app.desktop.library.card_painter import BROWSE_HEIGHT, CardPainter
from briefing_app.desktop.library.cards import CardModel

KEYS = {
    Qt.Key.Key_K: "keep",
    Qt.Key.Key_D: "drop",
    Qt.Key.Key_S: "star",
    Qt.Key.Key_T: "tag",
    Qt.Key.Key_U: "unread",
    Qt.Key.Key_Z: "undo",
    Qt.Key.Key_E: "open",
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_C: "collect",
    Qt.Key.Key_F: "fields",
    Qt.Key.Key_G: "grade",
    Qt.Key.Key_M: "similar",
    Qt.Key.Key_R: "reprints",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Escape: "back",
}
_DOWN, _UP = (Qt.Key.Key_J, Qt.Key.Key_N), (Qt.Key.Key_P,)
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier


class CardList(QTableView):
    """One column of cards of fixed height. It tells which command a key or a click is; it does none itself."""

    command = Signal(str)  # one of KEYS
    send_wanted = Signal(int)  # the number of a section from 1 to 9; 0 asks which one
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, model: CardModel, painter: CardPainter) -> None:
        super().__init__()
        self._painter = painter
        self.setModel(model)
        self._cards = model
        self.setItemDelegate(painter)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(BROWSE_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(BROWSE_HEIGHT)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Sources")

    def move_by(self, step: int) -> None:
        """Make the row so much further down current, alone."""
        row = self.currentIndex().row() + step
        if 0 <= row < self._cards.rowCount():
            self.setCurrentIndex(self._cards.index(row, 0))

    def selected_ranges(self) -> list[tuple[int, int]]:
        """First and last row of each run of selected rows, from the top."""
        selection = self.selectionModel().selection()
        runs = (selection.at(number) for number in range(selection.count()))
        return sorted((run.top(), run.bottom()) for run in runs)

    # --- Qt's side

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and event.matches(QKeySequence.StandardKey.Undo):  # type: ignore[attr-defined]
            event.accept()  # the list's own undo comes before the briefing's while it has the keys
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.command.emit("undo")
        elif key == Qt.Key.Key_E and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.send_wanted.emit(0)
        elif modifiers | _PLAIN != _PLAIN:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.send_wanted.emit(key - Qt.Key.Key_0)
        elif key in _DOWN or key in _UP:
            self.move_by(1 if key in _DOWN else -1)
        elif key in KEYS:
            self.command.emit(KEYS[key])
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, and find no rows."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            index = self.indexAt(event.position().toPoint())
            spot = self._spot(index, event.position().toPoint())
            if spot:
                self.setCurrentIndex(index)
                self.command.emit(spot)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        over = bool(self._spot(self.indexAt(point), point))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.command.emit("open")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
        if index.isValid():
            place = event.globalPos()
            if event.reason() != QContextMenuEvent.Reason.Mouse:
                place = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(place)

    def _spot(self, index: QModelIndex | QPersistentModelIndex, point: QPoint) -> str:
        card = self._cards.card(index.row()) if index.isValid() else None
        return self._painter.spot(self.visualRect(index), card, point) if card is not None else ""
