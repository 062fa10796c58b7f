"""Importing: files are met, read in worker processes, and kept in batches; then the index catches up.

A batch is one transaction with bytes, text and fields of its sources, so a killed import has whole sources only.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing_app.errors import BriefingError
from briefing_app.library import catalogue
from briefing_app.library.indexing import Indexer
from briefing_app.library.originals import Originals
from briefing_app.library.records import NewSource
from briefing_app.library.report import Duplicate, Failed, Imported, ImportReport
from briefing_app.library.store import Store
from briefing_app.library.walking import walk
from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.work.call import Call
from briefing_app.work.limits import GIGABYTE, Limits
from briefing_app.work.pool import WorkerPool, worker_count
from briefing_app.work.progress import Progress

Read = Callable[[bytes, str], Reading]

READING_LIMITS = Limits(seconds=60, memory=GIGABYTE)
LARGEST = 512 << 20  # bytes of a file that is read; larger ones are no articles
_BATCH_SOURCES, _BATCH_BYTES, _BATCH_SECONDS = 200, 32 << 20, 1.0
_INDEX_EVERY = 2000  # sources committed before the index is brought up to date on the way


def read_file(data: bytes, name: str) -> Reading:
    """Read with the readers' own door, loaded where it is used: in a worker."""
    from briefing_app.readers.dispatch import read

    return read(data, name)


DEFAULT_READ: Read = read_file


@dataclass(slots=True)
class _Waiting:
    """A file that is being read. Without a ``call`` it has an ``outcome`` already."""

    path: Path
    data: bytes
    call: Call | None = None
    outcome: Reading | str = ""


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
            with self._reading(workers) as start:
                for done, path in enumerate(self._results(files, start), 1):
                    self._commit_if_due()
                    yield Progress(done, len(files), path.name)
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

    @contextmanager
    def _reading(self, workers: bool) -> Iterator[Callable[[Path, bytes], _Waiting]]:
        """How a file's bytes are read: in a pool of workers, or here."""
        if not workers:
            yield self._read_here
            return
        with WorkerPool(limits=READING_LIMITS, what="the reader") as pool:
            yield lambda path, data: _Waiting(path, data, pool.submit(self._read, data, path.name))

    def _read_here(self, path: Path, data: bytes) -> _Waiting:
        try:
            return _Waiting(path, data, outcome=self._read(data, path.name))
        except BriefingError as error:
            return _Waiting(path, data, outcome=str(error))

    def _results(self, files: list[Path], start: Callable[[Path, bytes], _Waiting]) -> Iterator[Path]:
        """Take in every file, keeping a few being read at a time; gives each path once it is accounted for."""
        waiting: deque[_Waiting] = deque()
        ahead = worker_count() * 3
        for path in files:
            data = self._load(path)
            if data is None:
                yield path
                continue
            waiting.append(start(path, data))
            if len(waiting) > ahead or sum(len(item.data) for item in waiting) > _BATCH_BYTES:
                yield self._take_in(waiting.popleft())
        while waiting:
            yield self._take_in(waiting.popleft())

    def _load(self, path: Path) -> bytes | None:
        """The bytes of a file, or None where it is accounted for without reading."""
        try:
            size = path.stat().st_size
            if size > LARGEST:
                reason = f"It is larger than {LARGEST >> 20} MB, which is more than a source can be."
                self._failed.append(Failed(str(path), None, reason))
                return None
            data = path.read_bytes()
        except OSError as error:
            reason = "It may not be read: ask for the right to read it."
            if not isinstance(error, PermissionError):
                reason = f"It cannot be read ({error.strerror or error})."
            self._failed.append(Failed(str(path), None, reason))
            return None
        if not data:
            self._failed.append(Failed(str(path), None, "The file is empty."))
            return None
        with self._store.reading() as connection:
            known = catalogue.known_bytes(connection, hashlib.sha256(data).hexdigest())
        if known is not None:
            self._duplicates.append(Duplicate(known, str(path)))
            return None
        return data

    def _take_in(self, item: _Waiting) -> Path:
        outcome = item.outcome
        if item.call is not None:
            try:
                outcome = item.call.result()
            except BriefingError as error:
                outcome = str(error)
        if isinstance(outcome, str):
            self._failed.append(Failed(str(item.path), None, outcome))
        else:
            accessed = _file_date(item.path) if outcome.kind is SourceKind.WEB else ""
            self._add(
                NewSource(
                    data=item.data, reading=outcome, path=str(item.path), file_name=item.path.name, accessed=accessed
                )
            )
        return item.path

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


def _file_date(path: Path) -> str:
    """The day on which the file was saved, in local time."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return ""
