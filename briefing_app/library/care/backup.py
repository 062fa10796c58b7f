"""A backup of a library in one file, made while the library is in use.

The file is a plain ZIP: `library.sqlite`, as it was at one moment, the original files that lie beside it, and
`manifest.json` with the size and the SHA-256 of each. The search index is not in it: it is made again. Unpacked by
any other program it is a library too.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Generator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from briefing_app.errors import StorageError
from briefing_app.library.care.backup_reading import FORMAT, MANIFEST, VERSION, is_kept, verify_backup
from briefing_app.library.care.checking import check_database, check_sources
from briefing_app.library.care.file_writing import file_in_the_making, hash_of, told_of_file
from briefing_app.library.care.problems import Problem
from briefing_app.library.care.snapshot import snapshot
from briefing_app.library.register.register import FOLDER as REGISTER
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.store import FILE_NAME, Store
from briefing_app.work.progress import Progress

_ATTEMPTS = 3  # times that a snapshot is taken where originals are being removed under it
_CHUNK = 1 << 20


class _Outdated(Exception):
    """A large original was removed from the library since the snapshot was taken: take another."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was made and read back. ``problems`` are what was wrong in the library already."""

    path: str
    sources: int
    size: int
    sha256: str
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def back_up(folder: Path, target: Path) -> Generator[Progress, None, BackupReport]:
    """Write everything in the library in ``folder`` to the file ``target``, replacing one that is there.

    The file appears whole and verified, or not at all. Raises StorageError.
    """
    store = Store(folder, write=False)
    store.open(create=False)
    try:
        if target.resolve().is_relative_to(folder.resolve()):
            raise StorageError(
                f"The backup {target} would lie inside the library itself.",
                "Choose a place outside it, on another drive.",
            )
        with file_in_the_making(target) as making:
            _refuse_too_little_space(store, making.folder)
            for attempt in range(_ATTEMPTS):
                try:
                    report = yield from _write(store, making.folder, making.path)
                    break
                except _Outdated:
                    if attempt == _ATTEMPTS - 1:
                        raise StorageError(
                            f"Sources are being removed from the library {folder} faster than it can be backed up.",
                            "Make the backup when that has ended.",
                        ) from None
            yield from verify_backup(making.path)
            making.finish()
        return replace(report, path=str(target))
    finally:
        store.close()


def _refuse_too_little_space(store: Store, folder: Path) -> None:
    with store.reading() as connection:
        files = connection.execute("SELECT coalesce(sum(size), 0) FROM original WHERE form = 'file'").fetchone()[0]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    needed = 2 * pages * page_size + files
    with told_of_file(folder):
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise StorageError(
            f"The backup needs {needed >> 20:,} MB in {folder.parent} while it is made; {free >> 20:,} MB are free.",
            "Free some space, or choose another drive.",
        )


def _write(store: Store, room: Path, path: Path) -> Generator[Progress, None, BackupReport]:
    """One attempt: the snapshot into ``room``, its contents checked, and all of it into the ZIP ``path``."""
    copy = room / FILE_NAME
    with told_plainly(store.folder):
        yield from snapshot(store, copy)
    connection = sqlite3.connect(f"{copy.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
    try:
        with told_plainly(store.folder):
            total = int(connection.execute("SELECT count(*) FROM source").fetchone()[0])
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            files = [
                str(row[0]) for row in connection.execute("SELECT sha256 FROM original WHERE form = 'file' ORDER BY 1")
            ]
        problems = check_database(connection)
        yield from check_sources(connection, Originals(store.folder), total, problems)
    finally:
        connection.close()
    contents: dict[str, dict[str, object]] = {}
    with told_of_file(path), zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        yield Progress(0, len(files) + 1, "Writing the backup")
        contents[FILE_NAME] = _put(archive, FILE_NAME, copy)
        copy.unlink()
        for done, sha256 in enumerate(files, 1):
            name = f"originals/{sha256[:2]}/{sha256}"
            source = store.folder / "originals" / sha256[:2] / sha256
            if source.is_file():
                contents[name] = _put(archive, name, source)
            elif _was_removed(store, sha256):
                raise _Outdated
            yield Progress(done, len(files) + 1, "Writing the backup")
        for name in _register_files(store.folder):  # each is written once and never changed
            contents[name] = _put(archive, name, store.folder / name)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "schema": version,
            "sources": total,
            "files": contents,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    with told_of_file(path):
        size, sha256 = path.stat().st_size, hash_of(path)
    return BackupReport("", total, size, sha256, tuple(problems))


def _register_files(folder: Path) -> list[str]:
    """The files of the register, by their names in the library; rows are listed before what they name."""
    names: list[str] = []
    for part in ("editions", "frozen"):
        found = (path.relative_to(folder).as_posix() for path in (folder / REGISTER / part).rglob("*.*"))
        names += sorted(filter(is_kept, found))
    return names


def _was_removed(store: Store, sha256: str) -> bool:
    with store.reading() as connection:
        return connection.execute("SELECT 1 FROM original WHERE sha256 = ?", (sha256,)).fetchone() is None


def _put(archive: zipfile.ZipFile, name: str, source: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as incoming, archive.open(name, "w", force_zip64=True) as outgoing:
        while chunk := incoming.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            outgoing.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}
