"""The text of one section: its document, and the edits that it becomes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QMouseEvent,
    QPainter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from briefing_app.app.composing import section_name
from briefing_app.app.history import Caret
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.decorations import Decorations
from briefing_app.desktop.composer.drops import DropTarget
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.properties import Kind, Objects, Prop
from briefing_app.desktop.composer.reader import kind_of, node_of
from briefing_app.desktop.composer.remark_tip import tip_of
from briefing_app.desktop.composer.sync import Change, SectionText
from briefing_app.desktop.composer.text_view import TextView, caret_at, to_unit
from briefing_app.desktop.composer.typing_groups import TypingGroups
from briefing_app.desktop.composer.wholes import WholeObjects
from briefing_app.model.block import Block, Picture, Quotation, Section
from briefing_app.model.briefing import walk
from briefing_app.model.edit import Batch, Edit

_LEAVING = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
PLACEHOLDER = "Write here, or drag a passage from the library"


class BlockEditor(DropTarget):
    """Shows a section's blocks and turns changes of its document into edits. It has no history of its own.

    What keys, the clipboard and drops mean is its subclass's, ``SectionEditor``.
    """

    picture_activated = Signal(str)
    link_asked = Signal()
    menu_requested = Signal(QPoint)  # a point of the screen

    def __init__(self, context: Context, host: Host, section: Section, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.host = host
        self.section_id = section.id
        self.text = SectionText(self.document(), context, section.id)
        self._decorations = Decorations(self.document(), context, section.id)
        self._groups = TypingGroups()
        self._before: Caret | None = None
        self.typed_in = ""  # while an edit is on its way: the node whose words alone it changes
        self._loading = False
        self._wholes = WholeObjects(context, self.text.node, self)
        self.document().documentLayout().registerHandler(Objects.WHOLE, self._wholes)
        self.setPlaceholderText(PLACEHOLDER)
        self.setAcceptDrops(True)
        self.cursorPositionChanged.connect(self._note_caret)
        self.document().contentsChanged.connect(self._commit_soon)
        self.set_theme(section)

    @property
    def context(self) -> Context:
        return self._context

    # --- showing

    def set_theme(self, section: Section) -> None:
        """Take fonts and colours anew, and write the text in them."""
        self.apply_theme()
        self.setFont(self._context.theme.font())
        self.document().setDefaultFont(self._context.theme.font())
        self._wholes.forget()
        self._name(section)
        self._reload(section.blocks)

    def show_section(self, section: Section) -> None:
        """Show the section as it is now; nothing happens where its blocks are those shown."""
        self._name(section)
        if section.blocks is not self.text.blocks:
            self._keeping_place(lambda: self.text.show(section.blocks))

    def _name(self, section: Section) -> None:
        name = f"Text of the section “{section_name(section)}”"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def adopt(self, section: Section) -> None:
        """Note that the section's blocks came from here."""
        self.text.adopt(section.blocks, self.typed_in)

    def refresh_labels(self) -> None:
        """Draw citations and quotations with their new labels."""
        self._wholes.forget()
        self._reload(self.text.blocks)

    def show_anew(self) -> None:
        """Write the text anew, so that it looks as its blocks ask."""
        self._reload(self.text.blocks)

    def _reload(self, blocks: tuple[Block, ...]) -> None:
        self._keeping_place(lambda: self.text.load(blocks))

    def _keeping_place(self, change: Callable[[], None]) -> None:
        cursor = self.textCursor()
        ends = [self.document().findBlock(place) for place in (cursor.anchor(), cursor.position())]
        places = (cursor.anchor(), cursor.position())
        carets = [caret_at(block, place - block.position()) for block, place in zip(ends, places, strict=True)]
        self._loading = True
        self.setUpdatesEnabled(False)
        try:
            change()
        finally:
            self._loading = False
            self.setUpdatesEnabled(True)
        anchor, position = (self._position_of(c, p) for c, p in zip(carets, places, strict=True))
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._fit_height()
        self.viewport().update()

    def _position_of(self, caret: Caret | None, position: int) -> int:
        block = self.block_of(caret.node_id) if caret is not None else None
        if block is None or caret is None:
            return min(position, self.document().characterCount() - 1)
        return block.position() + to_unit(block, caret.offset)

    def _fit_height(self) -> None:
        if not self._loading:
            super()._fit_height()

    def _least_height(self) -> int:
        line = round(self.fontMetrics().height() * self._context.theme.line_height / 100) + 10
        if not self.document().isEmpty():
            return line
        wrap = Qt.TextFlag.TextWordWrap.value
        words = self.fontMetrics().boundingRect(0, 0, max(1, self.width()), 1_000, wrap, self.placeholderText())
        return max(line, words.height() + 8)

    def shown_blocks(self) -> tuple[Block, ...]:
        return self.text.blocks

    def paint_around(self, painter: QPainter, rect: QRectF) -> None:
        super().paint_around(painter, rect)
        self._decorations.paint(painter, rect, self.text.blocks)

    def tip_at(self, point: QPointF) -> str:
        place = self.document().documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
        node = node_of(self.document().findBlock(place)) if place >= 0 else ""
        return tip_of(self._context.remarks_in(self.section_id).get(node, ())) if node else ""

    # --- from the user to the session

    def _note_caret(self) -> None:
        if self._loading or self.text.is_touched:
            return
        self._before = self.caret()
        cursor = self.textCursor()
        if self.hasFocus() and not cursor.hasSelection() and kind_of(cursor.block()) is Kind.WHOLE:
            select_whole(self, cursor)

    def _commit_soon(self) -> None:
        if self.text.is_touched and not self._loading:
            QTimer.singleShot(0, self, self.commit)

    def commit(self, label: str = "", *, merge: str = "") -> None:
        """Hand what changed in the text to the session as one step named ``label`` (what was typed, where empty)."""
        change = self.text.take_change()
        if change is None:
            return
        after = self.caret()
        if change.typed_in:
            name, key = self._typing_step(change, after)
            label, merge = label or name, merge or ("" if label else key)
        else:
            self._groups.close()
        self._send(change.edits, label or "Edit text", merge, after, change.typed_in)
        if change.untidy:
            self._reload(self.text.blocks)
        self._before = self.caret()
        if not change.typed_in:
            self.viewport().update()

    def _send(self, edits: tuple[Edit, ...], label: str, merge: str, after: Caret | None, typed_in: str) -> None:
        if not edits:
            return
        edit = edits[0] if len(edits) == 1 else Batch(label, edits)
        self.typed_in = typed_in
        done = self.host.submit(edit, label, merge=merge, echo=self, before=self._before, after=after)
        section = self.host.section(self.section_id)
        if not done and section is not None:
            self._reload(section.blocks)

    def _typing_step(self, change: Change, after: Caret | None) -> tuple[str, str]:
        cursor = self.textCursor()
        typed = cursor.block().text()[cursor.positionInBlock() - 1 : cursor.positionInBlock()]
        key = self._groups.key(change.typed_in, change.growth, after.offset if after else -1, typed)
        return ("Delete" if change.growth < 0 else "Typing"), key

    def go_to_node(self, node_id: str, offset: int) -> bool:
        """Put the caret into the words of a node, or of the first one inside it that has words."""
        if self.place_caret(Caret(node_id, offset)):
            return True
        node = self.text.node(node_id)
        inside = walk(node) if node is not None else ()
        return any(self.place_caret(Caret(inner.id, 0)) for inner in inside)

    def paste_plain(self) -> None:
        """Paste the clipboard's words without their look."""
        words = QGuiApplication.clipboard().text()
        if words:
            data = QMimeData()
            data.setText(words)
            self.commit()
            self.host.paste(self, data)

    def close_group(self) -> None:
        """Let the next typing be undone by itself."""
        self._groups.close()

    # --- events

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.commit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._groups.close()
        super().mousePressEvent(event)
        cursor = self.textCursor()
        if (
            cursor.hasSelection()
            and cursor.position() == cursor.block().position()
            and cursor.anchor() < cursor.position()
        ):
            self._trim_paragraph(cursor)

    def _trim_paragraph(self, cursor: QTextCursor) -> None:
        """A triple click takes a paragraph's words, not the break after it: typing over them leaves the next alone."""
        before = cursor.block().previous()
        if before.isValid() and cursor.anchor() == before.position():
            cursor.setPosition(cursor.anchor())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._note_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._groups.close()
        cursor = self.textCursor()
        if event.reason() in _LEAVING and kind_of(cursor.block()) is Kind.WHOLE:
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def activate(self, made: QTextCharFormat) -> None:
        if made.objectType() != Objects.WHOLE:
            super().activate(made)
            return
        node = self.text.node(made.stringProperty(Prop.NODE))
        if isinstance(node, Quotation):
            self.citation_activated.emit(node.excerpt_id)
        elif isinstance(node, Picture):
            self.picture_activated.emit(node.id)

    def is_active(self, made: QTextCharFormat) -> bool:
        whole = made.objectType() == Objects.WHOLE
        return not whole or isinstance(self.text.node(made.stringProperty(Prop.NODE)), Quotation | Picture)


def select_whole(editor: TextView, cursor: QTextCursor) -> None:
    """Select the object of a block that is handled as one thing, so that it shows where the caret is."""
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def is_one_whole(cursor: QTextCursor) -> bool:
    """True where nothing is selected but one block that is handled as one thing."""
    block = cursor.document().findBlock(cursor.selectionStart())
    return kind_of(block) is Kind.WHOLE and cursor.selectionEnd() < block.position() + block.length()
