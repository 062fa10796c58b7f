"""Importing: files are met, read in worker processes, and kept in batches; then the index catches up.

A batch is one transaction with bytes, text and fields of its sources, so a killed import has whole sources only.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import hashlib
import os
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from briefing_app.library.importing.reading_ahead import Found, Read, ReadingAhead, Unread, members_of
from briefing_app.library.importing.report import Duplicate, Failed, Imported, ImportReport
from briefing_app.library.importing.walking import walk
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store import catalogue
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import Packed
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.members import Member, read_members
from briefing_app.readers.splitting import LINES, split
from briefing_app.work.limits import GIGABYTE, Limits
from briefing_app.work.progress import Progress

READING_LIMITS = Limits(seconds=60, memory=GIGABYTE)
LARGEST = 512 << 20  # bytes of a file that is read; larger ones are no articles
_BATCH_SOURCES, _BATCH_BYTES, _BATCH_SECONDS = 200, 32 << 20, 1.0
_CUT_FROM = 8 << 20  # bytes from which a mailbox or file of articles is cut here and not in a worker
_TELL_EVERY = 50  # members after which progress is told inside a file
_INDEX_EVERY = 2000  # sources committed before the index is brought up to date on the way


DEFAULT_READ: Read = read_members


class Importer:
    """One import into an open library, from its first file to its report. It is used once."""

    def __init__(self, store: Store, originals: Originals, indexer: Indexer, read: Read) -> None:
        self._store = store
        self._originals = originals
        self._indexer = indexer
        self._read = read
        self._imported: list[Imported] = []
        self._duplicates: list[Duplicate] = []
        self._failed: list[Failed] = []
        self._no_text: list[str] = []
        self._batch: list[NewSource] = []
        self._batch_bytes = 0
        self._batch_since = 0.0
        self._unindexed = 0
        self._waiting: dict[int, int] = {}  # by a file's number, how much of it is still to be read or cut
        self._done = 0

    def import_paths(self, paths: list[Path], *, workers: bool) -> Generator[Progress, None, ImportReport]:
        """Read every file under ``paths`` and keep it."""
        files: list[Path] = []
        for met in walk(paths, leave_out=self._store.folder):
            if met.problem:
                self._failed.append(Failed(str(met.path), None, met.problem))
            else:
                files.append(met.path)
            if len(files) % 500 == 0:
                yield Progress(0, None, f"Looking for files: {len(files)} so far")
        try:
            yield from self._read_files(files, workers)
        finally:
            self._commit()  # a cancelled import keeps what was read
        yield from self._index(len(files))
        return self._report()

    def add_many(self, sources: Iterable[NewSource]) -> Generator[Progress, None, ImportReport]:
        """Keep sources that were read already."""
        done = 0
        try:
            for done, new in enumerate(sources, 1):
                self._add(new)
                if self._commit_if_due():
                    yield Progress(done, None, new.fields().title)
        finally:
            self._commit()
        yield from self._index(done)
        return self._report()

    def _report(self) -> ImportReport:
        return ImportReport(tuple(self._imported), tuple(self._duplicates), tuple(self._failed), tuple(self._no_text))

    # --- reading ------------------------------------------------------------------------------------------------

    def _read_files(self, files: list[Path], workers: bool) -> Generator[Progress, None, None]:
        """Take in every file, each accounted for as a whole or by its members."""
        with contextlib.ExitStack() as stack:
            if workers:
                ahead = stack.enter_context(ReadingAhead(self._read, READING_LIMITS))
                results = ahead.results(self._unread(files))
            else:
                results = self._read_here(files)
            taken = 0
            for item, member, packed in results:
                if member is None:
                    self._end_of(item.number)
                else:
                    self._take_in(item, member, packed)
                    taken += 1
                self._commit_if_due()
                if member is None or taken % _TELL_EVERY == 0:
                    yield Progress(self._done, len(files), item.path.name)

    def _read_here(self, files: list[Path]) -> Iterator[Found]:
        for item in self._unread(files):
            for member in members_of(self._read, item.data, item.file_name):
                yield item, member, None
            yield item, None, None

    def _unread(self, files: list[Path]) -> Iterator[Unread]:
        """What has to be read: files, and the parts of those that are cut; what is known already is left out."""
        for number, path in enumerate(files):
            self._waiting[number] = 1
            try:
                yield from self._items(number, path)
            except OSError as error:
                reason = "It may not be read: ask for the right to read it."
                if not isinstance(error, PermissionError):
                    reason = f"It cannot be read ({error.strerror or error})."
                self._failed.append(Failed(str(path), None, reason))
            self._end_of(number)

    def _end_of(self, number: int) -> None:
        """One thing less to wait for in a file; at the last, the file is done."""
        self._waiting[number] -= 1
        if not self._waiting[number]:
            del self._waiting[number]
            self._done += 1

    def _items(self, number: int, path: Path) -> Iterator[Unread]:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            parts = split(file, path.name) if size > _CUT_FROM or path.suffix.lower() in LINES else None
            if parts is not None:
                for part in parts:
                    if part.problem:
                        self._failed.append(Failed(str(path), part.name, part.problem))
                    else:
                        yield from self._new(Unread(number, path, part.name, part.file_name, part.data))
                return
            if size > LARGEST:
                reason = f"It is larger than {LARGEST >> 20} MB, which is more than a source can be."
                self._failed.append(Failed(str(path), None, reason))
                return
            data = file.read()
        if data:
            yield from self._new(Unread(number, path, None, path.name, data))
        else:
            self._failed.append(Failed(str(path), None, "The file is empty."))

    def _new(self, item: Unread) -> Iterator[Unread]:
        """The item, unless its bytes are in the library and can have nothing else in them."""
        with self._store.reading() as connection:
            known = catalogue.known_whole(connection, hashlib.sha256(item.data).hexdigest(), item.member)
        if known is not None:
            self._duplicates.append(Duplicate(known, str(item.path), item.member))
            return
        self._waiting[item.number] += 1
        yield item

    def _take_in(self, item: Unread, found: Member, packed: Packed | None) -> None:
        member = "/".join(filter(None, (item.member, found.name))) or None
        if found.reading is None:
            self._failed.append(Failed(str(item.path), member, found.problem))
            return
        self._add(
            NewSource(
                data=item.data if found.data is None else found.data,
                reading=found.reading,
                path=str(item.path),
                file_name=found.file_name,
                member=member,
                accessed=_accessed(found.reading, item.path),
                packed=packed,
            )
        )

    # --- keeping ------------------------------------------------------------------------------------------------

    def _add(self, new: NewSource) -> None:
        if not self._batch:
            self._batch_since = time.monotonic()
        self._batch.append(new)
        self._batch_bytes += len(new.data)

    def _commit_if_due(self) -> bool:
        due = len(self._batch) >= _BATCH_SOURCES or self._batch_bytes >= _BATCH_BYTES
        if not (due or (self._batch and time.monotonic() - self._batch_since > _BATCH_SECONDS)):
            return False
        self._commit()
        if self._unindexed >= _INDEX_EVERY:
            for _ in self._indexer.catch_up():
                pass
            self._unindexed = 0
        return True

    def _commit(self) -> None:
        """Keep the batch in one transaction; only then is it reported."""
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        imported: list[Imported] = []
        duplicates: list[Duplicate] = []
        no_text: list[str] = []
        with self._store.transaction() as connection:
            for new in batch:
                same = catalogue.find_same(connection, new)
                if same is not None:
                    duplicates.append(Duplicate(same, new.path, new.member))
                    continue
                id = catalogue.insert(connection, self._originals, new)
                imported.append(Imported(id, new.fields().title or new.file_name, new.path, new.member))
                if new.reading.no_text or not new.reading.text.strip():
                    no_text.append(id)
        self._imported += imported
        self._duplicates += duplicates
        self._no_text += no_text
        self._unindexed += len(imported)

    def _index(self, done: int) -> Generator[Progress, None, None]:
        for _ in self._indexer.catch_up():
            yield Progress(done, done, "Updating the search index")


def _accessed(reading: Reading, path: Path) -> str:
    """When the source was saved: as it says itself, else a web page's file's date."""
    return reading.fields.accessed or (_file_date(path) if reading.kind is SourceKind.WEB else "")


@functools.lru_cache(maxsize=64)
def _file_date(path: Path) -> str:
    """The day on which the file was saved, in local time."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return ""
