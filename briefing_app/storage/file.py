"""Opening and saving ``.briefing`` files. A save is all or nothing: the old file stays until the new one stands."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing_app.errors import ChangedOnDisk, StorageError
from briefing_app.model.briefing import Briefing
from briefing_app.storage.codec import encode, inspect

MAX_FILE = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was at one moment: size in bytes, time of change in nanoseconds, SHA-256 of its bytes."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """An opened briefing, its file's state, and a sentence for each thing wrong with it that did not keep it shut."""

    briefing: Briefing
    state: FileState
    problems: tuple[str, ...] = ()


def load(path: Path) -> Loaded:
    """Open a ``.briefing`` file. Raises StorageError, which names the file and says what to do."""
    data, state = _read(path)
    decoded = inspect(data, path.name)
    return Loaded(decoded.briefing, state, decoded.problems)


def save(briefing: Briefing, path: Path, *, expected: FileState | None = None) -> FileState:
    """Write ``briefing`` to ``path``, atomically, and return the file's new state.

    With ``expected``, a file whose bytes are others by now is not overwritten (ChangedOnDisk). Raises StorageError
    for a full disk, a missing or read-only folder, a read-only file; the old file then stays as it was.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    data = encode(briefing)
    if expected is not None:
        _refuse_changed(target, expected)
    return write_atomically(target, data)


def read_state(path: Path) -> FileState:
    """The state of a file as it is now. Raises StorageError."""
    return _read(path)[1]


def write_atomically(target: Path, data: bytes, *, durable: bool = True) -> FileState:
    """Put ``data`` in the place of the file ``target``, keeping its permissions. Raises StorageError.

    ``durable`` waits until it survives a power cut; without it, it survives the end of this process only.
    """
    with _told(target, "saved"):
        mode = _mode_to_keep(target)
        temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.tmp")
        try:
            state = _write_temporary(temporary, data, mode, durable)
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        if durable:
            sync_folder(target.parent)
        return state


def sync_folder(folder: Path) -> None:
    """Ask the system to keep the folder's list of files through a power cut, where it can do that."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network file systems cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read(path: Path) -> tuple[bytes, FileState]:
    with _told(path, "opened"), path.open("rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise StorageError(f"“{path}” is no file.", "Choose a .briefing file.")
        if found.st_size > MAX_FILE:
            raise StorageError(f"“{path}” has {found.st_size:,} bytes; at most {MAX_FILE:,} are opened.")
        data = stream.read()
    return data, FileState(len(data), found.st_mtime_ns, hashlib.sha256(data).hexdigest())


def _refuse_changed(target: Path, expected: FileState) -> None:
    if target.exists() and read_state(target).sha256 != expected.sha256:
        raise ChangedOnDisk(
            f"“{target}” was changed by another program or person since you opened it. It was not overwritten.",
            "Save under another name, then compare the two.",
        )


def _mode_to_keep(target: Path) -> int | None:
    """The permissions of the file that is there; None where there is none yet."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    return stat.S_IMODE(found.st_mode)


def _write_temporary(temporary: Path, data: bytes, mode: int | None, durable: bool) -> FileState:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(temporary, flags, 0o666), "wb") as stream:
        stream.write(data)
        stream.flush()
        if durable:
            os.fsync(stream.fileno())
    if mode is not None:
        temporary.chmod(mode)
    return FileState(len(data), temporary.stat().st_mtime_ns, hashlib.sha256(data).hexdigest())


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextlib.contextmanager
def _told(path: Path, done: str) -> Iterator[None]:
    """Turn the system's errors into sentences for the analyst."""
    try:
        yield
    except OSError as error:
        raise _in_words(error, path, done) from error


def _in_words(error: OSError, path: Path, done: str) -> StorageError:
    start = f"“{path}” could not be {done}"
    saving = done == "saved"
    if error.errno in _FULL:
        return StorageError(
            f"{start}: the disk is full, or your share of it is used up. What was there before is untouched.",
            "Free some space, or save to another disk.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return StorageError(f"{start}: the name is too long.", "Choose a shorter name.")
    if error.errno in _READ_ONLY:
        what = "the file or its folder is read-only for you" if saving else "you may not read it"
        return StorageError(f"{start}: {what}.", "Choose another folder." if saving else "Ask its owner for access.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        if saving:
            what = "is not a folder" if path.parent.exists() else "does not exist"
            return StorageError(f"{start}: “{path.parent}” {what}.", "Choose another folder.")
        return StorageError(f"“{path}” does not exist.", "It may have been moved or renamed; look for it again.")
    if error.errno == errno.EISDIR or (error.errno is not None and path.is_dir()):
        remedy = "Choose another name." if saving else "Choose a .briefing file."
        return StorageError(f"{start}: it is a folder.", remedy)
    return StorageError(f"{start}: {error.strerror or error}.", "Check the disk or the network drive, and try again.")
