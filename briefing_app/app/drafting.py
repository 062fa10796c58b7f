"""A draft becomes a briefing: its parts are laid into a template's sections by their headings.

No character of the draft is lost: headings keep the draft's words, and what fits nowhere keeps a section of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from briefing_app.app.composing import NewId, new_briefing
from briefing_app.app.headings import FITS, fit
from briefing_app.app.ids import new_id
from briefing_app.model.block import Block, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.draft import Draft, DraftHeading
from briefing_app.model.inline import Inlines, Text
from briefing_app.model.plain import inline_text
from briefing_app.model.template import Template, TemplateSection

_LONGEST_HEADING = 120  # characters; a longer one is a sentence, whose words say nothing of where it belongs


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of the draft, by its heading (empty for what stood before the first), and the section it went to."""

    heading: str
    key: str
    section: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """The briefing, where each part went, the headings that fitted nowhere, and the sections left empty."""

    briefing: Briefing
    placed: tuple[Placed, ...]
    kept: tuple[str, ...]
    empty: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Part:
    heading: Inlines
    level: int
    blocks: list[Block] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)

    @property
    def words(self) -> str:
        return inline_text(self.heading).replace("\n", " ").strip()


def draft_briefing(template: Template, title: str, draft: Draft, *, fresh: NewId = new_id) -> Drafted:
    """Lay ``draft`` into the sections of ``template``; see ``Drafted``."""
    root = _outline(draft)
    subtitle = _lift_title(root, draft.title, title)
    empty = new_briefing(template, title, fresh=fresh)
    assigned = _assign(root.parts, template.sections)
    sections = _lay(root, empty.sections, template.sections, assigned, fresh)
    meta = replace(empty.meta, subtitle=subtitle, language=draft.language or empty.meta.language)
    briefing = replace(empty, meta=meta, sections=tuple(sections), media=draft.media)
    return _report(briefing, template, draft.warnings)


def _outline(draft: Draft) -> _Part:
    """The draft as a tree by its heading levels; the root holds what stands before the first heading."""
    root = _Part((), 0)
    stack = [root]
    for part in draft.parts:
        if isinstance(part, DraftHeading):
            while stack[-1].level >= part.level:
                stack.pop()
            opened = _Part(part.content, part.level)
            stack[-1].parts.append(opened)
            stack.append(opened)
        else:
            stack[-1].blocks.append(part)
    return root


def _lift_title(root: _Part, own_title: str, title: str) -> str:
    """Take a heading over the whole draft as its title; the subtitle that keeps its words is returned.

    A draft whose first part is the only one at its level, with all others inside, is headed by its title.
    """
    if not own_title and not root.blocks and len(root.parts) == 1 and root.parts[0].parts:
        whole = root.parts[0]
        if all(isinstance(inline, Text) for inline in whole.heading):
            own_title = whole.words
            root.blocks, root.parts = whole.blocks, whole.parts
    return "" if _same_words(own_title, title) else own_title


def _same_words(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _assign(parts: Sequence[_Part], sections: Sequence[TemplateSection]) -> dict[int, str]:
    """Which part (by its index) goes to which section (by its key): the best fits first, each used once."""
    scores = sorted(
        (
            (-fit(part.words, section), number, order, section.key)
            for number, part in enumerate(parts)
            if len(part.words) <= _LONGEST_HEADING
            for order, section in enumerate(sections)
        )
    )
    assigned: dict[int, str] = {}
    for negative, number, _, key in scores:
        if -negative >= FITS and number not in assigned and key not in assigned.values():
            assigned[number] = key
    return assigned


def _lay(
    root: _Part,
    empty: tuple[Section, ...],
    templates: tuple[TemplateSection, ...],
    assigned: dict[int, str],
    fresh: NewId,
) -> list[Section]:
    """The template's sections, filled; parts that fit nowhere follow the part that they followed in the draft."""
    filled = {section.key: section for section in empty}
    own: dict[str, list[Section]] = {}
    before = _place_opening(root, filled, templates, set(assigned.values()), own, fresh)
    wanted = {template.key: template for template in templates}
    for number, part in enumerate(root.parts):
        key = assigned.get(number, "")
        if key:
            filled[key] = _fill(filled[key], part, wanted[key], fresh)
            before = key
        else:
            own.setdefault(before, []).append(_own_section(part, fresh))
    sections = own.get("", [])
    for section in empty:
        sections.append(filled[section.key])
        sections.extend(own.get(section.key, ()))
    return sections


def _place_opening(
    root: _Part,
    filled: dict[str, Section],
    templates: tuple[TemplateSection, ...],
    taken: set[str],
    own: dict[str, list[Section]],
    fresh: NewId,
) -> str:
    """Put what stands before the first heading into the lead, or into a section of its own before all others."""
    if not root.blocks:
        return ""
    lead = next((entry for entry in templates if is_lead(entry) and entry.key not in taken), None)
    if lead is None:
        opening = Section(id=fresh(), heading=(Text("Opening"),), blocks=tuple(root.blocks), show_heading=False)
        own.setdefault("", []).append(opening)
        return ""
    filled[lead.key] = replace(filled[lead.key], blocks=tuple(root.blocks))
    return lead.key


def is_lead(section: TemplateSection) -> bool:
    """True for the section that opens a briefing and may stand without a heading."""
    names = {section.key, section.heading.casefold(), *(alias.casefold() for alias in section.aliases)}
    return not section.show_heading or bool(names & {"lead", "bluf", "bottom line"})


def _fill(section: Section, part: _Part, template: TemplateSection, fresh: NewId) -> Section:
    assigned = _assign(part.parts, template.sections)
    inner = _lay(_Part((), 0, [], part.parts), section.sections, template.sections, assigned, fresh)
    return replace(section, heading=part.heading, show_heading=True, blocks=tuple(part.blocks), sections=tuple(inner))


def _own_section(part: _Part, fresh: NewId) -> Section:
    return Section(
        id=fresh(),
        heading=part.heading,
        blocks=tuple(part.blocks),
        sections=tuple(_own_section(inner, fresh) for inner in part.parts),
    )


def _report(briefing: Briefing, template: Template, warnings: tuple[str, ...]) -> Drafted:
    placed, kept, empty = [], [], []
    for section, _ in briefing.all_sections():
        words = inline_text(section.heading).replace("\n", " ").strip()
        wanted = template.section(section.key) if section.key else None
        if wanted is None:
            kept.append(words)
        elif section.blocks or section.sections:
            placed.append(Placed("" if not section.show_heading else words, section.key, wanted.heading))
        else:
            empty.append(wanted.heading)
    return Drafted(briefing, tuple(placed), tuple(kept), tuple(empty), warnings)
