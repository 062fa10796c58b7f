"""The rows of outlets: how reliable one is taken to be where a source of it has no grade of its own.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from briefing_app.library.store.corrections import check_corrections
from briefing_app.library.store.records import tidy
from briefing_app.library.store.store import next_change
from briefing_app.model.grading import Reliability


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet with the number of its sources, and the grade and descriptor that those inherit without their own."""

    name: str
    count: int
    reliability: Reliability | None
    descriptor: str


def every(connection: sqlite3.Connection) -> list[Outlet]:
    """The outlets of all sources and those that were graded, the most frequent first."""
    rows = connection.execute(
        "SELECT name, max(count), max(reliability), max(descriptor) FROM ("
        " SELECT value AS name, count, '' AS reliability, '' AS descriptor FROM facet"
        " WHERE kind = 'outlet' AND value <> '' AND count > 0"
        " UNION ALL SELECT name, 0, reliability, descriptor FROM outlet"
        ") GROUP BY name ORDER BY max(count) DESC, name"
    )
    return [
        Outlet(name=name, count=count, reliability=Reliability(grade) if grade else None, descriptor=descriptor)
        for name, count, grade, descriptor in rows
    ]


def set_grade(connection: sqlite3.Connection, name: str, reliability: str | None, descriptor: str) -> None:
    """Set what an outlet's sources inherit; without both nothing is inherited. Raises UsageError for no such grade."""
    checked = check_corrections({"reliability": reliability or "", "descriptor": descriptor})
    name = tidy(name)
    if checked["reliability"] or checked["descriptor"]:
        connection.execute(
            "INSERT INTO outlet VALUES (?1, ?2, ?3)"
            " ON CONFLICT DO UPDATE SET reliability = excluded.reliability, descriptor = excluded.descriptor",
            (name, checked["reliability"], checked["descriptor"]),
        )
    else:
        connection.execute("DELETE FROM outlet WHERE name = ?", (name,))
    next_change(connection)


def graded(connection: sqlite3.Connection) -> dict[str, str]:
    """The grade that each graded outlet gives to its sources."""
    return dict(connection.execute("SELECT name, reliability FROM outlet WHERE reliability <> ''").fetchall())
