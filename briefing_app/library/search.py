"""Searching: a query becomes one question to the index, and its best answers become hits with snippets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import tantivy

from briefing_app.errors import UsageError
from briefing_app.library import catalogue
from briefing_app.library.forms import Forms, forms_in
from briefing_app.library.index import LATEST, Index, damage_noticed, date_bounds
from briefing_app.library.query import Term, parse
from briefing_app.library.records import is_real_date
from briefing_app.library.snippets import Matcher, make_snippet
from briefing_app.library.words import fold_phrase

_EXPANSIONS = 48  # words that a prefix stands for in the ranking: the most frequent ones
_EXACT_WEIGHT, _TITLE_WEIGHT, _TITLE_STEM_WEIGHT = 0.5, 0.7, 1.3

_Question = tuple[tantivy.Occur, tantivy.Query]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. ``text`` is a query line; empty, it lists every source that passes the filters.

    Dates are ISO 8601, may stop at the year or the month, and are inclusive. ``prefix_last`` is for searching while
    typing. ``limit`` and ``offset`` choose a window of the answers.
    """

    text: str = ""
    from_date: str = ""
    to_date: str = ""
    outlet: str = ""
    language: str = ""
    tag: str = ""
    limit: int = 50
    offset: int = 0
    prefix_last: bool = False
    order: Literal["relevance", "date"] = "relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One source that was found.

    ``start`` and ``end`` are the code points of the stored text with the best match; both 0 where only the title or
    nothing in particular matched. ``highlights`` are ranges in ``snippet``. ``score`` orders hits of one search and
    means nothing beyond it; it is 0 where the order is by date.
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


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A window of hits, of ``total`` in all. ``behind`` sources are not in the index yet and cannot be found."""

    total: int
    hits: tuple[Hit, ...]
    behind: int = 0


def check(query: Query) -> None:
    """Raise UsageError where a filter or an order has no meaning."""
    for name, date in (("from", query.from_date), ("to", query.to_date)):
        if not is_real_date(date.strip()):
            raise UsageError(f"The {name} date “{date}” is not a date.", "Write it as 2026-11-03, 2026-11 or 2026.")
    if query.order not in ("relevance", "date"):
        raise UsageError(f"Results cannot be ordered by “{query.order}”.", "Order them by relevance or by date.")


def run(query: Query, index: Index, connection: sqlite3.Connection, languages: frozenset[str]) -> SearchResults:
    """Search ``index`` and read what the hits need from the database. ``languages`` are those of the library."""
    terms = parse(query.text, prefix_last=query.prefix_last)
    spoken = frozenset({query.language.casefold()}) if query.language else languages
    by_date = query.order == "date" or not any(not term.excluded for term in terms)
    with damage_noticed():
        searcher = index.searcher
        forms = forms_in(spoken, lambda stem: searcher.doc_freq("stem", stem))
        found = searcher.search(
            _Asker(index, forms).question(terms, query),
            max(1, query.limit),
            offset=max(0, query.offset),
            order_by_field="first" if by_date else None,
        )
        answers = found.hits if query.limit > 0 else []
        matcher = Matcher([term for term in terms if not term.excluded], spoken, forms)
        nums = searcher.fast_field_values("num", [address for _, address in answers]) if answers else []
    scored = zip(nums, answers, strict=True)
    ranked = [(int(num), 0.0 if by_date else float(score)) for num, (score, _) in scored if num is not None]
    total = int(getattr(found, "count", 0) or 0)  # the wheel's type stub leaves it out
    return SearchResults(total, tuple(_hits(ranked, connection, matcher)))


def _hits(ranked: list[tuple[int, float]], connection: sqlite3.Connection, matcher: Matcher) -> Iterable[Hit]:
    nums = [num for num, _ in ranked]
    sources, texts = catalogue.many(connection, nums), catalogue.texts_of(connection, nums)
    for num, score in ranked:
        source = sources.get(num)
        if source is None:  # removed by another process since the index was read
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
        )


class _Asker:
    """Builds the index's query. It decides what counts as a match and how much each kind of match weighs."""

    def __init__(self, index: Index, forms: Forms) -> None:
        self._index = index
        self._schema = index.schema
        self._forms = forms

    def question(self, terms: tuple[Term, ...], query: Query) -> tantivy.Query:
        must: list[_Question] = []
        should: list[_Question] = []
        for term in terms:
            if term.excluded:
                must.append((tantivy.Occur.MustNot, self._match(term)))
            else:
                must.append((tantivy.Occur.Must, self._match(term)))
                should.extend(self._bonus(term))
        must.extend((tantivy.Occur.Must, filter) for filter in self._filters(query))
        if not any(occur == tantivy.Occur.Must for occur, _ in must):
            must.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(must + should)

    def _match(self, term: Term) -> tantivy.Query:
        if term.is_phrase:
            return self._phrase(term)
        if term.prefix:
            return self._prefix(term)
        if term.exact:
            return self._any([self._word("body", term.words[0]), self._word("title", term.words[0])])
        return self._any([self._word("stem", stem) for stem in sorted(self._forms(term.words[0]))])

    def _bonus(self, term: Term) -> Iterable[_Question]:
        """What lifts a match without being needed for it: the very word, and the title."""
        if term.is_phrase or term.prefix:
            return
        word = term.words[0]
        if not term.exact:
            yield self._weighted("body", word, _EXACT_WEIGHT)
        yield self._weighted("title", word, _TITLE_WEIGHT)
        for stem in sorted(self._forms(word)):
            yield self._weighted("title_stem", stem, _TITLE_STEM_WEIGHT)

    def _weighted(self, field: str, word: str, weight: float) -> _Question:
        return tantivy.Occur.Should, tantivy.Query.boost_query(self._word(field, word), weight)

    def _phrase(self, term: Term) -> tantivy.Query:
        spoken: list[str | tuple[int, str]] = list(term.words)
        make = tantivy.Query.phrase_prefix_query if term.prefix else tantivy.Query.phrase_query
        title = tantivy.Query.boost_query(make(self._schema, "title", spoken), 1 + _TITLE_WEIGHT)
        return self._any([make(self._schema, "body", spoken), title])

    def _prefix(self, term: Term) -> tantivy.Query:
        """The most frequent words with the prefix, ranked; asked for with a star, the rest of them too."""
        prefix = term.words[0]
        expanded = self._index.searcher.terms_with_prefix("body", prefix, limit=_EXPANSIONS + 1)
        questions = [self._word("body", word) for word, _ in expanded[:_EXPANSIONS]]
        titled = self._index.searcher.terms_with_prefix("title", prefix, limit=_EXPANSIONS)
        questions += [tantivy.Query.boost_query(self._word("title", word), 1 + _TITLE_WEIGHT) for word, _ in titled]
        if term.typing:
            questions += [self._word("stem", stem) for stem in sorted(self._forms(prefix))]
        elif len(expanded) > _EXPANSIONS:
            rest = tantivy.Query.regex_query(self._schema, "body", f"{prefix}.*")
            questions.append(tantivy.Query.const_score_query(rest, 0.01))
        return self._any(questions)

    def _filters(self, query: Query) -> Iterable[tantivy.Query]:
        for name, wanted in (("outlet", query.outlet), ("language", query.language), ("tag", query.tag)):
            if wanted.strip():
                folded = wanted.strip().casefold() if name == "language" else fold_phrase(wanted)
                yield tantivy.Query.const_score_query(self._word(name, folded), 0.0)
        if query.from_date.strip() or query.to_date.strip():
            earliest = date_bounds(query.from_date.strip())[0] or 1
            latest = date_bounds(query.to_date.strip())[1] or LATEST
            yield self._between("last", earliest, LATEST)
            yield self._between("first", 1, latest)

    def _between(self, field: str, low: int, high: int) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.const_score_query(tantivy.Query.range_query(self._schema, field, kind, low, high), 0.0)

    def _word(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word)

    @staticmethod
    def _any(questions: list[tantivy.Query]) -> tantivy.Query:
        if not questions:
            return tantivy.Query.empty_query()
        if len(questions) == 1:
            return questions[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, question) for question in questions])
