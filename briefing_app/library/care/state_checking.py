"""Checking what a library knows beside its sources: links between them, versions of texts, unread files.

A check changes nothing. A database that cannot be read is told by ``checking``; here it ends the check it is in.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Generator

from briefing_app.errors import StorageError
from briefing_app.library.care.problems import Problem
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import unpack
from briefing_app.model.excerpt import sha256_text
from briefing_app.work.progress import Progress

_BATCH = 100  # versions or files that are checked between two steps of progress


def check_links(connection: sqlite3.Connection) -> list[Problem]:
    """Links that lead nowhere, by table, and those that cannot be: circles, reprints of reprints, filled searches."""
    lost: dict[str, int] = {}
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        lost[table] = lost.get(table, 0) + 1
    problems = [
        Problem("database", f"In the table “{table}” links lead to no source or collection that is there: {count}.")
        for table, count in sorted(lost.items())
    ]
    problems += [
        Problem("database", "It is a reprint of itself, or of a source that is a reprint.", id, title)
        for id, title in connection.execute(
            "SELECT source.id, source.title FROM source JOIN source AS first ON first.num = source.origin"
            " WHERE first.origin IS NOT NULL OR first.num = source.num ORDER BY source.num"
        )
    ]
    problems += [
        Problem("database", "It is attached to itself, by way of others.", *one) for one in _circles(connection)
    ]
    problems += [
        Problem("database", f"The saved search “{name}” has sources put into it ({count}), which a search cannot have.")
        for name, count in connection.execute(
            "SELECT name, count(*) FROM collection JOIN collected ON collection = num WHERE query IS NOT NULL"
            " GROUP BY num ORDER BY name"
        )
    ]
    return problems


def _circles(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Ids and titles of sources that their parents' parents lead back to."""
    parents = dict(connection.execute("SELECT num, parent FROM source WHERE parent IS NOT NULL").fetchall())
    safe: set[int] = set()
    circling: set[int] = set()
    for num in parents:
        path: list[int] = []
        while num in parents and num not in safe and num not in path:
            path.append(num)
            num = parents[num]
        if num in path:
            circling.update(path[path.index(num) :])
        safe.update(path)
    rows = connection.execute(
        "SELECT id, title FROM source WHERE num IN (SELECT value FROM json_each(?)) ORDER BY num",
        (json.dumps(sorted(circling)),),
    )
    return [(str(id), str(title)) for id, title in rows]


def check_versions(connection: sqlite3.Connection, problems: list[Problem]) -> Generator[Progress, None, None]:
    """Append what is wrong with the versions of texts; the text in force is for ``checking`` to compare."""
    with contextlib.suppress(sqlite3.DatabaseError):  # told already
        rows = connection.execute(
            "SELECT id, title FROM source JOIN reading ON reading.source = num AND reading.version = source.version"
            " WHERE reading.reader <> source.reader ORDER BY num"
        )
        problems += [Problem("text", "Its text is noted to be of two readers.", id, title) for id, title in rows]
        rows = connection.execute(
            "SELECT id, title FROM source WHERE version < (SELECT max(version) FROM reading WHERE source = num)"
        )
        problems += [Problem("text", "A newer version of its text is not in force.", id, title) for id, title in rows]
        older = connection.execute(
            "SELECT num, reading.version FROM reading JOIN source ON num = reading.source"
            " WHERE reading.version <> source.version ORDER BY num, reading.version"
        ).fetchall()
        for done, (num, version) in enumerate(older, 1):
            row = connection.execute(
                "SELECT id, title, reading.text_sha256, reading.text FROM reading JOIN source ON num = reading.source"
                " WHERE num = ? AND reading.version = ?",
                (num, version),
            ).fetchone()
            if row is not None and not _is_sound(row[2], row[3]):
                message = f"Version {version} of its text, which is not in force, was changed or cannot be unpacked."
                problems.append(Problem("text", message, row[0], row[1]))
            if done % _BATCH == 0:
                yield Progress(done, len(older), "Checking older versions of texts")


def _is_sound(sha256: str, packed: bytes) -> bool:
    try:
        return sha256_text(unpack(packed)) == sha256
    except (zlib.error, UnicodeDecodeError):
        return False


def check_unread(
    connection: sqlite3.Connection, originals: Originals, problems: list[Problem]
) -> Generator[Progress, None, None]:
    """Append the unread files whose bytes are missing or changed."""
    with contextlib.suppress(sqlite3.DatabaseError):  # told already
        rows = connection.execute("SELECT num, file_name, sha256 FROM unread ORDER BY num").fetchall()
        for done, (num, name, sha256) in enumerate(rows, 1):
            try:
                originals.get(connection, sha256)
            except StorageError:
                if connection.execute("SELECT 1 FROM unread WHERE num = ?", (num,)).fetchone() is not None:
                    message = f"The unread file {num} (“{name}”) is missing or was changed, and cannot be tried again."
                    problems.append(Problem("original", message))
            if done % _BATCH == 0:
                yield Progress(done, len(rows), "Checking unread files")
