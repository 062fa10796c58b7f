"""What the editors of headings and of sections have in common: one quiet text view as tall as its text."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from briefing_app.app.history import Caret
from briefing_app.desktop.composer.chips import InlineObjects
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.labels import note_text
from briefing_app.desktop.composer.packing import unpack
from briefing_app.desktop.composer.properties import OBJECT, Kind, Objects, Prop
from briefing_app.desktop.composer.reader import blocks_of, kind_of, node_of
from briefing_app.desktop.composer.styles import INDENT, Styles
from briefing_app.desktop.utf16 import Positions
from briefing_app.model.inline import Citation


class TextView(QTextEdit):
    """A text without frame, scroll bars or an undo of its own. It shows; what edits mean is for its subclasses."""

    is_heading = False
    caret_moved = Signal()
    citation_activated = Signal(str)
    note_activated = Signal(str)
    focused = Signal()
    height_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(False)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self._prepare_document()
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit_height())
        self.cursorPositionChanged.connect(self.caret_moved)

    @property
    def styles(self) -> Styles:
        """The formats in which the text is written."""
        return self._context.styles

    def _prepare_document(self) -> None:
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setIndentWidth(INDENT)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._inline_objects = InlineObjects(self._context, self)
        for kind in (Objects.CITATION, Objects.NOTE):
            document.documentLayout().registerHandler(kind, self._inline_objects)

    def apply_theme(self) -> None:
        """Take fonts and colours from the context; the text must be written anew by the caller."""
        theme = self._context.theme
        palette = self.palette()
        clear = theme.card
        for role, colour in (
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Base, clear),
            (QPalette.ColorRole.Highlight, theme.selection),
            (QPalette.ColorRole.HighlightedText, theme.selection_text),
            (QPalette.ColorRole.PlaceholderText, theme.muted),
        ):
            palette.setColor(role, colour)
        self.setPalette(palette)

    # --- size

    def _fit_height(self) -> None:
        height = max(self._least_height(), math.ceil(self.document().size().height()))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            self.height_changed.emit()

    def _least_height(self) -> int:
        return self.fontMetrics().height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    # --- places in the text

    def caret(self) -> Caret | None:
        """Where the caret is, or None where no node is (in an empty section)."""
        return self.caret_of(self.textCursor())

    def caret_of(self, cursor: QTextCursor) -> Caret | None:
        """The place of a cursor of this text, or None where no node is."""
        return caret_at(cursor.block(), cursor.positionInBlock())

    def block_of(self, node_id: str) -> QTextBlock | None:
        """The block of the document that shows the words of a node."""
        found = [block for block in blocks_of(self.document()) if node_of(block) == node_id]
        return next((block for block in found if kind_of(block) is not Kind.WHOLE), found[0] if found else None)

    def place_caret(self, caret: Caret, *, select: int = 0) -> bool:
        """Put the caret there, with ``select`` code points selected after it. False where the node is not here."""
        block = self.block_of(caret.node_id)
        if block is None:
            return False
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + to_unit(block, caret.offset))
        if select:
            end = block.position() + to_unit(block, caret.offset + select)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def object_at(self, point: QPointF) -> tuple[int, QTextCharFormat] | None:
        """The position and the format of the object character that is drawn at a point of the viewport."""
        layout = self.document().documentLayout()
        hit = layout.hitTest(point, Qt.HitTestAccuracy.ExactHit)
        if hit < 0:
            return None
        for position in (hit, hit - 1):
            if position < 0 or self.document().characterAt(position) != OBJECT:
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(position + 1)
            made = cursor.charFormat()
            if self._object_rect(position).contains(point) or made.objectType() == Objects.WHOLE:
                return position, made
        return None

    def _object_rect(self, position: int) -> QRectF:
        block = self.document().findBlock(position)
        line = block.layout().lineForTextPosition(position - block.position())
        ends = [_x_of(line, position - block.position() + step) for step in (0, 1)]
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        return QRectF(origin.x() + min(ends), origin.y() + line.y(), abs(ends[1] - ends[0]), line.height())

    def height_of(self, node_id: str) -> float | None:
        """The middle of the first line of a node, from the view's top; None where it is not here."""
        block = self.block_of(node_id)
        line = block.layout().lineAt(0) if block is not None else None
        if block is None or line is None or not line.isValid():
            return None
        return self.document().documentLayout().blockBoundingRect(block).top() + line.y() + min(line.height(), 28) / 2

    # --- the mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        found = self.object_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if found is None or self.textCursor().selectionEnd() - self.textCursor().selectionStart() > 1:
            return
        self.activate(found[1])

    def activate(self, made: QTextCharFormat) -> None:
        """Open what an object character stands for."""
        if made.objectType() not in (Objects.CITATION, Objects.NOTE):
            return
        inline = unpack(made.stringProperty(Prop.INLINE))
        if isinstance(inline, Citation):
            self.citation_activated.emit(inline.excerpt_id)
        else:
            self.note_activated.emit(inline.id)

    def is_active(self, made: QTextCharFormat) -> bool:
        """True where a click on an object character opens something."""
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            over = self.object_at(event.position())
            is_active = over is not None and self.is_active(over[1])
            shape = Qt.CursorShape.PointingHandCursor if is_active else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.object_at(QPointF(event.pos()))
            tip = escape(self.tip_of(found[1])).replace("\n", "<br>") if found else ""
            tip = f"<qt>{tip}</qt>" if tip else self.tip_at(QPointF(event.pos()))  # rich text wraps
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().viewportEvent(event)

    def tip_of(self, made: QTextCharFormat) -> str:
        """What a tooltip says of an object character."""
        if made.objectType() not in (Objects.CITATION, Objects.NOTE):
            return ""
        inline = unpack(made.stringProperty(Prop.INLINE))
        return self._context.labels.passage(inline.excerpt_id) if isinstance(inline, Citation) else note_text(inline)

    def tip_at(self, point: QPointF) -> str:
        """What a tooltip says of a place without an object, as rich text."""
        return ""

    # --- painting and focus

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self.paint_around(painter, QRectF(event.rect()))
        painter.end()
        super().paintEvent(event)

    def paint_around(self, painter: QPainter, rect: QRectF) -> None:
        """Paint what is not text; subclasses say what."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


def _x_of(line: QTextLine, unit: int) -> float:
    found: object = line.cursorToX(unit)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def caret_at(block: QTextBlock, unit: int) -> Caret | None:
    """The caret at a position (in UTF-16 units) of a block."""
    node = node_of(block)
    return Caret(node, Positions(block.text()).to_point(unit)) if node else None


def to_unit(block: QTextBlock, offset: int) -> int:
    """The position in a block, in UTF-16 units, of an offset in code points; clamped to the block."""
    text = block.text()
    return Positions(text).to_utf16(max(0, min(offset, len(text))))
