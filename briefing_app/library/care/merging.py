"""Merging a pack into a library: new sources are added, known ones keep what the analyst has set here."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from pathlib import Path

from briefing_app.library.care.merge_report import Account, Difference, Merged, MergeReport
from briefing_app.library.care.pack import PackedSource
from briefing_app.library.care.pack_reading import Pack, opened_pack, verify_pack
from briefing_app.library.care.relating import grade_outlets, relate
from briefing_app.library.care.uniting import collect, unite
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store import catalogue, states
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import Packed, packed_form
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.work.progress import Progress

__all__ = ["Difference", "MergeReport", "Merged", "Merger"]

_BATCH_SOURCES, _BATCH_BYTES = 200, 32 << 20


class Merger:
    """One merge into an open library. It is used once."""

    def __init__(self, store: Store, originals: Originals, indexer: Indexer) -> None:
        self._store = store
        self._originals = originals
        self._indexer = indexer
        self._account = Account()
        self._nums: dict[str, int] = {}  # of the sources in this library, by their ids in the pack
        self._pack_name = ""

    def merge(self, path: Path) -> Generator[Progress, None, MergeReport]:
        """Prove the pack, take it in by batches, and let the search know. A merge that was stopped can be repeated."""
        total = yield from verify_pack(path)
        self._pack_name = path.name
        done = 0
        with opened_pack(path) as pack:
            batch: list[tuple[PackedSource, str]] = []
            size = 0
            for source in pack.sources():
                batch.append((source, pack.text(source)))
                size += len(batch[-1][1])
                done += 1
                if len(batch) >= _BATCH_SOURCES or size >= _BATCH_BYTES:
                    self._keep(pack, batch)
                    batch, size = [], 0
                    yield Progress(done, total, source.title)
            self._keep(pack, batch)
            yield from self._relate(pack, total)
        for _ in self._indexer.catch_up():
            yield Progress(total, total, "Updating the search index")
        return self._account.report()

    def _relate(self, pack: Pack, total: int) -> Generator[Progress, None, None]:
        """What is said of sources together, when all of them are there."""
        with self._store.transaction() as connection:
            grade_outlets(connection, pack.outlets(), self._account)
        batch: list[PackedSource] = []
        for source in pack.sources():
            if source.parent is not None or source.said:
                batch.append(source)
            if len(batch) >= _BATCH_SOURCES:
                self._relate_all(batch)
                batch = []
                yield Progress(total, total, source.title)
        self._relate_all(batch)

    def _relate_all(self, batch: list[PackedSource]) -> None:
        if batch:
            with self._store.transaction() as connection:
                for source in batch:
                    relate(connection, source, self._nums, self._account)

    def _keep(self, pack: Pack, batch: list[tuple[PackedSource, str]]) -> None:
        with self._store.transaction() as connection:
            for source, text in batch:
                id = self._known(connection, source, text)
                if id is None:
                    id = self._add(connection, pack, source, text)
                    self._account.added.append(Merged(id, source.id, source.title))
                else:
                    self._account.same.append(Merged(id, source.id, source.title))
                    unite(connection, id, source, self._pack_name, self._account)
                self._nums[source.id] = catalogue.number(connection, id)

    def _known(self, connection: sqlite3.Connection, source: PackedSource, text: str) -> str | None:
        """The id here of the source that this one is, or None."""
        row = connection.execute("SELECT sha256, member FROM source WHERE id = ?", (source.id,)).fetchone()
        if row is not None and row == (source.sha256, source.member):
            return source.id
        pasted = source.reader.startswith("pasted/")  # the same words may be several sources, told apart by fields
        return catalogue.find_same(connection, _new(source, text, b""), same_bytes=not pasted)

    def _add(self, connection: sqlite3.Connection, pack: Pack, source: PackedSource, text: str) -> str:
        new = _new(source, text, pack.original(source))
        num, id = catalogue.insert_row(connection, self._originals, new)
        if source.corrected:
            catalogue.correct(connection, num, source.corrected)
        if source.tags:
            catalogue.set_tags(connection, id, source.tags)
        states.set_flag(connection, [num], "starred", int(source.starred))
        states.set_flag(connection, [num], "note", source.note)
        collect(connection, num, source.collections)
        return id


def _new(source: PackedSource, text: str, data: bytes) -> NewSource:
    """The source as one to keep; without ``data`` it is only to be compared."""
    return NewSource(
        data=data,
        reading=source.reading(text),
        file_name=source.file_name,
        member=source.member,
        accessed=source.as_read["accessed"],
        own_id=source.id,
        packed=packed_form(data, text) if data else Packed(source.sha256, source.text_sha256, b"", None),
    )
