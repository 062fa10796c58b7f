"""What an outline does to a briefing's sections, as edits: add, rename, remove, move, promote, demote."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.app.composing import NewId
from briefing_app.app.ids import new_id
from briefing_app.errors import EditRefused
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit, Insert, Move, Remove, SetText
from briefing_app.model.inline import Text

MAX_DEPTH = 4  # levels of headings that the exports have


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: the id of the section or briefing that it is in, its index there, its depth from 1."""

    parent_id: str
    index: int
    depth: int


def place_of(briefing: Briefing, section_id: str) -> Place:
    """Where the section stands. Raises EditRefused for an unknown id."""
    pending: list[tuple[str, tuple[Section, ...], int]] = [(briefing.id, briefing.sections, 1)]
    while pending:
        parent_id, sections, depth = pending.pop()
        for index, section in enumerate(sections):
            if section.id == section_id:
                return Place(parent_id, index, depth)
            pending.append((section.id, section.sections, depth + 1))
    raise EditRefused(f"The briefing has no section with the id {section_id}.")


def find(briefing: Briefing, section_id: str) -> Section:
    """The section itself. Raises EditRefused for an unknown id."""
    for section, _ in briefing.all_sections():
        if section.id == section_id:
            return section
    raise EditRefused(f"The briefing has no section with the id {section_id}.")


def siblings(briefing: Briefing, parent_id: str) -> tuple[Section, ...]:
    """The sections directly in a section or in the briefing."""
    return briefing.sections if parent_id == briefing.id else find(briefing, parent_id).sections


def add_after(briefing: Briefing, section_id: str, heading: str, *, fresh: NewId = new_id) -> tuple[str, Edit]:
    """A new, empty section behind another (at the end where ``section_id`` is empty): its id, and the edit."""
    section = Section(id=fresh(), heading=(Text(heading),) if heading else ())
    if not section_id:
        return section.id, Insert(briefing.id, len(briefing.sections), section)
    place = place_of(briefing, section_id)
    return section.id, Insert(place.parent_id, place.index + 1, section)


def add_inside(briefing: Briefing, section_id: str, heading: str, *, fresh: NewId = new_id) -> tuple[str, Edit]:
    """A new, empty section at the end of another one. Raises EditRefused where that would be too deep."""
    if place_of(briefing, section_id).depth >= MAX_DEPTH:
        raise _too_deep()
    section = Section(id=fresh(), heading=(Text(heading),) if heading else ())
    return section.id, Insert(section_id, len(find(briefing, section_id).sections), section)


def rename(section_id: str, heading: str) -> Edit:
    """Other words for a heading."""
    return SetText(section_id, (Text(heading),) if heading else ())


def remove(section_id: str) -> Edit:
    """The section goes, with everything in it."""
    return Remove(section_id)


def move(briefing: Briefing, section_id: str, parent_id: str, index: int) -> Edit | None:
    """Move a section so that it stands before what is number ``index`` in ``parent_id`` now; None changes nothing.

    Raises EditRefused where it cannot stand there.
    """
    place = place_of(briefing, section_id)
    depth = 1 if parent_id == briefing.id else place_of(briefing, parent_id).depth + 1
    if depth + _height(find(briefing, section_id)) - 1 > MAX_DEPTH:
        raise _too_deep()
    if parent_id == place.parent_id and index > place.index:
        index -= 1
    if (parent_id, index) == (place.parent_id, place.index):
        return None
    return Move(section_id, parent_id, index)


def move_by(briefing: Briefing, section_id: str, step: int) -> Edit | None:
    """Move a section up (-1) or down (1) among its siblings; None at the end of the row."""
    place = place_of(briefing, section_id)
    index = place.index + step
    if not 0 <= index < len(siblings(briefing, place.parent_id)):
        return None
    return Move(section_id, place.parent_id, index)


def promote(briefing: Briefing, section_id: str) -> Edit | None:
    """Move a section out of the one that it is in, to stand behind it; None for a topmost one."""
    place = place_of(briefing, section_id)
    if place.parent_id == briefing.id:
        return None
    parent = place_of(briefing, place.parent_id)
    return Move(section_id, parent.parent_id, parent.index + 1)


def demote(briefing: Briefing, section_id: str) -> Edit | None:
    """Move a section into the one before it; None for the first of its siblings. Raises EditRefused when too deep."""
    place = place_of(briefing, section_id)
    if place.index == 0:
        return None
    before = siblings(briefing, place.parent_id)[place.index - 1]
    return move(briefing, section_id, before.id, len(before.sections))


def _height(section: Section) -> int:
    return 1 + max((_height(inner) for inner in section.sections), default=0)


def _too_deep() -> EditRefused:
    return EditRefused(
        f"Sections can be nested {MAX_DEPTH} deep, and this would be deeper.", "Move it to a higher level."
    )
