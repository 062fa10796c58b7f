"""Files that no reader could read: why, with their bytes, until they are read or let go.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing_app import __version__
from briefing_app.errors import BriefingError
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import deflated


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file, or the part ``member`` of one, that could not be read; the library has its ``size`` bytes.

    ``met`` is when it was tried last (ISO 8601, UTC). ``program`` is the version of the program that tried.
    """

    num: int
    path: str
    member: str | None
    file_name: str
    sha256: str
    size: int
    reason: str
    met: str
    program: str

    @property
    def has_newer_reader(self) -> bool:
        """True where the program is another than the one that failed, so that trying again may be worth it."""
        return self.program != __version__


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or part that has just failed, with its bytes, about to be kept."""

    path: str
    member: str | None
    file_name: str
    sha256: str
    data: bytes
    reason: str


_COLUMNS = "num, path, member, file_name, unread.sha256, size, reason, met, program"
_FROM = "FROM unread JOIN original ON original.sha256 = unread.sha256"


def listed(connection: sqlite3.Connection) -> tuple[UnreadFile, ...]:
    """All of them, the last that was tried first."""
    rows = connection.execute(f"SELECT {_COLUMNS} {_FROM} ORDER BY met DESC, num DESC")
    return tuple(UnreadFile(*row) for row in rows)


def chosen(connection: sqlite3.Connection, nums: Collection[int] | None) -> list[UnreadFile]:
    """Those with these numbers, or all. Raises BriefingError for a number that is not there."""
    every = sorted(listed(connection), key=lambda file: file.num)
    if nums is None:
        return every
    missing = set(nums) - {file.num for file in every}
    if missing:
        raise BriefingError(
            f"There is no unread file with the number {min(missing)}.",
            "It may have been read meanwhile; list the unread files again.",
        )
    return [file for file in every if file.num in set(nums)]


def keep(connection: sqlite3.Connection, originals: Originals, failed: Unreadable) -> None:
    """Note that it failed, and keep its bytes where they are not kept yet."""
    path = str(Path(failed.path).absolute()).encode("utf-8", "replace").decode()
    values = (path, failed.reason, _now(), __version__)
    known = connection.execute(
        "UPDATE unread SET path = ?, reason = ?, met = ?, program = ? WHERE sha256 = ? AND ifnull(member, '') = ?",
        (*values, failed.sha256, failed.member or ""),
    )
    if known.rowcount:
        return
    originals.put(connection, failed.sha256, failed.data, deflated(failed.data))
    connection.execute(
        "INSERT INTO unread (path, reason, met, program, member, file_name, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values, failed.member, failed.file_name.encode("utf-8", "replace").decode(), failed.sha256),
    )


def let_go(connection: sqlite3.Connection, originals: Originals, sha256: str, member: str | None) -> Path | None:
    """Strike it from the list; gives the file to delete after the commit, if its bytes had one. May not be there."""
    row = connection.execute(
        "DELETE FROM unread WHERE sha256 = ? AND ifnull(member, '') = ? RETURNING num", (sha256, member or "")
    ).fetchone()
    return None if row is None else originals.drop(connection, sha256)


def failed_since(connection: sqlite3.Connection, since: str) -> dict[tuple[str, str | None], str]:
    """The reasons of what this version of the program tried since then, by hash and member."""
    rows = connection.execute(
        "SELECT sha256, member, reason FROM unread WHERE met >= ? AND program = ?", (since, __version__)
    )
    return {(sha256, member): reason for sha256, member, reason in rows}


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM unread").fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
