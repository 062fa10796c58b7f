"""Blocks that are drawn and handled as one thing: quotations of passages, pictures, page breaks, odd tables."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QPyTextObject,
    QTextDocument,
    QTextFormat,
)

from briefing_app.desktop.composer.chips import is_selected
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.properties import Prop
from briefing_app.desktop.composer.quotation_card import is_right_to_left, quotation_document
from briefing_app.model.block import Node, PageBreak, Picture, Quotation, Table
from briefing_app.model.briefing import walk
from briefing_app.model.plain import inline_text, inlines_of

_RULE = 3.0
_PAD_X = 16.0
_PAD_Y = 10.0
_BREAK_HEIGHT = 26.0
_ALT_HEIGHT = 22.0
_TALLEST = 460.0
_PIXELS_PER_MM = 96 / 25.4


class WholeObjects(QPyTextObject):
    """Draws whole blocks. ``node`` gives the block of an id, as the editor shows it now."""

    def __init__(self, context: Context, node: Callable[[str], Node | None], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._node = node
        self._quotations: dict[str, tuple[object, QTextDocument]] = {}
        self._images: dict[str, QImage] = {}
        self._pixmaps: dict[tuple[str, int, float], QPixmap] = {}

    def forget(self) -> None:
        """Draw everything anew, as after a change of theme or of labels."""
        self._quotations.clear()
        self._pixmaps.clear()

    def intrinsicSize(self, document: QTextDocument, position: int, made: QTextFormat) -> QSizeF:
        width = max(60.0, document.textWidth() - 2 * document.documentMargin() - 1)
        match self._node(made.stringProperty(Prop.NODE)):
            case Quotation() as quotation:
                return QSizeF(width, self._quotation(quotation, width).size().height() + 2 * _PAD_Y)
            case Picture() as picture:
                return QSizeF(width, self._picture_size(picture, width).height() + _ALT_HEIGHT)
            case Table() as table:
                return QSizeF(width, 2 * _PAD_Y + 20 * (len(table.rows) + 1))
            case _:
                return QSizeF(width, _BREAK_HEIGHT)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, made: QTextFormat
    ) -> None:
        rect = QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        match self._node(made.stringProperty(Prop.NODE)):
            case Quotation() as quotation:
                self._draw_quotation(painter, rect, quotation)
            case Picture() as picture:
                self._draw_picture(painter, rect, picture)
            case PageBreak():
                self._draw_break(painter, rect)
            case Table() as table:
                self._draw_table(painter, rect, table)
        if is_selected(made):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._context.theme.accent, 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()

    # --- quotations

    def _quotation(self, quotation: Quotation, width: float) -> QTextDocument:
        excerpt = self._context.labels.excerpts.get(quotation.excerpt_id)
        source = self._context.labels.source_of(quotation.excerpt_id)
        key = (quotation, excerpt, source, width)
        kept = self._quotations.get(quotation.id)
        if kept is None or kept[0] != key:
            kept = (key, quotation_document(quotation, self._context, width - 2 * _PAD_X))
            self._quotations[quotation.id] = kept
        return kept[1]

    def _draw_quotation(self, painter: QPainter, rect: QRectF, quotation: Quotation) -> None:
        theme = self._context.theme
        document = self._quotation(quotation, rect.width())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.quote_ground)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setBrush(theme.quote_rule)
        words = document.firstBlock().next() if quotation.mark else document.firstBlock()
        left = rect.right() - _RULE if is_right_to_left(words.text()) else rect.left()
        painter.drawRoundedRect(QRectF(left, rect.top(), _RULE, rect.height()), 1.5, 1.5)
        painter.translate(rect.left() + _PAD_X, rect.top() + _PAD_Y)
        context = QAbstractTextDocumentLayout.PaintContext()
        document.documentLayout().draw(painter, context)

    # --- pictures

    def _image(self, picture: Picture) -> QImage:
        if picture.media not in self._images:
            media = self._context.picture(picture.media)
            image = QImage.fromData(media.data) if media is not None else QImage()
            self._images[picture.media] = image
        return self._images[picture.media]

    def _picture_size(self, picture: Picture, width: float) -> QSizeF:
        image = self._image(picture)
        if image.isNull():
            return QSizeF(min(width, 320.0), 120.0)
        wanted = picture.width * _PIXELS_PER_MM if picture.width else float(image.width())
        wanted = max(1.0, min(wanted, width))
        height = image.height() * wanted / image.width()
        if height > _TALLEST:
            wanted, height = max(1.0, wanted * _TALLEST / height), _TALLEST
        return QSizeF(wanted, height)

    def _draw_picture(self, painter: QPainter, rect: QRectF, picture: Picture) -> None:
        theme = self._context.theme
        size = self._picture_size(picture, rect.width())
        box = QRectF(rect.topLeft(), size)
        image = self._image(picture)
        if image.isNull():
            painter.setPen(QPen(theme.border, 1))
            painter.setBrush(theme.hint)
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(theme.muted)
            painter.setFont(theme.font(theme.small))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "This picture cannot be shown here")
        else:
            painter.drawPixmap(box.topLeft(), self._pixmap(picture.media, image, size, painter))
        painter.setFont(theme.font(theme.small))
        painter.setPen(theme.muted if picture.alt else theme.finding)
        line = QRectF(rect.left(), box.bottom() + 4, rect.width(), _ALT_HEIGHT - 4)
        mark = f"({picture.mark}) " if picture.mark else ""
        words = f"{mark}Alt text: {picture.alt}" if picture.alt else f"{mark}No alt text yet: click to write one"
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _pixmap(self, media: str, image: QImage, size: QSizeF, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        key = (media, round(size.width()), ratio)
        if key not in self._pixmaps:
            target = (size * ratio).toSize()
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = image.scaled(target, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            pixmap = QPixmap.fromImage(scaled)
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    # --- the rest

    def _draw_break(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._context.theme
        painter.setFont(theme.font(theme.small - 1))
        width = painter.fontMetrics().horizontalAdvance("Page break") + 20.0
        middle, centre = rect.center().y(), rect.center().x()
        painter.setPen(QPen(theme.table_line, 1, Qt.PenStyle.DashLine))
        for left, right in ((rect.left(), centre - width / 2), (centre + width / 2, rect.right())):
            painter.drawLine(int(left), int(middle), int(right), int(middle))
        painter.setPen(theme.muted)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "Page break")

    def _draw_table(self, painter: QPainter, rect: QRectF, table: Table) -> None:
        theme = self._context.theme
        painter.setPen(QPen(theme.table_line, 1))
        painter.setBrush(theme.hint)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(theme.muted)
        painter.setFont(theme.font(theme.small))
        lines = ["This table’s cells do not fill its grid; it is kept as it is."]
        for row in table.rows:
            words = (" ".join(inline_text(inlines_of(node)) for node in walk(cell)).strip() for cell in row.cells)
            lines.append("   |   ".join(words))
        for number, line in enumerate(lines):
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(rect.width() - 2 * _PAD_X))
            painter.drawText(int(rect.left() + _PAD_X), int(rect.top() + _PAD_Y + 15 + 20 * number), shown)
