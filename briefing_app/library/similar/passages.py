"""Asking the index for sources with telling words, and reading the best passage of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import tantivy

from briefing_app.library.search.hits import Hit, read_hits
from briefing_app.library.search.index import Index, damage_noticed
from briefing_app.library.search.snippets import Matcher
from briefing_app.library.similar.telling import Telling
from briefing_app.library.words.folding import folded_words, stem

_TITLED = 0.3  # what a word in the title adds to its weight
_BEYOND = 3  # how many times as many sources are asked for as are wanted, for those that are folded or left out
_SOUGHT = 12  # the most telling words, which are looked for in the texts
_NEEDED = 2  # telling words that a passage has to have, where that many were asked for


@dataclass(frozen=True, slots=True)
class Found:
    """A source with telling words: its row number, its group's, its score, and the day that it is of (YYYYMMDDhhmm)."""

    num: int
    group: int
    score: float
    moment: int


def ask(index: Index, tellings: Sequence[Telling], left_out: Collection[int], limit: int) -> list[Found]:
    """The sources that have most of ``tellings``, best first, one of each group, without the groups ``left_out``."""
    if not tellings or limit <= 0:
        return []
    with damage_noticed():
        searcher = index.searcher
        question = _question(index.schema, tellings)
        found = searcher.search(question, limit * _BEYOND + len(left_out), count=False)
        addresses = [address for _, address in found.hits]
        columns = [_values(searcher, name, addresses) for name in ("num", "group", "first")]
    seen = set(left_out)
    kept: list[Found] = []
    for (score, _), num, group, moment in zip(found.hits, *columns, strict=True):
        if group not in seen and num not in seen:
            seen.add(group)
            kept.append(Found(num, group, float(score), moment))
    return kept


def _values(searcher: tantivy.Searcher, name: str, addresses: list[tantivy.DocAddress]) -> list[int]:
    return [int(value or 0) for value in searcher.fast_field_values(name, addresses)] if addresses else []


def _question(schema: tantivy.Schema, tellings: Sequence[Telling]) -> tantivy.Query:
    parts = []
    for telling in tellings:
        if telling.stem:
            asked = tantivy.Query.term_query(schema, "stem", telling.stem)
            titled = tantivy.Query.term_query(schema, "title_stem", telling.stem)
            parts.append(tantivy.Query.boost_query(titled, _TITLED * telling.weight))
        else:
            asked = tantivy.Query.phrase_query(schema, "body", list(telling.term.words))
        parts.append(tantivy.Query.boost_query(asked, telling.weight))
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])


class Reader:
    """Reads the hits of one question with the passages that have the most telling words, and says which those are."""

    def __init__(self, tellings: Sequence[Telling], languages: frozenset[str]) -> None:
        tellings = self._tellings = tellings[:_SOUGHT]
        by_word = {telling.term.words[0]: telling.stem for telling in tellings if telling.stem}
        terms = [telling.term for telling in tellings]
        self._matcher = Matcher(terms, languages, lambda word: frozenset({by_word.get(word, word)}), thorough=False)
        self._written = {telling.term.words[0] for telling in tellings if telling.stem}
        highest = max((telling.weight for telling in tellings), default=1.0)
        self._matcher.weights = [max(1, round(10 * telling.weight / highest)) for telling in tellings]

    def hits(
        self, ranked: Sequence[Found], limit: int, connection: sqlite3.Connection
    ) -> list[tuple[Found, Hit, tuple[str, ...]]]:
        """Up to ``limit`` hits that have enough of the words, each with these words as they stand in what was asked."""
        read: list[tuple[Found, Hit, tuple[str, ...]]] = []
        for start in range(0, len(ranked), max(1, limit)):
            if len(read) >= limit:
                break
            read += self._enough(ranked[start : start + limit], connection)
        return read[:limit]

    def _enough(
        self, ranked: Sequence[Found], connection: sqlite3.Connection
    ) -> Iterator[tuple[Found, Hit, tuple[str, ...]]]:
        scored = [(one.num, one.score) for one in ranked]
        hits = {hit.source_id: hit for hit in read_hits(scored, connection, self._matcher)}
        ids = _columns(connection, "id", [one.num for one in ranked])
        needed = min(_NEEDED, len(self._tellings))
        for one in ranked:
            hit = hits.get(ids.get(one.num, ""))
            why = self._why(hit) if hit else ()
            if hit and len(why) >= needed:
                yield one, hit, why

    def _why(self, hit: Hit) -> tuple[str, ...]:
        """The words that stand in the passage or the title, the most telling first."""
        written = [hit.snippet[start:end] for start, end in hit.highlights]
        highlighted = [tuple(folded_words(text)) for text in written]
        titled = folded_words(hit.title)
        met = {*highlighted, *pairwise(titled)}
        stems = {stem(word, hit.language) for words in (*highlighted, titled) for word in words}
        singles = {word for words in (*highlighted, titled) for word in words}
        found = [
            telling
            for telling in self._tellings
            if telling.term.words in met or telling.stem in stems or telling.term.words[0] in singles & self._written
        ]
        found.sort(key=lambda telling: -telling.weight)
        return tuple(dict.fromkeys(telling.shown for telling in found))


def outlets_of(connection: sqlite3.Connection, ranked: Sequence[Found]) -> dict[int, str]:
    """The outlets of sources by their row numbers."""
    return _columns(connection, "outlet", [one.num for one in ranked])


def _columns(connection: sqlite3.Connection, name: str, nums: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(
        f"SELECT num, {name} FROM source WHERE num IN (SELECT value FROM json_each(?))", (json.dumps(list(nums)),)
    )
    return dict(rows.fetchall())
