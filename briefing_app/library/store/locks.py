"""One writer at a time: a lock that ends with the process which holds it, and says who that is."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from briefing_app.errors import LibraryBusy, StorageError
from briefing_app.library.store.faults import of_system

_LOCKED_BYTE = 1 << 20  # Windows forbids reading a locked byte, so it lies beyond what the file says


@dataclass(frozen=True, slots=True)
class Holder:
    """Who writes to a library: process, machine, user, and since when (local time, ISO 8601)."""

    pid: int
    host: str
    user: str
    since: str


class WriterLock:
    """The right to write to the library in one folder. It is not held before ``acquire`` has returned.

    The system drops the lock when the process ends in any way, so a dead process never keeps it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "library.lock"
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise LibraryBusy naming the process that has it."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise of_system(error, self._folder) from error
        file = os.fdopen(handle, "r+b", buffering=0)
        try:
            hold(file)
        except OSError as error:
            holder = _read_holder(file)
            file.close()
            if isinstance(error, (BlockingIOError, PermissionError)):
                raise _busy(self._folder, holder) from None
            raise StorageError(
                f"The drive of the library {self._folder} cannot lock files, so two programs could write at once.",
                "Keep the library on a drive of this machine.",
            ) from error
        self._file = file
        _write_holder(file)

    def release(self) -> None:
        """Give the lock back; does nothing where it is not held."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(0)
            self._file.close()
            self._file = None


def _busy(folder: Path, holder: Holder | None) -> LibraryBusy:
    if holder is None:
        return LibraryBusy(f"The library {folder} is open for writing elsewhere.", "Close it there first.")
    own = " (this program)" if holder.pid == os.getpid() and holder.host == platform.node() else ""
    return LibraryBusy(
        f"The library {folder} is open for writing in process {holder.pid}{own} on {holder.host},"
        f" by {holder.user}, since {holder.since}.",
        "Close it there first; reading and searching work meanwhile.",
    )


def _write_holder(file: IO[bytes]) -> None:
    holder = {
        "pid": os.getpid(),
        "host": platform.node(),
        "user": _user(),
        "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
    }
    with contextlib.suppress(OSError):  # on a full drive the lock holds all the same
        file.seek(0)
        file.truncate(0)
        file.write(json.dumps(holder).encode())


def _read_holder(file: IO[bytes]) -> Holder | None:
    try:
        file.seek(0)
        return Holder(**json.loads(file.read(4096)))
    except (OSError, ValueError, TypeError):
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "an unknown user"


if sys.platform == "win32":
    import msvcrt

    def hold(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
