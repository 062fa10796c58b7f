"""Headings: which sections print one, at which level, under which number; and numbers of paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing_app.layout.document import LaidBlock, Role, TextLine
from briefing_app.model.block import Section

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading's level, 1 to 4, and its number ("2.1"), empty where headings carry none."""

    level: int
    number: str


class HeadingCounter:
    """Counts headings as they are printed. Levels follow printed headings, so that none is skipped."""

    def __init__(self, numbered: bool) -> None:
        self._numbered = numbered
        self._counts = [0] * DEEPEST

    def next(self, level: int) -> Heading:
        """The next heading at ``level``; deeper ones than the fourth stand at the fourth."""
        level = min(level, DEEPEST)
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (DEEPEST - level)
        number = ".".join(str(count) for count in self._counts[:level]) if self._numbered else ""
        return Heading(level, number)


def prints_heading(section: Section) -> bool:
    """True where the section's heading has words and is meant to be printed."""
    text = "".join(getattr(inline, "text", "") for inline in section.heading)
    return section.show_heading and bool(text.strip())


def numbered_paragraphs(blocks: Iterable[LaidBlock]) -> list[LaidBlock]:
    """The blocks with their paragraphs numbered from 1 to the end; lists, quotations and tables are not counted."""
    numbered: list[LaidBlock] = []
    count = 0
    for block in blocks:
        if isinstance(block, TextLine) and block.role in (Role.LEAD, Role.BODY):
            count += 1
            block = replace(block, number=f"{count}.")
        numbered.append(block)
    return numbered
