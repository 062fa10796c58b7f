"""Passages worth reading for a section of a briefing, from what the section asks, says and rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefing_app.app.composing import find_section
from briefing_app.app.sections import find
from briefing_app.app.session import Session
from briefing_app.app.tallying import Tally
from briefing_app.library.library import Library
from briefing_app.library.similar.similar import Suggestion, Wants
from briefing_app.model.block import Node, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.plain import inline_text, inlines_of

__all__ = ["Suggestion", "Wants", "suggestion_rows", "suggestions", "wants_of"]


def wants_of(briefing: Briefing, section_id: str) -> Wants:
    """What a section wants, with its subsections. Raises EditRefused for an unknown id.

    Where it rests on nothing yet, what the rest of the briefing cites stands in for the subject.
    """
    section = find(briefing, section_id)
    tally = Tally()
    inside = [inner for inner in walk(section) if isinstance(inner, Section)]
    ids = {id for inner in inside for id in tally.section(briefing, inner).excerpt_ids}
    excerpts = [excerpt for excerpt in briefing.excerpts if excerpt.id in ids]
    subject = [briefing.meta.title, briefing.meta.subtitle]
    if not excerpts:
        everywhere = set(tally.briefing(briefing).excerpt_ids)
        subject += [excerpt.text for excerpt in briefing.excerpts if excerpt.id in everywhere]
    return Wants(
        terms=tuple(term for inner in inside for term in _template_terms(briefing, inner)),
        subject="\n".join(filter(None, subject)),
        text="\n".join(text for node in walk(section) if not isinstance(node, Section) and (text := _text(node))),
        cited=tuple(excerpt.text for excerpt in excerpts),
        source_ids=tuple(tally.sources(briefing)),
        language=briefing.meta.language,
    )


def suggestions(library: Library, briefing: Briefing, section_id: str, limit: int = 20) -> tuple[Suggestion, ...]:
    """Passages worth reading for a section, best first, those marked whose source the briefing uses already."""
    return library.suggest(wants_of(briefing, section_id), limit)


def suggestion_rows(library: Library, file: Path, section: str, limit: int) -> list[dict[str, Any]]:
    """The suggestions for a section of a briefing file, as rows. Raises UsageError for an unknown section."""
    briefing = Session.open(file)[0].briefing
    return [_row(one) for one in suggestions(library, briefing, find_section(briefing, section).id, limit)]


def _row(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion as it is reported: the range counts code points of the source's text."""
    hit = suggestion.hit
    return {
        "source_id": hit.source_id,
        "title": hit.title,
        "outlet": hit.outlet,
        "date": hit.date,
        "language": hit.language,
        "snippet": hit.snippet,
        "start": hit.start,
        "end": hit.end,
        "used": suggestion.used,
        "why": list(suggestion.why),
    }


def _template_terms(briefing: Briefing, section: Section) -> list[str]:
    """The heading, and what the template asks of the section."""
    asked = briefing.template.section(section.key) if section.key else None
    heading = inline_text(section.heading)
    return [term for term in (heading, *((asked.guidance, *asked.questions) if asked else ())) if term]


def _text(node: Node) -> str:
    return inline_text(inlines_of(node))
