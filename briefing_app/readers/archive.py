"""ZIP archives: each file in them is a source, or holds some. Nothing is ever written to the drive."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from briefing_app.errors import UnreadableFile
from briefing_app.readers import failures
from briefing_app.readers.companions import companions, may_have_companions
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import MAX_ARCHIVES, Companion, Member, Names, Nesting, nested

MAX_FILES = 100_000
MAX_FILE = 256 << 20  # bytes of one file in an archive
MAX_RATIO = 250  # times that a file may be larger than its packed form, beyond which it is a trap
_RATIO_FROM = 16 << 20  # bytes; smaller files do no harm
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error,
           RuntimeError, KeyError, IndexError, UnicodeError, OverflowError)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_SYSTEM_NAMES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"}
_PAGE = re.compile(r"\.(?:html?|xhtml)$", re.IGNORECASE)
_UTF8 = 0x800
_ENCRYPTED = 0x1


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The files in the archive, in its order; hidden ones and the folders of saved pages are passed over.

    Raises UnreadableFile for a damaged archive, too many files, and too many archives inside one another.
    """
    if nesting.archives >= MAX_ARCHIVES:
        raise failures.unsupported(name, "an archive inside archives", "Unpack the outer ones first.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _FAULTS as error:
        raise failures.damaged(name, "a ZIP archive", "its table of contents is missing") from error
    if len(entries) > MAX_FILES:
        raise failures.too_large(name, f"{len(entries)} files in one archive")
    paths = [safe_path(entry) for entry in entries]
    pages = {_PAGE.sub("", path) for path in paths if _PAGE.search(path)}
    shown = [(entry, path) for entry, path in zip(entries, paths, strict=True) if not is_furniture(path, pages)]
    beside = _Beside(archive, shown)
    names, met = Names(), False
    outer, nesting.archives = nesting.companion, nesting.archives + 1
    try:
        for entry, path in shown:
            met = True
            if normal(path) not in beside.taken:
                nesting.companion = beside.companion(path) if may_have_companions(path) else None
                yield from _member(archive, entry, names.unique(path), nesting)
    finally:
        nesting.companion, nesting.archives = outer, nesting.archives - 1
    if not met:
        raise UnreadableFile(f"“{name}” is a ZIP archive without a file in it.", "Make the archive again.")


def normal(path: str) -> str:
    """The path as it is compared: some systems write accents as characters of their own."""
    return unicodedata.normalize("NFC", path)


class _Beside:
    """The files of an archive that belong to lists of references in it: they are read with those, not by themselves."""

    def __init__(self, archive: zipfile.ZipFile, entries: list[tuple[zipfile.ZipInfo, str]]) -> None:
        self._archive = archive
        self._entries = {normal(path): entry for entry, path in entries}
        self.taken: set[str] = set()
        for entry, path in entries:
            if may_have_companions(path):
                try:
                    data = _unpack(archive, entry, path)
                except UnreadableFile:
                    continue
                named = (normal(posixpath.join(posixpath.dirname(path), other)) for other in companions(data, path))
                self.taken.update(other for other in named if other in self._entries)

    def companion(self, path: str) -> Companion:
        """What gives the bytes of a file beside the list at ``path``."""
        folder = posixpath.dirname(path)

        def bytes_of(relative: str) -> bytes | None:
            wanted = normal(posixpath.join(folder, relative))
            if wanted not in self._entries:
                return None
            return _unpack(self._archive, self._entries[wanted], posixpath.basename(wanted))

        return bytes_of


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, nesting: Nesting) -> Iterator[Member]:
    file_name = path.rsplit("/", 1)[-1]
    try:
        data = _unpack(archive, entry, file_name)
    except UnreadableFile as error:
        yield Member(name=path, file_name=file_name, problem=str(error))
        return
    yield from nested(data, path, file_name, nesting)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of one file, never more than its limit whatever the archive claims."""
    if entry.flag_bits & _ENCRYPTED:
        raise failures.encrypted(name, "a file in a ZIP archive")
    limit = MAX_FILE
    if entry.compress_size * MAX_RATIO < MAX_FILE:
        limit = max(_RATIO_FROM, entry.compress_size * MAX_RATIO)
    try:
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
    except _FAULTS as error:
        raise failures.damaged(name, "a file in a ZIP archive", "it cannot be unpacked") from error
    if len(data) > limit:
        raise failures.too_large(name, "it unpacks to far more than its packed size")
    return data


def safe_path(entry: zipfile.ZipInfo) -> str:
    """The file's path in the archive, as a name only: no drive, no way up, no control characters."""
    path = entry.filename
    if not entry.flag_bits & _UTF8 and not path.isascii():
        try:
            path = decode(path.encode("cp437"))
        except UnicodeEncodeError:
            path = entry.filename
    path = _CONTROLS.sub("", path.replace("\\", "/"))
    steps = [step.strip() for step in re.sub(r"^[A-Za-z]:", "", path).split("/")]
    return "/".join(step for step in steps if step not in ("", ".", "..")) or "unnamed file"


def is_furniture(path: str, pages: set[str]) -> bool:
    """True for what systems hide in archives, and for pictures and scripts in the folder of a saved page."""
    steps = path.split("/")
    if any(step.startswith((".", "~$")) or step.casefold() in _SYSTEM_NAMES for step in steps):
        return True
    folders = ("/".join(steps[:count]) for count in range(1, len(steps)))
    return any(folder.endswith(("_files", ".files")) and folder[:-6] in pages for folder in folders)
