"""Entries of a Word document to blocks: items to nested lists, quoted paragraphs to quotations, captions placed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from briefing_app.model.block import Block, ListBlock, ListItem, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.draft import DraftHeading, DraftPart
from briefing_app.model.inline import Inline, Inlines, LineBreak, Text
from briefing_app.readers.docx_entry import Entry, plain_heading

NewId = Callable[[], str]


def assemble(entries: list[Entry], new_id: NewId) -> list[DraftPart]:
    """The parts of a draft, in the order of the entries."""
    parts: list[DraftPart] = []
    for group in _groups(_captioned(entries)):
        first = group[0]
        if first.kind == "item":
            parts += make_lists(group, new_id)
        elif first.kind == "quote":
            paragraphs = tuple(Paragraph(new_id(), entry.content) for entry in group)
            parts.append(Quotation(new_id(), paragraphs=paragraphs))
        elif first.kind in ("heading", "title"):
            parts.append(DraftHeading(max(first.level, 1), plain_heading(first.content)))
        elif first.block is not None:
            parts.append(first.block)
        else:
            parts.append(Paragraph(new_id(), first.content))
    return _without_idle_breaks(parts)


def flow(entries: list[Entry], new_id: NewId) -> tuple[list[Paragraph | ListBlock], list[Block], int]:
    """What a cell can hold, what it cannot (pictures), and how many tables in it became lines of text."""
    blocks: list[Paragraph | ListBlock] = []
    others: list[Block] = []
    tables = 0
    for group in _groups(entries):
        first = group[0]
        if first.kind == "item":
            blocks += make_lists(group, new_id)
        elif isinstance(first.block, Table):
            tables += 1
            blocks += _table_lines(first.block, new_id)
        elif isinstance(first.block, Picture):
            others.append(first.block)
        elif first.block is None:
            blocks += [Paragraph(new_id(), entry.content) for entry in group]
    return blocks, others, tables


def _groups(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Neighbouring list items together, neighbouring quoted paragraphs together, anything else alone."""
    group: list[Entry] = []
    for entry in entries:
        if group and (entry.kind not in ("item", "quote") or entry.kind != group[0].kind):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _captioned(entries: list[Entry]) -> list[Entry]:
    """Captions moved into the table after them, or the picture or table before them."""
    found: list[Entry] = []
    for number, entry in enumerate(entries):
        if entry.kind != "caption":
            found.append(entry)
            continue
        after = entries[number + 1].block if number + 1 < len(entries) else None
        before = found[-1].block if found else None
        if isinstance(before, Picture) and not before.caption:
            found[-1] = replace(found[-1], block=replace(before, caption=entry.content))
        elif isinstance(after, Table) and not after.caption:
            entries[number + 1] = replace(entries[number + 1], block=replace(after, caption=entry.content))
        elif isinstance(before, Table) and not before.caption:
            found[-1] = replace(found[-1], block=replace(before, caption=entry.content))
        elif isinstance(after, Picture) and not after.caption:
            entries[number + 1] = replace(entries[number + 1], block=replace(after, caption=entry.content))
        else:
            found.append(replace(entry, kind="paragraph"))
    return found


@dataclass(slots=True)
class _Item:
    entry: Entry
    level: int
    ordered: bool
    value: int
    list_id: str
    inner: list[_Item] = field(default_factory=list)


def make_lists(entries: list[Entry], new_id: NewId) -> list[ListBlock]:
    """Items in a row as lists, nested by their levels."""
    top: list[_Item] = []
    stack: list[_Item] = []
    for entry in entries:
        place = entry.place
        if place is None:
            continue
        while stack and stack[-1].level >= place.level:
            stack.pop()
        item = _Item(entry, place.level, place.ordered, place.value, place.list_id)
        (stack[-1].inner if stack else top).append(item)
        stack.append(item)
    return _runs(top, new_id)


def _runs(items: list[_Item], new_id: NewId) -> list[ListBlock]:
    groups: list[list[_Item]] = []
    for item in items:
        last = groups[-1][-1] if groups else None
        same = last is not None and last.ordered == item.ordered and last.level == item.level
        if last is not None and same and (item.value == last.value + 1 if item.ordered else True):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_list_block(group, new_id) for group in groups]


def _list_block(group: list[_Item], new_id: NewId) -> ListBlock:
    items = tuple(
        ListItem(new_id(), (Paragraph(new_id(), item.entry.content), *_runs(item.inner, new_id))) for item in group
    )
    return ListBlock(new_id(), items, ordered=group[0].ordered, start=max(group[0].value, 0))


def _table_lines(table: Table, new_id: NewId) -> list[Paragraph]:
    """A table's rows as paragraphs, cells divided by tabs."""
    lines = [Paragraph(new_id(), table.caption)] if table.caption else []
    for row in table.rows:
        content: list[Inline] = []
        for cell in row.cells:
            words = _cell_words(cell.blocks)
            if words:
                content += [Text("\t"), *words] if content else words
        if content:
            lines.append(Paragraph(new_id(), tuple(content)))
    return lines


def _cell_words(blocks: tuple[Paragraph | ListBlock, ...]) -> Inlines:
    content: list[Inline] = []
    pending = list(blocks)
    while pending:
        block = pending.pop(0)
        if isinstance(block, ListBlock):
            pending[:0] = [inner for item in block.items for inner in item.blocks]
        elif block.content:
            content += [LineBreak(), *block.content] if content else block.content
    return tuple(content)


def _without_idle_breaks(parts: list[DraftPart]) -> list[DraftPart]:
    """Page breaks only where they part something: none at either end, none twice."""
    kept: list[DraftPart] = []
    for part in parts:
        if isinstance(part, PageBreak) and (not kept or isinstance(kept[-1], PageBreak)):
            continue
        kept.append(part)
    while kept and isinstance(kept[-1], PageBreak):
        kept.pop()
    return kept
