"""Searching: a query becomes one question to the index, and its best answers become hits with snippets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from briefing_app.errors import UsageError
from briefing_app.library.search.asking import Asker
from briefing_app.library.search.index import Index, damage_noticed
from briefing_app.library.search.query import parse_line
from briefing_app.library.search.snippets import Matcher, make_snippet
from briefing_app.library.store import catalogue
from briefing_app.library.store.records import is_real_date
from briefing_app.library.words.forms import forms_in
from briefing_app.library.words.languages import language_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. ``text`` is a query line; empty, it lists every source that passes the filters.

    ``outlet`` and ``tag`` are whole names; ``language`` is a code or the name of a language.
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
    for field in parse_line(query.text, prefix_last=query.prefix_last).fields:
        if field.field in ("before", "after") and not field.typing and not is_real_date(field.value):
            raise UsageError(
                f"“{field.value}” after “{field.field}:” is not a date.", "Write it as 2026-11-03, 2026-11 or 2026."
            )
    if query.order not in ("relevance", "date"):
        raise UsageError(f"Results cannot be ordered by “{query.order}”.", "Order them by relevance or by date.")


def run(query: Query, index: Index, connection: sqlite3.Connection, languages: frozenset[str]) -> SearchResults:
    """Search ``index`` and read what the hits need from the database. ``languages`` are those of the library."""
    line = parse_line(query.text, prefix_last=query.prefix_last)
    wanted = [term for term in line.terms if not term.excluded]
    titled = any(field.field == "title" and not field.term.excluded for field in line.fields)
    spoken = frozenset(language_codes(query.language)) if query.language.strip() else languages
    by_date = query.order == "date" or not (wanted or titled)
    with damage_noticed():
        searcher = index.searcher
        forms = forms_in(spoken, lambda stem: searcher.doc_freq("stem", stem))
        found = searcher.search(
            Asker(index, forms).question(line, query),
            max(1, query.limit),
            offset=max(0, query.offset),
            order_by_field="first" if by_date else None,
        )
        answers = found.hits if query.limit > 0 else []
        matcher = Matcher(wanted, spoken, forms)
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
