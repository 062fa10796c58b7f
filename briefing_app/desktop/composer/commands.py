"""Commands on the text around the caret, as a toolbar, a menu or a key gives them."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_app.app.ids import new_id
from briefing_app.desktop.composer import list_paths
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.frames import Path
from briefing_app.desktop.composer.list_commands import change_paths
from briefing_app.desktop.composer.model_commands import marked
from briefing_app.desktop.composer.properties import Kind, Prop
from briefing_app.desktop.composer.reader import kind_of, node_of
from briefing_app.model.block import Quotation
from briefing_app.model.briefing import walk
from briefing_app.model.edit import Batch, Edit, Move


def toggle_list(editor: BlockEditor, *, ordered: bool) -> None:
    """Make the chosen paragraphs a list of this kind, or end it."""

    def change(paths: Sequence[Path], chosen: Sequence[int]) -> list[Path]:
        return list_paths.toggle_list(paths, chosen, ordered, new_id)

    editor.commit()
    if change_paths(editor.textCursor(), editor.context, editor.text, change):
        editor.commit("Numbered list" if ordered else "Bullet list")


def make_quotation(editor: BlockEditor) -> None:
    """Make the chosen paragraphs a block quotation of own words, or end it. Nothing happens inside a table."""
    editor.commit()
    if editor.textCursor().currentTable() is not None:
        editor.host.report("A block quotation cannot stand inside a table. Put it before or after the table.")
        return

    def change(paths: Sequence[Path], chosen: Sequence[int]) -> list[Path]:
        return list_paths.toggle_quotation(paths, chosen, new_id)

    if change_paths(editor.textCursor(), editor.context, editor.text, change):
        editor.commit("Block quotation")


def set_mark(editor: BlockEditor, mark: str) -> None:
    """Set the portion mark of the chosen blocks; an empty one takes it away. A table's is set from inside it."""
    editor.commit()
    briefing = editor.host.briefing()
    if briefing is None:
        return
    edits: list[Edit] = []
    for node in _chosen_nodes(editor):
        edit = marked(briefing, node, mark)
        if edit is not None and edit not in edits:
            edits.append(edit)
    if edits:
        caret = editor.caret()
        editor.host.submit(Batch("Portion mark", tuple(edits)), "Portion mark", before=caret, after=caret)


def _chosen_nodes(editor: BlockEditor) -> list[str]:
    cursor = editor.textCursor()
    table = cursor.currentTable()
    if table is not None:
        return [table.format().stringProperty(Prop.TABLE)]
    homes = {node.id: block for block in editor.text.blocks for node in ((block, *getattr(block, "paragraphs", ())))}
    nodes: list[str] = []
    block = editor.document().findBlock(cursor.selectionStart())
    while block.isValid() and block.position() <= cursor.selectionEnd():
        if kind_of(block) is not Kind.VOID:
            home = homes.get(node_of(block))
            nodes.append(home.id if isinstance(home, Quotation) else node_of(block))
        block = block.next()
    return nodes


def move_whole(editor: BlockEditor, step: int) -> bool:
    """Move the section's block around the caret one place up (-1) or down (1). False where it cannot go there."""
    editor.commit()
    caret, blocks = editor.caret(), editor.text.blocks
    if caret is None:
        return False
    index = next((i for i, block in enumerate(blocks) if any(n.id == caret.node_id for n in walk(block))), -1)
    if index < 0 or not 0 <= index + step < len(blocks):
        return False
    edit = Move(blocks[index].id, editor.section_id, index + step)
    return editor.host.submit(edit, "Move block", before=caret, after=caret)


def delete_across(editor: BlockEditor) -> bool:
    """Take what is selected out, where it is more than words of one paragraph, as a step of that name."""
    cursor = editor.textCursor()
    document = editor.document()
    if document.findBlock(cursor.selectionStart()) == document.findBlock(cursor.selectionEnd()):
        return False
    cursor.removeSelectedText()
    editor.setTextCursor(cursor)
    editor.commit("Delete")
    return True
