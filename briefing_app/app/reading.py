"""A source opened for reading: everything that a reader shows of it, fetched at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing_app.library.library import Library
from briefing_app.library.search.query import parse
from briefing_app.library.search.snippets import Matcher
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.reading import PageSpan, TextBlock
from briefing_app.model.source import Source

Range = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSource:
    """A source with its text. ``matches`` are the places of the words that were searched for, in code points."""

    source: Source
    text: str = field(repr=False)
    blocks: tuple[TextBlock, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    matches: tuple[Range, ...] = ()


def open_source(library: Library, source_id: str, words: str = "") -> OpenedSource:
    """Everything about a source; ``words`` is the query line that found it. Raises BriefingError for an unknown id."""
    source = library.source(source_id)
    text = library.text(source_id)
    return OpenedSource(
        source=source,
        text=text,
        blocks=library.blocks(source_id),
        pages=library.pages(source_id),
        tags=library.tags(source_id),
        warnings=library.warnings(source_id),
        matches=_matches(library, text, source.language, words),
    )


def take(library: Library, source_id: str, start: int, end: int, id: str) -> tuple[Source, Excerpt]:
    """A passage with its source, white space at its ends left out. Raises BriefingError for no passage."""
    text = library.text(source_id)[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return library.source(source_id), library.excerpt(source_id, start, end, id=id)


def _matches(library: Library, text: str, language: str, words: str) -> tuple[Range, ...]:
    terms = [term for term in parse(words, prefix_last=True) if not term.excluded]
    if not terms:
        return ()
    languages = frozenset(name.casefold() for name in library.facets()["languages"])
    return tuple((match.start, match.end) for match in Matcher(terms, languages).find(text, language))
