"""What the analyst has done with sources: stars, read, triage, notes, tags; for many of them at once.

Every function works inside the caller's connection and transaction, and gives how many sources it changed. A source
that is so already keeps its change number, so that the index has nothing to do for it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing_app.errors import BriefingError
from briefing_app.library.store.store import get_number, set_state

Triage = Literal["", "kept", "dropped"]
"""What was said of a source that came in: nothing yet (it is new), that it is kept, or dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the library knows of a source beside its fields.

    ``added`` is when it came in, in ISO 8601 and UTC. ``collections`` are the names of those that it was put into; a
    saved search is none of them. ``parent`` is the id of the message or record that it is attached to, ``origin``
    that of the source of which it is a reprint. ``reprints`` counts the other sources of its group of reprints.
    """

    starred: bool
    seen: bool
    triage: Triage
    note: str
    added: str
    tags: tuple[str, ...]
    collections: tuple[str, ...]
    parent: str | None
    origin: str | None
    reprints: int


def numbers(connection: sqlite3.Connection, ids: Iterable[str]) -> list[int]:
    """The row numbers of sources, each once, in the order given. Raises BriefingError for an id that is not there."""
    wanted = list(dict.fromkeys([ids] if isinstance(ids, str) else ids))
    rows = connection.execute(
        "SELECT id, num FROM source WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    known: dict[str, int] = dict(rows.fetchall())
    missing = [id for id in wanted if id not in known]
    if missing:
        others = f" and {len(missing) - 1} others" if len(missing) > 1 else ""
        raise BriefingError(
            f"The library has no source with the id “{missing[0]}”{others}.",
            "Look the id up with a search; it may have been removed. Nothing was changed.",
        )
    return [known[id] for id in wanted]


def touch(connection: sqlite3.Connection, nums: Sequence[int]) -> int:
    """Give each source a change number of its own, so that the index takes it in anew."""
    last = get_number(connection, "change")
    connection.executemany(
        "UPDATE source SET change = ? WHERE num = ?", [(last + place, num) for place, num in enumerate(nums, 1)]
    )
    set_state(connection, "change", last + len(nums))
    return len(nums)


def set_flag(connection: sqlite3.Connection, nums: Sequence[int], column: str, value: int | str) -> int:
    """Set ``starred``, ``seen``, ``triage`` or ``note`` of the sources that have another value there."""
    assert column in ("starred", "seen", "triage", "note")
    rows = connection.execute(
        f"SELECT num FROM source WHERE num IN (SELECT value FROM json_each(?)) AND {column} <> ? ORDER BY num",
        (json.dumps(list(nums)), value),
    )
    changed = [int(row[0]) for row in rows]
    connection.executemany(f"UPDATE source SET {column} = ? WHERE num = ?", [(value, num) for num in changed])
    return touch(connection, changed)


def add_tags(connection: sqlite3.Connection, nums: Sequence[int], tags: Sequence[str]) -> int:
    """Add tags to the sources that lack them; in another case a tag is the same."""
    have = _tags(connection, nums)
    new = []
    for num in nums:
        known = {tag.casefold() for tag in have.get(num, ())}
        new += [(num, tag) for tag in tags if tag.casefold() not in known]
    connection.executemany("INSERT INTO tag VALUES (?, ?)", new)
    return touch(connection, list(dict.fromkeys(num for num, _ in new)))


def remove_tags(connection: sqlite3.Connection, nums: Sequence[int], tags: Sequence[str]) -> int:
    """Take tags off the sources that have them, in whatever case."""
    unwanted = {tag.casefold() for tag in tags}
    gone = [(num, tag) for num, own in _tags(connection, nums).items() for tag in own if tag.casefold() in unwanted]
    connection.executemany("DELETE FROM tag WHERE source = ? AND tag = ?", gone)
    return touch(connection, list(dict.fromkeys(num for num, _ in gone)))


def _tags(connection: sqlite3.Connection, nums: Iterable[int]) -> dict[int, list[str]]:
    return _lists(connection, "SELECT source, tag FROM tag WHERE source IN", nums, "ORDER BY source, tag")


def _lists(connection: sqlite3.Connection, select: str, nums: Iterable[int], order: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    given = (json.dumps(list(nums)),)
    for num, value in connection.execute(f"{select} (SELECT value FROM json_each(?)) {order}", given):
        found.setdefault(num, []).append(value)
    return found


def states_of(connection: sqlite3.Connection, nums: Iterable[int]) -> dict[int, SourceState]:
    """The states of sources by row number; a number that has gone is left out."""
    wanted = list(nums)
    rows = connection.execute(
        "SELECT num, starred, seen, triage, note, added,"
        " (SELECT id FROM source AS other WHERE other.num = source.parent),"
        " (SELECT id FROM source AS other WHERE other.num = source.origin),"
        " (SELECT count(*) FROM source AS other WHERE other.origin = ifnull(source.origin, source.num))"
        " FROM source WHERE num IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    ).fetchall()
    tags = _tags(connection, wanted)
    put_into = _lists(
        connection,
        "SELECT source, name FROM collected JOIN collection ON num = collection WHERE source IN",
        wanted,
        "ORDER BY source, name",
    )
    return {
        num: SourceState(
            starred=bool(starred),
            seen=bool(seen),
            triage=triage,
            note=note,
            added=added,
            tags=tuple(tags.get(num, ())),
            collections=tuple(put_into.get(num, ())),
            parent=parent,
            origin=origin,
            reprints=reprints,
        )
        for num, starred, seen, triage, note, added, parent, origin, reprints in rows
    }
