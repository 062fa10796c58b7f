"""How one row of the library's list is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.cards import CARD_ROLE, USED_ROLE, Card
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.utf16 import Positions

BROWSE_HEIGHT = 60
SEARCH_HEIGHT = 100
_KIND_ICONS = {"web": "globe", "pdf": "file-type", "document": "file-text", "email": "mail", "text": "file"}


class CardPainter(QStyledItemDelegate):
    """Draws a card: title, outlet and date, how often it is used, and while searching the passage found."""

    def __init__(self, colours: Colours, icons: Icons) -> None:
        super().__init__()
        self._colours = colours
        self._icons = icons
        self._title = sized(13, bold=True)
        self._small = sized(12)

    def recolour(self, colours: Colours) -> None:
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, BROWSE_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card = index.data(CARD_ROLE)
        rect: QRect = option.rect.adjusted(6, 1, -6, -1)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.fillRect(option.rect, QColor(self._colours.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.selection if selected else self._colours.hover))
            painter.drawRoundedRect(rect, 6, 6)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self._colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if card is None:
            self._paint_waiting(painter, rect)
        else:
            self._paint_card(painter, rect, card, index.data(USED_ROLE) or 0, selected)
        painter.restore()

    def _paint_waiting(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.border))
        painter.drawRoundedRect(rect.left() + 38, rect.top() + 12, rect.width() // 2, 9, 4, 4)
        painter.drawRoundedRect(rect.left() + 38, rect.top() + 34, rect.width() // 3, 8, 4, 4)

    def _paint_card(self, painter: QPainter, rect: QRect, card: Card, used: int, selected: bool) -> None:
        colours = self._colours
        ratio = painter.device().devicePixelRatioF()
        icon = _KIND_ICONS.get(card.kind, "file")
        painter.drawPixmap(rect.left() + 10, rect.top() + 10, self._icons.pixmap(icon, 18, "muted", ratio))
        left, right = rect.left() + 38, rect.right() - 10
        top = rect.top() + 8
        title_colour = colours.selection_text if selected else colours.text
        self._line(painter, QRect(left, top, right - left, 20), card.title, self._title, title_colour)
        end = self._badges(painter, right, top + 22, card, used)
        self._line(painter, QRect(left, top + 22, end - left, 20), card.about, self._small, colours.muted)
        if card.snippet and rect.height() > BROWSE_HEIGHT:
            self._snippet(painter, QRect(left, top + 43, right - left, rect.bottom() - top - 43), card)

    def _line(self, painter: QPainter, place: QRect, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, shown)

    def _badges(self, painter: QPainter, right: int, top: int, card: Card, used: int) -> int:
        """Draw what stands at the end of the second line, and give where it begins."""
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        if used:
            text = f"{used}×"
            right -= metrics.horizontalAdvance(text)
            painter.setPen(QColor(self._colours.accent))
            painter.drawText(QPointF(right, top + 10 + metrics.capHeight() / 2), text)
            right -= 8
        if card.no_text:
            width = metrics.horizontalAdvance("no text") + 12
            right -= width
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.notice))
            painter.drawRoundedRect(right, top + 1, width, 18, 4, 4)
            painter.setPen(QColor(self._colours.warning))
            painter.drawText(QRect(right, top, width, 20), Qt.AlignmentFlag.AlignCenter, "no text")
            right -= 8
        return right

    def _snippet(self, painter: QPainter, place: QRect, card: Card) -> None:
        text = card.snippet.replace("\n", " ")
        layout = QTextLayout(text, self._small)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._marks(text, card.highlights))
        layout.beginLayout()
        y = 0.0
        while y + 18 <= place.height() + 2:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(place.width())
            line.setPosition(QPointF(0, y))
            y += 18
        layout.endLayout()
        painter.setPen(QColor(self._colours.muted))
        painter.setClipRect(place.adjusted(0, 0, 0, 2))
        layout.draw(painter, QPointF(place.topLeft()))

    def _marks(self, text: str, highlights: tuple[tuple[int, int], ...]) -> list[QTextLayout.FormatRange]:
        positions = Positions(text)
        ranges = []
        for start, end in highlights:
            mark = QTextLayout.FormatRange()
            mark.start = positions.to_utf16(start)
            mark.length = positions.to_utf16(end) - mark.start
            style = QTextCharFormat()
            style.setBackground(QColor(self._colours.match))
            style.setForeground(QColor(self._colours.text))
            mark.format = style
            ranges.append(mark)
        return ranges
