"""Putting in force what the analyst says of two sources, or of the origin of a group of reprints.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import sqlite3

from briefing_app.library.store import kinship
from briefing_app.library.store.kinship import Said


def sayings_of(connection: sqlite3.Connection, num: int) -> list[tuple[str, Said]]:
    """What was said of a source, by the ids of the others; with its own id, that it is the origin of its group."""
    rows = connection.execute(
        "SELECT id, said FROM kinship JOIN source ON num = other WHERE kinship.source = ? ORDER BY id", (num,)
    )
    return [(id, said) for id, said in rows]


def settle(connection: sqlite3.Connection, num: int, other: int, said: Said) -> None:
    """Remember what is said of two sources, and let their groups be so."""
    kinship.say(connection, num, other, said)
    if said == "reprint":
        own = kinship.group_of(connection, num)
        joining = own if own[0] == num else [num]
        kinship.regroup(connection, set(own) - set(joining))
        kinship.regroup(connection, {*kinship.group_of(connection, other), *joining})
    elif kinship.origin_of(connection, num) == kinship.origin_of(connection, other):
        kinship.leave_group(connection, num)


def settle_origin(connection: sqlite3.Connection, num: int) -> None:
    """Remember that a source is the origin of its group, which may have nobody else in it yet."""
    group = kinship.group_of(connection, num)
    kinship.say_origin(connection, num, group)
    kinship.regroup(connection, group)


def named_origin(connection: sqlite3.Connection, num: int) -> int | None:
    """The source of the group of ``num`` that was named as its origin, if one was."""
    return next((one for one in kinship.group_of(connection, num) if kinship.is_named(connection, one)), None)
