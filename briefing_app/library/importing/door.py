"""The part of the library through which files come in: imports, what could not be read, watched folders."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Generator, Iterable, Sequence
from pathlib import Path
from typing import Any

from briefing_app.library.importing import runs, unread
from briefing_app.library.importing.control import Control
from briefing_app.library.importing.importer import DEFAULT_READ, Importer, Way
from briefing_app.library.importing.pieces import Read
from briefing_app.library.importing.report import ImportReport
from briefing_app.library.importing.runs import Run
from briefing_app.library.importing.unread import UnreadFile
from briefing_app.library.importing.watching import Watched, Watcher
from briefing_app.library.search.searching import Searching
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.work.progress import Progress


class SourceImporting(Searching):
    """Brings sources in. Reading runs in worker processes with limits, unless ``workers`` is false.

    A job is a generator that does nothing until it is followed. What it has committed stays, however it ends; closing
    it cancels it. Jobs raise StorageError where the library cannot be written.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._runs_under_way: set[int] = set()
        self._watcher = Watcher(store)

    # --- imports ------------------------------------------------------------------------------------------------

    def import_paths(
        self,
        paths: Iterable[Path | str],
        *,
        workers: bool = True,
        read: Read = DEFAULT_READ,
        control: Control | None = None,
    ) -> Generator[Progress, None, ImportReport]:
        """Import files and folders with everything in them; the report has every file met in one of its lists.

        With a ``control`` it can be paused, resumed, cancelled and left from any thread. It is written down as begun
        before its first file: one that is cut short (killed, stopped by a fault, left) is among ``interrupted_runs``.
        """
        way = Way(read=read, workers=workers, control=control or Control())
        return self._import([Path(path) for path in paths], None, way)

    def _import(self, paths: Sequence[Path], num: int | None, way: Way) -> Generator[Progress, None, ImportReport]:
        if num is None:
            with self._store.transaction() as connection:
                num = runs.begin(connection, paths)
        self._runs_under_way.add(num)
        ended = False
        try:
            report = yield from Importer(self._store, self._originals, self._indexer, way).import_paths(paths)
            ended = not way.control.is_left
            return report
        except GeneratorExit:
            ended = not way.control.is_left
            raise
        finally:
            self._runs_under_way.discard(num)
            if ended and not self._store.is_closed:
                self.forget_run(num)

    def interrupted_runs(self) -> tuple[Run, ...]:
        """Imports that were cut short, the latest first; none for a library that is open for reading only."""
        if not self._store.writable:
            return ()
        with self._store.reading() as connection:
            return tuple(run for run in runs.interrupted(connection) if run.num not in self._runs_under_way)

    def resume_run(
        self, num: int, *, workers: bool = True, read: Read = DEFAULT_READ, control: Control | None = None
    ) -> Generator[Progress, None, ImportReport]:
        """Go on with an interrupted import. What it had taken in is passed quickly, as there already, and what it
        could not read is not tried again. Raises BriefingError for an unknown number."""
        with self._store.reading() as connection:
            run = runs.get(connection, num)
            failed = unread.failed_since(connection, run.begun)
        way = Way(read=read, workers=workers, control=control or Control(), failed_before=failed)
        return self._import(run.paths, run.num, way)

    def forget_run(self, num: int) -> None:
        """An interrupted import need not go on. Does nothing for one that has ended."""
        with self._store.transaction() as connection:
            runs.end(connection, num)

    def add_many(self, sources: Iterable[NewSource]) -> Generator[Progress, None, ImportReport]:
        """Keep sources that were read already, many at a time, as ``import_paths`` does with files."""
        return Importer(self._store, self._originals, self._indexer, Way()).add_many(sources)

    # --- what could not be read -----------------------------------------------------------------------------------

    def unread(self) -> tuple[UnreadFile, ...]:
        """Files that could not be read and whose bytes are kept, the last that was tried first."""
        with self._store.reading() as connection:
            return unread.listed(connection)

    def try_again(
        self,
        nums: Collection[int] | None = None,
        *,
        workers: bool = True,
        read: Read = DEFAULT_READ,
        control: Control | None = None,
    ) -> Generator[Progress, None, ImportReport]:
        """Read unread files again, those with these numbers or all; one that can be read leaves the list.

        Raises BriefingError for an unknown number.
        """
        with self._store.reading() as connection:
            files = unread.chosen(connection, nums)
        way = Way(read=read, workers=workers, control=control or Control())
        return self._try_again(files, way)

    def _try_again(self, files: Sequence[UnreadFile], way: Way) -> Generator[Progress, None, ImportReport]:
        return (yield from Importer(self._store, self._originals, self._indexer, way).try_again(files))

    def forget_unread(self, nums: Collection[int]) -> None:
        """Strike files from the list and let their bytes go. Raises BriefingError for an unknown number."""
        with self._store.transaction() as connection:
            leftovers = [
                unread.let_go(connection, self._originals, file.sha256, file.member)
                for file in unread.chosen(connection, nums)
            ]
        for left in filter(None, leftovers):
            with contextlib.suppress(OSError):
                left.unlink()

    # --- watched folders ------------------------------------------------------------------------------------------

    def watched(self) -> tuple[Watched, ...]:
        """The folders whose new files appear in the library."""
        return self._watcher.folders()

    def watch(self, path: Path | str) -> Watched:
        """Watch a folder, with everything below it. Raises BriefingError where it is none or is the library's."""
        return self._watcher.add(Path(path))

    def unwatch(self, path: Path | str) -> None:
        """Watch a folder no longer; what came from it stays. Raises BriefingError where it is not watched."""
        self._watcher.remove(Path(path))

    def look_at_watched(self, *, control: Control | None = None, **how: Any) -> Generator[Progress, None, ImportReport]:
        """Look once at the watched folders and import what is new in them, or has changed, and is at rest.

        A front end runs it every few seconds. A file that was written to within the last seconds, or that a program
        has not finished saving, is left for the next look. The report is empty where nothing was new.
        """
        ready = self._watcher.ready()
        if not ready:
            return ImportReport()
        way = Way(control=control or Control(), **how)
        importer = Importer(self._store, self._originals, self._indexer, way)
        report = yield from importer.import_files(ready, [folder.path for folder in self.watched()])
        if not report.stopped:
            self._watcher.taken(ready)
        return report
