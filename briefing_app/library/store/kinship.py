"""Which sources are reprints of which, as the database has it: groups, and what the analyst said about two sources.

A group is an origin and the sources whose ``origin`` it is; an origin has none itself. In the table ``kinship`` a row
says of ``source`` that it is a reprint of ``other``, derived from it, or independent of it; a row of a source with
itself says that it is the origin of its group. Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import Literal

from briefing_app.library.store.store import next_change

Said = Literal["reprint", "derived", "independent"]


def origin_of(connection: sqlite3.Connection, num: int) -> int:
    """The origin of a source's group: itself where it is alone or the origin."""
    row = connection.execute("SELECT ifnull(origin, num) FROM source WHERE num = ?", (num,)).fetchone()
    return int(row[0]) if row else num


def group_of(connection: sqlite3.Connection, num: int) -> list[int]:
    """The sources of a source's group, the origin first, then as they were added."""
    origin = origin_of(connection, num)
    rows = connection.execute("SELECT num FROM source WHERE origin = ? AND num <> ? ORDER BY num", (origin, origin))
    return [origin, *(row[0] for row in rows)]


def said_of(connection: sqlite3.Connection, num: int) -> dict[int, Said]:
    """What the analyst said of a source and others, whichever of the two it was said of."""
    rows = connection.execute(
        "SELECT other, said FROM kinship WHERE source = ?1 AND other <> ?1"
        " UNION ALL SELECT source, said FROM kinship WHERE other = ?1 AND source <> ?1",
        (num,),
    )
    return dict(rows)


def said_derived(connection: sqlite3.Connection, num: int) -> set[int]:
    """The sources from which the analyst said that this one is derived."""
    rows = connection.execute("SELECT other FROM kinship WHERE source = ? AND said = 'derived'", (num,))
    return {row[0] for row in rows}


def said_any(connection: sqlite3.Connection) -> bool:
    """False where the analyst has said nothing of any two sources."""
    return connection.execute("SELECT 1 FROM kinship LIMIT 1").fetchone() is not None


def is_named(connection: sqlite3.Connection, num: int) -> bool:
    """True where the analyst named this source as the origin of its group."""
    found = connection.execute("SELECT 1 FROM kinship WHERE source = ?1 AND other = ?1", (num,)).fetchone()
    return found is not None


def is_said_origin(connection: sqlite3.Connection, num: int) -> bool:
    """True where the analyst said of another source of its group that it is a reprint of this one."""
    found = connection.execute(
        "SELECT 1 FROM kinship JOIN source ON num = kinship.source"
        " WHERE other = ?1 AND said = 'reprint' AND source.origin = ?1",
        (num,),
    ).fetchone()
    return found is not None


def say(connection: sqlite3.Connection, num: int, other: int, said: Said) -> None:
    """Remember what the analyst says of two sources, in place of anything said of them before."""
    connection.execute(
        "DELETE FROM kinship WHERE (source, other) IN (VALUES (?1, ?2), (?2, ?1)) AND source <> other", (num, other)
    )
    connection.execute("INSERT INTO kinship VALUES (?, ?, ?)", (num, other, said))


def say_origin(connection: sqlite3.Connection, num: int, group: Collection[int]) -> None:
    """Remember that a source is the origin of its group, and no other of the group."""
    connection.executemany("DELETE FROM kinship WHERE source = ?1 AND other = ?1", [(member,) for member in group])
    connection.execute("INSERT INTO kinship VALUES (?1, ?1, 'reprint')", (num,))


def regroup(connection: sqlite3.Connection, members: Collection[int]) -> int:
    """Make ``members`` a group with its proper origin. Gives how many sources have another origin than before."""
    members = sorted(set(members))
    if not members:
        return 0
    origin = _elected(connection, members)
    changed = 0
    for num in members:
        wanted = None if num == origin else origin
        row = connection.execute("SELECT origin FROM source WHERE num = ?", (num,)).fetchone()
        if row is not None and row[0] != wanted:
            values = (wanted, next_change(connection), num)
            connection.execute("UPDATE source SET origin = ?, change = ? WHERE num = ?", values)
            changed += 1
    return changed


def leave_group(connection: sqlite3.Connection, num: int) -> int:
    """Take a source out of its group; the others stay one. Gives how many sources have another origin than before."""
    others = [member for member in group_of(connection, num) if member != num]
    if not others:
        return 0
    return regroup(connection, [num]) + regroup(connection, others)


def _elected(connection: sqlite3.Connection, members: Collection[int]) -> int:
    """The one that the analyst named; else of those that others were said to be reprints of, or of all, the first."""
    among = json.dumps(list(members))
    said = connection.execute(
        "SELECT source, other FROM kinship WHERE said = 'reprint'"
        " AND source IN (SELECT value FROM json_each(?1)) AND other IN (SELECT value FROM json_each(?1))",
        (among,),
    ).fetchall()
    named = {source for source, other in said if source == other}
    sources = {source for source, other in said if source != other}
    targets = {other for source, other in said if source != other} - sources
    return min(named or targets or members, key=ages(connection, members).__getitem__)


def ages(connection: sqlite3.Connection, nums: Iterable[int]) -> dict[int, tuple[str, str, int]]:
    """What sources are ordered by from the earliest on: when they appeared at the latest, then when they were added."""
    rows = connection.execute(
        "SELECT num, published, added FROM source WHERE num IN (SELECT value FROM json_each(?))",
        (json.dumps(list(nums)),),
    )
    return {num: (latest_moment(published), added, num) for num, published, added in rows}


def latest_moment(published: str) -> str:
    """The last minute, in UTC, that a partial date may mean, as text in order of time; unknown dates come last.

    So a whole date comes before a month or year that it lies in: only what is surely earlier is taken for it.
    """
    if not published:
        return "9999"
    if "T" not in published:
        return published + "-12-31T23:59"[3 * (published.count("-")) :]
    try:
        moment = datetime.datetime.fromisoformat(published)
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return published[:16]
    return moment.strftime("%Y-%m-%dT%H:%M").rjust(16, "0")
