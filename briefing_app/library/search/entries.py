"""What the index is told: the next changed sources as they stand in the database, and those that were removed."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from briefing_app.library.search.index import Entry
from briefing_app.library.search.values import minute
from briefing_app.library.store import catalogue

_COLUMNS = (
    "num, title, file_name, url, id, title_key, authors, outlet, language, published, added, kind, reliability,"
    " marking, origin, starred, seen, triage, note <> '', no_text"
)


def changes_after(connection: sqlite3.Connection, after: int, most: int) -> tuple[list[Entry], list[int], int]:
    """The next changes, ``most`` of them: entries as they stand now, numbers that were removed, the last change."""
    rows = connection.execute(
        "SELECT change, num, 0 FROM source WHERE change > ?1"
        " UNION ALL SELECT change, num, 1 FROM removed WHERE change > ?1 ORDER BY 1 LIMIT ?2",
        (after, most),
    ).fetchall()
    present = [num for _, num, gone in rows if not gone]
    removed = [num for _, num, gone in rows if gone]
    return list(_entries(connection, present)), removed, rows[-1][0] if rows else after


def _entries(connection: sqlite3.Connection, nums: list[int]) -> Iterable[Entry]:
    given = (json.dumps(nums),)
    chosen = "(SELECT value FROM json_each(?))"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM source WHERE num IN {chosen}", given).fetchall()
    texts = catalogue.texts_of(connection, nums)
    tags = _lists(connection.execute(f"SELECT source, tag FROM tag WHERE source IN {chosen}", given))
    put_into = _lists(connection.execute(f"SELECT source, collection FROM collected WHERE source IN {chosen}", given))
    for row in rows:
        num = row[0]
        yield _entry(row, texts.get(num, ""), tuple(tags.get(num, ())), tuple(put_into.get(num, ())))


def _entry(row: tuple[Any, ...], text: str, tags: tuple[str, ...], collections: tuple[int, ...]) -> Entry:
    num, title, file_name, url, id, title_key, authors, outlet, language, published, added, kind, grade = row[:13]
    marking, origin, starred, seen, triage, noted, no_text = row[13:]
    flags = [triage or "new", "read" if seen else "unread"]
    flags += [
        flag
        for flag, is_on in (("starred", starred), ("noted", noted), ("scan", no_text), ("reprint", origin is not None))
        if is_on
    ]
    return Entry(
        num=num,
        title=title or file_name or url or id,
        title_key=title_key,
        text=text,
        authors=tuple(json.loads(authors)),
        outlet=outlet,
        language=language,
        published=published,
        added=minute(datetime.datetime.fromisoformat(added)),
        kind=kind,
        grade=grade,
        marking=marking,
        group=num if origin is None else origin,
        flags=tuple(flags),
        tags=tags,
        collections=collections,
    )


def _lists(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for num, value in rows:
        found.setdefault(num, []).append(value)
    return found
