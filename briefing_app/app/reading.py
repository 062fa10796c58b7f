"""A source opened for reading: everything that a reader shows of it, fetched at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from briefing_app.errors import BriefingError
from briefing_app.library.library import Library
from briefing_app.library.search.query import parse
from briefing_app.library.search.snippets import Matcher
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.reading import BlockKind, PageSpan, TextBlock
from briefing_app.model.source import Source

Range = tuple[int, int]
_SHORT = 60  # code points under which a first paragraph is a date line or a name rather than the lead
_LINE = re.compile(r"\S[^\n]*")
_SENTENCE = re.compile(r"(?P<end>[.!?…。！？؟][\"'”’»)\]]*)(?:\s+|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSource:
    """A source with its text. ``matches`` are the places of the words that were searched for, in code points."""

    source: Source
    text: str = field(repr=False)
    blocks: tuple[TextBlock, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    warnings: tuple[str, ...] = ()
    matches: tuple[Range, ...] = ()


def open_source(library: Library, source_id: str, words: str = "") -> OpenedSource:
    """Everything about a source; ``words`` is the query line that found it. Raises BriefingError for an unknown id."""
    source = library.source(source_id)
    text = library.text(source_id)
    state = library.states([source_id])[source_id]
    return OpenedSource(
        source=source,
        text=text,
        blocks=library.blocks(source_id),
        pages=library.pages(source_id),
        tags=state.tags,
        note=state.note,
        warnings=library.warnings(source_id),
        matches=_matches(library, text, source.language, words),
    )


def take(library: Library, source_id: str, start: int, end: int, id: str) -> tuple[Source, Excerpt]:
    """A passage with its source, white space at its ends left out. Raises BriefingError for no passage."""
    text = library.text(source_id)[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return library.source(source_id), library.excerpt(source_id, start, end, id=id)


def whole_passage(library: Library, source_id: str, start: int, end: int) -> Range:
    """The whole sentences around a range, within its paragraph; for an empty range the source's first paragraph.

    Raises BriefingError for a source without readable text.
    """
    text = library.text(source_id)
    if not text.strip():
        raise BriefingError("This source has no readable text.", "It can be described in your own words, not quoted.")
    if end <= start:
        return _lead(text, library.blocks(source_id))
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    begins = [begin, *(begin + mark.end() for mark in _SENTENCE.finditer(text[begin:start]))]
    mark = _SENTENCE.search(text, max(begin, end - 1), stop)
    return begins[-1], mark.end("end") if mark else stop


def _lead(text: str, blocks: Sequence[TextBlock]) -> Range:
    """The first paragraph that is more than a date line or a name; the first of all where all are short."""
    places = [(block.start, block.end) for block in blocks if block.kind is BlockKind.PARAGRAPH]
    places = places or [(line.start(), line.end()) for line in _LINE.finditer(text)]
    return next((place for place in places if place[1] - place[0] >= _SHORT), places[0])


def _matches(library: Library, text: str, language: str, words: str) -> tuple[Range, ...]:
    terms = [term for term in parse(words, prefix_last=True) if not term.excluded]
    if not terms:
        return ()
    languages = frozenset(name.casefold() for name in library.facets()["languages"])
    return tuple((match.start, match.end) for match in Matcher(terms, languages).find(text, language))
