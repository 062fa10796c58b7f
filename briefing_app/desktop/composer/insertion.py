"""Edits that put something at the caret. Pure: from a section and a caret to edits, and where the caret goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from briefing_app.app.history import Caret
from briefing_app.desktop.composer.inlines import inlines_length, slice_inlines
from briefing_app.model.block import Block, ListBlock, ListItem, Node, Paragraph, Quotation, Section
from briefing_app.model.briefing import Briefing, children, walk
from briefing_app.model.edit import Edit, Insert, Remove, Replace, SetText
from briefing_app.model.inline import Inlines, merge_texts
from briefing_app.model.plain import inlines_of

FreshId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Insertion:
    """The edits, and the caret after them."""

    edits: tuple[Edit, ...]
    after: Caret | None


def insert_inlines(
    briefing: Briefing, section: Section, caret: Caret | None, new: Inlines, fresh: FreshId
) -> Insertion:
    """Put inlines at the caret; where it is in no words, into a new paragraph at the section's end."""
    node = briefing.node(caret.node_id) if caret is not None else None
    if caret is None or node is None or not takes_inlines(node):
        index = index_after(section, caret)
        return insert_blocks_at(section, index, (Paragraph(fresh(), new),))
    old = inlines_of(node)
    content = merge_texts(
        (*slice_inlines(old, 0, caret.offset), *new, *slice_inlines(old, caret.offset, inlines_length(old)))
    )
    return Insertion((SetText(node.id, content),), Caret(node.id, caret.offset + inlines_length(new)))


def takes_inlines(node: Node) -> bool:
    """True for a paragraph, a heading, and what has a caption."""
    return node.type in ("paragraph", "section", "table", "picture")


def index_after(section: Section, caret: Caret | None) -> int:
    """The place after the section's block in which the caret is; its end where the caret is in none."""
    if caret is not None:
        for index, block in enumerate(section.blocks):
            if any(node.id == caret.node_id for node in walk(block)):
                return index + 1
    return len(section.blocks)


def insert_blocks_at(section: Section, index: int, blocks: Sequence[Block]) -> Insertion:
    """Put blocks before block number ``index`` of the section."""
    index = max(0, min(index, len(section.blocks)))
    edits = tuple(Insert(section.id, index + number, block) for number, block in enumerate(blocks))
    return Insertion(edits, end_of(blocks[-1]) if blocks else None)


def insert_blocks_after(section: Section, caret: Caret | None, blocks: Sequence[Block]) -> Insertion:
    """Put blocks after the caret's block; an empty paragraph at the caret gives way to them."""
    index = index_after(section, caret)
    here = section.blocks[index - 1] if 0 < index <= len(section.blocks) else None
    if isinstance(here, Paragraph) and not here.content and blocks and caret is not None:
        rest = insert_blocks_at(section, index, blocks[1:])
        return Insertion((Replace(here.id, blocks[0]), *rest.edits), end_of(blocks[-1]))
    return insert_blocks_at(section, index, blocks)


def paste_blocks(
    briefing: Briefing, section: Section, caret: Caret | None, blocks: Sequence[Block], fresh: FreshId
) -> Insertion:
    """Put several blocks at the caret: inside a paragraph, its words are divided around them."""
    parent = _parent_of(section, caret.node_id) if caret is not None else None
    node = briefing.node(caret.node_id) if caret is not None else None
    if caret is None or parent is None or not isinstance(node, Paragraph):
        return insert_blocks_after(section, caret, blocks)
    fitting: list[Block] = [block for block in blocks if _fits(parent, block)]
    if len(fitting) < len(blocks):
        fitting = [Paragraph(fresh(), words) for words in words_of(blocks)]
    index = children(parent).index(node)
    return _divide(node, parent, index, caret.offset, fitting, fresh)


def _divide(
    node: Paragraph, parent: Node, index: int, offset: int, blocks: Sequence[Block], fresh: FreshId
) -> Insertion:
    before = slice_inlines(node.content, 0, offset)
    behind = slice_inlines(node.content, offset, inlines_length(node.content))
    rest = list(blocks)
    head = before
    if isinstance(rest[0], Paragraph) and (before or len(rest) > 1 or behind):
        head = merge_texts((*before, *cast(Paragraph, rest.pop(0)).content))
    edits: list[Edit] = [SetText(node.id, head)]
    after: Caret | None = Caret(node.id, inlines_length(head))
    if rest:
        last = rest[-1]
        after = end_of(last)
        if isinstance(last, Paragraph):
            rest[-1] = replace(last, content=merge_texts((*last.content, *behind)))
        elif behind:
            rest.append(Paragraph(fresh(), behind, node.mark))
    elif behind:
        edits = [SetText(node.id, merge_texts((*head, *behind)))]
    if rest and not head:
        edits, index = [Remove(node.id)], index - 1
    edits.extend(Insert(parent.id, index + 1 + number, block) for number, block in enumerate(rest))
    return Insertion(tuple(edits), after)


def _parent_of(section: Section, node_id: str) -> Node | None:
    for node in walk(section):
        if node is section or node.type != "section":
            for child in node.blocks if isinstance(node, Section) else children(node):
                if child.id == node_id:
                    return node
    return None


def _fits(parent: Node, block: Block) -> bool:
    match parent:
        case Section():
            return True
        case Quotation():
            return isinstance(block, Paragraph)
        case _:
            return isinstance(block, Paragraph | ListBlock)


def words_of(blocks: Sequence[Block]) -> list[Inlines]:
    """The inlines of every paragraph and caption in ``blocks``, in order."""
    found = [inlines_of(node) for block in blocks for node in walk(block)]
    return [words for words in found if words] or [()]


def end_of(block: Node) -> Caret | None:
    """The caret at the end of a block's words, or on a block that is one thing."""
    if isinstance(block, ListBlock | ListItem) or (isinstance(block, Quotation) and not block.excerpt_id):
        inner = [node for node in walk(block) if isinstance(node, Paragraph)]
        return end_of(inner[-1]) if inner else None
    if block.type == "table":
        first = next((node for node in walk(block) if isinstance(node, Paragraph)), None)
        return Caret(first.id, 0) if first is not None else Caret(block.id, 0)
    return Caret(block.id, inlines_length(inlines_of(block)))
