"""Plain words for what a database or a drive refuses."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing_app.errors import StorageError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turn the database's and the system's errors into StorageErrors about the library in ``folder``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_database(error, folder) from error
    except OSError as error:
        raise of_system(error, folder) from error


def of_system(error: OSError, folder: Path) -> StorageError:
    """The StorageError that says what the system refused."""
    if error.errno in _FULL:
        return _full(folder)
    if error.errno in _READ_ONLY:
        return _read_only(folder)
    return StorageError(
        f"The library {folder} cannot be reached: {error.strerror or error}.",
        "Check that its drive is connected, then open the library again.",
    )


def _of_database(error: sqlite3.Error, folder: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _full(folder)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only(folder)
    if code == sqlite3.SQLITE_NOTADB:
        return StorageError(
            f"The file library.sqlite in {folder} is not a source library, or its beginning is damaged.",
            "Restore the library from a backup, or choose another folder.",
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return StorageError(
            f"The library {folder} is damaged: {error}.",
            "Nothing was changed. Restore it from a backup; what can still be read can be exported.",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(
            f"The library {folder} is being written by another program at this moment.", "Try again shortly."
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return StorageError(
            f"The library {folder} cannot be read or written: {error}.",
            "Check that its drive is connected and has space, and that you may write to it.",
        )
    return StorageError(f"The library {folder} could not do that: {error}.", "Open the library again.")


def _full(folder: Path) -> StorageError:
    return StorageError(
        f"There is no space left for the library {folder}.",
        "What was saved before is safe. Free some space, then do it again.",
    )


def _read_only(folder: Path) -> StorageError:
    return StorageError(
        f"The library {folder} cannot be written: the folder or the drive is read-only for you.",
        "Ask for the right to write there, or choose another folder for the library.",
    )
