"""What a pack says of its sources together, put in force once all of them are in the library.

What one is attached to, which are reprints of which in the analyst's own words, and the grades that outlets give.
Whatever is set here already stays. Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from briefing_app.library.care.merge_report import Account, Difference
from briefing_app.library.care.pack import PackedSource
from briefing_app.library.store import catalogue, kinship, outlets, sayings
from briefing_app.library.store.states import touch


def relate(connection: sqlite3.Connection, source: PackedSource, nums: Mapping[str, int], account: Account) -> None:
    """Attach a source to its message, and say of it what the pack says; ``nums`` are the numbers here by pack id."""
    num = nums.get(source.id)
    if num is None or num not in catalogue.many(connection, [num]):
        return
    parent = nums.get(source.parent or "")
    if parent is not None and parent != num:
        _attach(connection, num, parent, account)
    for other_id, said in source.said:
        other = nums.get(other_id)
        if other is None:
            continue
        if other_id == source.id:
            _name_origin(connection, num, account)
        elif other != num:
            known = kinship.said_of(connection, num).get(other)
            if known is None:
                sayings.settle(connection, num, other, said)
            elif known != said:
                field = f"kinship with {_title(connection, other)}"
                account.conflicts.append(_difference(connection, num, field, known, said))


def _attach(connection: sqlite3.Connection, num: int, parent: int, account: Account) -> None:
    known = connection.execute("SELECT parent FROM source WHERE num = ?", (num,)).fetchone()[0]
    if known is None and not _is_below(connection, parent, num):
        connection.execute("UPDATE source SET parent = ? WHERE num = ?", (parent, num))
        touch(connection, [num])
    elif known != parent:
        here = "" if known is None else _title(connection, known)
        account.conflicts.append(_difference(connection, num, "attached to", here, _title(connection, parent)))


def _is_below(connection: sqlite3.Connection, num: int, above: int) -> bool:
    """True where ``num`` is attached to ``above``, by whatever way."""
    met: set[int] = set()
    one: int | None = num
    while one is not None and one not in met:
        met.add(one)
        row = connection.execute("SELECT parent FROM source WHERE num = ?", (one,)).fetchone()
        one = None if row is None else row[0]
    return above in met


def _name_origin(connection: sqlite3.Connection, num: int, account: Account) -> None:
    named = sayings.named_origin(connection, num)
    if named is None:
        sayings.settle_origin(connection, num)
    elif named != num:
        here, there = _title(connection, named), _title(connection, num)
        account.conflicts.append(_difference(connection, num, "origin of its reprints", here, there))


def grade_outlets(connection: sqlite3.Connection, grades: Mapping[str, tuple[str, str]], account: Account) -> None:
    """Grade the outlets that have no grade here as the pack does."""
    for name, there in grades.items():
        row = connection.execute("SELECT reliability, descriptor FROM outlet WHERE name = ?", (name,)).fetchone()
        here = ("", "") if row is None else (row[0], row[1])
        if here == there:
            continue
        difference = Difference("", name, "grade of the outlet", _shown(here), _shown(there))
        if row is None:
            outlets.set_grade(connection, name, *there)
            account.taken.append(difference)
        else:
            account.conflicts.append(difference)


def _shown(grade: tuple[str, str]) -> str:
    return ", ".join(filter(None, grade))


def _title(connection: sqlite3.Connection, num: int) -> str:
    found = catalogue.many(connection, [num]).get(num)
    return found.display_title if found is not None else ""


def _difference(connection: sqlite3.Connection, num: int, field: str, here: str, there: str) -> Difference:
    source = catalogue.many(connection, [num])[num]
    return Difference(source.id, source.display_title, field, here, there)
