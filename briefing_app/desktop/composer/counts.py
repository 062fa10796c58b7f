"""Words and citations of a section, counted again only where a block changed."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.desktop.composer.labels import Labels
from briefing_app.model.block import Block, Quotation, Section
from briefing_app.model.briefing import walk
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines, count_words, inline_text, inlines_of


@dataclass(frozen=True, slots=True)
class Count:
    """Words that print in a section's own blocks, and its citations; its subsections are not in it."""

    words: int = 0
    citations: int = 0


class Counter:
    """Counts one section again and again. It remembers each block's count while the block is the same."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[Block, Count]] = {}

    def count(self, section: Section, labels: Labels) -> Count:
        """The section's count now."""
        fresh: dict[str, tuple[Block, Count]] = {}
        for block in section.blocks:
            known = self._counts.get(block.id)
            fresh[block.id] = known if known and known[0] is block else (block, count_block(block, labels))
        self._counts = fresh
        counts = [one for _, one in fresh.values()]
        return Count(sum(one.words for one in counts), sum(one.citations for one in counts))


def count_block(block: Block, labels: Labels) -> Count:
    """Words and citations of one block with everything in it; a quotation counts as printed."""
    words = sum(count_words(inline_text(inlines_of(node))) for node in walk(block))
    citations = sum(isinstance(inline, Citation) for inline in all_inlines(block))
    if isinstance(block, Quotation) and block.excerpt_id:
        excerpt = labels.excerpts.get(block.excerpt_id)
        citations += 1
        if excerpt is not None:
            translation = excerpt.translation if block.translated else None
            words += count_words(translation.text if translation else excerpt.text)
    return Count(words, citations)


def describe(count: Count, target: int | None) -> str:
    """ "82 of 150 words · 2 citations"."""
    words = f"{count.words:,} of {target:,} words" if target else _plural(count.words, "word")
    return f"{words} · {_plural(count.citations, 'citation')}"


def describe_shortly(count: Count, target: int | None) -> str:
    """ "82/150": the words alone."""
    return f"{count.words:,}/{target:,}" if target else f"{count.words:,}"


def _plural(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
