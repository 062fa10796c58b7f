"""Blocks of a section into a text document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor, QTextDocument

from briefing_app.desktop.composer.frames import Leaf, Path, flatten
from briefing_app.desktop.composer.inlines import write_inlines
from briefing_app.desktop.composer.properties import OBJECT, Kind
from briefing_app.desktop.composer.styles import Place, Styles
from briefing_app.desktop.composer.tables import is_regular, write_table
from briefing_app.model.block import Block, Paragraph, Picture, Table
from briefing_app.model.inline import Inlines


def write_document(document: QTextDocument, blocks: Sequence[Block], styles: Styles) -> None:
    """Fill an empty document with the blocks of a section."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    BlockWriter(cursor, styles, "body").write(blocks)
    cursor.endEditBlock()


class BlockWriter:
    """Writes blocks from the cursor on. The block that the cursor stands in is used first, and must
    be empty, unless ``started`` says that it belongs to what is there already."""

    def __init__(self, cursor: QTextCursor, styles: Styles, place: Place, *, started: bool = False) -> None:
        self._cursor = cursor
        self._styles = styles
        self._place = place
        self._started = started

    def write(self, blocks: Sequence[Block]) -> None:
        """Write ``blocks``, or one void block where there are none."""
        for leaf in flatten(blocks):
            self._leaf(leaf)
        if not self._started:
            self._open("", Kind.VOID, ())

    def _leaf(self, leaf: Leaf) -> None:
        block = leaf.block
        match block:
            case None:
                self._open("", Kind.VOID, leaf.path)
            case Paragraph():
                self._open(block.id, Kind.PARAGRAPH, leaf.path, block.mark)
                write_inlines(self._cursor, block.content, self._styles, self._place)
            case Table() if is_regular(block):
                self._table(block)
            case _:
                self._open(block.id, Kind.WHOLE, leaf.path)
                self._cursor.insertText(OBJECT, self._styles.whole(block.id))
                if isinstance(block, Picture):
                    self._caption(block.id, block.caption)

    def _open(self, node: str, kind: Kind, path: Path, mark: str = "") -> None:
        made = self._styles.block(node, kind, path, mark, self._place)
        plain = self._styles.plain(kind, self._place)
        if self._started:
            self._cursor.insertBlock(made, plain)
        else:
            self._cursor.setBlockFormat(made)
            self._cursor.mergeBlockCharFormat(plain)  # a cell keeps its own format in that of its first block
        self._started = True

    def _caption(self, node: str, caption: Inlines, mark: str = "") -> None:
        self._open(node, Kind.CAPTION, (), mark)
        write_inlines(self._cursor, caption, self._styles, "caption")

    def _table(self, table: Table) -> None:
        if not self._started:
            self._open("", Kind.VOID, ())
        written = write_table(self._cursor, table, self._styles, write_cell)
        self._cursor.setPosition(written.lastPosition() + 1)
        self._cursor.setBlockFormat(self._styles.block(table.id, Kind.CAPTION, (), table.mark))
        self._cursor.setBlockCharFormat(self._styles.plain(Kind.CAPTION, "body"))
        write_inlines(self._cursor, table.caption, self._styles, "caption")


def write_cell(cursor: QTextCursor, blocks: Sequence[Block], styles: Styles, place: Place) -> None:
    """Fill a table's cell."""
    BlockWriter(cursor, styles, place).write(blocks)
