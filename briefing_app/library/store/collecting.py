"""The rows of collections: sources put together under a name, and saved searches.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing_app.errors import BriefingError, UsageError
from briefing_app.library.store.records import tidy
from briefing_app.library.store.states import touch
from briefing_app.library.store.store import next_change

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A collection of sources. With a ``query`` it is a saved search, and has what that finds; ``count`` of them."""

    num: int
    name: str
    query: str | None
    count: int


def every(connection: sqlite3.Connection) -> list[Collection]:
    """All collections by name. The count of a saved search is 0 here: it is for the search to tell."""
    rows = connection.execute(
        "SELECT num, name, query, (SELECT count(*) FROM collected WHERE collection = num) FROM collection"
    ).fetchall()
    found = [Collection(num=num, name=name, query=query, count=count) for num, name, query, count in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def get(connection: sqlite3.Connection, num: int) -> Collection:
    """The collection with this number. Raises BriefingError where there is none."""
    row = connection.execute(
        "SELECT num, name, query, (SELECT count(*) FROM collected WHERE collection = num) FROM collection"
        " WHERE num = ?",
        (num,),
    ).fetchone()
    if row is None:
        raise BriefingError(f"The library has no collection with the number {num}.", "It may have been removed.")
    return Collection(num=row[0], name=row[1], query=row[2], count=row[3])


def make(connection: sqlite3.Connection, name: str, query: str | None) -> int:
    """Make a collection and give its number. Raises UsageError where the name cannot be or is there already."""
    cursor = connection.execute(
        "INSERT INTO collection (name, query, made) VALUES (?, ?, ?)",
        (_free_name(connection, name), query, datetime.now(UTC).isoformat(timespec="seconds")),
    )
    next_change(connection)
    return int(cursor.lastrowid or 0)


def rename(connection: sqlite3.Connection, num: int, name: str) -> None:
    get(connection, num)
    connection.execute("UPDATE collection SET name = ? WHERE num = ?", (_free_name(connection, name, besides=num), num))
    next_change(connection)


def change_query(connection: sqlite3.Connection, num: int, query: str) -> None:
    if get(connection, num).query is None:
        raise UsageError(
            "A collection that sources were put into has no search to change.", "Make a saved search beside it."
        )
    connection.execute("UPDATE collection SET query = ? WHERE num = ?", (query, num))
    next_change(connection)


def remove(connection: sqlite3.Connection, num: int) -> None:
    """Remove a collection; its sources stay in the library."""
    get(connection, num)
    connection.execute("DELETE FROM collection WHERE num = ?", (num,))  # its number is never given again
    next_change(connection)


def put_in(connection: sqlite3.Connection, num: int, sources: Sequence[int]) -> int:
    """Put sources into a collection. Raises UsageError for a saved search."""
    _refuse_saved_search(get(connection, num))
    inside = _members(connection, num)
    missing = [source for source in sources if source not in inside]
    connection.executemany("INSERT INTO collected VALUES (?, ?)", [(num, source) for source in missing])
    return touch(connection, missing)


def take_out(connection: sqlite3.Connection, num: int, sources: Sequence[int]) -> int:
    """Take sources out of a collection. Raises UsageError for a saved search."""
    _refuse_saved_search(get(connection, num))
    inside = _members(connection, num)
    present = [source for source in sources if source in inside]
    connection.executemany(
        "DELETE FROM collected WHERE collection = ? AND source = ?", [(num, source) for source in present]
    )
    return touch(connection, present)


def _members(connection: sqlite3.Connection, num: int) -> set[int]:
    return {row[0] for row in connection.execute("SELECT source FROM collected WHERE collection = ?", (num,))}


def _refuse_saved_search(collection: Collection) -> None:
    if collection.query is not None:
        raise UsageError(
            f"“{collection.name}” is a saved search: it has what it finds, and nothing is put in or taken out.",
            "Change its search, or make a collection beside it.",
        )


def _free_name(connection: sqlite3.Connection, name: str, *, besides: int = 0) -> str:
    name = tidy(name)
    if not name:
        raise UsageError("A collection needs a name.", "Give it a name.")
    if len(name) > _NAME_LENGTH:
        raise UsageError(f"The name “{name[:40]}…” is too long.", f"Keep it under {_NAME_LENGTH} characters.")
    rows = connection.execute("SELECT name FROM collection WHERE num <> ?", (besides,))
    same = next((row[0] for row in rows if row[0].casefold() == name.casefold()), None)
    if same is not None:
        raise UsageError(f"There is a collection “{same}” already.", "Choose another name.")
    return name
