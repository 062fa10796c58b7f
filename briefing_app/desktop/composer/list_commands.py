"""Lists and quotations of own words in a text document: finding the neighbours, setting new paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.frames import Path, decode_path
from briefing_app.desktop.composer.properties import Kind, Prop
from briefing_app.desktop.composer.reader import entries_of, kind_of, node_of
from briefing_app.desktop.composer.sync import SectionText, place_of

Change = Callable[[Sequence[Path], Sequence[int]], list[Path]]


def table_of(cursor: QTextCursor) -> QTextTable | None:
    """The table around a cursor, or None."""
    table: object = cursor.currentTable()
    return table if isinstance(table, QTextTable) else None


def neighbours(document: QTextDocument, position: int) -> list[QTextBlock]:
    """The blocks that stand together with the one at ``position``: in its cell, or between tables."""
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    inside = table_of(cursor)
    entries = entries_of(inside.cellAt(position) if inside is not None else document.rootFrame())
    together: list[QTextBlock] = []
    found = False
    for entry in entries:
        if not isinstance(entry, QTextBlock):
            if found:
                break
            together = []
            continue
        together.append(entry)
        found = found or entry.contains(position)
    return together


def path_of(block: QTextBlock) -> Path:
    """The lists and the quotation around a block."""
    return decode_path(block.blockFormat().stringProperty(Prop.PATH))


def change_paths(cursor: QTextCursor, context: Context, text: SectionText, change: Change) -> bool:
    """Give the paragraphs of the selection, and those around them, the paths that ``change`` says. True if any."""
    blocks = neighbours(cursor.document(), cursor.selectionStart())
    paths = [path_of(block) for block in blocks]
    low, high = cursor.selectionStart(), cursor.selectionEnd()
    chosen = [
        index
        for index, block in enumerate(blocks)
        if block.position() <= high
        and block.position() + block.length() > low
        and kind_of(block) in (Kind.PARAGRAPH, Kind.VOID)
    ]
    if not chosen:
        return False
    changed = change(paths, chosen)
    text.mark_structural()
    cursor = QTextCursor(cursor.document())
    cursor.beginEditBlock()
    for block, before, after in zip(blocks, paths, changed, strict=True):
        if before != after:
            set_path(block, after, context)
    cursor.endEditBlock()
    return changed != paths


def set_path(block: QTextBlock, path: Path, context: Context) -> None:
    """Put a paragraph into other lists, or into none."""
    mark = block.blockFormat().stringProperty(Prop.MARK)
    made = context.styles.block(node_of(block), Kind.PARAGRAPH, path, mark, place_of(block))
    QTextCursor(block).setBlockFormat(made)
