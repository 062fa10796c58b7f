"""Two briefings, compared: the door of this room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields

from briefing_app.app.comparing.essence import essence, inlines_essence
from briefing_app.app.comparing.evidence import alias_excerpts, compare_evidence
from briefing_app.app.comparing.matching import Part, Stand, match_blocks, match_sections, out_of_order, outline
from briefing_app.app.comparing.values import (
    BlockChange,
    Comparison,
    FieldChange,
    SectionChange,
    State,
)
from briefing_app.app.comparing.words import Aliases, difference, tokens_of, whole
from briefing_app.app.composing import section_name
from briefing_app.model.block import Block, Picture, Section, Table
from briefing_app.model.briefing import Briefing
from briefing_app.model.plain import inline_text

_KINDS = {
    "paragraph": "paragraph",
    "list": "list",
    "quotation": "block quotation",
    "table": "table",
    "picture": "picture",
    "page_break": "page break",
}


def compare(old: Briefing, new: Briefing) -> Comparison:
    """What became of ``old`` in ``new``, section by section.

    Sections are the same by id, by the template's key, or by a like heading; blocks by id or by like words, wherever
    they stand: one that stands elsewhere has *moved*. What moves inside a list or a table is told as its change.
    """
    sides = _Sides(old, new)
    parts = _compare_blocks(sides)
    return Comparison(
        old=old,
        new=new,
        sections=_compare_sections(sides, parts),
        evidence=compare_evidence(old, new, sides.aliases, sides.names),
        title_page=_title_page(old, new),
        form_changed=old.template != new.template,
    )


class _Sides:
    """Both briefings with their outlines, and which section of one is which of the other."""

    def __init__(self, old: Briefing, new: Briefing) -> None:
        self.old, self.new = old, new
        self.aliases: Aliases = alias_excerpts(old, new)
        both = (*old.all_sections(), *new.all_sections())
        self.names = {section.id: section_name(section) for section, _ in both}
        self.old_names = {section.id: section_name(section) for section, _ in old.all_sections()}
        self.before = outline(old, self.old_names)
        self.after = outline(new, self.names)
        self.now_of = match_sections(self.before, self.after)
        self.was_of = {now: was for was, now in self.now_of.items()}


def _title_page(old: Briefing, new: Briefing) -> tuple[FieldChange, ...]:
    found = []
    for field in fields(old.meta):
        before, after = str(getattr(old.meta, field.name)), str(getattr(new.meta, field.name))
        if before != after:
            found.append(FieldChange(field.name.replace("_", " "), before, after))
    return tuple(found)


# --- blocks


@dataclass(frozen=True, slots=True)
class _Row:
    """What is told of a block in a section: before which old block it stands in the old order, or at which new one."""

    change: BlockChange
    order: int


@dataclass(frozen=True, slots=True)
class _Blocks:
    """By section: what stands there in the new briefing, and what stood there and does not, by old orders."""

    standing: dict[str, list[_Row]]  # new section id; ``order`` is that of the old block that it comes from, or -1
    gone: dict[str, list[_Row]]  # old section id; ``order`` is that of the old block


def _parts(briefing: Briefing, aliases: Aliases) -> list[Part]:
    return [
        Part(block, section.id, order, essence(block, briefing, aliases), tokens_of(block, briefing, aliases))
        for section, _ in briefing.all_sections()
        for order, block in enumerate(section.blocks)
    ]


def _compare_blocks(sides: _Sides) -> _Blocks:
    old, new = _parts(sides.old, {}), _parts(sides.new, sides.aliases)
    pairs = match_blocks(old, new, sides.now_of)
    was = {now: before for before, now in pairs.items()}
    moved = _moved_within(old, new, pairs, sides)
    blocks = _Blocks(defaultdict(list), defaultdict(list))
    for number, part in enumerate(new):
        if number not in was:
            pieces = whole(part.tokens, added=True)
            change = BlockChange(state=State.ADDED, old=None, new=part.block, pieces=pieces)
            blocks.standing[part.section].append(_Row(change, -1))
            continue
        before = old[was[number]]
        stayed = sides.now_of.get(before.section) == part.section
        change = _pair(before, part, sides, moved=number in moved or not stayed, stayed=stayed)
        blocks.standing[part.section].append(_Row(change, before.order if stayed and number not in moved else -1))
        if not stayed:
            gone = BlockChange(
                state=State.SAME,
                old=before.block,
                new=part.block,
                moved=True,
                moved_from=sides.old_names[before.section],
                moved_to=sides.names[part.section],
                away=True,
                pieces=difference(before.tokens, before.tokens),
            )
            blocks.gone[before.section].append(_Row(gone, before.order))
    for number, part in enumerate(old):
        if number not in pairs:
            pieces = whole(part.tokens, added=False)
            change = BlockChange(state=State.REMOVED, old=part.block, new=None, pieces=pieces)
            blocks.gone[part.section].append(_Row(change, part.order))
    return blocks


def _moved_within(old: Sequence[Part], new: Sequence[Part], pairs: dict[int, int], sides: _Sides) -> set[int]:
    """Numbers of new parts that stand in their section still, in another order."""
    stayed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for before, now in sorted(pairs.items(), key=lambda one: one[1]):
        if sides.now_of.get(old[before].section) == new[now].section:
            stayed[new[now].section].append((old[before].order, now))
    found: set[int] = set()
    for section in stayed.values():
        found |= {section[place][1] for place in out_of_order(order for order, _ in section)}
    return found


def _pair(before: Part, after: Part, sides: _Sides, *, moved: bool, stayed: bool) -> BlockChange:
    same = before.essence == after.essence
    return BlockChange(
        state=State.SAME if same else State.CHANGED,
        old=before.block,
        new=after.block,
        moved=moved,
        moved_from="" if stayed else sides.old_names[before.section],
        moved_to="" if stayed else sides.names[after.section],
        pieces=difference(before.tokens, after.tokens),
        details=() if same else _details(before, after),
    )


def _details(before: Part, after: Part) -> tuple[str, ...]:
    """What differs between two blocks besides words."""
    old, new = before.block, after.block
    found = []
    if old.type != new.type:
        found.append(f"was a {_KINDS[old.type]}, is a {_KINDS[new.type]}")
    if isinstance(old, Picture) and isinstance(new, Picture) and old.media != new.media:
        found.append("another picture")
    if isinstance(old, Table) and isinstance(new, Table) and _shape(old) != _shape(new):
        found.append("other rows or columns")
    marks = _mark(old), _mark(new)
    if marks[0] != marks[1]:
        found.append(f"marking {marks[0] or 'none'} → {marks[1] or 'none'}")
    same_words = [token.key for token in before.tokens] == [token.key for token in after.tokens]
    if not found and same_words:
        found.append("other formatting")
    return tuple(found)


def _mark(block: Block) -> str:
    return getattr(block, "mark", "")


def _shape(table: Table) -> object:
    rows = [[(cell.column_span, cell.row_span) for cell in row.cells] for row in table.rows]
    return (table.header_rows, rows)


# --- sections


def _compare_sections(sides: _Sides, blocks: _Blocks) -> tuple[SectionChange, ...]:
    before = {stand.section.id: stand for stand in sides.before}
    moved = _moved_sections(sides, before)
    told: list[SectionChange] = []
    position: dict[str, int] = {}  # old section id -> where it is told
    for stand in sides.after:
        was = sides.was_of.get(stand.section.id)
        old = before[was] if was is not None else None
        told.append(_section(stand, old, sides, blocks, stand.section.id in moved))
    for index, change in enumerate(told):
        if change.old is not None:
            position[change.old.id] = index
    after: dict[int, list[SectionChange]] = defaultdict(list)
    last = -1
    for stand in sides.before:
        if stand.section.id in position:
            last = position[stand.section.id]
        else:
            after[last].append(_gone_section(stand, blocks))
    ordered = list(after[-1])
    for index, change in enumerate(told):
        ordered += [change, *after[index]]
    return tuple(ordered)


def _moved_sections(sides: _Sides, before: dict[str, Stand]) -> set[str]:
    """New ids of sections that stand under another section, or in another order among their siblings."""
    found: set[str] = set()
    stayed: dict[str, list[tuple[int, str]]] = defaultdict(list)
    homes = {**sides.now_of, sides.old.id: sides.new.id}
    for stand in sides.after:
        was = sides.was_of.get(stand.section.id)
        if was is None:
            continue
        if homes.get(before[was].parent) == stand.parent:
            stayed[stand.parent].append((before[was].index, stand.section.id))
        else:
            found.add(stand.section.id)
    for siblings in stayed.values():
        found |= {siblings[place][1] for place in out_of_order(index for index, _ in siblings)}
    return found


def _section(stand: Stand, was: Stand | None, sides: _Sides, blocks: _Blocks, moved: bool) -> SectionChange:
    section = stand.section
    if was is None:
        rows = _told(blocks.standing[section.id], [])
        return SectionChange(
            state=State.ADDED, old=None, new=section, name=sides.names[section.id], depth=stand.depth, path=stand.path,
            blocks=rows,
        )  # fmt: skip
    details = _section_details(was.section, section, sides)
    old_name, new_name = inline_text(was.section.heading), inline_text(section.heading)
    renamed = old_name if old_name != new_name else ""
    return SectionChange(
        state=State.CHANGED if details or old_name != new_name else State.SAME,
        old=was.section,
        new=section,
        name=sides.names[section.id],
        depth=stand.depth,
        path=stand.path,
        renamed_from=renamed,
        moved=moved,
        moved_from=was.path[-1] if moved and was.path and was.path != stand.path else "",
        details=details,
        blocks=_told(blocks.standing[section.id], blocks.gone[was.section.id]),
    )


def _gone_section(stand: Stand, blocks: _Blocks) -> SectionChange:
    section = stand.section
    return SectionChange(
        state=State.REMOVED, old=section, new=None, name=section_name(section), depth=stand.depth, path=stand.path,
        blocks=_told([], blocks.gone[section.id]),
    )  # fmt: skip


def _section_details(old: Section, new: Section, sides: _Sides) -> tuple[str, ...]:
    found = []
    if old.mark != new.mark:
        found.append(f"marking {old.mark or 'none'} → {new.mark or 'none'}")
    if old.show_heading != new.show_heading:
        found.append("heading is shown" if new.show_heading else "heading is no longer shown")
    if old.key != new.key:
        found.append("fills another section of the form")
    same_words = inline_text(old.heading) == inline_text(new.heading)
    if same_words and inlines_essence(old.heading, {}) != inlines_essence(new.heading, sides.aliases):
        found.append("heading has other formatting")
    return tuple(found)


def _told(standing: list[_Row], gone: list[_Row]) -> tuple[BlockChange, ...]:
    """The blocks that stand there, with those that are gone right after the one they stood behind."""
    waiting = sorted(gone, key=lambda row: row.order)
    told: list[BlockChange] = []
    for row in standing:
        while row.order >= 0 and waiting and waiting[0].order < row.order:
            told.append(waiting.pop(0).change)
        told.append(row.change)
    return (*told, *(row.change for row in waiting))
