"""Exchanging a run of a section's blocks inside its text document, without writing the rest anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from briefing_app.desktop.composer.geometry import home_of, homes_of
from briefing_app.desktop.composer.reader import blocks_of
from briefing_app.desktop.composer.styles import Styles
from briefing_app.desktop.composer.writer import BlockWriter
from briefing_app.model.block import Block


def span_of(document: QTextDocument, blocks: Sequence[Block], start: int, end: int) -> tuple[QTextBlock, int] | None:
    """The last block of the document before the section's block ``start``, and the position where ``end`` begins.

    The position is just behind the last block that goes. None where the document's blocks are not in order.
    """
    homes = homes_of(blocks)
    before: QTextBlock | None = None
    behind = -1
    for block in blocks_of(document):
        home = home_of(block, homes)
        if home is None:
            return None
        if home < start:
            before = block
        elif home < end:
            behind = block.position() + block.length() - 1
    if before is None:
        return None
    return before, max(behind, before.position() + before.length() - 1)


def write_between(
    document: QTextDocument, span: tuple[QTextBlock, int], blocks: Sequence[Block], styles: Styles
) -> None:
    """Take out what stands behind the span's block, up to its position, and write ``blocks`` there."""
    before, behind = span
    made, plain = before.blockFormat(), before.charFormat()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setPosition(before.position() + before.length() - 1)
    if behind > cursor.position():
        cursor.setPosition(behind, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(made)
        cursor.setBlockCharFormat(plain)
    BlockWriter(cursor, styles, "body", started=True).write(blocks)
    cursor.endEditBlock()
