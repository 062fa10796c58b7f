"""Counts of the answers to a search by outlet, language, tag, kind, grade, year and collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tantivy

from briefing_app.library.search.index import NO_GRADE
from briefing_app.library.search.known import Known
from briefing_app.library.search.values import UNGRADED

_MOST = 50  # values of one facet
_GONE = 200  # collections that were removed, and that the index knows yet
_LOOKED_AT = 20_000  # values of one facet, in each part of the index, up to which counts are exact

Counts = tuple[tuple[str, int], ...]
"""Values with the number of answers that have them, most frequent first, at most 50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many of ``total`` answers have which values; answers without a value are left out of its counts.

    ``languages`` are codes, ``years`` are of publication, ``grades`` those in force, where "none" stands for sources
    without one. ``collections`` are those that sources were put into, no saved searches. A source with several tags
    or in several collections counts for each. Counts are exact; of outlets and tags, where one part of the index has
    over 20,000 different ones, the least frequent may be missed.
    """

    total: int
    outlets: Counts = ()
    languages: Counts = ()
    tags: Counts = ()
    kinds: Counts = ()
    grades: Counts = ()
    years: Counts = ()
    collections: Counts = ()


def count_facets(searcher: tantivy.Searcher, schema: tantivy.Schema, question: tantivy.Query, known: Known) -> Facets:
    """The facets of all answers to ``question``."""
    fields = ("outlet_name", "spoken", "tag", "kind", "grade", "year", "collection")
    most = {"collection": max(_MOST, len(known.names)) + _GONE}
    asked: dict[str, Any] = {name: _terms(name, most.get(name, _MOST)) for name in fields}
    asked["all"] = {"value_count": {"field": "num"}}
    found = searcher.aggregate(tantivy.Query.const_score_query(question, 0.0), asked)
    counts = {name: _counts(found[name]) for name in fields}
    return Facets(
        total=int(found["all"]["value"]),
        outlets=_first(counts["outlet_name"]),
        languages=_first(counts["spoken"]),
        tags=_first(_renamed(counts["tag"], known.tags)),
        kinds=_first(counts["kind"]),
        grades=_first(_grades(searcher, schema, question, counts["grade"], known.grades)),
        years=_first({str(int(float(year))): count for year, count in counts["year"].items()}),
        collections=_first(
            {known.names[int(num)]: count for num, count in counts["collection"].items() if int(num) in known.names}
        ),
    )


def _grades(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    question: tantivy.Query,
    own: Mapping[str, int],
    graded: Mapping[str, str],
) -> dict[str, int]:
    """The grades in force: the sources' own, and for those without one what their outlets give them."""
    grades = {grade: count for grade, count in own.items() if grade != NO_GRADE}
    left = own.get(NO_GRADE, 0)
    if left and graded:
        parts = [
            question,
            tantivy.Query.term_query(schema, "grade", NO_GRADE),
            tantivy.Query.term_set_query(schema, "outlet_name", list(graded)),
        ]
        inherited = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        found = searcher.aggregate(
            tantivy.Query.const_score_query(inherited, 0.0), {"outlets": _terms("outlet_name", len(graded))}
        )
        for outlet, count in _counts(found["outlets"]).items():
            grades[graded[outlet]] = grades.get(graded[outlet], 0) + count
            left -= count
    return {**grades, UNGRADED: left} if left > 0 else grades


def _terms(field: str, most: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": most, "segment_size": max(most, _LOOKED_AT)}}


def _counts(found: Any) -> dict[str, int]:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}


def _renamed(counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    return {names.get(value, value): count for value, count in counts.items()}


def _first(counts: Mapping[str, int]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST])
