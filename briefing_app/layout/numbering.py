"""Headings: which sections print one, at which level, under which number."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading's level, 1 to 4, and its number ("2.1"), empty where headings carry none."""

    level: int
    number: str


class HeadingCounter:
    """Counts headings as they are printed. Levels follow printed headings, so that none is skipped."""

    def __init__(self, briefing: Briefing) -> None:
        self._numbered = briefing.template.numbered_headings
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
