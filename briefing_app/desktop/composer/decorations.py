"""What is painted around the text of a section: list markers, quotation rules, portion marks, empty captions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextBlock, QTextDocument

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.frames import Leaf, ListFrame, QuoteFrame, decode_path, flatten
from briefing_app.desktop.composer.properties import Kind, Prop
from briefing_app.desktop.composer.reader import kind_of, node_of
from briefing_app.model.block import Block, Table
from briefing_app.model.briefing import walk

_BULLETS = "•◦▪"


def markers_of(blocks: Iterable[Block]) -> dict[str, str]:
    """The marker of each paragraph that begins an item, by the paragraph's id."""
    markers: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Table):
            for node in walk(block):
                if node.type == "cell":
                    markers |= _markers(list(flatten(node.blocks)))
    return markers | _markers(list(flatten(blocks)))


def _markers(leaves: Sequence[Leaf]) -> dict[str, str]:
    markers: dict[str, str] = {}
    counts: dict[str, int] = {}
    begun: set[str] = set()
    for leaf in leaves:
        for depth, frame in enumerate(leaf.path):
            if not isinstance(frame, ListFrame) or frame.item_id in begun:
                continue
            begun.add(frame.item_id)
            counts[frame.list_id] = counts.get(frame.list_id, frame.start - 1) + 1
            number = counts[frame.list_id]
            marker = _numeral(number, depth) if frame.ordered else _BULLETS[min(depth, 2)]
            markers[leaf.block.id if leaf.block is not None else frame.item_id] = marker
    return markers


def _numeral(number: int, depth: int) -> str:
    if depth % 2 and 1 <= number <= 26:
        return f"{chr(96 + number)}."
    return f"{number}."


def visible_blocks(document: QTextDocument, rect: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The blocks whose rectangles meet ``rect``, with them."""
    layout = document.documentLayout()
    place = layout.hitTest(QPointF(rect.left(), rect.top()), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, place))
    if block.previous().isValid():
        block = block.previous()
    while block.isValid():
        box = layout.blockBoundingRect(block)
        if box.top() > rect.bottom():
            return
        yield block, box
        block = block.next()


class Decorations:
    """Paints for one document. It keeps the markers of the blocks that it was last given."""

    def __init__(self, document: QTextDocument, context: Context, section_id: str) -> None:
        self._document = document
        self._section_id = section_id
        self._context = context
        self._blocks: tuple[Block, ...] | None = None
        self._markers: dict[str, str] = {}

    def paint(self, painter: QPainter, rect: QRectF, blocks: tuple[Block, ...]) -> None:
        """Paint what belongs to the blocks inside ``rect``; ``blocks`` are those that the document shows."""
        if blocks is not self._blocks:
            self._blocks, self._markers = blocks, markers_of(blocks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        remarks = self._context.remarks_in(self._section_id)
        for block, box in visible_blocks(self._document, rect):
            if remarks and (found := remarks.get(node_of(block))):
                self._paint_remark(painter, block, box, is_error=any(one.severity == "error" for one in found))
            made = block.blockFormat()
            path = made.stringProperty(Prop.PATH)
            if path:
                self._paint_frame(painter, block, box, path)
            if made.stringProperty(Prop.MARK) and kind_of(block) is not Kind.WHOLE:
                self._paint_mark(painter, block, box, made.stringProperty(Prop.MARK))
            if kind_of(block) is Kind.CAPTION and not block.text():
                self._paint_empty_caption(painter, block, box)

    def _paint_remark(self, painter: QPainter, block: QTextBlock, box: QRectF, *, is_error: bool) -> None:
        """A dotted line under the first line of a place that a check has found."""
        line = block.layout().lineAt(0)
        if not line.isValid() or kind_of(block) is Kind.WHOLE:
            return
        theme = self._context.theme
        pen = QPen(theme.missing if is_error else theme.finding, 1.6, Qt.PenStyle.DotLine)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        text = line.naturalTextRect()
        height = round(box.top() + line.y() + line.ascent() + 4) + 0.5
        painter.drawLine(QPointF(box.left() + text.left(), height), QPointF(box.left() + text.right(), height))

    def _paint_frame(self, painter: QPainter, block: QTextBlock, box: QRectF, encoded: str) -> None:
        theme = self._context.theme
        frame = decode_path(encoded)[-1]
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        to_left = block.textDirection() == Qt.LayoutDirection.RightToLeft
        if isinstance(frame, QuoteFrame):
            self._paint_rule(painter, block, box, encoded, to_left)
            return
        marker = self._markers.get(node_of(block) or frame.item_id, "")
        if not marker:
            return
        painter.setPen(theme.muted)
        painter.setFont(self._document.defaultFont())
        baseline = box.top() + line.y() + line.ascent()
        if to_left:
            marker = f".{marker[:-1]}" if marker.endswith(".") else marker
            painter.drawText(QPointF(box.left() + line.x() + line.width() + 8, baseline), marker)
            return
        advance = QFontMetricsF(painter.font()).horizontalAdvance(marker)
        painter.drawText(QPointF(box.left() + line.x() - 8 - advance, baseline), marker)

    def _paint_rule(self, painter: QPainter, block: QTextBlock, box: QRectF, encoded: str, to_left: bool) -> None:
        layout = block.layout()
        last = layout.lineAt(layout.lineCount() - 1)
        bottom = box.top() + last.y() + last.height()
        following = block.next()
        if following.isValid() and following.blockFormat().stringProperty(Prop.PATH) == encoded:
            below = self._document.documentLayout().blockBoundingRect(following)
            bottom = below.top() + following.layout().lineAt(0).y()
        first = layout.lineAt(0)
        left = box.left() + first.x() + first.width() + 14 if to_left else box.left() + first.x() - 17
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._context.theme.quote_rule)
        top = round(box.top() + first.y())
        painter.drawRect(QRect(round(left), top, 3, round(bottom) - top))

    def _paint_mark(self, painter: QPainter, block: QTextBlock, box: QRectF, mark: str) -> None:
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        styles = self._context.styles
        painter.setFont(styles.mark_font())
        painter.setPen(self._context.theme.muted)
        baseline = box.top() + line.y() + line.ascent()
        left = box.left() + line.x() - styles.mark_width(mark)
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            left = box.left() + line.x() + line.width() + 6
        painter.drawText(QPointF(left, baseline), f"({mark})")

    def _paint_empty_caption(self, painter: QPainter, block: QTextBlock, box: QRectF) -> None:
        theme = self._context.theme
        line = block.layout().lineAt(0)
        painter.setFont(theme.font(theme.small + 1))
        painter.setPen(theme.muted)
        painter.setOpacity(0.6)
        painter.drawText(QPointF(box.left() + line.x(), box.top() + line.y() + line.ascent()), "Caption")
        painter.setOpacity(1)
