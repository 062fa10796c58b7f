"""The register at rest: frozen bytes named by their hash, and a row of each edition, in the library's folder.

``register/frozen/<first two digits>/<sha256>.briefing`` holds the bytes, ``register/editions/<briefing>/<number>.json``
the rows. The bytes are on the drive before the row that names them appears, and a row appears whole or not at all, so
that a process that is killed at any moment leaves either the edition or nothing. Files are made read-only. Apart from
the library's database: issuing needs no right to write to the library, and works while an import runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing_app.errors import LibraryBusy, StorageError
from briefing_app.library.register.record import EditionRecord, dump_record, load_record
from briefing_app.library.store.faults import of_system
from briefing_app.library.store.locks import hold
from briefing_app.library.store.syncing import sync_folder

FOLDER = "register"
_PLAIN_ID = re.compile("[a-z0-9][a-z0-9_-]{0,63}")
_ROW = re.compile(r"(\d{4,9})\.json")
_PATIENCE = 5.0  # seconds that one issue waits for another to be written
_READ_ONLY = 0o444


class EditionTaken(StorageError):
    """The number was given to another edition meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The rows of one briefing by their numbers, and a sentence for each row that cannot be read."""

    records: tuple[EditionRecord, ...]
    problems: tuple[str, ...] = ()
    last: int = 0  # the highest number that was given, that of a damaged row included


class Register:
    """The issued editions kept in one library's folder. It keeps bytes, and does not know what a briefing is."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._folder = library / FOLDER

    @property
    def folder(self) -> Path:
        return self._folder

    def editions(self, briefing_id: str) -> Editions:
        """The editions of a briefing, oldest first. Raises StorageError where the folder cannot be read."""
        records: list[EditionRecord] = []
        problems: list[str] = []
        last = 0
        with _told(self._library):
            for number, path in self._rows(briefing_id):
                last = max(last, number)
                try:
                    record = load_record(path.read_bytes())
                    if (record.briefing_id, record.edition) != (briefing_id, number):
                        raise ValueError("it is not the row of this edition")
                except ValueError as error:
                    problems.append(f"The row of edition {number} in {path} is damaged: {error}.")
                else:
                    records.append(record)
        return Editions(tuple(records), tuple(problems), last)

    def briefing_ids(self) -> tuple[str, ...]:
        """The ids of all briefings that have an edition, in order."""
        found: set[str] = set()
        with _told(self._library):
            for folder in _entries(self._folder / "editions"):
                for path in _entries(folder):
                    with contextlib.suppress(ValueError):
                        found.add(load_record(path.read_bytes()).briefing_id)
        return tuple(sorted(found))

    def add(self, record: EditionRecord, data: bytes) -> None:
        """Keep ``data`` and its row. What this has returned from is on the drive.

        Raises EditionTaken where the number is given already, LibraryBusy, StorageError; nothing was added then.
        """
        if hashlib.sha256(data).hexdigest() != record.sha256 or len(data) != record.size:
            raise ValueError("the record does not name these bytes")
        row = self._place(record.briefing_id) / f"{record.edition:04}.json"
        with _told(self._library):
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._writing():
                if row.exists():
                    raise EditionTaken(
                        f"Edition {record.edition} of “{record.title}” is issued already, and stays as it is.",
                        "Issue it under the next number.",
                    )
                frozen = self._frozen(record.sha256)
                if not _holds(frozen, record.sha256):
                    self._put(frozen, data)
                self._put(row, dump_record(record))

    def read(self, record: EditionRecord) -> bytes:
        """The frozen bytes of an edition, proved against their hash. Raises StorageError."""
        path = self._frozen(record.sha256)
        name = f"Edition {record.edition} of “{record.title}”"
        remedy = "Restore the library from a backup."
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise StorageError(f"{name} is missing from the register: there is no file {path}.", remedy) from None
        except OSError as error:
            raise of_system(error, self._library) from error
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise StorageError(f"{name} was changed since it was issued: {path} has another hash.", remedy)
        return data

    # --- places

    def _place(self, briefing_id: str) -> Path:
        """The folder of a briefing's rows. An id comes out of a file and is not trusted as a name."""
        plain = _PLAIN_ID.fullmatch(briefing_id) is not None
        digest = hashlib.sha256(briefing_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / "editions" / (briefing_id if plain else f"id-{digest}")

    def _rows(self, briefing_id: str) -> list[tuple[int, Path]]:
        found = ((_ROW.fullmatch(path.name), path) for path in _entries(self._place(briefing_id)))
        return sorted((int(name[1]), path) for name, path in found if name)

    def _frozen(self, sha256: str) -> Path:
        return self._folder / "frozen" / sha256[:2] / f"{sha256}.briefing"

    # --- writing

    def _put(self, target: Path, data: bytes) -> None:
        """Put a file in its place whole and durably; only under ``_writing``."""
        for folder in reversed([one for one in target.parents if one.is_relative_to(self._folder)]):
            if not folder.is_dir():
                folder.mkdir()
                sync_folder(folder.parent)
        making = self._folder / "making"  # what a killed process left here is written over
        making.unlink(missing_ok=True)
        with making.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        making.chmod(_READ_ONLY)
        if os.name == "nt" and target.exists():  # there a read-only file cannot be replaced
            target.chmod(0o666)
        making.replace(target)
        sync_folder(target.parent)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One process at a time. The lock ends with the process that has it."""
        with (self._folder / "lock").open("a+b") as lock:
            end = time.monotonic() + _PATIENCE
            while True:
                try:
                    hold(lock)
                    break
                except (BlockingIOError, PermissionError):
                    if time.monotonic() > end:
                        raise LibraryBusy(
                            f"An edition is being issued by another program in {self._folder}.", "Try again shortly."
                        ) from None
                    time.sleep(0.05)
            yield


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _holds(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except FileNotFoundError:
        return False


@contextmanager
def _told(library: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise of_system(error, library) from error
