"""What keys do in a section's text, beyond what every text field does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextBlock, QTextCursor

from briefing_app.app.ids import new_id
from briefing_app.desktop.composer import list_paths, table_commands
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.commands import delete_across
from briefing_app.desktop.composer.frames import ListFrame, Path, QuoteFrame
from briefing_app.desktop.composer.key_tools import is_command, is_plain_paste, is_redo, is_typing, is_undo
from briefing_app.desktop.composer.list_commands import change_paths, path_of, set_path, table_of
from briefing_app.desktop.composer.properties import OBJECT, Kind, Prop
from briefing_app.desktop.composer.reader import kind_of, node_of
from briefing_app.desktop.composer.sync import place_of
from briefing_app.desktop.composer.text_commands import toggle_style
from briefing_app.model.edit import Remove

_START = QTextCursor.MoveOperation.StartOfBlock
_END = QTextCursor.MoveOperation.EndOfBlock
_KEEP = QTextCursor.MoveMode.KeepAnchor
_NUMBER = re.compile(r"(\d{1,3})[.)]")
_STANDARD = QKeySequence.StandardKey


def handle(editor: BlockEditor, event: QKeyEvent) -> bool:
    """Do what the key means; False where the text field's own meaning holds."""
    if is_undo(event):
        editor.host.undo()
        return True
    if is_redo(event):
        editor.host.redo()
        return True
    if is_plain_paste(event):
        editor.paste_plain()
        return True
    return _format(editor, event) or _structure(editor, event) or _movement(editor, event)


def _format(editor: BlockEditor, event: QKeyEvent) -> bool:
    if not editor.context.formats_by_key:
        return False
    for key, style in ((Qt.Key.Key_B, "bold"), (Qt.Key.Key_I, "italic"), (Qt.Key.Key_U, "underline")):
        if is_command(event, key):
            toggle_style(editor, style)
            editor.commit(f"Change {style}")
            return True
    if is_command(event, Qt.Key.Key_K):
        editor.link_asked.emit()
        return True
    return False


def _structure(editor: BlockEditor, event: QKeyEvent) -> bool:
    key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            open_object(editor)
        else:
            enter(editor)
        return True
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        _tab(editor, back=shift or key == Qt.Key.Key_Backtab)
        return True
    if key == Qt.Key.Key_Backspace or event.matches(_STANDARD.DeleteStartOfWord):
        return _backspace(editor)
    if key == Qt.Key.Key_Delete or event.matches(_STANDARD.DeleteEndOfWord):
        return _delete(editor)
    if is_typing(event):
        return _before_typing(editor, event)
    return False


def open_object(editor: BlockEditor) -> None:
    """Open the whole block at the caret, or the citation or note beside it, as a click does."""
    cursor = editor.textCursor()
    places = (cursor.selectionEnd(), cursor.position(), cursor.position() + 1)
    for place in places:
        if place > 0 and editor.document().characterAt(place - 1) == OBJECT:
            probe = QTextCursor(editor.document())
            probe.setPosition(place)
            editor.activate(probe.charFormat())
            return


# --- typing


def _before_typing(editor: BlockEditor, event: QKeyEvent) -> bool:
    cursor = editor.textCursor()
    if kind_of(cursor.block()) is Kind.WHOLE:
        _open_after(editor, cursor)
    elif event.text() == " " and not cursor.hasSelection():
        return _begin_list(editor, cursor)
    _end_link(editor)
    return False


def _end_link(editor: BlockEditor) -> None:
    """Typing at the end of a link, or after a chip, goes on without their formats."""
    cursor = editor.textCursor()
    made = cursor.charFormat()
    if cursor.hasSelection() or not (made.anchorHref() or made.hasProperty(Prop.INLINE)):
        return
    ahead = QTextCursor(cursor)
    inside = not cursor.atBlockEnd() and ahead.movePosition(QTextCursor.MoveOperation.NextCharacter)
    if made.anchorHref() and inside and ahead.charFormat().anchorHref() == made.anchorHref():
        return
    block = cursor.block()
    editor.setCurrentCharFormat(editor.context.styles.plain(kind_of(block), place_of(block)))


def _begin_list(editor: BlockEditor, cursor: QTextCursor) -> bool:
    """ "- " or "1. " at the start of a paragraph begins a list."""
    block = cursor.block()
    typed = block.text()[: cursor.positionInBlock()]
    number = _NUMBER.fullmatch(typed)
    if path_of(block) or kind_of(block) not in (Kind.PARAGRAPH, Kind.VOID) or not (typed in ("-", "*", "•") or number):
        return False
    editor.commit()
    cursor.movePosition(_START, _KEEP)
    cursor.removeSelectedText()
    editor.setTextCursor(cursor)
    ordered = number is not None
    change_paths(
        cursor,
        editor.context,
        editor.text,
        lambda paths, chosen: list_paths.toggle_list(paths, chosen, ordered, new_id),
    )
    if number is not None and int(number[1]) != 1:
        frame = path_of(editor.textCursor().block())[-1]
        if isinstance(frame, ListFrame) and frame.start == 1:
            started = ListFrame(frame.list_id, frame.item_id, True, int(number[1]))
            set_path(editor.textCursor().block(), (started,), editor.context)
    editor.commit("Begin list")
    return True


# --- Enter


def enter(editor: BlockEditor) -> None:
    """Begin a new paragraph or item, or leave an empty one's list or quotation."""
    cursor = editor.textCursor()
    block = cursor.block()
    kind = kind_of(block)
    if kind in (Kind.WHOLE, Kind.CAPTION):
        _open_after(editor, cursor)
        editor.commit("New paragraph")
        return
    path = path_of(block)
    if path and not block.text() and not cursor.hasSelection():
        _leave_frame(editor, cursor)
        return
    editor.text.mark_structural()
    _insert_paragraph(editor, cursor)
    if path and isinstance(path[-1], ListFrame):
        change_paths(
            editor.textCursor(),
            editor.context,
            editor.text,
            lambda paths, chosen: list_paths.split_item(paths, chosen[0], new_id),
        )
    editor.commit("New paragraph")


def _insert_paragraph(editor: BlockEditor, cursor: QTextCursor) -> None:
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    block = cursor.block()
    mark = block.blockFormat().stringProperty(Prop.MARK)
    styles, place = editor.context.styles, place_of(block)
    made = styles.block("", Kind.PARAGRAPH, path_of(block), mark, place)
    cursor.insertBlock(made, styles.plain(Kind.PARAGRAPH, place))
    cursor.endEditBlock()
    editor.setTextCursor(cursor)


def _open_after(editor: BlockEditor, cursor: QTextCursor) -> None:
    """A new paragraph after a block that is handled as one thing, or after a caption."""
    editor.text.mark_structural()
    block = cursor.block()
    if (
        kind_of(block) is Kind.WHOLE
        and kind_of(block.next()) is Kind.CAPTION
        and node_of(block.next()) == node_of(block)
    ):
        block = block.next()
    cursor = QTextCursor(block)
    cursor.movePosition(_END)
    styles = editor.context.styles
    cursor.insertBlock(styles.block("", Kind.PARAGRAPH), styles.plain(Kind.PARAGRAPH, "body"))
    editor.setTextCursor(cursor)


def _leave_frame(editor: BlockEditor, cursor: QTextCursor) -> None:
    path = path_of(cursor.block())
    if isinstance(path[-1], QuoteFrame):
        editor.text.mark_structural()
        set_path(cursor.block(), path[:-1], editor.context)
        editor.commit("End quotation")
        return
    change_paths(cursor, editor.context, editor.text, lambda paths, chosen: _outdent_or_split(paths, chosen[0]))
    editor.commit("End list")


def _outdent_or_split(paths: Sequence[Path], index: int) -> list[Path]:
    first, _ = list_paths.item_span(paths, index, len(paths[index]) - 1)
    if first < index:
        return list_paths.split_item(paths, index, new_id)
    return list_paths.outdent(paths, index)


# --- Tab


def _tab(editor: BlockEditor, *, back: bool) -> None:
    cursor = editor.textCursor()
    path = path_of(cursor.block())
    if path and isinstance(path[-1], ListFrame):
        shift_items(editor, back=back)
    elif table_of(cursor) is not None:
        table_commands.go_to_cell(editor, -1 if back else 1)
    else:
        editor.host.cross(editor, -1 if back else 1, 0)


def shift_items(editor: BlockEditor, *, back: bool) -> None:
    """Move the chosen items one level in or out."""

    def change(paths: Sequence[Path], chosen: Sequence[int]) -> list[Path]:
        result = list(paths)
        moved: set[str] = set()
        for index in chosen:
            frame = list_paths.innermost(paths[index])
            if frame is not None and frame.item_id not in moved:
                moved.add(frame.item_id)
                moved_paths = list_paths.outdent(result, index) if back else list_paths.indent(result, index, new_id)
                result = moved_paths
        return result

    if change_paths(editor.textCursor(), editor.context, editor.text, change):
        editor.commit("Outdent" if back else "Indent")


# --- deleting


def _backspace(editor: BlockEditor) -> bool:
    cursor = editor.textCursor()
    block = cursor.block()
    if kind_of(block) is Kind.WHOLE and _is_alone(cursor, block):
        remove_whole(editor, block)
        return True
    if cursor.hasSelection() or not cursor.atBlockStart():
        return delete_across(editor)
    if path_of(block):
        _leave_frame(editor, cursor)
        return True
    before = block.previous()
    if kind_of(block) is Kind.CAPTION:
        if kind_of(before) is Kind.WHOLE:
            _select(editor, before)
        return True
    if not before.isValid() or kind_of(before) not in (Kind.WHOLE, Kind.CAPTION):
        return not before.isValid() or _crosses_table(block, before)
    if not block.text():
        _remove_block(editor, block)
    if kind_of(before) is Kind.WHOLE:
        _select(editor, before)
    else:
        cursor = QTextCursor(before)
        cursor.movePosition(_END)
        editor.setTextCursor(cursor)
    editor.commit("Delete")
    return True


def _delete(editor: BlockEditor) -> bool:
    cursor = editor.textCursor()
    block = cursor.block()
    if kind_of(block) is Kind.WHOLE and _is_alone(cursor, block):
        remove_whole(editor, block)
        return True
    if cursor.hasSelection() or not cursor.atBlockEnd():
        return delete_across(editor)
    after = block.next()
    if kind_of(block) is Kind.CAPTION or not after.isValid():
        return True
    if kind_of(after) is Kind.WHOLE:
        if not block.text() and kind_of(block) is Kind.PARAGRAPH:
            _remove_block(editor, block)
        _select(editor, after)
        editor.commit("Delete")
        return True
    return _crosses_table(block, after)


def _crosses_table(one: QTextBlock, other: QTextBlock) -> bool:
    table, beside = table_of(QTextCursor(one)), table_of(QTextCursor(other))
    if table is None or beside is None:
        return table is not beside
    places = [table.cellAt(block.position()) for block in (one, other)]
    return (places[0].row(), places[0].column()) != (places[1].row(), places[1].column())


def _is_alone(cursor: QTextCursor, block: QTextBlock) -> bool:
    return cursor.selectionStart() >= block.position() and cursor.selectionEnd() < block.position() + block.length()


def _remove_block(editor: BlockEditor, block: QTextBlock) -> None:
    editor.text.mark_structural()
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, _KEEP)
    if not cursor.hasSelection():
        cursor.movePosition(QTextCursor.MoveOperation.PreviousBlock)
        cursor.movePosition(_END)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP)
    cursor.removeSelectedText()


def _select(editor: BlockEditor, block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    cursor.movePosition(_END, _KEEP)
    editor.setTextCursor(cursor)


def remove_whole(editor: BlockEditor, block: QTextBlock) -> None:
    """Take a quotation, a picture, a page break or a table that is drawn as one thing out of the section."""
    editor.commit()
    before, caret = block.previous(), editor.caret()
    node = node_of(block)
    cursor = QTextCursor(before if before.isValid() else block)
    if before.isValid():
        cursor.movePosition(_END)
    editor.setTextCursor(cursor)
    editor.host.submit(Remove(node), "Delete", before=caret)


# --- moving


def _movement(editor: BlockEditor, event: QKeyEvent) -> bool:
    if event.matches(_STANDARD.MoveToStartOfDocument) or event.matches(_STANDARD.MoveToEndOfDocument):
        editor.close_group()
        editor.host.scroll("start" if event.matches(_STANDARD.MoveToStartOfDocument) else "end")
        return True
    if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        editor.host.scroll("page up" if event.key() == Qt.Key.Key_PageUp else "page down")
        return True
    for standard, step, sideways in (
        (_STANDARD.MoveToNextLine, 1, False),
        (_STANDARD.MoveToPreviousLine, -1, False),
        (_STANDARD.MoveToNextChar, 1, True),
        (_STANDARD.MoveToPreviousChar, -1, True),
    ):
        if event.matches(standard):
            editor.close_group()
            return _step(editor, step, sideways)
    return False


def _step(editor: BlockEditor, step: int, sideways: bool) -> bool:
    cursor = editor.textCursor()
    block = cursor.block()
    if kind_of(block) is Kind.WHOLE:
        beside = block.next() if step > 0 else block.previous()
        if beside.isValid():
            moved = QTextCursor(beside)
            if step < 0:
                moved.movePosition(_END)
            editor.setTextCursor(moved)
            return True
        editor.host.cross(editor, step, 0)
        return True
    if sideways:
        at_edge = cursor.atEnd() if step > 0 else cursor.atStart()
        if at_edge and not cursor.hasSelection():
            editor.host.cross(editor, step, 0)
            return True
        return False
    down, up = QTextCursor.MoveOperation.Down, QTextCursor.MoveOperation.Up
    if not QTextCursor(cursor).movePosition(down if step > 0 else up):
        editor.host.cross(editor, step, editor.cursorRect().x())
        return True
    return False
