"""Drafts in plain text: paragraphs, headings by their look, lists by their marks. No character is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from briefing_app.model.block import Block, ListBlock, ListItem, Paragraph
from briefing_app.model.draft import Draft, DraftHeading, DraftPart
from briefing_app.model.inline import Inline, Inlines, LineBreak, Text
from briefing_app.readers.decoding import decode
from briefing_app.readers.language import detect_language
from briefing_app.readers.plain_text import PlainBlock, TextLine, plain_blocks, split_mark, title_number

NewId = Callable[[], str]


def draft_of_text(data: bytes, new_id: NewId) -> Draft:
    """A draft from a text file of any encoding."""
    text = decode(data)
    blocks = plain_blocks(text)
    title = title_number(blocks)
    parts: list[DraftPart] = []
    pending: list[TextLine] = []
    for number, block in enumerate(blocks):
        if number == title:
            continue
        if block.heading:
            parts += _lists(pending, new_id)
            parts.append(DraftHeading(1, (Text(block.text.strip()),)))
            continue
        opening, items = _split_block(block)
        if opening:
            parts += _lists(pending, new_id)
            parts.append(Paragraph(new_id(), lines_to_inlines(opening)))
        pending += items
    parts += _lists(pending, new_id)
    return Draft(
        parts=tuple(parts),
        title=blocks[title].text.strip() if title >= 0 else "",
        language=detect_language(text),
    )


def lines_to_inlines(lines: list[str]) -> Inlines:
    """Lines of text with forced breaks between them."""
    inlines: list[Inline] = []
    for line in lines:
        if inlines:
            inlines.append(LineBreak())
        if line:
            inlines.append(Text(line))
    return tuple(inlines)


def _split_block(block: PlainBlock) -> tuple[list[str], list[TextLine]]:
    """The lines before the block's list, and the list's lines; a number inside a paragraph must be 1 to start one."""
    lines = [split_mark(line) for line in block.lines]
    for number, line in enumerate(lines):
        if line.bullet or (line.number >= 0 and (number == 0 or line.number == 1)):
            return [entry.strip() for entry in block.lines[:number]], lines[number:]
    return [line.strip() for line in block.lines], []


@dataclass(slots=True)
class _Item:
    lines: list[str]
    mark: TextLine
    inner: list[_Item] = field(default_factory=list)


def _lists(pending: list[TextLine], new_id: NewId) -> list[Block]:
    """Make the collected list lines into lists, nested by indentation, and empty ``pending``."""
    top: list[_Item] = []
    stack: list[_Item] = []
    for line in pending:
        if not line.is_item:  # the next line of the item above it
            stack[-1].lines.append(line.text)
            continue
        while stack and line.indent < stack[-1].mark.indent + 2:
            stack.pop()
        item = _Item([line.text], line)
        (stack[-1].inner if stack else top).append(item)
        stack.append(item)
    pending.clear()
    return list(_runs(top, new_id))


def _runs(items: list[_Item], new_id: NewId) -> list[ListBlock]:
    """Neighbouring items of one kind, numbered ones only while they count on, as one list."""
    groups: list[list[_Item]] = []
    for item in items:
        last = groups[-1][-1].mark if groups else None
        if last is not None and (item.mark.number == last.number + 1 if last.number >= 0 else item.mark.number < 0):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_list_block(group, new_id) for group in groups]


def _list_block(group: list[_Item], new_id: NewId) -> ListBlock:
    first = group[0].mark.number
    items = []
    for item in group:
        words = Paragraph(new_id(), lines_to_inlines(item.lines))
        items.append(ListItem(new_id(), (words, *_runs(item.inner, new_id))))
    return ListBlock(new_id(), tuple(items), ordered=first >= 0, start=max(first, 1))
