"""Searching: a query becomes one question to the index, and its best answers become hits with snippets."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import tantivy

from briefing_app.errors import UsageError
from briefing_app.library.search import values
from briefing_app.library.search.asking import Asker
from briefing_app.library.search.facets import Facets, count_facets
from briefing_app.library.search.groups import Folding, count, count_groups
from briefing_app.library.search.hits import Hit, read_hits
from briefing_app.library.search.index import Index, damage_noticed
from briefing_app.library.search.known import Situation
from briefing_app.library.search.query import FieldTerm, parse_line
from briefing_app.library.search.snippets import Matcher
from briefing_app.library.store.records import is_real_date
from briefing_app.library.words.folding import fold_phrase
from briefing_app.library.words.forms import forms_in
from briefing_app.library.words.languages import language_codes

__all__ = ["ORDERS", "Facets", "Hit", "Query", "SearchResults", "check", "facets_of", "run"]

Order = Literal["relevance", "date", "added", "title"]
ORDERS = ("relevance", "date", "added", "title")
_SORTED_BY = {"date": ("first", True), "added": ("num", True), "title": ("title_key", False)}  # and whether downwards
_DATES = "Write it as 2026-11-03, 2026-11 or 2026."


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. ``text`` is a query line; empty, it lists every source that passes the filters.

    ``outlet`` and ``tag`` are whole names; ``language`` is a code or the name of a language.
    Dates are ISO 8601, may stop at the year or the month, and are inclusive. ``prefix_last`` is for searching while
    typing, ``fuzzy`` takes each word for ``word~``. ``limit`` and ``offset`` choose a window of the answers.

    ``order`` is best first, latest date first, last import first, or by title from A to Z; ``oldest_first`` turns
    each but the first round. A source without a date stands last either way. A query without words has no relevance,
    and its answers come by date. With ``folded`` only the best-ranked of each group of reprints is given. ``today``
    is the day that ``added:today`` means; the library sets it where it is None.
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
    order: Order = "relevance"
    oldest_first: bool = False
    folded: bool = False
    fuzzy: bool = False
    today: date | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A window of hits, of ``total`` in all. ``behind`` sources are not in the index yet and cannot be found.

    Of folded answers ``total`` counts groups; it is exact up to 100,000 reprints among the answers, and within two
    hundredths beyond.
    """

    total: int
    hits: tuple[Hit, ...]
    behind: int = 0


def check(query: Query, collections: frozenset[str] | None = None) -> None:
    """Raise UsageError where a filter or an order has no meaning. ``collections`` are the folded names there are."""
    for name, day in (("from", query.from_date), ("to", query.to_date)):
        if not is_real_date(day.strip()):
            raise UsageError(f"The {name} date “{day}” is not a date.", _DATES)
    for field in parse_line(query.text, prefix_last=query.prefix_last).fields:
        if not field.typing:
            _check_field(field, collections)
    if query.order not in ORDERS:
        raise UsageError(
            f"Results cannot be ordered by “{query.order}”.", "Order them by relevance, date, added or title."
        )


def _check_field(field: FieldTerm, collections: frozenset[str] | None) -> None:
    name, value = field.field, field.value
    unfinished = field.term.prefix
    if name in ("before", "after") and not is_real_date(value):
        raise UsageError(f"“{value}” after “{name}:” is not a date.", _DATES)
    if name == "added" and values.days(value, date(2000, 1, 1)) is None:
        raise UsageError(
            f"“{value}” after “added:” is not a day.",
            "Write today, yesterday, week, month, a date, or a range such as 2026-11-20..2026-11-24.",
        )
    if name == "grade" and values.grades(value) is None:
        raise UsageError(f"“{value}” after “grade:” is not a grade.", "Write a letter from A to F, A-C, or none.")
    if name == "is" and values.flag(value, unfinished=unfinished) is None:
        raise UsageError(f"“{value}” after “is:” is not known.", f"Write one of {', '.join(values.FLAGS)}.")
    if name == "kind" and values.kind(value, unfinished=unfinished) is None:
        raise UsageError(f"“{value}” after “kind:” is no kind of source.", f"Write one of {', '.join(values.KINDS)}.")
    if name == "in" and collections is not None and not unfinished and fold_phrase(value) not in collections:
        raise UsageError(
            f"There is no collection “{value}”.", "Write its whole name, in quotation marks where it has several words."
        )


class _Asked:
    """One query, put into the words of the index."""

    def __init__(self, query: Query, index: Index, situation: Situation) -> None:
        line = parse_line(query.text, prefix_last=query.prefix_last, fuzzy=query.fuzzy)
        wanted = [term for term in line.terms if not term.excluded]
        titled = any(field.field == "title" and not field.term.excluded for field in line.fields)
        spoken = situation.known.languages
        if query.language.strip():
            spoken = frozenset(language_codes(query.language))
        self.searcher = searcher = index.searcher
        forms = forms_in(spoken, lambda stem: searcher.doc_freq("stem", stem))
        self.question = Asker(index, forms, situation).question(line, query)
        self.matcher = Matcher(wanted, spoken, forms)
        order = query.order if query.order != "relevance" or wanted or titled else "date"
        self._sorted_by: str | None
        self._sorted_by, downwards = _SORTED_BY.get(order, (None, True))
        self._order = tantivy.Order.Desc if downwards != query.oldest_first else tantivy.Order.Asc

    def answers(self, offset: int, limit: int, *, counted: bool = False) -> tuple[int, list[tuple[int, float]]]:
        """A window of the answers as row numbers and scores, and with ``counted`` how many there are in all."""
        found = self._search(offset, limit, counted)
        scored = zip(self._values("num", found), found.hits, strict=True)
        total = int(getattr(found, "count", 0) or 0)  # the wheel's type stub leaves it out
        return total, [(num, 0.0 if self._sorted_by else float(score)) for num, (score, _) in scored]

    def in_groups(self, offset: int, limit: int) -> list[tuple[int, float, int]]:
        """A window of the answers, each with the number of its group of reprints."""
        found = self._search(offset, limit, False)
        scored = zip(self._values("num", found), found.hits, self._values("group", found), strict=True)
        return [(num, 0.0 if self._sorted_by else float(score), group) for num, (score, _), group in scored]

    def _search(self, offset: int, limit: int, counted: bool) -> tantivy.SearchResult:
        return self.searcher.search(
            self.question, limit, offset=offset, count=counted, order_by_field=self._sorted_by, order=self._order
        )

    def _values(self, field: str, found: tantivy.SearchResult) -> list[int]:
        addresses = [address for _, address in found.hits]
        values = self.searcher.fast_field_values(field, addresses) if addresses else []
        return [int(value or 0) for value in values]


def run(
    query: Query, index: Index, connection: sqlite3.Connection, situation: Situation, folding: Folding
) -> SearchResults:
    """Search ``index`` and read what the hits need from the database."""
    offset, limit = max(0, query.offset), max(0, query.limit)
    with damage_noticed():
        asked = _Asked(query, index, situation)
        if query.folded:
            total, ranked = folding.window(
                (replace(query, offset=0, limit=0, today=situation.today), situation.known.change),
                asked.searcher,
                asked.in_groups,
                lambda: count_groups(asked.searcher, index.schema, asked.question),
                offset=offset,
                limit=limit,
            )
        elif limit:
            total, ranked = asked.answers(offset, limit, counted=True)
        else:
            total, ranked = count(asked.searcher, asked.question), []
    return SearchResults(total, tuple(read_hits(ranked, connection, asked.matcher)))


def facets_of(query: Query, index: Index, situation: Situation) -> Facets:
    """The facets of all answers to ``query``, whatever window of them it asks for."""
    with damage_noticed():
        asked = _Asked(query, index, situation)
        return count_facets(asked.searcher, index.schema, asked.question, situation.known)
