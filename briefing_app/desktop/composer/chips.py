"""Citations and notes as they are drawn inside a line."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPyTextObject, QTextDocument, QTextFormat

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.packing import unpack
from briefing_app.desktop.composer.properties import Prop
from briefing_app.model.inline import Citation

_PADDING = 7.0
_GAP = 2.0  # between a chip and the words beside it
_WIDEST = 280.0


class InlineObjects(QPyTextObject):
    """Draws the object characters of citations and notes. A chip is one character: it never wraps inside."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def intrinsicSize(self, document: QTextDocument, position: int, made: QTextFormat) -> QSizeF:
        line = QFontMetricsF(document.defaultFont())
        inline = unpack(made.stringProperty(Prop.INLINE))
        if isinstance(inline, Citation):
            width = self._metrics().horizontalAdvance(self._label(made)) + 2 * (_PADDING + _GAP)
            return QSizeF(min(width, self._widest(document)), line.height())
        return QSizeF(self._metrics().horizontalAdvance("note") + _PADDING + 2 * _GAP, line.height())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, made: QTextFormat
    ) -> None:
        rect = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(unpack(made.stringProperty(Prop.INLINE)), Citation):
            self._draw_citation(painter, rect, made)
        else:
            self._draw_note(painter, rect, made)
        painter.restore()

    def _draw_citation(self, painter: QPainter, rect: QRectF, made: QTextFormat) -> None:
        theme = self._context.theme
        missing = self._is_missing(made)
        box = rect.adjusted(_GAP, 0.5, -_GAP, 0.5)
        ground, ink = theme.chip, theme.missing if missing else theme.chip_text
        if is_selected(made):
            ground, ink = theme.accent, theme.card
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(ink)
        painter.setFont(theme.font(theme.size - 2))
        label = self._metrics().elidedText(
            self._label(made), Qt.TextElideMode.ElideRight, box.width() - 2 * _PADDING + 1
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _draw_note(self, painter: QPainter, rect: QRectF, made: QTextFormat) -> None:
        theme = self._context.theme
        small = theme.font(theme.small - 2, weight=theme.font().weight())
        height = QFontMetricsF(small).height() + 1
        box = QRectF(rect.topLeft() + QPointF(_GAP, 0), QSizeF(rect.width() - 2 * _GAP, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent if is_selected(made) else theme.note)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.card if is_selected(made) else theme.note_text)
        painter.setFont(small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "note")

    def _label(self, made: QTextFormat) -> str:
        inline = unpack(made.stringProperty(Prop.INLINE))
        return self._context.labels.citation(inline) if isinstance(inline, Citation) else ""

    def _is_missing(self, made: QTextFormat) -> bool:
        inline = unpack(made.stringProperty(Prop.INLINE))
        return isinstance(inline, Citation) and self._context.labels.source_of(inline.excerpt_id) is None

    def _metrics(self) -> QFontMetricsF:
        theme = self._context.theme
        return QFontMetricsF(theme.font(theme.size - 2))

    def _widest(self, document: QTextDocument) -> float:
        width = document.textWidth()
        return min(_WIDEST, width * 0.6) if width > 0 else _WIDEST


def is_selected(made: QTextFormat) -> bool:
    """True where an object is drawn inside the selection, whose colours Qt adds to its format."""
    return made.hasProperty(QTextFormat.Property.BackgroundBrush.value)
