"""What a comparison says. Plain values, in the order in which somebody reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from briefing_app.model.block import Block, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source


class State(StrEnum):
    """What became of a part. Whether it *moved* is told apart: what moved may have changed, too."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both have, that only the new one has, or that only the old one had."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A named value that is another now; ``old`` and ``new`` are in words, empty where there was none."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """A block of a section, and what became of it.

    ``old`` is None for an added block, ``new`` for a removed one. ``moved`` is true where it stands in another
    section, or in another order among those that stayed; ``moved_from`` and ``moved_to`` name the two sections
    where they differ. ``away`` marks the place in its old section that a block has left: the block itself is told of
    where it stands now. ``pieces`` are its words, compared. ``details`` say what differs besides words.
    """

    state: State
    old: Block | None
    new: Block | None
    moved: bool = False
    moved_from: str = ""
    moved_to: str = ""
    away: bool = False
    pieces: tuple[Piece, ...] = ()
    details: tuple[str, ...] = ()

    @property
    def is_different(self) -> bool:
        return self.moved or self.state is not State.SAME

    @property
    def id(self) -> str:
        """The block's id in the new briefing, or in the old one where it is gone."""
        block = self.new or self.old
        return block.id if block else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChange:
    """A section, what became of it, and its blocks in the order of the new one, removed ones where they stood.

    ``state`` is ``changed`` where the section itself differs (its heading, its mark), not where only its blocks do.
    ``path`` names the sections above it, outermost first, and ``depth`` is 1 for the topmost. ``moved_from`` names
    the section that it stood in before, where that is another.
    """

    state: State
    old: Section | None
    new: Section | None
    name: str
    depth: int
    path: tuple[str, ...] = ()
    renamed_from: str = ""
    moved: bool = False
    moved_from: str = ""
    details: tuple[str, ...] = ()
    blocks: tuple[BlockChange, ...] = ()

    @property
    def is_different(self) -> bool:
        return self.state is not State.SAME or self.moved or any(block.is_different for block in self.blocks)

    @property
    def id(self) -> str:
        section = self.new or self.old
        return section.id if section else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptChange:
    """A passage that the text rests on now, no longer, or in another form. ``sections`` name where it is used."""

    state: State
    old: Excerpt | None
    new: Excerpt | None
    source: Source | None
    sections: tuple[str, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def excerpt(self) -> Excerpt:
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """A source that the text rests on now, no longer, or that is described otherwise."""

    state: State
    old: Source | None
    new: Source | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def source(self) -> Source:
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeChange:
    """Another judgement: of a source (A to F) or of a passage of it (1 to 6). Empty means not graded."""

    of: Literal["source", "passage"]
    id: str
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChanges:
    """What differs in what the text rests on. Only evidence that is used in the text counts."""

    excerpts: tuple[ExcerptChange, ...] = ()
    sources: tuple[SourceChange, ...] = ()
    grades: tuple[GradeChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.excerpts or self.sources or self.grades)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two briefings side by side. ``sections`` has every section of either, those without a difference, too."""

    old: Briefing
    new: Briefing
    sections: tuple[SectionChange, ...]
    evidence: EvidenceChanges
    title_page: tuple[FieldChange, ...] = ()
    form_changed: bool = False

    @property
    def is_empty(self) -> bool:
        """True where nothing differs that stands in the briefing or on its title."""
        return not (
            any(section.is_different for section in self.sections)
            or not self.evidence.is_empty
            or self.title_page
            or self.form_changed
        )

    def blocks(self) -> Iterator[tuple[SectionChange, BlockChange]]:
        """Every block once, with its section."""
        for section in self.sections:
            for block in section.blocks:
                if not block.away:
                    yield section, block

    @property
    def affected(self) -> frozenset[str]:
        """The ids of the sections and of the blocks right in them that were added, removed, changed or moved."""
        sections = {one.id for one in self.sections if one.state is not State.SAME or one.moved}
        return frozenset(sections | {block.id for _, block in self.blocks() if block.is_different})
