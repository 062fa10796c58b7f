"""A draft: what a text, Markdown or DOCX file gives for a new briefing, before any template is laid over it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.model.block import Block
from briefing_app.model.briefing import Media
from briefing_app.model.inline import Inlines


@dataclass(frozen=True, slots=True)
class DraftHeading:
    """A heading at ``level`` 1 (topmost) to 6. What follows belongs to it, up to the next of its level or above."""

    level: int
    content: Inlines


DraftPart = DraftHeading | Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft in reading order: headings and blocks, flat. It is not a briefing: it has no sections and no template.

    ``title`` is the draft's own title in plain words, and stands in no part; ``language`` a BCP 47 tag; both are
    empty where the draft gives none. ``media`` has the pictures that its blocks name. ``warnings`` are sentences
    for the analyst about what could not be taken over.
    """

    parts: tuple[DraftPart, ...] = ()
    title: str = ""
    language: str = ""
    media: tuple[Media, ...] = ()
    warnings: tuple[str, ...] = ()
