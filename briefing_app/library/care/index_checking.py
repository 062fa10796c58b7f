"""Checking the search index: its files against their checksums, and that it has every source and no other."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import struct
import zlib
from collections.abc import Generator
from pathlib import Path

import tantivy

from briefing_app.errors import LibraryBusy, StorageError
from briefing_app.library.care.problems import Problem
from briefing_app.library.search.index import Index, IndexDamaged, damage_noticed
from briefing_app.library.store.locks import WriterLock
from briefing_app.library.store.store import Store, get_number
from briefing_app.work.progress import Progress

_STEP = 10_000  # row numbers that are compared at a time
_TAIL = struct.Struct("<II")  # at the end of each file of the engine: length of its footer, and a mark
_MARK = 1337
_CHUNK = 1 << 20
_REBUILD = "Make it again with: briefing library rebuild."


def check_index(store: Store, total: int, problems: list[Problem]) -> Generator[Progress, None, None]:
    """Append what is wrong with the index of the library to ``problems``."""
    for attempt in (1, 2):
        generation, indexed = _in_use(store.reader())
        found: list[Problem] = []
        try:
            yield from _check_generation(store, generation, indexed, total, found)
        except IndexDamaged:
            found = [Problem("index", f"The search index is missing or damaged. {_REBUILD}")]
        if attempt == 2 or not found or _in_use(store.reader())[0] == generation:
            problems += found
            return


def _in_use(connection: sqlite3.Connection) -> tuple[str, int]:
    row = connection.execute("SELECT value FROM state WHERE name = 'index_generation'").fetchone()
    return str(row[0]), get_number(connection, "indexed")


def _check_generation(
    store: Store, generation: str, indexed: int, total: int, found: list[Problem]
) -> Generator[Progress, None, None]:
    connection = store.reader()
    last = connection.execute("SELECT coalesce(max(num), 0) FROM source").fetchone()[0]
    if not generation:
        if last:
            found.append(Problem("index", f"There is no search index. {_REBUILD}"))
        return
    for name in _damaged_files(store.folder / "index" / generation):
        found.append(Problem("index", f"Its file {name} is damaged. {_REBUILD}"))
    if found:
        return
    index = Index(store.folder / "index", generation)
    try:
        for low in range(0, last + 1, _STEP):
            _compare(connection, index, low, indexed, found)
            yield Progress(min(low, total), total, "Checking the search index")
    finally:
        index.close()
    behind = connection.execute("SELECT count(*) FROM source WHERE change > ?", (indexed,)).fetchone()[0]
    if behind and not _being_written(store.folder):
        found.append(Problem("index", f"It is behind by {behind} sources. Search once, or: briefing library rebuild."))


def _compare(connection: sqlite3.Connection, index: Index, low: int, indexed: int, found: list[Problem]) -> None:
    """Compare the sources with row numbers from ``low`` on with what the index has of them."""
    high = low + _STEP - 1
    rows = connection.execute(
        "SELECT num, id, title, change <= ? FROM source WHERE num BETWEEN ? AND ?", (indexed, low, high)
    ).fetchall()
    waiting = connection.execute("SELECT num FROM removed WHERE change > ?", (indexed,))
    leaving = {row[0] for row in waiting}
    with damage_noticed(always=True):
        query = tantivy.Query.range_query(index.schema, "num", tantivy.FieldType.Integer, low, high)
        answers = index.searcher.search(query, 2 * _STEP).hits
        nums = index.searcher.fast_field_values("num", [address for _, address in answers]) if answers else []
    have = [int(num) for num in nums if num is not None]
    known = set(have)
    for num, id, title, due in rows:
        if due and num not in known:
            found.append(Problem("index", f"It is not in the search index. {_REBUILD}", id, title))
    strangers = len(known - {row[0] for row in rows} - leaving)
    doubled = len(have) - len(known)
    if strangers or doubled:
        found.append(Problem("index", f"It has {strangers} entries too many and {doubled} twice. {_REBUILD}"))


def _being_written(folder: Path) -> bool:
    """True while a process has the library open for writing: that one brings the index up to date."""
    lock = WriterLock(folder)
    try:
        lock.acquire()
    except LibraryBusy:
        return True
    except StorageError:  # a read-only drive
        return False
    lock.release()
    return False


def _damaged_files(folder: Path) -> list[str]:
    """The names of files whose bytes do not agree with the checksum at their end."""
    if not (folder / "meta.json").is_file():
        raise IndexDamaged("no index")
    damaged = []
    for path in sorted(folder.iterdir()):
        if path.suffix in (".json", ".lock") or not path.is_file():
            continue
        with contextlib.suppress(FileNotFoundError):  # merged away by the writer meanwhile
            if not _is_whole(path):
                damaged.append(path.name)
    return damaged


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size < _TAIL.size:
            return False
        file.seek(size - _TAIL.size)
        length, mark = _TAIL.unpack(file.read(_TAIL.size))
        left = size - _TAIL.size - length
        if mark != _MARK or left < 0:
            return False
        file.seek(left)
        try:
            wanted = json.loads(file.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        file.seek(0)
        crc = 0
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            crc = zlib.crc32(chunk, crc)
            left -= len(chunk)
        return bool(crc == wanted)
