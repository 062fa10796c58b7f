"""Imports that were begun: written down first, so that one that was cut short is known and can go on.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing_app.errors import BriefingError


@dataclass(frozen=True, slots=True)
class Run:
    """An import of ``paths``; ``begun`` is ISO 8601, UTC."""

    num: int
    begun: str
    paths: tuple[Path, ...]


def begin(connection: sqlite3.Connection, paths: Iterable[Path]) -> int:
    """Write an import down before its first file; gives its number."""
    written = json.dumps([str(path.absolute()) for path in paths])  # undecodable names as lone surrogates, in ASCII
    begun = datetime.now(UTC).isoformat(timespec="seconds")
    return connection.execute("INSERT INTO run (begun, paths) VALUES (?, ?)", (begun, written)).lastrowid or 0


def end(connection: sqlite3.Connection, num: int) -> None:
    """The import came to its end, or need not go on."""
    connection.execute("UPDATE run SET ended = ? WHERE num = ?", (datetime.now(UTC).isoformat(timespec="seconds"), num))


def interrupted(connection: sqlite3.Connection) -> tuple[Run, ...]:
    """Those without an end, the latest first; one that is under way is among them."""
    rows = connection.execute("SELECT num, begun, paths FROM run WHERE ended = '' ORDER BY num DESC")
    return tuple(Run(num, begun, tuple(Path(path) for path in json.loads(paths))) for num, begun, paths in rows)


def get(connection: sqlite3.Connection, num: int) -> Run:
    """An import without an end. Raises BriefingError."""
    for run in interrupted(connection):
        if run.num == num:
            return run
    raise BriefingError(
        f"No interrupted import has the number {num}.", "List the interrupted imports; it may have ended meanwhile."
    )
