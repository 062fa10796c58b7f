"""What a search has to know of the library beside its index: languages, grades of outlets, collections, tags."""

from __future__ import annotations

import datetime
import sqlite3
from dataclasses import dataclass

from briefing_app.library.store import collecting, outlets
from briefing_app.library.words.folding import fold_phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Read once for each state of the library, which ``change`` numbers.

    ``grades`` are those that outlets give to their sources. ``collections`` leads from folded names to numbers and
    saved searches (None for a collection that sources were put into), ``names`` from numbers to names of the latter,
    ``tags`` from folded tags to how they are written most often.
    """

    change: int
    languages: frozenset[str]
    grades: dict[str, str]
    collections: dict[str, tuple[int, str | None]]
    names: dict[int, str]
    tags: dict[str, str]


def read(connection: sqlite3.Connection, change: int) -> Known:
    """What is known in the library as it stands now, after the change with this number."""
    every = collecting.every(connection)
    tags: dict[str, str] = {}
    for (tag,) in connection.execute("SELECT value FROM facet WHERE kind = 'tag' AND count > 0 ORDER BY count DESC"):
        tags.setdefault(fold_phrase(tag), tag)
    languages = connection.execute("SELECT value FROM facet WHERE kind = 'language' AND value <> '' AND count > 0")
    return Known(
        change=change,
        languages=frozenset(row[0].casefold() for row in languages),
        grades=outlets.graded(connection),
        collections={fold_phrase(one.name): (one.num, one.query) for one in every},
        names={one.num: one.name for one in every if one.query is None},
        tags=tags,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What one search goes by: what is known of the library, and which day is today."""

    known: Known
    today: datetime.date
