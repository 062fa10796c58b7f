"""The contents: headings of the first three levels, in order."""

from __future__ import annotations

from collections.abc import Iterable

from briefing_app.layout.document import BreakRun, ContentsBlock, ContentsEntry, LaidBlock, Runs, TextLine, TextRun
from briefing_app.layout.wording import CONTENTS

_DEEPEST = 3
_FEWEST = 3  # headings; a shorter briefing needs no contents


def make_contents(blocks: Iterable[LaidBlock]) -> ContentsBlock | None:
    """The contents of these blocks, or None where they have fewer than three headings."""
    entries = tuple(
        ContentsEntry(block.id, block.level, block.number, _words(block.runs))
        for block in blocks
        if isinstance(block, TextLine) and 1 <= block.level <= _DEEPEST
    )
    return ContentsBlock("contents", CONTENTS, entries) if len(entries) >= _FEWEST else None


def _words(runs: Runs) -> str:
    """A heading's words in one line, without note calls."""
    words = (run.text if isinstance(run, TextRun) else " " if isinstance(run, BreakRun) else "" for run in runs)
    return "".join(words).strip()
