"""Writing a pack of chosen sources."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing_app.errors import BriefingError, StorageError
from briefing_app.library.care.file_writing import file_in_the_making, hash_of, told_of_file
from briefing_app.library.care.pack import (
    FORMAT,
    HEAD,
    OUTLETS,
    RECORDS,
    VERSION,
    PackedSource,
    original_name,
    outlets_to_bytes,
    text_name,
    to_line,
)
from briefing_app.library.care.pack_reading import verify_pack
from briefing_app.library.store import catalogue, sayings, states
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.store import Store
from briefing_app.library.words.folding import fold_phrase
from briefing_app.model.excerpt import sha256_text
from briefing_app.work.progress import Progress


@dataclass(frozen=True, slots=True)
class PackReport:
    """A pack that was written and read back; its hash can be told to the other side by another way."""

    path: str
    sources: int
    size: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def all_ids(folder: Path) -> list[str]:
    """The ids of every source of the library. Raises StorageError."""
    return _ids(folder, "SELECT id, '' FROM source", "")


def tagged_ids(folder: Path, tag: str) -> list[str]:
    """The ids of the sources that have a tag, whatever its case. Raises StorageError."""
    return _ids(folder, "SELECT id, tag FROM source JOIN tag ON tag.source = num", fold_phrase(tag))


def _ids(folder: Path, question: str, wanted: str) -> list[str]:
    store = Store(folder, write=False)
    store.open(create=False)
    try:
        with store.reading() as connection:
            return sorted(id for id, tag in connection.execute(question) if fold_phrase(tag) == wanted)
    finally:
        store.close()


def write_pack(folder: Path, ids: Iterable[str], target: Path) -> Generator[Progress, None, PackReport]:
    """Write the sources with these ids to the file ``target``, which appears whole and proven or not at all.

    Raises BriefingError for an unknown id or none at all, StorageError where an original is missing or changed.
    """
    chosen = sorted(set(ids))
    if not chosen:
        raise BriefingError("No source was chosen, so no pack was made.", "Name other ids, another query or tag.")
    store = Store(folder, write=False)
    store.open(create=False)
    try:
        with file_in_the_making(target) as making:
            with told_plainly(folder):
                connection = store.reader()
                sources = [_packed(connection, id, set(chosen)) for id in chosen]
                yield from _write(store, sources, _outlets(connection, sources), making.path)
            yield from verify_pack(making.path)
            with told_of_file(target):
                report = PackReport(str(target), len(chosen), making.path.stat().st_size, hash_of(making.path))
            making.finish()
        return report
    finally:
        store.close()


def _packed(connection: sqlite3.Connection, id: str, chosen: Collection[str]) -> PackedSource:
    source = catalogue.get(connection, id)
    num, member, as_read, corrected = connection.execute(
        "SELECT num, member, as_read, corrected FROM source WHERE id = ?", (id,)
    ).fetchone()
    state = states.states_of(connection, [num])[num]
    return PackedSource(
        id=id,
        kind=source.kind,
        media_type=source.media_type,
        file_name=source.file_name,
        member=member,
        reader=source.reader,
        no_text=source.no_text,
        sha256=source.sha256,
        text_sha256=source.text_sha256,
        blocks=catalogue.blocks_of(connection, num),
        pages=catalogue.pages_of(connection, num),
        warnings=catalogue.warnings_of(connection, num),
        as_read=json.loads(as_read),
        corrected=json.loads(corrected),
        tags=catalogue.tags_of(connection, num),
        starred=state.starred,
        note=state.note,
        collections=tuple(sorted(state.collections)),
        parent=state.parent if state.parent in chosen else None,
        said=tuple((other, said) for other, said in sayings.sayings_of(connection, num) if other in chosen),
    )


def _outlets(connection: sqlite3.Connection, sources: Iterable[PackedSource]) -> dict[str, tuple[str, str]]:
    """What the outlets of the sources give those that have no grade of their own."""
    named = {str(source.corrected.get("outlet", source.as_read["outlet"])) for source in sources}
    rows = connection.execute("SELECT name, reliability, descriptor FROM outlet ORDER BY name")
    return {name: (reliability, descriptor) for name, reliability, descriptor in rows if name in named}


def _write(
    store: Store, sources: list[PackedSource], outlets: Mapping[str, tuple[str, str]], path: Path
) -> Generator[Progress, None, None]:
    digest = hashlib.sha256()
    with told_of_file(path), zipfile.ZipFile(path, "w") as archive:
        with archive.open(_member(RECORDS), "w", force_zip64=True) as out:
            for source in sources:
                line = to_line(source)
                digest.update(line)
                out.write(line)
        yield from _write_contents(store, sources, archive)
        grades = outlets_to_bytes(outlets)
        archive.writestr(_member(OUTLETS), grades)
        head = {
            "format": FORMAT,
            "version": VERSION,
            "sources": len(sources),
            "sources_sha256": digest.hexdigest(),
            "outlets_sha256": hashlib.sha256(grades).hexdigest(),
        }
        archive.writestr(_member(HEAD), json.dumps(head, indent=1, sort_keys=True))


def _write_contents(
    store: Store, sources: list[PackedSource], archive: zipfile.ZipFile
) -> Generator[Progress, None, None]:
    """Each text and each original once, however many sources share it."""
    connection, originals = store.reader(), Originals(store.folder)
    written: set[str] = set()
    for done, source in enumerate(sources, 1):
        if (name := text_name(source.text_sha256)) not in written:
            text = catalogue.text_of(connection, catalogue.number(connection, source.id))
            if sha256_text(text) != source.text_sha256:
                raise _cannot_be_packed(source, "its text was changed")
            archive.writestr(_member(name), text.encode("utf-8", "surrogatepass"))
            written.add(name)
        if (name := original_name(source.sha256)) not in written:
            try:
                data = originals.get(connection, source.sha256)
            except StorageError as error:
                raise _cannot_be_packed(source, "its original file is missing or was changed") from error
            archive.writestr(_member(name), data)
            written.add(name)
        yield Progress(done, len(sources), source.title)


def _cannot_be_packed(source: PackedSource, reason: str) -> StorageError:
    return StorageError(
        f"The source {source.id} (“{source.title}”) cannot be packed: {reason}.",
        "Leave it out, or restore the library from a backup. “briefing library check” lists every such source.",
    )


def _member(name: str) -> zipfile.ZipInfo:
    """A member with nothing of this machine or this moment in it."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
