"""How one row of the library's list is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.card_text import draw_line, draw_snippet
from briefing_app.desktop.library.cards import CARD_ROLE, USED_ROLE, Card
from briefing_app.desktop.theme import GRID, Colours

BROWSE_HEIGHT = 72
SEARCH_HEIGHT = 112
_KIND_ICONS = {"web": "globe", "pdf": "file-type", "document": "file-text", "email": "mail", "text": "file"}
_LINE = 19  # pixels from one line to the next
_LEFT, _RIGHT = 38, 10  # where text begins and ends, in the row
_STAR = 16


class CardPainter(QStyledItemDelegate):
    """Draws a card: title, outlet and date, what is known of it, and the passage found or how it begins."""

    def __init__(self, colours: Colours, icons: Icons) -> None:
        super().__init__()
        self._colours = colours
        self._icons = icons
        self._bold, self._plain = sized(13, bold=True), sized(13)
        self._small, self._tiny = sized(12), sized(11, medium=True)

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
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
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
            self._paint_card(painter, rect, card, index.data(USED_ROLE) or 0, selected, hovered)
        painter.restore()

    def _paint_waiting(self, painter: QPainter, rect: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.border))
        painter.drawRoundedRect(rect.left() + _LEFT, rect.top() + 14, rect.width() // 2, 9, 4, 4)
        painter.drawRoundedRect(rect.left() + _LEFT, rect.top() + 36, rect.width() // 3, 8, 4, 4)

    def _paint_card(self, painter: QPainter, rect: QRect, card: Card, used: int, selected: bool, hovered: bool) -> None:
        left, right, top = rect.left() + _LEFT, rect.right() - _RIGHT, rect.top() + GRID
        lines = max(3, (rect.height() - 2 * GRID + 4) // _LINE)
        self._head(painter, rect, card, hovered)
        marks = card.has_marks or used or card.no_text
        free = lines - 2 - (1 if marks else 0) if not card.snippet or lines == 3 else 0  # lines a long title may have
        colour = self._colours.selection_text if selected else self._colours.text
        if card.triage == "dropped" and not selected:
            colour = self._colours.muted
        end = right - _STAR - 4 if card.starred or hovered else right
        place = QRect(left, top, end - left, _LINE * (1 + min(1, free)))
        font = self._plain if card.seen else self._bold
        taken = draw_line(painter, place, card.title, font, colour, 1 + min(1, free))
        if lines == 3 and taken == 1 and not marks:
            top += _LINE // 4  # two short lines stand in the middle
        top += _LINE * taken
        draw_line(painter, QRect(left, top, right - left, _LINE), card.about, self._small, self._colours.muted)
        bottom = rect.top() + GRID + _LINE * (lines - 1)
        if card.snippet and lines > 3:
            rows = lines - 2 - (1 if marks else 0)
            place = QRect(left, top + _LINE, right - left, _LINE * rows)
            draw_snippet(painter, place, card, self._small, self._colours, _LINE)
        if marks:
            self._marks(painter, QRect(left, bottom, right - left, _LINE), card, used, selected)

    def _head(self, painter: QPainter, rect: QRect, card: Card, hovered: bool) -> None:
        """What stands beside the lines: kind of source, unread, star."""
        ratio = painter.device().devicePixelRatioF()
        icon = "check" if card.triage == "kept" else _KIND_ICONS.get(card.kind, "file")
        tint = "good" if card.triage == "kept" else "muted"
        painter.drawPixmap(rect.left() + 12, rect.top() + 9, self._icons.pixmap(icon, 16, tint, ratio))  # type: ignore[arg-type]
        if not card.seen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colours.accent))
            painter.drawEllipse(QRectF(rect.left() + 16.5, rect.top() + 32, 7, 7))
        if card.starred or hovered:
            name, tint = ("star-filled", "star") if card.starred else ("star", "muted")
            place = star_rect(rect)
            painter.drawPixmap(place.left(), place.top(), self._icons.pixmap(name, _STAR, tint, ratio))  # type: ignore[arg-type]

    # --- the line of marks

    def _marks(self, painter: QPainter, place: QRect, card: Card, used: int, selected: bool) -> None:
        """Grade, reprints, note, marking and tags from the left; how often it is used at the right."""
        colours = self._colours
        right = place.right()
        if used:
            words = f"{used}×"
            width = QFontMetrics(self._small).horizontalAdvance(words)
            self._words(painter, QRect(right - width, place.top(), width + 1, _LINE), words, colours.accent)
            right -= width + GRID
        left = place.left()
        if card.grade:
            left = self._pill(painter, left, right, place.top(), card.grade, colours.text, "", colours.field_border)
        if card.reprints:
            ground = colours.panel if selected else colours.selection
            left = self._pill(painter, left, right, place.top(), card.reprints_words, colours.selection_text, ground)
        for words in (card.why, "reprint" if card.is_reprint else ""):
            if words:
                left = self._pill(painter, left, right, place.top(), words, colours.muted, "", colours.border)
        if card.no_text:
            left = self._pill(painter, left, right, place.top(), "no text", colours.warning, colours.notice)
        if card.noted and left + 16 <= right:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(left, place.top() + 3, self._icons.pixmap("sticky-note", 14, "muted", ratio))
            left += 14 + 6
        if card.marking:
            left = self._pill(painter, left, right, place.top(), card.marking, colours.muted, "", colours.border)
        if card.tags and left + 24 < right:
            words = " ".join(f"#{tag}" for tag in card.tags)
            draw_line(painter, QRect(left, place.top(), right - left, _LINE), words, self._small, colours.muted)

    def _words(self, painter: QPainter, place: QRect, words: str, colour: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(colour))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _pill(
        self,
        painter: QPainter,
        left: int,
        right: int,
        top: int,
        words: str,
        colour: str,
        ground: str,
        edge: str = "",
    ) -> int:
        """A word on a rounded ground; gives where the next one begins."""
        metrics = QFontMetrics(self._tiny)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, right - left - 12))
        width = metrics.horizontalAdvance(words) + 12
        if left + width > right + 1 or not words:
            return left
        painter.setPen(QPen(QColor(edge)) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        shape = QRectF(left, top + 1, width, _LINE - 2).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(shape, 4, 4)
        painter.setFont(self._tiny)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(left, top, width, _LINE), Qt.AlignmentFlag.AlignCenter, words)
        return left + width + 6

    # --- what can be pressed

    def spot(self, rect: QRect, card: Card, point: QPoint) -> str:
        """What of a card stands at a point of its row: "star", "reprints" or nothing."""
        inner = rect.adjusted(6, 1, -6, -1)
        if star_rect(inner).adjusted(-6, -6, 6, 6).contains(point):
            return "star"
        if card.reprints:
            lines = max(3, (inner.height() - 2 * GRID + 4) // _LINE)
            left = inner.left() + _LEFT
            if card.grade:
                left += QFontMetrics(self._tiny).horizontalAdvance(card.grade) + 18
            width = QFontMetrics(self._tiny).horizontalAdvance(card.reprints_words) + 12
            if QRect(left, inner.top() + GRID + _LINE * (lines - 1), width, _LINE).contains(point):
                return "reprints"
        return ""


def star_rect(rect: QRect) -> QRect:
    """Where the star of a card stands, in the inner rectangle of its row."""
    return QRect(rect.right() - _RIGHT - _STAR + 2, rect.top() + 9, _STAR, _STAR)
