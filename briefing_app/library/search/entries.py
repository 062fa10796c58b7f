"""What the index is told: the next changed sources as they stand in the database, and those that were removed."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from briefing_app.library.search.index import Entry
from briefing_app.library.search.values import minute
from briefing_app.library.store import catalogue
from briefing_app.library.words.lexicon import Forms

_COLUMNS = (
    "num, title, file_name, url, id, title_key, authors, outlet, language, published, added, kind, reliability,"
    " marking, origin, starred, seen, triage, note <> '', no_text, text_sha256"
)


def changes_after(
    connection: sqlite3.Connection, after: int, most: int, made: Mapping[int, Forms]
) -> tuple[list[Entry], list[int], int]:
    """The next changes, ``most`` of them: entries as they stand now, numbers that were removed, the last change.

    ``made`` has the words of some sources by number; those that no longer hold are made again from the text.
    """
    rows = connection.execute(
        "SELECT change, num, 0 FROM source WHERE change > ?1"
        " UNION ALL SELECT change, num, 1 FROM removed WHERE change > ?1 ORDER BY 1 LIMIT ?2",
        (after, most),
    ).fetchall()
    present = [num for _, num, gone in rows if not gone]
    removed = [num for _, num, gone in rows if gone]
    return list(_entries(connection, present, made)), removed, rows[-1][0] if rows else after


def _entries(connection: sqlite3.Connection, nums: list[int], made: Mapping[int, Forms]) -> Iterable[Entry]:
    given = (json.dumps(nums),)
    chosen = "(SELECT value FROM json_each(?))"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM source WHERE num IN {chosen}", given).fetchall()
    forms = {row[0]: made[row[0]] for row in rows if row[0] in made and _hold(made[row[0]], row)}
    texts = catalogue.texts_of(connection, [num for num in nums if num not in forms])
    tags = _lists(connection.execute(f"SELECT source, tag FROM tag WHERE source IN {chosen}", given))
    put_into = _lists(connection.execute(f"SELECT source, collection FROM collected WHERE source IN {chosen}", given))
    for row in rows:
        num = row[0]
        given_to = tuple(tags.get(num, ())), tuple(put_into.get(num, ()))
        yield _entry(row, texts.get(num, ""), forms.get(num), *given_to)


def _hold(forms: Forms, row: tuple[Any, ...]) -> bool:
    """True where the words are still those of the source."""
    return (forms.title, forms.language, forms.text_sha256) == (_shown_title(row), row[8], row[-1])


def _shown_title(row: tuple[Any, ...]) -> str:
    title, file_name, url, id = row[1:5]
    return str(title or file_name or url or id)


def _entry(
    row: tuple[Any, ...], text: str, forms: Forms | None, tags: tuple[str, ...], collections: tuple[int, ...]
) -> Entry:
    num, title_key, authors, outlet, language, published, added, kind, grade = row[0], *row[5:13]
    marking, origin, starred, seen, triage, noted, no_text = row[13:20]
    flags = [triage or "new", "read" if seen else "unread"]
    flags += [
        flag
        for flag, is_on in (("starred", starred), ("noted", noted), ("scan", no_text), ("reprint", origin is not None))
        if is_on
    ]
    return Entry(
        num=num,
        title=_shown_title(row),
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
        forms=forms,
    )


def _lists(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for num, value in rows:
        found.setdefault(num, []).append(value)
    return found
