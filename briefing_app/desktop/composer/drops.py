"""What is dragged over a section's text and dropped into it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPen

from briefing_app.desktop.composer.geometry import edges_of_blocks
from briefing_app.desktop.composer.passages import PASSAGE_TYPE, Passage, read_passage
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.model.block import Block


class DropTarget(TextView):
    """A text view that takes passages between its blocks, and shows where; other things go to ``drop_text``."""

    passage_dropped = Signal(object, int)  # a Passage, and the index of the block before which it was dropped
    dragged_over = Signal(QPoint)  # where a passage is held now, in the viewport
    _gap: float | None = None  # the height of the line that shows where a passage would go

    def shown_blocks(self) -> tuple[Block, ...]:
        """The section's blocks, as they are shown."""
        raise NotImplementedError

    def drop_text(self, event: QDropEvent) -> None:
        """Put what is no passage where it is dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PASSAGE_TYPE):
            event.acceptProposedAction()
            return
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(PASSAGE_TYPE):
            event.acceptProposedAction()
            self._show_gap(self.gap_at(event.position().y())[1])
            self.dragged_over.emit(event.position().toPoint())
            return
        super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_gap(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_gap(None)
        passage = read_passage(event.mimeData())
        if passage is None:
            self.drop_text(event)
            event.acceptProposedAction()
            self._end_drag(event)
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.drop_passage(passage, self.gap_at(event.position().y())[0])

    def _end_drag(self, event: QDropEvent) -> None:
        """Have the text field forget the drag's caret, without dropping anything."""
        leave = QDragLeaveEvent()
        super().dragLeaveEvent(leave)
        if event.source() in (self, self.viewport()):
            event.setDropAction(Qt.DropAction.CopyAction)  # the moved words are gone already
            event.accept()

    def drop_passage(self, passage: Passage, index: int) -> None:
        """Ask for a passage to be put before the block number ``index`` of the section."""
        self.passage_dropped.emit(passage, index)

    def gap_at(self, y: float) -> tuple[int, float]:
        """The index of the gap between the section's blocks that is nearest to a height, and the gap's height."""
        edges = edges_of_blocks(self.document(), self.shown_blocks())
        index = sum(y >= (top + bottom) / 2 for top, bottom in edges)
        if not edges:
            return 0, 4.0
        return index, edges[index][0] - 5 if index < len(edges) else edges[-1][1] + 2

    def _show_gap(self, gap: float | None) -> None:
        if gap != self._gap:
            self._gap = gap
            self.viewport().update()

    def paint_around(self, painter: QPainter, rect: QRectF) -> None:
        if self._gap is not None:
            painter.setPen(QPen(self._context.theme.accent, 2))
            height = max(1.0, self._gap)
            painter.drawLine(0, round(height), self.viewport().width(), round(height))


def copy_of(data: QMimeData) -> QMimeData:
    """The same content in an object of its own, which outlives the drag."""
    copied = QMimeData()
    for kind in data.formats():
        copied.setData(kind, data.data(kind))
    if data.hasImage():
        copied.setImageData(data.imageData())
    return copied
