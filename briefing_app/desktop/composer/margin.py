"""The margin of a section's card, where a mark stands beside each place that a check has found."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from briefing_app.app.remarking import Remark
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.remark_tip import tip_of
from briefing_app.desktop.composer.text_view import TextView

WIDTH = 22  # pixels
_SIZE = 11  # pixels of a mark


class Margin(QWidget):
    """Draws the marks of one section and says what they mean. Where they are found is not its matter.

    A triangle is a warning, a disc an error: they differ in shape, not in colour alone.
    """

    chosen = Signal(str)  # node id

    def __init__(self, context: Context, heading: TextView, editor: TextView, section_id: str, card: QWidget) -> None:
        super().__init__(card)
        self._card = card
        self._context = context
        self._views = (heading, editor)
        self._section_id = section_id
        self.setMouseTracking(True)
        self.setAccessibleName("Findings in this section")
        for view in self._views:
            view.height_changed.connect(self.update)
        editor.document().documentLayout().update.connect(lambda *_: self.update())

    def places(self) -> Iterator[tuple[float, tuple[Remark, ...]]]:
        """The middle height of each mark, and what stands there."""
        for node_id, remarks in self._context.remarks_in(self._section_id).items():
            for view in self._views:
                height = view.height_of(node_id)
                if height is not None:
                    yield view.mapTo(self._card, QPoint(0, round(height))).y(), remarks
                    break

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme = self._context.theme
        half, middle = _SIZE / 2, self.width() / 2
        for height, remarks in self.places():
            if any(remark.severity == "error" for remark in remarks):
                painter.setBrush(theme.missing)
                painter.drawEllipse(QRectF(middle - half, height - half, _SIZE, _SIZE))
                bar = -half + 2.5
            else:
                painter.setBrush(theme.finding)
                corners = ((0, -half), (half, half - 1), (-half, half - 1))
                painter.drawPolygon(QPolygonF([QPointF(middle + x, height + y) for x, y in corners]))
                bar = -half + 4
            painter.setBrush(theme.card)
            painter.drawRect(QRectF(middle - 0.75, height + bar, 1.5, half - bar - 4.5))
            painter.drawRect(QRectF(middle - 0.75, height + half - 3.5, 1.5, 1.5))

    def _at(self, point: QPointF) -> tuple[Remark, ...]:
        return next((remarks for height, remarks in self.places() if abs(height - point.y()) <= _SIZE), ())

    def tip_at(self, point: QPointF) -> str:
        """What a tooltip says there, as rich text; empty beside the marks."""
        return tip_of(self._at(point))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self._at(event.position()))
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        remarks = self._at(event.position())
        if remarks and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(remarks[0].node_id)
