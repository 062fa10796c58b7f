"""The composer's part that talks to the session: edits go up, changes come down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QTextCursor

from briefing_app.app.fragments import Fragment, settle
from briefing_app.app.history import Caret
from briefing_app.app.ids import new_id
from briefing_app.app.session import Session, SessionEvent
from briefing_app.desktop.composer.block_editor import BlockEditor, is_one_whole
from briefing_app.desktop.composer.column import Column
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.insertion import Insertion, insert_inlines, paste_blocks
from briefing_app.desktop.composer.passages import read_passage
from briefing_app.desktop.composer.paste import fragment_from
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.errors import BriefingError
from briefing_app.model.block import Paragraph, Quotation, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.edit import Batch, Edit
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines


class Controller(QObject):
    """Does edits in the session, keeps the cards in step with it, and moves the caret between them.

    It fulfils ``Host`` for the editors. It holds no text and draws nothing.
    """

    refused = Signal(str)
    shown = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self.column: Column | None = None
        self._session: Session | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._sections: dict[str, Section] = {}
        self._echo: object | None = None

    # --- the session

    def set_session(self, session: Session | None) -> None:
        """Show another session, or none."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._session = session
        self._unsubscribe = session.subscribe(self._on_event) if session is not None else None
        self.refresh()

    def briefing(self) -> Briefing | None:
        return self._session.briefing if self._session is not None else None

    def section(self, id: str) -> Section | None:
        return self._sections.get(id)

    def submit(
        self,
        edit: Edit,
        label: str,
        *,
        merge: str = "",
        echo: object | None = None,
        before: Caret | None = None,
        after: Caret | None = None,
    ) -> bool:
        if self._session is None:
            return False
        self._echo = echo
        try:
            self._session.do(edit, label, merge=merge, origin=self, before=before, after=after)
        except BriefingError as error:
            self.refused.emit(str(error))
            return False
        finally:
            self._echo = None
        return True

    def undo(self) -> None:
        if self._session is not None:
            self._flush()
            self._session.undo(self)

    def redo(self) -> None:
        if self._session is not None:
            self._flush()
            self._session.redo(self)

    def _flush(self) -> None:
        for card in self.column.cards.values() if self.column else ():
            card.editor.commit()
            card.editor.close_group()

    def _on_event(self, event: SessionEvent) -> None:
        if event.kind == "saved":
            return
        self.refresh()
        if event.changed.kept and self.column is not None and self._echo is None:
            self._refresh_citing(event.changed.kept)
        if event.kind in ("undone", "redone") and event.caret is not None:
            self.go_to(event.caret.node_id, event.caret.offset)

    def refresh(self) -> None:
        """Show the briefing as it is now."""
        briefing = self.briefing()
        self.context.show(briefing)
        self._sections = {section.id: section for section, _ in briefing.all_sections()} if briefing else {}
        if self.column is not None:
            self.column.show_briefing(briefing, echo=self._echo)
        self.shown.emit()

    def _refresh_citing(self, kept: frozenset[str]) -> None:
        """Draw anew what shows a passage, a source or a picture that is now another one."""
        assert self.column is not None
        labels = self.context.labels
        changed = {id for id, excerpt in labels.excerpts.items() if id in kept or excerpt.source_id in kept}
        for id, card in self.column.cards.items():
            section = self._sections[id]
            cited = {one.excerpt_id for one in all_inlines(section) if isinstance(one, Citation)}
            cited |= {block.excerpt_id for block in section.blocks if isinstance(block, Quotation)}
            if cited & changed:
                card.refresh_labels()

    def do(self, placed: Insertion, label: str, *, merge: str = "", before: Caret | None = None) -> bool:
        """Do an insertion as one step, and put the caret where it ends."""
        if not placed.edits:
            return False
        edit = placed.edits[0] if len(placed.edits) == 1 else Batch(label, placed.edits)
        done = self.submit(edit, label, merge=merge, before=before, after=placed.after)
        if done and placed.after is not None:
            self.go_to(placed.after.node_id, placed.after.offset)
        return done

    def report(self, message: str) -> None:
        self.refused.emit(message)

    # --- moving

    def go_to(self, node_id: str, offset: int | None = None) -> bool:
        """Put the caret on a node, and scroll there. False where it is not shown."""
        if self.column is None:
            return False
        card = self.column.ensure(node_id)
        if card is not None:
            if offset is None:
                return self._focus(card.editor)
            card.heading.place_caret(Caret(node_id, offset))
            return self._focus(card.heading)
        self.column.ensure(self._section_of(node_id))
        for card in self.column.cards.values():
            if card.editor.text.node(node_id) is not None and card.editor.go_to_node(node_id, offset or 0):
                return self._focus(card.editor)
        return False

    def _section_of(self, node_id: str) -> str:
        """The section that holds a node and has no card yet; empty where there is none."""
        made = self.column.cards if self.column is not None else {}
        for id, section in self._sections.items():
            if id not in made and any(node.id == node_id for block in section.blocks for node in walk(block)):
                return id
        return ""

    def _focus(self, view: TextView) -> bool:
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.column is not None:
            self.column.show_caret(view)
        return True

    def cross(self, editor: object, step: int, x: float) -> None:
        target = self.column.beside(editor, step) if self.column is not None and isinstance(editor, TextView) else None
        if target is None:
            return
        cursor = target.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Start if step > 0 else QTextCursor.MoveOperation.End)
        target.setTextCursor(cursor)
        if x:
            near = target.cursorForPosition(QPointF(x, target.cursorRect(cursor).center().y()).toPoint())
            target.setTextCursor(near)
        self._focus(target)

    def scroll(self, how: str) -> None:
        if self.column is None:
            return
        target = self.column.end(how) if how in ("start", "end") else None
        if target is not None:
            cursor = target.textCursor()
            operation = QTextCursor.MoveOperation.Start if how == "start" else QTextCursor.MoveOperation.End
            cursor.movePosition(operation)
            target.setTextCursor(cursor)
            target.setFocus()
            self.column.scroll_by(how)
        elif how in ("page up", "page down"):
            self._turn_page(how)

    def _turn_page(self, how: str) -> None:
        """Scroll by a page and take the caret along; where no page is left it goes to the end."""
        column = self.column
        view = next((one for one in column.views() if one.hasFocus()), None) if column is not None else None
        if column is None or view is None:
            return
        bar, caret = column.verticalScrollBar(), view.cursorRect()
        place = view.mapTo(column.viewport(), caret.center())
        before = bar.value()
        column.scroll_by(how)
        if bar.value() == before:
            self.scroll("start" if how == "page up" else "end")
            return
        target = column.view_near(place.y())
        if target is not None:
            near = target.mapFrom(column.viewport(), place)
            target.setTextCursor(target.cursorForPosition(near))
            self._focus(target)

    # --- pasting

    def paste(self, editor: object, data: QMimeData, *, merge: str = "") -> None:
        if not isinstance(editor, BlockEditor):
            return
        passage = read_passage(data)
        if passage is not None:
            editor.drop_passage(passage, editor.gap_at(editor.cursorRect().center().y())[0])
            return
        try:
            fragment = fragment_from(data)
        except BriefingError as error:
            self.report(str(error))
            return
        if fragment.blocks:
            self._paste_fragment(editor, fragment, merge or f"paste {new_id()}")

    def _paste_fragment(self, editor: BlockEditor, fragment: Fragment, merge: str) -> None:
        before = editor.caret()
        cursor = editor.textCursor()
        if cursor.hasSelection() and not is_one_whole(cursor):
            cursor.removeSelectedText()
            editor.commit("Paste", merge=merge)
        briefing, section = self.briefing(), self.section(editor.section_id)
        if briefing is None or section is None:
            return
        blocks, kept = settle(briefing, fragment, new_id)
        only = blocks[0] if len(blocks) == 1 else None
        caret = editor.caret()
        if isinstance(only, Paragraph) and not only.mark:
            placed = insert_inlines(briefing, section, caret, only.content, new_id)
        else:
            placed = paste_blocks(briefing, section, caret, blocks, new_id)
        self.do(Insertion((*kept, *placed.edits), placed.after), "Paste", merge=merge, before=before)
