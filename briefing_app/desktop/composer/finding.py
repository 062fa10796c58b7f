"""Finding words over all sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextBlock, QTextCursor

from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.properties import Kind
from briefing_app.desktop.composer.reader import blocks_of, kind_of, node_of
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.desktop.utf16 import Positions
from briefing_app.model.block import Quotation

Hit = tuple[TextView, int, int]  # the view, start and end in its document


def pattern_of(text: str, *, case_sensitive: bool, whole_words: bool) -> re.Pattern[str]:
    """What is looked for, as a pattern."""
    words = re.escape(text)
    return re.compile(rf"\b{words}\b" if whole_words else words, re.NOFLAG if case_sensitive else re.IGNORECASE)


def hits_in(view: TextView, pattern: re.Pattern[str]) -> Iterator[Hit]:
    """Every place of the pattern in a view; a quoted passage is one place however often it has the words."""
    for block in blocks_of(view.document()):
        if kind_of(block) is Kind.WHOLE:
            if pattern.search(_passage_text(view, block)):
                yield view, block.position(), block.position() + block.length() - 1
            continue
        text = block.text()
        positions = Positions(text)
        for found in pattern.finditer(text):
            if found.end() > found.start():
                low, high = positions.to_utf16(found.start()), positions.to_utf16(found.end())
                yield view, block.position() + low, block.position() + high


def _passage_text(view: TextView, block: QTextBlock) -> str:
    if not isinstance(view, BlockEditor):
        return ""
    node = view.text.node(node_of(block))
    excerpt = view.context.labels.excerpts.get(node.excerpt_id) if isinstance(node, Quotation) else None
    if excerpt is None:
        return ""
    return excerpt.text + ("\n" + excerpt.translation.text if excerpt.translation else "")


def next_hit(
    views: Sequence[TextView], current: TextView | None, pattern: re.Pattern[str], *, backward: bool
) -> Hit | None:
    """The next place after the caret, or before it; around the ends where need be."""
    hits = [hit for view in views for hit in hits_in(view, pattern)]
    if not hits:
        return None
    order = {view: number for number, view in enumerate(views)}
    cursor = current.textCursor() if current is not None else QTextCursor()
    here = order.get(current, 0) if current is not None else 0
    if backward:
        place = (here, cursor.selectionStart() if current is not None else 0)
        before = [hit for hit in hits if (order[hit[0]], hit[1]) < place]
        return before[-1] if before else hits[-1]
    place = (here, cursor.selectionEnd() if current is not None else 0)
    return next((hit for hit in hits if (order[hit[0]], hit[1]) >= place), hits[0])
