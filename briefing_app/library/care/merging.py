"""Merging a pack into a library: new sources are added, known ones keep what the analyst has set here."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing_app.library.care.pack import PackedSource
from briefing_app.library.care.pack_reading import Pack, opened_pack, verify_pack
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store import catalogue
from briefing_app.library.store.corrections import check_tags
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import Packed, packed_form
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.work.progress import Progress

_BATCH_SOURCES, _BATCH_BYTES = 200, 32 << 20


@dataclass(frozen=True, slots=True)
class Merged:
    """A source of a pack: its id in this library, its id in the pack, and its title."""

    id: str
    pack_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a known source that the pack has otherwise: the value here (before the merge), and there."""

    id: str
    title: str
    field: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Every source of a pack, in ``added`` or in ``same``.

    ``taken`` are corrections of the other side where this side had none; ``conflicts`` those where both sides have
    one, or read another text: what was here stays. ``tagged`` are ids of known sources that have more tags now.
    """

    added: tuple[Merged, ...] = ()
    same: tuple[Merged, ...] = ()
    taken: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    tagged: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Merger:
    """One merge into an open library. It is used once."""

    def __init__(self, store: Store, originals: Originals, indexer: Indexer) -> None:
        self._store = store
        self._originals = originals
        self._indexer = indexer
        self._added: list[Merged] = []
        self._same: list[Merged] = []
        self._taken: list[Difference] = []
        self._conflicts: list[Difference] = []
        self._tagged: list[str] = []

    def merge(self, path: Path) -> Generator[Progress, None, MergeReport]:
        """Prove the pack, take it in by batches, and let the search know. A merge that was stopped can be repeated."""
        total = yield from verify_pack(path)
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
        for _ in self._indexer.catch_up():
            yield Progress(total, total, "Updating the search index")
        return MergeReport(
            tuple(self._added), tuple(self._same), tuple(self._taken), tuple(self._conflicts), tuple(self._tagged)
        )

    def _keep(self, pack: Pack, batch: list[tuple[PackedSource, str]]) -> None:
        with self._store.transaction() as connection:
            for source, text in batch:
                id = self._known(connection, source, text)
                if id is None:
                    self._add(connection, pack, source, text)
                else:
                    self._same.append(Merged(id, source.id, source.title))
                    self._unite(connection, id, source)

    def _known(self, connection: sqlite3.Connection, source: PackedSource, text: str) -> str | None:
        """The id here of the source that this one is, or None."""
        row = connection.execute("SELECT sha256, member FROM source WHERE id = ?", (source.id,)).fetchone()
        if row is not None and row == (source.sha256, source.member):
            return source.id
        pasted = source.reader.startswith("pasted/")  # the same words may be several sources, told apart by fields
        return catalogue.find_same(connection, _new(source, text, b""), same_bytes=not pasted)

    def _add(self, connection: sqlite3.Connection, pack: Pack, source: PackedSource, text: str) -> None:
        id = catalogue.insert(connection, self._originals, _new(source, text, pack.original(source)))
        if source.corrected:
            catalogue.correct(connection, catalogue.number(connection, id), source.corrected)
        if source.tags:
            catalogue.set_tags(connection, id, source.tags)
        self._added.append(Merged(id, source.id, source.title))

    def _unite(self, connection: sqlite3.Connection, id: str, source: PackedSource) -> None:
        """Tags of both sides; corrections of the other side where there is none here."""
        here = catalogue.get(connection, id)
        corrected = catalogue.corrections_of(connection, id)
        take: dict[str, Any] = {}
        for field, there in source.corrected.items():
            value = corrected.get(field, _plain(getattr(here, field)))
            if value == there:
                continue
            difference = Difference(id, here.display_title, field, _shown(value), _shown(there))
            if field in corrected:
                self._conflicts.append(difference)
            else:
                take[field] = there
                self._taken.append(difference)
        if take:
            catalogue.correct(connection, catalogue.number(connection, id), take)
        if here.text_sha256 != source.text_sha256:
            self._conflicts.append(Difference(id, here.display_title, "text", here.reader, source.reader))
        tags = catalogue.tags_of(connection, catalogue.number(connection, id))
        united = check_tags((*tags, *source.tags))
        if len(united) > len(tags):
            catalogue.set_tags(connection, id, united)
            self._tagged.append(id)


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


def _plain(value: Any) -> Any:
    """A field in force in the form in which corrections are kept."""
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else str(value)


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
