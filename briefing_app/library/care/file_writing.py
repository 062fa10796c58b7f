"""Writing one large file so that it appears whole or not at all, whenever the process is killed.

It is made in a hidden folder beside its place. What a killed process left there is taken over and cleared by the
next one that makes the same file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.store.locks import hold
from briefing_app.library.store.syncing import sync_folder

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}


class Making:
    """A file that is being made: write ``path``, with other files beside it in ``folder`` if need be."""

    def __init__(self, target: Path, folder: Path) -> None:
        self.target = target
        self.folder = folder
        self.path = folder / "file"

    def finish(self) -> None:
        """Put the file in its place, on the drive and not only in its cache. Raises StorageError."""
        with told_of_file(self.target):
            with self.path.open("rb") as file:
                os.fsync(file.fileno())
            self.path.replace(self.target)
            sync_folder(self.target.parent)


@contextmanager
def file_in_the_making(target: Path) -> Iterator[Making]:
    """The room to make the file ``target`` in; what was not finished when the block ends is gone.

    Raises StorageError where it cannot be written there, or another program is making it.
    """
    folder = target.with_name(f".{target.name[:60]}.making")
    with told_of_file(target), contextlib.ExitStack() as stack:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        folder.mkdir(exist_ok=True)
        lock = stack.enter_context((folder / "lock").open("a+b"))
        try:
            hold(lock)
        except (BlockingIOError, PermissionError):
            raise StorageError(
                f"“{target}” is being written by another program.", "Wait until that has ended."
            ) from None
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        for left in folder.iterdir():
            if left.name != "lock":
                left.unlink()
        yield Making(target, folder)


@contextmanager
def told_of_file(path: Path, done: str = "written") -> Iterator[None]:
    """Turn the system's errors into sentences about the file ``path``, which could not be ``done``."""
    try:
        yield
    except OSError as error:
        raise _in_words(error, path, done) from error


def _in_words(error: OSError, path: Path, done: str) -> StorageError:
    start = f"“{path}” could not be {done}"
    if error.errno in _FULL:
        return StorageError(f"{start}: there is no space left there.", "Free some space, or choose another drive.")
    if error.errno in _READ_ONLY:
        return StorageError(f"{start}: you have no right to.", "Choose another place, or ask for the right.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        if done == "written":
            return StorageError(f"{start}: the folder “{path.parent}” does not exist.", "Make it, or choose another.")
        return StorageError(f"“{path}” does not exist.", "It may have been moved or renamed; look for it again.")
    if error.errno == errno.EISDIR:
        return StorageError(f"{start}: it is a folder.", "Give the name of a file.")
    if error.errno == errno.ENAMETOOLONG:
        return StorageError(f"{start}: the name is too long.", "Choose a shorter name.")
    return StorageError(f"{start}: {error.strerror or error}.", "Check that its drive is connected, and try again.")


def hash_of(path: Path) -> str:
    """The SHA-256 of a file in lower-case hex, without holding the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
