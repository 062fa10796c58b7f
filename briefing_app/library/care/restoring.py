"""A library made again from a backup, in an empty or new folder and never over a library that is there."""

from __future__ import annotations

import contextlib
import os
import shutil
import zipfile
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing_app.errors import StorageError
from briefing_app.library.care import checking
from briefing_app.library.care.backup_reading import Manifest, copy_proven, damaged, opened_backup
from briefing_app.library.care.problems import Problem
from briefing_app.library.register.register import FOLDER as REGISTER
from briefing_app.library.search.indexing import indexed_folder
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.locks import WriterLock
from briefing_app.library.store.store import FILE_NAME, Store, set_state
from briefing_app.library.store.syncing import sync_folder
from briefing_app.work.progress import Progress

_ROOM = ".restoring"  # in the folder: what is not proven yet
_BESIDE = ("originals", REGISTER)
_OF_A_STOPPED_ONE = {_ROOM, *_BESIDE, "library.lock"}


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A library that was restored. ``problems`` are what the check of it has found."""

    folder: str
    sources: int
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def restore(backup: Path, folder: Path) -> Generator[Progress, None, RestoreReport]:
    """Make the library in the backup again in ``folder``, check it, and make its index.

    Raises StorageError where the folder is not empty or the backup is damaged (the folder stays as it was), and
    NewerVersion.
    """
    with opened_backup(backup) as (archive, manifest):
        made = not folder.exists()
        _refuse_what_is_there(folder)
        with told_plainly(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = WriterLock(folder)
            lock.acquire()
            whole = False
            try:
                _refuse_what_is_there(folder)  # another program may have been quicker
                _refuse_too_little_space(manifest, folder)
                room = folder / _ROOM
                shutil.rmtree(room, ignore_errors=True)
                yield from _unpack(archive, manifest, room, backup)
                _forget_index(room, backup, manifest.sources)
                _move_in(room, folder)
                whole = True
            finally:
                if not whole:
                    shutil.rmtree(folder / _ROOM, ignore_errors=True)
                lock.release()
                if not whole:
                    _leave(folder, made)
    yield from indexed_folder(folder)
    report = yield from checking.check(folder)
    return RestoreReport(str(folder), report.sources, report.problems)


def _refuse_what_is_there(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StorageError(f"{folder} is a file, not a folder.", "Give a new folder for the library.")
    there = {entry.name for entry in folder.iterdir()}
    if FILE_NAME in there:
        raise StorageError(
            f"There is a library in {folder} already, and nothing is restored over one.",
            "Give a new folder. When all is well there, the old one can be moved away.",
        )
    strangers = sorted(there - {"library.lock"})
    if strangers and not (_ROOM in there and there <= _OF_A_STOPPED_ONE):
        raise StorageError(
            f"The folder {folder} is not empty (there is “{strangers[0]}”).", "Give an empty or a new folder."
        )


def _refuse_too_little_space(manifest: Manifest, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < manifest.size:
        raise StorageError(
            f"The library needs {manifest.size >> 20:,} MB in {folder}, and {free >> 20:,} MB are free.",
            "Free some space, or choose another drive.",
        )


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, room: Path, backup: Path) -> Generator[Progress, None, None]:
    done = 0
    for file in manifest.files:
        path = room / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            for step in copy_proven(archive, file, out, backup):
                done += step
                yield Progress(done >> 20, manifest.size >> 20, "Restoring (MB)")
            out.flush()
            os.fsync(out.fileno())


def _forget_index(room: Path, backup: Path, sources: int) -> None:
    """The restored library has no index yet; in passing it proves that the database is one of ours."""
    store = Store(room, write=True)
    try:
        store.open(create=False)
        with store.transaction() as connection:
            if connection.execute("SELECT count(*) FROM source").fetchone()[0] != sources:
                raise damaged(backup)
            set_state(connection, "index_generation", "")
            set_state(connection, "indexed", 0)
    finally:
        store.close()


def _move_in(room: Path, folder: Path) -> None:
    """The database last, so that a library is there only when it is whole."""
    for name in _BESIDE:
        shutil.rmtree(folder / name, ignore_errors=True)
        if (room / name).is_dir():
            (room / name).replace(folder / name)
            for below in (folder / name).rglob("*"):
                if below.is_dir():
                    sync_folder(below)
            sync_folder(folder / name)
    (room / FILE_NAME).replace(folder / FILE_NAME)
    sync_folder(folder)
    shutil.rmtree(room, ignore_errors=True)


def _leave(folder: Path, made: bool) -> None:
    """Leave the folder as it was."""
    with contextlib.suppress(OSError):
        (folder / "library.lock").unlink(missing_ok=True)
        if made:
            folder.rmdir()
