"""Templates: data that says what a kind of briefing asks for and how it looks. Never code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Sourcing = Literal["required", "expected", "optional", "none"]
CitationStyle = Literal["footnotes", "endnotes", "sources", "none"]
LikelihoodScale = Literal["icd203", "phia"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSection:
    """What one section asks of the analyst.

    ``sourcing``: *required* (every paragraph is cited), *expected* (the section has at least one citation),
    *optional*, *none* (citations do not belong here). ``target_words`` is a length to aim at, not a limit.
    ``aliases`` are other headings under which a draft may carry this section.
    """

    key: str
    heading: str
    guidance: str = ""
    questions: tuple[str, ...] = ()
    required: bool = True
    sourcing: Sourcing = "optional"
    target_words: int | None = None
    show_heading: bool = True
    aliases: tuple[str, ...] = ()
    sections: tuple[TemplateSection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetup:
    """Page size and margins, in millimetres."""

    size: Literal["A4", "Letter"] = "A4"
    top: float = 25.0
    bottom: float = 22.0
    left: float = 25.0
    right: float = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSpec:
    """The look of one role; None means *inherit*. Sizes and spaces in points, ``line_height`` a multiple."""

    font: Literal["serif", "sans"] | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    space_before: float | None = None
    space_after: float | None = None
    line_height: float | None = None
    indent: float | None = None
    align: Literal["start", "justify", "center", "end"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of briefing. ``page_limit`` None means no limit. ``styles`` are overrides by role name.

    ``cover`` to ``excerpts`` are what an export is asked for where nobody asks for something else.
    """

    id: str
    name: str
    description: str = ""
    language: str = "en"
    sections: tuple[TemplateSection, ...] = ()
    marking: str = ""
    citation_style: CitationStyle = "footnotes"
    likelihood_scale: LikelihoodScale = "icd203"
    contents: bool = False
    numbered_headings: bool = False
    page: PageSetup = field(default_factory=PageSetup)
    page_limit: int | None = None
    styles: dict[str, StyleSpec] = field(default_factory=dict)
    cover: bool = False
    numbered_paragraphs: bool = False
    line_numbers: bool = False
    columns: Literal[1, 2] = 1
    excerpts: bool = False

    def section(self, key: str) -> TemplateSection | None:
        """The section with this key, at any depth."""
        pending = list(self.sections)
        while pending:
            found = pending.pop(0)
            if found.key == key:
                return found
            pending[:0] = found.sections
        return None
