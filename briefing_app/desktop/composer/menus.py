"""The menu of a section's text."""

from __future__ import annotations

import functools

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QTextCursor
from PySide6.QtWidgets import QMenu

from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.composer_commands import ComposerCommands
from briefing_app.desktop.composer.packing import unpack
from briefing_app.desktop.composer.properties import OBJECT, Objects, Prop
from briefing_app.desktop.composer.reader import node_of
from briefing_app.model.block import Picture, Quotation
from briefing_app.model.inline import Citation, Note
from briefing_app.model.marking import TLP_LABELS


def show_menu(composer: ComposerCommands, editor: BlockEditor, point: QPoint) -> None:
    """Open the menu at a point of the screen."""
    menu = build_menu(composer, editor)
    menu.popup(point)


def build_menu(composer: ComposerCommands, editor: BlockEditor) -> QMenu:
    """The menu for what is at the caret; it deletes itself when it closes."""
    menu = QMenu(editor)
    menu.aboutToHide.connect(menu.deleteLater)
    _add_object(menu, composer, editor)
    selected = editor.textCursor().hasSelection()
    for text, keys, slot, enabled in (
        ("Cut", QKeySequence.StandardKey.Cut, editor.cut, selected),
        ("Copy", QKeySequence.StandardKey.Copy, editor.copy, selected),
        ("Paste", QKeySequence.StandardKey.Paste, editor.paste, editor.canPaste()),
    ):
        action = menu.addAction(text, slot)
        action.setShortcut(keys)
        action.setEnabled(enabled)
    menu.addSeparator()
    menu.addAction("Link…", composer.request_link)
    menu.addAction("Note…", lambda: composer.note_requested.emit(""))
    menu.addAction("Block quotation", composer.make_quotation)
    if editor.textCursor().currentTable() is not None:
        _add_table(menu, composer)
    _add_marks(menu, composer)
    menu.addSeparator()
    menu.addAction("What the template asks here", composer.toggle_hint)
    menu.addAction("Move block up", lambda: composer.move_block(-1))
    menu.addAction("Move block down", lambda: composer.move_block(1))
    return menu


def _add_object(menu: QMenu, composer: ComposerCommands, editor: BlockEditor) -> None:
    node = editor.text.node(node_of(editor.textCursor().block()))
    match node:
        case Quotation(excerpt_id=excerpt_id) if excerpt_id:
            menu.addAction("Open source", lambda: composer.citation_activated.emit(excerpt_id))
            menu.addAction("Translation…", lambda: composer.translation_requested.emit(excerpt_id))
            shown = menu.addAction("Show translation", lambda: composer.set_translated(node.id, not node.translated))
            shown.setCheckable(True)
            shown.setChecked(node.translated)
        case Picture():
            menu.addAction("Alt text…", lambda: composer.picture_requested.emit(node.id))
    inline = inline_at(editor.textCursor())
    if isinstance(inline, Citation):
        menu.addAction("Open source", lambda: composer.citation_activated.emit(inline.excerpt_id))
        menu.addAction("Translation…", lambda: composer.translation_requested.emit(inline.excerpt_id))
    elif isinstance(inline, Note):
        menu.addAction("Edit note…", lambda: composer.note_requested.emit(inline.id))
    if menu.actions():
        menu.addSeparator()


def inline_at(cursor: QTextCursor) -> Citation | Note | None:
    """The citation or note beside the caret, the one before it first."""
    document, position = cursor.document(), cursor.position()
    for place in (position, position + 1):
        if place > 0 and document.characterAt(place - 1) == OBJECT:
            probe = QTextCursor(document)
            probe.setPosition(place)
            made = probe.charFormat()
            if made.objectType() in (Objects.CITATION, Objects.NOTE):
                return unpack(made.stringProperty(Prop.INLINE))
    return None


def _add_table(menu: QMenu, composer: ComposerCommands) -> None:
    table = menu.addMenu("Table")
    for text, slot in (
        ("Row above", lambda: composer.add_row(above=True)),
        ("Row below", composer.add_row),
        ("Column before", lambda: composer.add_column(before=True)),
        ("Column after", composer.add_column),
        ("Remove row", composer.remove_row),
        ("Remove column", composer.remove_column),
        ("Merge cells", composer.merge_cells),
        ("Split cell", composer.split_cell),
        ("Remove table", composer.remove_table),
    ):
        table.addAction(text, slot)


def _add_marks(menu: QMenu, composer: ComposerCommands) -> None:
    marks = menu.addMenu("Portion mark")
    present = composer.current_format().mark
    for label in ("", *TLP_LABELS):
        action = marks.addAction(label or "None", functools.partial(composer.set_mark, label))
        action.setCheckable(True)
        action.setChecked(label == present)
