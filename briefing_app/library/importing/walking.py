"""Finding the files to import under files and folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SYSTEM_NAMES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information"}
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Met:
    """A path that was met: a file to read, or with ``problem`` one that cannot be.

    ``size`` is in bytes, ``modified`` in nanoseconds of the system's clock.
    """

    path: Path
    problem: str = ""
    size: int = 0
    modified: int = 0


def walk(paths: Iterable[Path], *, leave_out: Path) -> Iterator[Met]:
    """Every file under ``paths``, each once, in a steady order.

    Hidden files, what the system keeps for itself, and the folders in which browsers put a saved page's pictures
    are passed over inside folders; a path that was named itself is always met. Links to folders are followed, each
    folder once. ``leave_out`` is the library's own folder.
    """
    seen: set[tuple[int, int]] = set()
    own = _identity(leave_out)
    if own is not None:
        seen.add(own)
    for path in paths:
        yield from _walk(path, seen)


def _walk(path: Path, seen: set[tuple[int, int]]) -> Iterator[Met]:
    pending = [path]
    while pending:
        current = pending.pop()
        try:
            status = current.stat()
        except OSError as error:
            yield Met(current, _reason(current, error))
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in seen and status.st_ino:
            continue
        if stat.S_ISDIR(status.st_mode):
            seen.add(identity)
            try:
                pending.extend(reversed(_inside(current)))
            except OSError as error:
                yield Met(current, _reason(current, error))
        elif stat.S_ISREG(status.st_mode):
            if status.st_nlink > 1 or current.is_symlink():
                seen.add(identity)
            yield Met(current, size=status.st_size, modified=status.st_mtime_ns)
        else:
            yield Met(current, "It is not a file but a device or a channel.")


def _inside(folder: Path) -> list[Path]:
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    lower = [name.casefold() for name in names]
    pages = {name[: -len(ending)] for name in lower for ending in _PAGE_ENDINGS if name.endswith(ending)}
    return [folder / name for name in names if not _is_passed_over(name, pages)]


def _is_passed_over(name: str, pages: set[str]) -> bool:
    lower = name.casefold()
    if name.startswith((".", "~$")) or lower in _SYSTEM_NAMES:
        return True
    return any(lower.endswith(ending) and lower[: -len(ending)] in pages for ending in ("_files", ".files"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return "It is a link to something that is not there."
        return "There is no such file or folder."
    if isinstance(error, PermissionError):
        return "It may not be read: ask for the right to read it."
    return f"It cannot be read ({error.strerror or error})."
