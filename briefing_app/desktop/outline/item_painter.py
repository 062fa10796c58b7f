"""How a row of the outline is drawn: a dot that says how far it is, the heading, the number of words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.theme import Colours

WORDS_ROLE = Qt.ItemDataRole.UserRole + 1
FILLED_ROLE = Qt.ItemDataRole.UserRole + 2
DEPTH_INDENT = 16
ROW_HEIGHT = 30


class ItemPainter(QStyledItemDelegate):
    """Draws one section: a full dot where it has text, an empty ring where it has none."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours = colours
        self._font = sized(13)
        self._small = sized(12)

    def recolour(self, colours: Colours) -> None:
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW_HEIGHT)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(18, 0, -4, 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect.adjusted(2, 1, -6, -1)
        state: QStyle.StateFlag = option.state
        colours = self._colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.selection if selected else colours.hover))
            painter.drawRoundedRect(rect, 5, 5)
        words = index.data(WORDS_ROLE) or 0
        filled = bool(index.data(FILLED_ROLE))
        dot = QRectF(rect.left() + 5, rect.center().y() - 3, 7, 7)
        painter.setPen(QColor(colours.good if filled else colours.muted))
        painter.setBrush(QColor(colours.good) if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        count = f"{words:,}" if words else ""
        painter.setFont(self._small)
        painter.setPen(QColor(colours.muted))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(0, 0, -6, 0), centre | Qt.AlignmentFlag.AlignRight, count)
        taken = QFontMetrics(self._small).horizontalAdvance(count) + 12
        place = rect.adjusted(20, 0, -taken, 0)
        painter.setFont(self._font)
        painter.setPen(QColor(colours.selection_text if selected else colours.text))
        name = QFontMetrics(self._font).elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, centre | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute, name)
        painter.restore()
