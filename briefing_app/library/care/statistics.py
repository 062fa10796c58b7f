"""Counts and sizes of a library, as they stand at one moment."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing_app.library.store.packing import unpack
from briefing_app.library.store.store import FILE_NAME, Store, get_number
from briefing_app.work.progress import Progress

_TOP = 20  # outlets, tags and collections that are named
_BATCH = 1000  # texts that are measured at a time
_COLLECTIONS = (
    "SELECT name, (SELECT count(*) FROM collected WHERE collection = num) FROM collection"
    f" WHERE query IS NULL ORDER BY 2 DESC, 1 LIMIT {_TOP}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What a library has. Sizes are in bytes; ``text_characters`` are code points; unknown outlets are left out.

    ``shared_texts`` are texts that several sources have word for word. ``inbox`` are sources that were not triaged yet,
    ``reprints`` those that belong to the group of another, ``unread_files`` files that no reader could read and whose
    bytes are kept, ``older_versions`` texts that a newer reading has replaced. ``index_lag`` is how many changed
    sources the search does not know yet.
    """

    sources: int
    kinds: dict[str, int]
    languages: dict[str, int]
    outlets: dict[str, int]
    tags: dict[str, int]
    no_text: int
    corrected: int
    shared_texts: int
    starred: int
    noted: int
    inbox: int
    dropped: int
    reprints: int
    unread_files: int
    older_versions: int
    collections: dict[str, int]
    saved_searches: int
    original_bytes: int
    text_characters: int
    index_lag: int
    database_bytes: int
    originals_folder_bytes: int
    index_bytes: int
    schema_version: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def count(folder: Path) -> Generator[Progress, None, Statistics]:
    """Count what is in the library in ``folder``. Raises StorageError."""
    store = Store(folder, write=False)
    store.open(create=False)
    try:
        characters = yield from _text_characters(store)
        with store.reading() as connection:

            def number(question: str) -> int:
                return int(connection.execute(question).fetchone()[0] or 0)

            def counts(question: str) -> dict[str, int]:
                return {str(value): int(times) for value, times in connection.execute(question)}

            return Statistics(
                sources=number("SELECT count(*) FROM source"),
                kinds=counts("SELECT kind, count(*) FROM source GROUP BY kind ORDER BY 2 DESC, 1"),
                languages=counts(_facet("language", -1)),
                outlets=counts(_facet("outlet", _TOP)),
                tags=counts(_facet("tag", _TOP)),
                no_text=number("SELECT count(*) FROM source WHERE no_text"),
                corrected=number("SELECT count(*) FROM source WHERE corrected <> '{}'"),
                shared_texts=number(
                    "SELECT count(*) FROM (SELECT 1 FROM source WHERE NOT no_text GROUP BY text_sha256"
                    " HAVING count(*) > 1)"
                ),
                starred=number("SELECT count(*) FROM source WHERE starred"),
                noted=number("SELECT count(*) FROM source WHERE note <> ''"),
                inbox=number("SELECT count(*) FROM source WHERE triage = ''"),
                dropped=number("SELECT count(*) FROM source WHERE triage = 'dropped'"),
                reprints=number("SELECT count(*) FROM source WHERE origin IS NOT NULL"),
                unread_files=number("SELECT count(*) FROM unread"),
                older_versions=number(
                    "SELECT count(*) FROM reading JOIN source ON num = reading.source"
                    " WHERE reading.version <> source.version"
                ),
                collections=counts(_COLLECTIONS),
                saved_searches=number("SELECT count(*) FROM collection WHERE query IS NOT NULL"),
                original_bytes=number("SELECT sum(size) FROM original"),
                text_characters=characters,
                index_lag=_lag(store),
                database_bytes=sum(_size(folder / f"{FILE_NAME}{end}") for end in ("", "-wal")),
                originals_folder_bytes=_size_below(folder / "originals"),
                index_bytes=_size_below(folder / "index"),
                schema_version=number("PRAGMA user_version"),
            )
    finally:
        store.close()


def _facet(kind: str, limit: int) -> str:
    return (
        f"SELECT value, count FROM facet WHERE kind = '{kind}' AND value <> '' AND count > 0"
        f" ORDER BY count DESC, value LIMIT {limit}"
    )


def _text_characters(store: Store) -> Generator[Progress, None, int]:
    """The length of all texts in force, which has to be measured: packed texts do not tell it."""
    characters, done, after = 0, 0, 0
    with store.reading() as connection:
        total = int(connection.execute("SELECT count(*) FROM source").fetchone()[0])
    while True:
        with store.reading() as connection:
            rows = connection.execute(
                "SELECT num, reading.text FROM source JOIN reading"
                " ON reading.source = num AND reading.version = source.version"
                " WHERE num > ? ORDER BY num LIMIT ?",
                (after, _BATCH),
            ).fetchall()
        if not rows:
            return characters
        after = rows[-1][0]
        characters += sum(len(unpack(packed)) for _, packed in rows)
        done += len(rows)
        yield Progress(min(done, total), total, "Measuring texts")


def _lag(store: Store) -> int:
    with store.reading() as connection:
        generation = connection.execute("SELECT value FROM state WHERE name = 'index_generation'").fetchone()[0]
        there = bool(generation) and (store.folder / "index" / generation / "meta.json").is_file()
        after = get_number(connection, "indexed") if there else 0
        question = (
            "SELECT (SELECT count(*) FROM source WHERE change > ?1) + (SELECT count(*) FROM removed WHERE change > ?1)"
        )
        return int(connection.execute(question, (after,)).fetchone()[0])


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def _size_below(folder: Path) -> int:
    return sum(_size(path) for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
