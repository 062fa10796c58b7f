"""Finding words over all sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock

from briefing_app.app.replacing import Pattern, matches
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.properties import Kind
from briefing_app.desktop.composer.reader import blocks_of, kind_of, node_of
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.desktop.utf16 import Positions
from briefing_app.model.block import Quotation

LINE_SEPARATOR = "\u2028"  # what Qt has for a line break inside a paragraph

Hit = tuple[TextView, int, int]  # the view, start and end in its document


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, which is number ``number`` (from 1) of ``total``."""

    hit: Hit
    number: int
    total: int


def hits_in(view: TextView, pattern: Pattern) -> Iterator[Hit]:
    """Every place of the pattern in a view; a quoted passage is one place however often it has the words."""
    for block in blocks_of(view.document()):
        if kind_of(block) is Kind.WHOLE:
            if matches(pattern, _passage_text(view, block)):
                yield view, block.position(), block.position() + block.length() - 1
            continue
        text = block.text()
        positions = Positions(text)
        for found in matches(pattern, text.replace(LINE_SEPARATOR, "\n")):
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


def next_hit(views: Sequence[TextView], current: TextView | None, pattern: Pattern, *, backward: bool) -> Found | None:
    """The next place after the caret, or before it; around the ends where need be. Raises UsageError as ``matches``."""
    hits = [hit for view in views for hit in hits_in(view, pattern)]
    if not hits:
        return None
    order = {view: number for number, view in enumerate(views)}
    place = (-1, 0)
    if current in order:
        cursor = current.textCursor()
        place = (order[current], cursor.selectionStart() if backward else cursor.selectionEnd())
    numbered = list(enumerate(hits, 1))
    if backward:
        before = [one for one in numbered if (order[one[1][0]], one[1][1]) < place]
        number, hit = before[-1] if before else numbered[-1]
    else:
        number, hit = next((one for one in numbered if (order[one[1][0]], one[1][1]) >= place), numbered[0])
    return Found(hit, number, len(hits))
