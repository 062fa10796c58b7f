"""Hits: sources that were found, with what a list shows of them and the piece of text that matched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing_app.library.search.snippets import Matcher, make_snippet
from briefing_app.library.store import catalogue, states
from briefing_app.library.store.states import Triage


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One source that was found.

    ``start`` and ``end`` are the code points of the stored text with the best match; both 0 where only the title or
    nothing in particular matched. ``highlights`` are ranges in ``snippet``. ``score`` orders hits of one search by
    relevance and means nothing beyond it; it is 0 in any other order. ``grade`` is the one in force ("B", or empty),
    its own or its outlet's. ``added`` is in ISO 8601 and UTC. ``reprints`` counts the other sources of its group.
    """

    source_id: str
    title: str
    outlet: str
    date: str
    language: str
    kind: str
    score: float
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    start: int
    end: int
    no_text: bool
    authors: tuple[str, ...] = ()
    added: str = ""
    grade: str = ""
    marking: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False
    seen: bool = False
    triage: Triage = ""
    reprints: int = 0


def read_hits(ranked: Sequence[tuple[int, float]], connection: sqlite3.Connection, matcher: Matcher) -> Iterator[Hit]:
    """The hits of row numbers with their scores, in their order."""
    if not ranked:
        return
    nums = [num for num, _ in ranked]
    sources, texts = catalogue.many(connection, nums), catalogue.texts_of(connection, nums)
    known = states.states_of(connection, nums)
    for num, score in ranked:
        source, state = sources.get(num), known.get(num)
        if source is None or state is None:  # removed by another process since the index was read
            continue
        found = make_snippet(texts.get(num, ""), matcher, source.language)
        yield Hit(
            source_id=source.id,
            title=source.display_title,
            outlet=source.outlet,
            date=source.published,
            language=source.language,
            kind=str(source.kind),
            score=score,
            snippet=found.text,
            highlights=found.highlights,
            start=found.start,
            end=found.end,
            no_text=source.no_text,
            authors=source.authors,
            added=state.added,
            grade=str(source.reliability or ""),
            marking=source.marking,
            tags=state.tags,
            starred=state.starred,
            seen=state.seen,
            triage=state.triage,
            reprints=state.reprints,
        )
