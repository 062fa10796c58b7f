"""What a briefing keeps with it: excerpts, their sources' fields, pictures. Pure functions over the model."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.model.block import Picture, Quotation
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit, Put
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines
from briefing_app.model.source import Source


def cited_excerpts(briefing: Briefing) -> dict[str, int]:
    """How often each excerpt is cited or quoted, by its id, in the order of first use."""
    counts: dict[str, int] = {}
    for section in briefing.sections:
        for inline in all_inlines(section):
            if isinstance(inline, Citation):
                counts[inline.excerpt_id] = counts.get(inline.excerpt_id, 0) + 1
    for node in briefing.walk():
        if isinstance(node, Quotation) and node.excerpt_id:
            counts[node.excerpt_id] = counts.get(node.excerpt_id, 0) + 1
    return counts


def without_unused(briefing: Briefing) -> Briefing:
    """The briefing without excerpts, sources and pictures that nothing in its text uses.

    What was cut from the text must not travel in the file.
    """
    cited = cited_excerpts(briefing)
    excerpts = tuple(excerpt for excerpt in briefing.excerpts if excerpt.id in cited)
    used_sources = {excerpt.source_id for excerpt in excerpts}
    pictures = {node.media for node in briefing.walk() if isinstance(node, Picture)}
    return replace(
        briefing,
        excerpts=excerpts,
        sources=tuple(source for source in briefing.sources if source.id in used_sources),
        media=tuple(media for media in briefing.media if media.sha256 in pictures),
    )


def same_passage(briefing: Briefing, excerpt: Excerpt) -> Excerpt | None:
    """The excerpt that the briefing already keeps of this very passage, or None."""
    for kept in briefing.excerpts:
        if (kept.source_id, kept.start, kept.end, kept.sha256) == (
            excerpt.source_id,
            excerpt.start,
            excerpt.end,
            excerpt.sha256,
        ):
            return kept
    return None


def keep(briefing: Briefing, source: Source, excerpt: Excerpt) -> tuple[str, tuple[Edit, ...]]:
    """The id under which ``excerpt`` is cited in this briefing, and the edits that keep it and its source."""
    edits: list[Edit] = []
    kept = same_passage(briefing, excerpt)
    if briefing.source(source.id) != source:
        edits.append(Put(source))
    if kept is None:
        edits.append(Put(excerpt))
    return (kept or excerpt).id, tuple(edits)
