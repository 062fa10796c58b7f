"""Reading a backup of a library: is it one, is it whole, and each of its files with its hash proven."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from briefing_app.errors import NewerVersion, StorageError
from briefing_app.library.care.file_writing import told_of_file
from briefing_app.library.register.register import FOLDER as REGISTER
from briefing_app.library.store import schema
from briefing_app.library.store.store import FILE_NAME
from briefing_app.work.progress import Progress

FORMAT = "briefing-library-backup"
VERSION = 2  # 2 has the register of issued editions
MANIFEST = "manifest.json"
_NAME = re.compile(
    rf"{re.escape(FILE_NAME)}|originals/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}"
    rf"|{REGISTER}/frozen/([0-9a-f]{{2}})/\2[0-9a-f]{{62}}\.briefing"
    rf"|{REGISTER}/editions/[a-z0-9][a-z0-9_-]{{0,127}}/[0-9]{{4,9}}\.json"
)
_LARGEST_MANIFEST = 1 << 30
_CHUNK = 1 << 20


def is_kept(name: str) -> bool:
    """True for the name of a file that a backup may have."""
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Kept:
    """One file in a backup: its name in the library, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says is in it."""

    sources: int
    files: tuple[Kept, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def damaged(path: Path) -> StorageError:
    return StorageError(
        f"The backup “{path}” is damaged or was changed: what is in it is not what was put in.",
        "Nothing was restored from it. Take another copy of it, or an older backup.",
    )


@contextmanager
def opened_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and its manifest. Raises StorageError where it is none or damaged, NewerVersion."""
    with told_of_file(path, "read"):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError):
            raise StorageError(
                f"“{path}” is no backup of a library, or not a whole one.",
                "Choose the file that “briefing library backup” has made.",
            ) from None
        with archive:
            try:
                yield archive, _manifest(archive, path)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                raise damaged(path) from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    names = archive.namelist()
    if MANIFEST not in names:
        raise StorageError(
            f"“{path}” is a ZIP, but no backup of a library.",
            "Choose the file that “briefing library backup” has made.",
        )
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise damaged(path)
    try:
        told: Any = json.loads(archive.read(MANIFEST))
        if told["format"] != FORMAT:
            raise damaged(path)
        if told["version"] > VERSION or told["schema"] > schema.VERSION:
            raise NewerVersion(
                f"The backup “{path}” was made by a newer version of the program.", "Restore it with the newer version."
            )
        files = tuple(
            Kept(str(name), int(one["size"]), str(one["sha256"])) for name, one in sorted(told["files"].items())
        )
        manifest = Manifest(int(told["sources"]), files)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise damaged(path) from None
    named = {file.name for file in files}
    if sorted(names) != sorted(named | {MANIFEST}) or FILE_NAME not in named:
        raise damaged(path)
    if not all(map(is_kept, named)):
        raise damaged(path)
    return manifest


def copy_proven(archive: zipfile.ZipFile, file: Kept, out: IO[bytes] | None, path: Path) -> Iterator[int]:
    """Read one file of a backup, into ``out`` where there is one; gives the bytes of each step.

    Raises StorageError where its size or hash is not as the manifest says.
    """
    digest, size = hashlib.sha256(), 0
    with archive.open(file.name) as incoming:
        while chunk := incoming.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > file.size:
                raise damaged(path)
            if out is not None:
                out.write(chunk)
            yield len(chunk)
    if (size, digest.hexdigest()) != (file.size, file.sha256):
        raise damaged(path)


def verify_backup(path: Path) -> Generator[Progress, None, Manifest]:
    """Read a whole backup and compare each file in it with its hash. Raises StorageError, NewerVersion."""
    with opened_backup(path) as (archive, manifest):
        done = 0
        for file in manifest.files:
            for step in copy_proven(archive, file, None, path):
                done += step
                yield Progress(done >> 20, manifest.size >> 20, "Reading the backup back (MB)")
        return manifest
