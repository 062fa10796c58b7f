"""Checking a library: every original against its hash, every text against its hash, the database, the index.

A check changes nothing, not even an index that is behind, and may run while another process writes.
"""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.care.index_checking import check_index
from briefing_app.library.care.problems import CheckReport, Problem
from briefing_app.library.care.state_checking import check_links, check_unread, check_versions
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import unpack
from briefing_app.library.store.store import Store
from briefing_app.model.excerpt import sha256_text
from briefing_app.work.progress import Progress

_BATCH = 100  # sources that are checked between two steps of progress


def check(folder: Path) -> Generator[Progress, None, CheckReport]:
    """Check the library in ``folder``. Raises StorageError only where it cannot be opened at all."""
    store = Store(folder, write=False)
    store.open(create=False)
    try:
        connection = store.reader()
        yield Progress(0, None, "Checking the database")
        problems = check_database(connection)
        total = _count(connection)
        yield from check_sources(connection, Originals(folder), total, problems)
        if not any(problem.part == "database" for problem in problems):
            yield from check_index(store, total, problems)
        return CheckReport(total, tuple(problems))
    finally:
        store.close()


def _count(connection: sqlite3.Connection) -> int:
    with contextlib.suppress(sqlite3.DatabaseError):  # told already
        return int(connection.execute("SELECT count(*) FROM source").fetchone()[0])
    return 0


def check_database(connection: sqlite3.Connection) -> list[Problem]:
    """What SQLite itself finds wrong, links that lead nowhere, and counts that do not agree."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        problems = [Problem("database", f"The database is damaged: {line}.") for line in found if line != "ok"]
        problems += check_links(connection)
        counted = connection.execute("SELECT count FROM facet WHERE kind = 'all'").fetchone()
        there = connection.execute("SELECT count(*) FROM source").fetchone()[0]
        if (counted[0] if counted else 0) != there:
            problems.append(
                Problem("database", f"The database counts {counted and counted[0]} sources and has {there}.")
            )
        wrong = connection.execute(
            "SELECT count(*) FROM original WHERE uses <> (SELECT count(*) FROM source WHERE sha256 = original.sha256)"
            " + (SELECT count(*) FROM unread WHERE sha256 = original.sha256)"
        ).fetchone()[0]
        if wrong:
            problems.append(Problem("database", f"The uses of {wrong} originals are counted wrongly."))
        return problems
    except sqlite3.DatabaseError as error:
        return [Problem("database", f"The database is damaged: {error}.")]


@dataclass(frozen=True, slots=True)
class _Row:
    """One source with what is to be checked of it, read in one statement so that it is of one moment."""

    num: int
    id: str
    title: str
    sha256: str
    text_sha256: str
    read_sha256: str | None
    packed: bytes | None


def check_sources(
    connection: sqlite3.Connection, originals: Originals, total: int, problems: list[Problem]
) -> Generator[Progress, None, None]:
    """Append what is wrong with originals, texts and their older versions, and unread files to ``problems``."""
    for done, row in enumerate(_rows(connection, problems), 1):
        problems += _check_text(row)
        problem = _check_original(connection, originals, row)
        if problem is not None and _still_there(connection, row):
            problems.append(problem)
        if done % _BATCH == 0:
            yield Progress(min(done, total), total, "Checking originals and texts")
    yield from check_versions(connection, problems)
    yield from check_unread(connection, originals, problems)


def _rows(connection: sqlite3.Connection, problems: list[Problem]) -> Iterator[_Row]:
    """Every source; one whose row or text cannot be read is told, and the others are gone through all the same."""
    try:
        nums = [row[0] for row in connection.execute("SELECT num FROM source ORDER BY num")]
    except sqlite3.DatabaseError as error:
        problems.append(Problem("database", f"The list of sources cannot be read: {error}."))
        return
    for num in nums:
        try:
            row = connection.execute(
                "SELECT num, id, title, source.sha256, source.text_sha256, reading.text_sha256, reading.text"
                " FROM source LEFT JOIN reading ON reading.source = num AND reading.version = source.version"
                " WHERE num = ?",
                (num,),
            ).fetchone()
        except sqlite3.DatabaseError as error:
            problems.append(Problem("text", f"It cannot be read: {error}.", f"row {num}"))
            continue
        if row is not None:  # removed meanwhile
            yield _Row(*row)


def _still_there(connection: sqlite3.Connection, row: _Row) -> bool:
    try:
        return connection.execute("SELECT 1 FROM source WHERE num = ?", (row.num,)).fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def _check_text(row: _Row) -> list[Problem]:
    if row.packed is None:
        return [Problem("text", "Its text is missing.", row.id, row.title)]
    try:
        sha256 = sha256_text(unpack(row.packed))
    except (zlib.error, UnicodeDecodeError):
        return [Problem("text", "Its text cannot be unpacked.", row.id, row.title)]
    if sha256 != row.text_sha256 or row.read_sha256 != row.text_sha256:
        return [Problem("text", "Its text is not the one that was read: the hashes differ.", row.id, row.title)]
    return []


def _check_original(connection: sqlite3.Connection, originals: Originals, row: _Row) -> Problem | None:
    try:
        data = originals.get(connection, row.sha256)
    except StorageError:
        return Problem("original", "Its original file is missing or was changed.", row.id, row.title)
    except sqlite3.DatabaseError as error:
        return Problem("original", f"Its original cannot be read: {error}.", row.id, row.title)
    size = connection.execute("SELECT size FROM original WHERE sha256 = ?", (row.sha256,)).fetchone()
    if size is not None and size[0] != len(data):
        return Problem("original", "The size of its original is noted wrongly.", row.id, row.title)
    return None
