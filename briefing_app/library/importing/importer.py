"""Importing: files are met, read in worker processes, and kept in batches, while the index follows.

What an import has told of is on the drive, whole; so it can be killed at any instant, and go on another time.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import hashlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing_app.library.importing.control import Control
from briefing_app.library.importing.files import Claimed, Files, FilesEnd, Item, Known, Opened, Refused
from briefing_app.library.importing.intake import Intake
from briefing_app.library.importing.measure import Measure
from briefing_app.library.importing.pieces import Piece, Read, pieces_of
from briefing_app.library.importing.reading_ahead import Found, ReadingAhead
from briefing_app.library.importing.report import ImportReport
from briefing_app.library.importing.unread import Unreadable, UnreadFile
from briefing_app.library.importing.walking import Met, walk
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store import catalogue
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.records import NewSource, is_real_date, tidy
from briefing_app.library.store.store import Store
from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.companions import may_have_companions
from briefing_app.readers.members import read_members
from briefing_app.work.limits import GIGABYTE, Limits
from briefing_app.work.progress import Progress

READING_LIMITS = Limits(seconds=60, memory=GIGABYTE)
_TELL_EVERY = 50  # members after which progress is told inside a file
_LOOK = 0.25  # seconds between two looks whether a paused import may go on

DEFAULT_READ: Read = read_members


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an import goes about it: what reads, whether in workers, who may hold it, and what is not tried again."""

    read: Read = DEFAULT_READ
    workers: bool = True
    control: Control = field(default_factory=Control)
    failed_before: Mapping[tuple[str, str | None], str] = field(default_factory=dict)


class Importer:
    """One import into an open library, from its first file to its report. It is used once."""

    def __init__(self, store: Store, originals: Originals, indexer: Indexer, way: Way) -> None:
        self._store = store
        self._originals = originals
        self._indexer = indexer
        self._way = way
        self._intake = Intake(store, originals, indexer)
        self._files = Files(self._known_whole, way.failed_before)
        self._measure = Measure()
        self._paths: list[Path] = []  # of the files by their numbers
        self._told: set[int] = set()  # numbers of the files of which the report says something
        self._waiting: dict[int, int] = {}  # by a file's number, how much of it is still to be read or cut
        self._faulty: set[tuple[str, str | None]] = set()  # hash and member of items with a fault in them

    def import_paths(self, paths: Sequence[Path]) -> Generator[Progress, None, ImportReport]:
        """Read every file under ``paths`` and keep it."""
        met: list[Met] = []
        for one in walk(paths, leave_out=self._store.folder):
            met.append(one)
            if len(met) % 500 == 0:
                yield Progress(0, None, f"Looking for files: {len(met)} so far")
                if self._way.control.is_stopped:
                    break
        return (yield from self.import_files(met, paths))

    def import_files(self, met: Sequence[Met], roots: Sequence[Path]) -> Generator[Progress, None, ImportReport]:
        """Read these files and keep them; where one of ``roots`` is gone in the midst of it the import stops."""
        files: list[Met] = []
        for one in met:
            if one.problem:
                self._intake.refuse(str(one.path), None, one.problem)
            else:
                files.append(one)
        files.sort(key=lambda file: not may_have_companions(file.path.name))  # before the files that they name
        self._paths = [file.path for file in files]
        self._measure.expect([file.size for file in files])
        numbered = ((number, file.path) for number, file in enumerate(files))
        yield from self._take_all(self._files.opened(numbered, roots))
        return self._intake.report(
            files=len(met), left=len(files) - len(self._told), stopped=self._way.control.is_stopped
        )

    def try_again(self, unread: Sequence[UnreadFile]) -> Generator[Progress, None, ImportReport]:
        """Read files again whose bytes the library has kept."""
        self._paths = [Path(file.path) for file in unread]
        self._measure.expect([file.size for file in unread])
        yield from self._take_all(self._kept_files(unread))
        left = len(unread) - len(self._told)
        return self._intake.report(files=len(unread), left=left, stopped=self._way.control.is_stopped)

    def _kept_files(self, unread: Sequence[UnreadFile]) -> Iterator[Opened | FilesEnd]:
        for number, file in enumerate(unread):
            with self._store.reading() as connection:
                data = self._originals.get(connection, file.sha256)
            yield from self._files.of_bytes(Item(number, Path(file.path), file.member, file.file_name, data))
            yield FilesEnd(number)

    def add_many(self, sources: Iterable[NewSource]) -> Generator[Progress, None, ImportReport]:
        """Keep sources that were read already."""
        done = 0
        try:
            for done, new in enumerate(sources, 1):
                self._intake.add(new)
                if self._intake.commit_if_due():
                    yield Progress(done, None, new.fields().title)
        finally:
            self._finish()
        return self._intake.report(files=done)

    # --- reading ------------------------------------------------------------------------------------------------

    def _take_all(self, opened: Iterator[Opened | FilesEnd]) -> Generator[Progress, None, None]:
        """Take in everything that was opened; what was read is kept and indexed however this ends."""
        try:
            with contextlib.ExitStack() as stack:
                items = self._to_read(opened)
                if self._way.workers:
                    results = stack.enter_context(ReadingAhead(self._way.read, READING_LIMITS)).results(items)
                else:
                    results = self._read_here(items)
                yield from self._take(results)
        finally:
            self._finish()

    def _take(self, results: Iterator[Found | None]) -> Generator[Progress, None, None]:
        taken = 0
        label = ""
        for found in results:
            if found is not None:
                item, piece = found
                label = item.path.name
                taken += 1
                if piece is None:
                    self._end_of_item(item)
                else:
                    self._take_in(item, piece)
            self._intake.commit_if_due()
            if found is None or found[1] is None or taken % _TELL_EVERY == 0:
                yield self._measure.progress(label)
                yield from self._pause(label)
            if self._way.control.is_stopped:
                return
        yield self._measure.progress(label)

    def _pause(self, label: str) -> Generator[Progress, None, None]:
        """While the import is held: everything that was read is kept, and those who follow it still hear from it."""
        control = self._way.control
        if not control.is_paused:
            return
        self._intake.commit()
        while control.is_paused:
            yield self._measure.progress(label, paused=True)
            control.wait(_LOOK)
        self._measure.resume()

    def _read_here(self, items: Iterator[Item]) -> Iterator[Found | None]:
        for item in items:
            for piece in pieces_of(self._way.read, item.data, item.file_name, item.beside):
                yield item, piece
            yield item, None

    def _to_read(self, opened: Iterator[Opened | FilesEnd]) -> Iterator[Item]:
        """The items that have to be read; all else that was met is accounted for at once."""
        for one in opened:
            match one:
                case FilesEnd(number):
                    self._end_of(number)
                    continue
                case Item(number):
                    self._waiting.setdefault(number, 1)
                    self._waiting[number] += 1
                    yield one
                case Refused(number, path, member, reason):
                    self._told.add(number)
                    self._waiting.setdefault(number, 1)
                    self._intake.refuse(str(path), member, reason, kept=reason in self._way.failed_before.values())
                case Known(item, id):
                    self._told.add(item.number)
                    self._waiting.setdefault(item.number, 1)
                    self._intake.repeat(id, str(item.path), item.member)
                    self._intake.was_read(item.sha256, item.member)
                    self._measure.part(item.number, len(item.data))
                case Claimed(number, path, by):
                    self._told.add(number)
                    self._waiting.setdefault(number, 1)
                    self._intake.pass_over(str(path), str(by))

    def _end_of_item(self, item: Item) -> None:
        self._measure.part(item.number, len(item.data))
        if (item.sha256, item.member) not in self._faulty:
            self._intake.was_read(item.sha256, item.member)
        self._end_of(item.number)

    def _end_of(self, number: int) -> None:
        """One thing less to wait for in a file; at the last, the file is done."""
        self._waiting[number] -= 1
        if not self._waiting[number]:
            del self._waiting[number]
            if number not in self._told:
                self._told.add(number)
                self._intake.refuse(str(self._paths[number]), None, "Nothing that can be read is in it.")
            self._measure.file(number)

    def _known_whole(self, sha256: str, member: str | None) -> str | None:
        with self._store.reading() as connection:
            return catalogue.known_whole(connection, sha256, member)

    def _take_in(self, item: Item, found: Piece) -> None:
        member = "/".join(filter(None, (item.member, found.name))) or None
        path = str(item.path)
        self._told.add(item.number)
        if found.reading is None:
            data, sha256, name = item.data, item.sha256, item.file_name
            if found.data is not None:
                data, sha256, name = found.data, hashlib.sha256(found.data).hexdigest(), found.file_name
            self._faulty.add((item.sha256, item.member))
            self._intake.fail(Unreadable(path, member, name, sha256, data, found.problem))
            return
        self._intake.add(
            NewSource(
                data=item.data if found.data is None else found.data,
                reading=found.reading,
                path=path,
                file_name=found.file_name,
                member=member,
                accessed=_accessed(found.reading, item.path),
                prepared=found.prepared,
            )
        )

    def _finish(self) -> None:
        """Keep what was read, and let the search find it; a library that was closed meanwhile has what it has."""
        self._intake.stop()
        if self._store.is_closed:
            return
        for _ in self._indexer.catch_up():
            pass


def _accessed(reading: Reading, path: Path) -> str:
    """The day on which a source was saved: as the file says itself, for a page else when the file was written."""
    told = tidy(reading.fields.accessed)
    if told and is_real_date(told):
        return told
    return _file_date(path) if reading.kind is SourceKind.WEB else ""


@functools.lru_cache(maxsize=64)
def _file_date(path: Path) -> str:
    """The day on which the file was saved, in local time."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime).date().isoformat()
    except (OSError, OverflowError, ValueError):
        return ""
