"""Windows of the list of all sources, wherever they begin, without reading the rows before them.

The database finds a row by its key at once, but not by its position. So the keys at every so many rows are kept, met
on the way to the windows that were asked for, until the library changes.
"""

from __future__ import annotations

import sqlite3
import threading

_STEP = 1000  # rows between two keys that are kept
ORDERS = {  # what the rows are sorted by, and whether downwards; an index of the database has it
    "added": ("added", True),
    "date": ("published", True),
    "title": ("title_key", False),
}
_WAYS = {**ORDERS, **{f"{order} turned": (column, not down) for order, (column, down) in ORDERS.items()}}

_Key = tuple[str, int]


class Pages:
    """Where the windows of one open library begin. It may be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._change = -1
        self._marks: dict[str, list[_Key]] = {}

    def nums(
        self,
        connection: sqlite3.Connection,
        change: int,
        order: str,
        offset: int,
        limit: int,
        *,
        turned: bool = False,
    ) -> list[int]:
        """The numbers of ``limit`` sources from position ``offset`` on; ``change`` is the library's change number.

        ``turned`` gives the order the other way round.
        """
        way = f"{order} turned" if turned else order
        if limit <= 0:
            return []
        offset = max(0, offset)
        with self._lock:
            if change != self._change:
                self._change, self._marks = change, {}
            marks = list(self._marks.get(way, []))
        while len(marks) < offset // _STEP:
            last = marks[-1] if marks else None
            met = _after(connection, way, last, _STEP - 1, 1)
            if not met:
                return []
            marks.append(met[0])
        with self._lock:
            if change == self._change and len(marks) > len(self._marks.get(way, [])):
                self._marks[way] = marks
        passed = min(offset // _STEP, len(marks))
        last = marks[passed - 1] if passed else None
        return [num for _, num in _after(connection, way, last, offset - passed * _STEP, limit)]


def _after(connection: sqlite3.Connection, order: str, last: _Key | None, skip: int, limit: int) -> list[_Key]:
    """Keys of ``limit`` rows, ``skip`` rows after the one with the key ``last``.

    First the rows that are equal to it but for their number, then the others: in one comparison of pairs the database
    would read all the equal ones.
    """
    column, down = _WAYS[order]
    way, beyond = ("DESC", "<") if down else ("ASC", ">")
    found: list[_Key] = []
    where, given = "", []
    if last is not None:
        equal = f"FROM source WHERE {column} = ? AND num {beyond} ?"
        found = connection.execute(
            f"SELECT {column}, num {equal} ORDER BY num {way} LIMIT ? OFFSET ?", (*last, limit, skip)
        ).fetchall()
        if len(found) == limit:
            return found
        skip = max(0, skip - int(connection.execute(f"SELECT count(*) {equal}", last).fetchone()[0]))
        where, given = f"WHERE {column} {beyond} ?", [last[0]]
    found += connection.execute(
        f"SELECT {column}, num FROM source {where} ORDER BY {column} {way}, num {way} LIMIT ? OFFSET ?",
        (*given, limit - len(found), skip),
    ).fetchall()
    return found
