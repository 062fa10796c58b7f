"""The recovery journal: every edit is on the disk within a moment, so that a killed process loses nothing.

A journal is a folder of its own: ``journal`` (a header line, then one checksummed line for each edit), the briefing
that the edits start from (``base-<n>.json``), its pictures (``media/<sha256>``, each once) and ``lock``, which the
living process holds. It is no backup and no history: it goes when the work is saved. Finding what a killed process
left behind is the job of ``recovery``.
"""

from __future__ import annotations

import contextlib
import errno
import json as jsons
import os
import secrets
import shutil
import threading
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO

from briefing_app.errors import StorageError
from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.edit import Batch, Edit, Put
from briefing_app.storage.codec import dump_document
from briefing_app.storage.file import FileState, sync_folder, write_atomically
from briefing_app.storage.locking import FileLock
from briefing_app.storage.wire import edit_wire

JOURNAL_NAME = "journal"
LOCK_NAME = "lock"
MEDIA_NAME = "media"
FORMAT = "briefing-journal"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a journal: what it belongs to. ``path`` is empty where the briefing has no file yet."""

    format: str
    version: int
    base: str
    path: str
    title: str
    state: FileState | None


class Journal:
    """The journal of one open briefing. One thread uses it; only ``sync`` runs in another.

    ``sync_after`` is the time in seconds until a record must survive a power cut too (a killed process never loses
    one): 0 makes each ``record`` wait for the disk, None leaves it to the system.
    """

    def __init__(self, place: Path, lock: FileLock, *, sync_after: float | None) -> None:
        self._place = place
        self._lock = lock
        self._sync_after = sync_after
        self._stream: BinaryIO | None = None
        self._base = 0
        self._path: Path | None = None
        self._media: set[str] = set()
        self._problem: StorageError | None = None
        self._unsynced: list[Path] = []
        self._timer: threading.Timer | None = None
        self._guard = threading.Lock()

    @classmethod
    def start(
        cls,
        folder: Path,
        briefing: Briefing,
        path: Path | None,
        state: FileState | None,
        *,
        sync_after: float | None = 1.0,
    ) -> Journal:
        """Begin a journal for ``briefing``, whose file is ``path``, in a new folder inside ``folder``.

        Raises StorageError where it cannot be written.
        """
        place = folder / secrets.token_hex(8)
        try:
            (place / MEDIA_NAME).mkdir(parents=True)
            lock = FileLock.take(place / LOCK_NAME)
        except OSError as error:
            raise _unwritable(place, error) from error
        if lock is None:
            raise StorageError(f"The recovery journal “{place}” is in use.", "Try again.")
        journal = cls(place, lock, sync_after=sync_after)
        try:
            journal._begin(briefing, path, state)
        except BaseException:
            journal.close(discard=True)
            raise
        return journal

    @property
    def folder(self) -> Path:
        """The folder that holds this journal's own folder, as it was given to ``start``."""
        return self._place.parent

    @property
    def place(self) -> Path:
        """This journal's own folder."""
        return self._place

    @property
    def problem(self) -> StorageError | None:
        """Why edits are not kept at present (a full disk), or None. A ``checkpoint`` that succeeds ends it."""
        return self._problem

    def record(self, edit: Edit) -> None:
        """Append one edit that was applied. It raises nothing, for the edit stands: see ``problem``.

        After a failure the rest could not be replayed, so nothing more is written until the next ``checkpoint``.
        """
        if self._problem is not None or self._stream is None:
            return
        try:
            self._write(edit_wire().dump(self._keep_media(edit)))
        except (OSError, StorageError) as error:
            self._problem = _unwritable(self._place, error)
        else:
            self._sync_soon()

    def checkpoint(self, briefing: Briefing, state: FileState | None, *, path: Path | None = None) -> None:
        """Begin anew from ``briefing``, as after a save; ``path`` where it was saved under another name.

        Raises StorageError where that cannot be written; what was recorded before then stands.
        """
        self._begin(briefing, path or self._path, state)

    def sync(self) -> None:
        """Wait until what was recorded survives a power cut."""
        with self._guard:
            self._timer = None
            if self._stream is None:
                return
            with contextlib.suppress(OSError):  # the next record tells
                while self._unsynced:
                    _sync_file(self._unsynced.pop())
                os.fsync(self._stream.fileno())
                sync_folder(self._place)

    def close(self, *, discard: bool = True) -> None:
        """End the journal. ``discard`` deletes it; otherwise it can be found and restored later."""
        if self._timer is not None:
            self._timer.cancel()
        with self._guard:
            if self._stream is not None:
                with contextlib.suppress(OSError):
                    self._stream.close()
                self._stream = None
        if discard:
            # the journal first: without it the rest is no journal, should the deletion be cut short
            with contextlib.suppress(OSError):
                (self._place / JOURNAL_NAME).unlink(missing_ok=True)
        self._lock.release()
        if discard:
            shutil.rmtree(self._place, ignore_errors=True)

    def _begin(self, briefing: Briefing, path: Path | None, state: FileState | None) -> None:
        """Write a new base and a new, empty journal; the old ones stand until the new ones are whole."""
        number = self._base + 1
        base = f"base-{number}.json"
        header = Header(FORMAT, VERSION, base, str(path.absolute()) if path else "", briefing.meta.title, state)
        try:
            for picture in briefing.media:
                self._keep(picture)
            self._write_file(self._place / base, dump_document(briefing, verify=False))
            self._write_file(self._place / JOURNAL_NAME, line(_header_json(header)))
            with self._guard:
                if self._stream is not None:
                    self._stream.close()
                self._stream = (self._place / JOURNAL_NAME).open("ab", buffering=0)
            (self._place / f"base-{self._base}.json").unlink(missing_ok=True)
        except (OSError, StorageError) as error:
            self._problem = _unwritable(self._place, error)
            raise self._problem from error
        self._base, self._path, self._problem = number, path, None
        self._sync_soon()

    def _write_file(self, path: Path, data: bytes) -> None:
        write_atomically(path, data, durable=False)
        self._unsynced.append(path)

    def _write(self, json: bytes) -> None:
        assert self._stream is not None
        data = line(json)
        written = self._stream.write(data)
        if written != len(data):  # the disk took only a part: the reader drops it
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _sync_soon(self) -> None:
        if self._sync_after is None:
            return
        if self._sync_after <= 0:
            self.sync()
        elif self._timer is None:
            timer = threading.Timer(self._sync_after, self.sync)
            timer.daemon = True
            self._timer = timer
            timer.start()

    def _keep_media(self, edit: Edit) -> Edit:
        """Put the pictures in ``edit`` beside the journal; the edit is returned without their bytes."""
        match edit:
            case Put(item=Media() as picture):
                self._keep(picture)
                return replace(edit, item=replace(picture, data=b""))
            case Batch():
                return replace(edit, edits=tuple(self._keep_media(inner) for inner in edit.edits))
        return edit

    def _keep(self, picture: Media) -> None:
        if picture.sha256 in self._media:
            return
        self._write_file(self._place / MEDIA_NAME / picture.sha256, picture.data)
        self._media.add(picture.sha256)


def line(json: bytes) -> bytes:
    """One record: the CRC-32 of its JSON in eight hex digits, a space, the JSON, a line feed."""
    return b"%08x %s\n" % (zlib.crc32(json), json)


def _header_json(header: Header) -> bytes:
    return jsons.dumps(asdict(header), ensure_ascii=True).encode("ascii")


def _sync_file(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # a later base took its place
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(place: Path, error: OSError | StorageError) -> StorageError:
    reason = error.message.rstrip(".") if isinstance(error, StorageError) else error.strerror or str(error)
    return StorageError(
        f"The recovery journal in “{place}” cannot be written ({reason}); unsaved work would not survive a crash.",
        "Save your work now, and free some space on that disk.",
    )
