"""Reading a pack: every record and every hash in it is proven before anything of it is used."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from briefing_app.errors import NewerVersion, StorageError
from briefing_app.library.care.file_writing import told_of_file
from briefing_app.library.care.pack import (
    FORMAT,
    HEAD,
    OUTLETS,
    RECORDS,
    VERSION,
    PackedSource,
    fits,
    from_line,
    original_name,
    outlets_from_bytes,
    text_name,
)
from briefing_app.work.progress import Progress

_LARGEST = 1 << 30  # bytes of one text or original
_LONGEST_LINE = 256 << 20  # bytes
_NAME = re.compile(r"texts/([0-9a-f]{64})\.txt|originals/([0-9a-f]{64})")
_CHUNK = 1 << 20


class Pack:
    """An open pack. Its parts are to be trusted only after ``verify_pack``."""

    def __init__(self, archive: zipfile.ZipFile, head: dict[str, Any]) -> None:
        self.archive = archive
        self.head = head

    def sources(self) -> Iterator[PackedSource]:
        with self.archive.open(RECORDS) as lines:
            while line := lines.readline(_LONGEST_LINE):
                yield from_line(line)

    def outlets(self) -> dict[str, tuple[str, str]]:
        """The reliability and descriptor that outlets give their sources, by outlet."""
        return outlets_from_bytes(self.archive.read(OUTLETS)) if OUTLETS in self.archive.namelist() else {}

    def text(self, source: PackedSource) -> str:
        return self.archive.read(text_name(source.text_sha256)).decode("utf-8", "surrogatepass")

    def original(self, source: PackedSource) -> bytes:
        return self.archive.read(original_name(source.sha256))


def damaged(path: Path) -> StorageError:
    return StorageError(
        f"The pack “{path}” is damaged or was changed: what is in it is not what was put in.",
        "Nothing of it was taken. Ask for it once more.",
    )


@contextmanager
def opened_pack(path: Path) -> Iterator[Pack]:
    """A pack and its head. Raises StorageError where it is none or damaged, NewerVersion."""
    with told_of_file(path, "read"):
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError):
            raise _no_pack(path) from None
        with archive:
            if HEAD not in archive.namelist():
                raise _no_pack(path)
            try:
                yield Pack(archive, _head(archive, path))
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                raise damaged(path) from error


def _no_pack(path: Path) -> StorageError:
    return StorageError(
        f"“{path}” is no pack of sources, or not a whole one.", "Choose a file that “briefing library export” has made."
    )


def _head(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    if archive.getinfo(HEAD).file_size > _CHUNK:
        raise damaged(path)
    try:
        head: Any = json.loads(archive.read(HEAD))
        if not isinstance(head, dict) or head["format"] != FORMAT:
            raise damaged(path)
        if head["version"] > VERSION:
            raise NewerVersion(
                f"The pack “{path}” was made by a newer version of the program.", "Merge it with the newer version."
            )
        int(head["sources"])
    except (ValueError, TypeError, KeyError):
        raise damaged(path) from None
    return head


def verify_pack(path: Path) -> Generator[Progress, None, int]:
    """Prove every text, every original and every record; gives how many sources there are.

    Raises StorageError, NewerVersion.
    """
    with opened_pack(path) as pack:
        names = [name for name in pack.archive.namelist() if name not in (HEAD, RECORDS, OUTLETS)]
        if len(set(names)) != len(names):
            raise damaged(path)
        lengths: dict[str, int] = {}
        for done, name in enumerate(names, 1):
            _prove(pack.archive, name, path)
            if name.startswith("texts/"):
                lengths[name] = _length(pack.archive, name, path)
            if done % 50 == 0:
                yield Progress(done, len(names), "Proving the pack")
        _prove_outlets(pack, path)
        return _prove_records(pack, set(names), lengths, path)


def _prove(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    found = _NAME.fullmatch(name)
    if found is None or archive.getinfo(name).file_size > _LARGEST:
        raise damaged(path)
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != (found[1] or found[2]):
        raise damaged(path)


def _length(archive: zipfile.ZipFile, name: str, path: Path) -> int:
    try:
        return len(archive.read(name).decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        raise damaged(path) from None


def _prove_outlets(pack: Pack, path: Path) -> None:
    """The grades of outlets sound; packs of version 1 have none."""
    told = pack.head.get("outlets_sha256")
    there = pack.archive.read(OUTLETS) if OUTLETS in pack.archive.namelist() else None
    if (None if there is None else hashlib.sha256(there).hexdigest()) != told or (told is None) != _is_first(pack):
        raise damaged(path)
    try:
        pack.outlets()
    except ValueError:
        raise damaged(path) from None


def _is_first(pack: Pack) -> bool:
    return bool(pack.head["version"] == 1)


def _prove_records(pack: Pack, names: set[str], lengths: dict[str, int], path: Path) -> int:
    """Each record sound and by itself, and between them exactly the texts and originals that are there."""
    digest, ids, used = hashlib.sha256(), set[str](), set[str]()
    parents: dict[str, str] = {}
    named: set[str] = set()  # by other sources
    try:
        with pack.archive.open(RECORDS) as lines:
            while line := lines.readline(_LONGEST_LINE):
                digest.update(line)
                source = from_line(line)
                text = text_name(source.text_sha256)
                if source.id in ids or not fits(source, lengths.get(text, -1)):
                    raise damaged(path)
                ids.add(source.id)
                used |= {text, original_name(source.sha256)}
                named.update(other for other, _ in source.said)
                if source.parent is not None:
                    parents[source.id] = source.parent
    except (ValueError, KeyError):
        raise damaged(path) from None
    sound = used == names and len(ids) == pack.head["sources"] and digest.hexdigest() == pack.head.get("sources_sha256")
    if not sound or not named | set(parents.values()) <= ids or _goes_round(parents):
        raise damaged(path)
    return len(ids)


def _goes_round(parents: dict[str, str]) -> bool:
    """True where a source is attached to itself, by whatever way."""
    sound: set[str] = set()
    for start in parents:
        way: list[str] = []
        met: set[str] = set()
        one: str | None = start
        while one is not None and one not in sound:
            if one in met:
                return True
            met.add(one)
            way.append(one)
            one = parents.get(one)
        sound.update(way)
    return False
