"""Citations and notes as they are drawn inside a line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPyTextObject, QTextDocument, QTextFormat

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.packing import unpack
from briefing_app.desktop.composer.properties import Prop
from briefing_app.model.inline import Citation, Note

_PADDING = 7.0
_GAP = 2.0  # between a chip and the words beside it
_WIDEST = 280.0
_NOTE = "note"


class InlineObjects(QPyTextObject):
    """Draws the object characters of citations and notes. A chip is one character: it never wraps inside."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._chips: dict[str, _Chip] = {}
        self._made_with: tuple[object, object] = (None, None)

    def intrinsicSize(self, document: QTextDocument, position: int, made: QTextFormat) -> QSizeF:
        chip = self._chip(made)
        height = QFontMetricsF(document.defaultFont()).height()
        return QSizeF(min(chip.width, self._widest(document)) if chip.is_citation else chip.width, height)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, made: QTextFormat
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = self._chip(made)
        if chip.is_citation:
            self._draw_citation(painter, QRectF(rect), chip)
        else:
            self._draw_note(painter, QRectF(rect))
        painter.restore()

    def _draw_citation(self, painter: QPainter, rect: QRectF, chip: _Chip) -> None:
        theme, styles = self._context.theme, self._context.styles
        box = rect.adjusted(_GAP, 0.5, -_GAP, 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.chip)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.missing if chip.is_missing else theme.chip_text)
        painter.setFont(styles.chip_font)
        room = box.width() - 2 * _PADDING + 1
        label = styles.chip_metrics.elidedText(chip.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)

    def _draw_note(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._context.theme
        small = theme.font(theme.small - 2)
        height = QFontMetricsF(small).height() + 1
        box = QRectF(rect.topLeft() + QPointF(_GAP, 0), QSizeF(rect.width() - 2 * _GAP, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.note)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.note_text)
        painter.setFont(small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _NOTE)

    def _chip(self, made: QTextFormat) -> _Chip:
        """What a format's object looks like; kept while labels and styles are the same."""
        now = (self._context.labels, self._context.styles)
        if self._made_with[0] is not now[0] or self._made_with[1] is not now[1]:
            self._chips.clear()
            self._made_with = now
        packed = made.stringProperty(Prop.INLINE)
        if packed not in self._chips:
            self._chips[packed] = self._make_chip(unpack(packed))
        return self._chips[packed]

    def _make_chip(self, inline: Citation | Note) -> _Chip:
        metrics = self._context.styles.chip_metrics
        if isinstance(inline, Note):
            return _Chip(_NOTE, metrics.horizontalAdvance(_NOTE) + _PADDING + 2 * _GAP, False, False)
        labels = self._context.labels
        label = labels.citation(inline)
        width = metrics.horizontalAdvance(label) + 2 * (_PADDING + _GAP)
        return _Chip(label, width, True, labels.source_of(inline.excerpt_id) is None)

    def _widest(self, document: QTextDocument) -> float:
        width = document.textWidth()
        return min(_WIDEST, width * 0.6) if width > 0 else _WIDEST


@dataclass(frozen=True, slots=True)
class _Chip:
    label: str
    width: float
    is_citation: bool
    is_missing: bool


def is_selected(made: QTextFormat) -> bool:
    """True where an object is drawn inside the selection, whose colours Qt adds to its format."""
    return made.hasProperty(QTextFormat.Property.BackgroundBrush.value)
