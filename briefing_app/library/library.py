"""The source library: the one door to sources at rest."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from briefing_app.errors import BriefingError, StorageError
from briefing_app.library.care.merging import Merger, MergeReport
from briefing_app.library.importing.door import SourceImporting
from briefing_app.library.keeping import Keeping
from briefing_app.library.reprints.reprint_groups import Reprints
from briefing_app.library.similar.similar import Similar
from briefing_app.library.store import catalogue
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.locks import WriterLock
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.library.versions.door import Rereading
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import Source, SourceKind
from briefing_app.work.progress import Progress


class Library(Keeping, SourceImporting, Reprints, Similar, Rereading):
    """Sources in one folder: their fields, texts and original bytes, and the search over them.

    It may be used from several threads. One process at a time writes; others read meanwhile. What a method has
    returned from is on the drive. It knows nothing of briefings.
    """

    def __init__(self, store: Store, lock: WriterLock | None) -> None:
        """For ``open`` only."""
        super().__init__(store)
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, write: bool, create: bool = True) -> Library:
        """Open the library in the folder ``path``; with ``write`` and ``create`` it is made where there is none.

        Raises LibraryBusy where another process has it open for writing (and ``write`` is asked for), NewerVersion
        and StorageError. Readers need no lock. A small lag of the index is made up at once.
        """
        folder = Path(path)
        lock: WriterLock | None = None
        store = Store(folder, write=write)
        try:
            with told_plainly(folder):
                if write:
                    if create:
                        _make_folder(folder)
                    if folder.is_dir():
                        lock = WriterLock(folder)
                        lock.acquire()
                store.open(create=create)
            library = cls(store, lock)
            library._indexer.open()
        except BaseException:
            store.close()
            if lock is not None:
                lock.release()
            raise
        return library

    def close(self) -> None:
        """Close the library and let others write. May be called twice."""
        self._indexer.close()
        self._store.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        return self._store.folder

    # --- coming in ----------------------------------------------------------------------------------------------

    def merge_pack(self, path: Path) -> Generator[Progress, None, MergeReport]:
        """Take in the sources of a pack: nothing is doubled, nothing that the analyst has set is overwritten.

        Raises StorageError and NewerVersion, before anything is taken, where the pack is damaged or newer.
        """
        return Merger(self._store, self._originals, self._indexer).merge(path)

    def add_text(self, text: str, fields: Fields | None = None) -> Source:
        """Keep pasted text as a source; the one that is there already where it is the same record again."""
        if not text.strip():
            raise BriefingError("There is no text to add.", "Paste the text of the source first.")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        fields = fields or Fields()
        if not fields.language:
            from briefing_app.readers.language import detect_language  # loads its model

            fields = replace(fields, language=detect_language(text))
        reading = Reading(reader="pasted/1", kind=SourceKind.TEXT, media_type="text/plain", text=text, fields=fields)
        seed = json.dumps([fields.title, fields.outlet, fields.published, fields.url]).encode()
        new = NewSource(data=text.encode("utf-8", "surrogatepass"), reading=reading, id_seed=b"\0" + seed)
        with self._store.transaction() as connection:
            id = catalogue.find_same(connection, new, same_bytes=False)
            if id is None:
                id = catalogue.insert(connection, self._originals, new)
        self._update_index()
        return self.source(id)


def _make_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is a file, not a folder with a library.", "Give a folder for the library.")
    folder.mkdir(parents=True, exist_ok=True)


def run(job: Generator[Progress, None, Any]) -> Any:
    """Run a job to its end without showing progress, and give its result."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value
