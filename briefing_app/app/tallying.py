"""Counting a briefing while it is written: words, citations, and which passages are cited."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from briefing_app.model.block import Block, Picture, Quotation, Section, Table
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines, count_words, inline_text, inlines_of


@dataclass(frozen=True, slots=True)
class Count:
    """``words`` are those of the running text, of captions and of what is quoted; notes are not in it.

    ``excerpt_ids`` has an entry for each citation. ``filled`` says that something stands there, if only a picture.
    """

    words: int = 0
    excerpt_ids: tuple[str, ...] = ()
    filled: bool = False

    @property
    def citations(self) -> int:
        return len(self.excerpt_ids)


class Tally:
    """Counts blocks and remembers them: an unchanged block is never counted twice. It is for one briefing."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Block, Count]] = {}
        self._quoted: dict[tuple[str, bool], tuple[object, int]] = {}

    def section(self, briefing: Briefing, section: Section) -> Count:
        """A section's own blocks, without its subsections'."""
        return _sum([self._block(briefing, block) for block in section.blocks])

    def briefing(self, briefing: Briefing) -> Count:
        """All sections. Headings are not counted."""
        return _sum([self.section(briefing, section) for section, _ in briefing.all_sections()])

    def sources(self, briefing: Briefing) -> dict[str, int]:
        """How often each source is cited, by its id."""
        cited = Counter(self.briefing(briefing).excerpt_ids)
        used: dict[str, int] = {}
        for excerpt in briefing.excerpts:
            if cited[excerpt.id]:
                used[excerpt.source_id] = used.get(excerpt.source_id, 0) + cited[excerpt.id]
        return used

    def passages(self, briefing: Briefing, source_id: str) -> list[tuple[int, int]]:
        """The ranges of a source's text that are cited now, in code points."""
        cited = set(self.briefing(briefing).excerpt_ids)
        return [
            (excerpt.start, excerpt.end)
            for excerpt in briefing.excerpts
            if excerpt.source_id == source_id and excerpt.id in cited
        ]

    def _block(self, briefing: Briefing, block: Block) -> Count:
        if isinstance(block, Quotation) and block.excerpt_id:
            return Count(self._quoted_words(briefing, block), (block.excerpt_id,), True)
        known = self._known.get(block.id)
        if known is None or known[0] is not block:
            known = (block, _count(block))
            self._known[block.id] = known
        return known[1]

    def _quoted_words(self, briefing: Briefing, block: Quotation) -> int:
        excerpt = briefing.excerpt(block.excerpt_id)
        if excerpt is None:
            return 0
        key = (excerpt.id, block.translated)
        known = self._quoted.get(key)
        if known is None or known[0] is not excerpt:
            translation = excerpt.translation if block.translated else None
            known = (excerpt, count_words(translation.text if translation else excerpt.text))
            self._quoted[key] = known
        return known[1]


def _count(block: Block) -> Count:
    words, filled = 0, False
    for node in walk(block):
        filled = filled or isinstance(node, Table | Picture)
        words += count_words(inline_text(inlines_of(node)))
    cited = tuple(inline.excerpt_id for inline in all_inlines(block) if isinstance(inline, Citation))
    return Count(words, cited, filled or words > 0 or bool(cited))


def _sum(counts: list[Count]) -> Count:
    ids = tuple(id for count in counts for id in count.excerpt_ids)
    return Count(sum(count.words for count in counts), ids, any(count.filled for count in counts))
