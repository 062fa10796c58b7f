"""The ZIP around a briefing: writing one byte for byte alike, and reading a stranger's without trusting it.

It knows names and bytes, and nothing of what is in them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from briefing_app.errors import StorageError

MEDIA_TYPE = "application/vnd.briefing-composer.briefing+zip"
DOCUMENT_NAME = "briefing.json"
BACKUP_HINT = "Open a copy of it, or the last version that you sent or backed up."

MAX_ENTRIES = 5_000
MAX_DOCUMENT = 256 * 1024 * 1024
MAX_MEDIUM = 256 * 1024 * 1024
MAX_MEDIA = 1024 * 1024 * 1024

_EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
    "image/tiff": "tif",
    "image/bmp": "bmp",
}
_PACKED_ALREADY = frozenset({"png", "jpg", "gif", "webp"})
_MEDIUM = re.compile(r"media/([0-9a-f]{64})\.[a-z0-9]{1,8}")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Medium:
    """The bytes of one picture in the package, named by the SHA-256 that they should have."""

    sha256: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Package:
    """What was in a package: the document's bytes, the media that could be read, and what was wrong besides."""

    document: bytes
    media: dict[str, bytes]
    problems: tuple[str, ...]


def pack(document: bytes, media: Iterable[Medium]) -> bytes:
    """The ZIP of ``document`` and ``media``: the same bytes for the same content, on any day and system."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", MEDIA_TYPE.encode(), zipfile.ZIP_STORED)
        _add(archive, DOCUMENT_NAME, document, zipfile.ZIP_DEFLATED)
        for medium in sorted(media, key=lambda medium: medium.sha256):
            extension = _EXTENSIONS.get(medium.media_type, "bin")
            method = zipfile.ZIP_STORED if extension in _PACKED_ALREADY else zipfile.ZIP_DEFLATED
            _add(archive, f"media/{medium.sha256}.{extension}", medium.data, method)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    entry.compress_type = method
    archive.writestr(entry, data, compress_type=method, compresslevel=6)


def unpack(data: bytes, name: str) -> Package:
    """Read a package. ``name`` is the file's, for messages. Raises StorageError where it cannot be one of ours."""
    if not data:
        raise StorageError(f"“{name}” is empty.", BACKUP_HINT)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, name)
    except zipfile.BadZipFile:
        raise StorageError(
            f"“{name}” is not a briefing file, or its end is cut off (it is no complete ZIP archive).", BACKUP_HINT
        ) from None
    except (UnicodeDecodeError, NotImplementedError, OverflowError, ValueError) as error:
        raise StorageError(
            f"“{name}” is damaged: its list of contents cannot be read ({error}).", BACKUP_HINT
        ) from None


def _read(archive: zipfile.ZipFile, name: str) -> Package:
    entries = archive.infolist()
    _refuse_hostile(entries, name)
    by_name = {entry.filename: entry for entry in entries}
    if DOCUMENT_NAME not in by_name:
        raise StorageError(
            f"“{name}” is a ZIP archive, but no briefing: it has no {DOCUMENT_NAME}.", "Choose a .briefing file."
        )
    document = _content(archive, by_name[DOCUMENT_NAME])
    if document is None:
        raise StorageError(f"“{name}” is damaged: its {DOCUMENT_NAME} cannot be unpacked.", BACKUP_HINT)
    media: dict[str, bytes] = {}
    problems: list[str] = []
    for entry in entries:
        found = _MEDIUM.fullmatch(entry.filename)
        if found:
            content = _content(archive, entry)
            if content is not None:
                media[found[1]] = content
        elif entry.filename not in (DOCUMENT_NAME, "mimetype") and not entry.is_dir():
            problems.append(f"“{entry.filename}” in the file is no part of a briefing and was left out.")
    return Package(document, media, tuple(problems))


def _refuse_hostile(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise StorageError(f"“{name}” has {len(entries):,} parts; a briefing has at most {MAX_ENTRIES:,}.", BACKUP_HINT)
    seen: set[str] = set()
    for entry in entries:
        inner = entry.filename
        # zipfile makes backslashes into slashes and cuts names at a NUL: look at the name as it stands
        steps = re.split(r"[/\\]", entry.orig_filename)
        if ".." in steps or steps[0] == "" or ":" in inner or "\0" in entry.orig_filename:
            part = ascii(entry.orig_filename)[1:-1]
            raise StorageError(
                f"“{name}” was not written by Briefing Composer: a part of it is called “{part}”.",
                "Do not trust this file; ask its sender.",
            )
        if inner in seen:
            raise StorageError(f"“{name}” is damaged: the part “{inner}” stands in it twice.", BACKUP_HINT)
        seen.add(inner)
        if entry.flag_bits & _ENCRYPTED:
            raise StorageError(f"“{name}” is encrypted.", "Decrypt it first, with the program that encrypted it.")
        limit = MAX_DOCUMENT if inner == DOCUMENT_NAME else MAX_MEDIUM
        if entry.file_size > limit:
            raise StorageError(
                f"“{name}” claims that its part “{inner}” has {entry.file_size:,} bytes; at most {limit:,} are opened.",
                "Do not trust this file; ask its sender.",
            )
    if sum(entry.file_size for entry in entries) > MAX_DOCUMENT + MAX_MEDIA:
        raise StorageError(f"“{name}” would unpack to more than 1 GB.", "Do not trust this file; ask its sender.")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """The bytes of one part, at most as many as it claims to have; None where they are damaged."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return content if len(content) == entry.file_size else None
