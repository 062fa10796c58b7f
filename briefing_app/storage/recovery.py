"""What killed processes left behind: finding their journals and restoring the work in them."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from briefing_app.errors import BriefingError, StorageError
from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.edit import Batch, Edit, Put, apply
from briefing_app.storage.codec import load_document
from briefing_app.storage.file import FileState, load
from briefing_app.storage.journal import FORMAT, JOURNAL_NAME, LOCK_NAME, MEDIA_NAME, VERSION, Header
from briefing_app.storage.locking import FileLock
from briefing_app.storage.soundness import make_sound
from briefing_app.storage.wire import WireError, edit_wire, parse_json

_RECORD = re.compile(rb"([0-9a-f]{8}) (.+)", re.DOTALL)
_BASE = re.compile(r"base-\d+\.json")


@dataclass(frozen=True, slots=True)
class Recoverable:
    """Work that a killed process left unsaved.

    ``path`` is the file that it belongs to, None where it had none yet. ``changed_at`` is the time of the last edit
    (UTC) and ``edits`` how many can be replayed. ``problem`` says what is wrong with the journal, in a sentence, or
    is empty; with no ``title`` and no edits nothing of it can be read, and ``restore`` raises.
    """

    place: Path
    path: Path | None
    title: str
    changed_at: datetime
    edits: int
    problem: str = ""

    def restore(self) -> tuple[Briefing, FileState | None]:
        """The briefing with all its edits, and the state that its file had when the work on it began.

        Raises StorageError where not even the start can be read.
        """
        return _restore(self.place)

    def discard(self) -> None:
        """Delete the journal."""
        _delete(self.place)


def find_recoverable(folder: Path) -> list[Recoverable]:
    """The unsaved work in ``folder``, the latest first. Journals of living processes are skipped.

    Journals that hold nothing which is not in their file already are deleted. A damaged journal is listed with its
    ``problem``; nothing is raised.
    """
    found: list[Recoverable] = []
    with contextlib.suppress(OSError):
        for place in sorted(folder.iterdir()):
            if place.is_dir() and (place / LOCK_NAME).exists():
                found.extend(_examine(place))
    return sorted(found, key=lambda one: one.changed_at, reverse=True)


def _examine(place: Path) -> Iterator[Recoverable]:
    try:
        lock = FileLock.take(place / LOCK_NAME)
    except OSError:
        return
    if lock is None:
        return  # its process lives
    try:
        recoverable = _describe(place)
    finally:
        lock.release()
    if recoverable is None:
        _delete(place)
    else:
        yield recoverable


def _describe(place: Path) -> Recoverable | None:
    """What is in a dead process's journal; None where there is nothing to recover."""
    journal = place / JOURNAL_NAME
    try:
        changed_at = datetime.fromtimestamp(journal.stat().st_mtime, UTC)
    except OSError:
        return None  # killed before the journal stood, or while it was deleted
    try:
        header, edits, problem = _read(place)
        briefing, done, refused = _replay(place, header, edits)
    except StorageError as error:
        return Recoverable(place, None, "", changed_at, 0, str(error))
    path = Path(header.path) if header.path else None
    if not problem and not refused and _stands_in(path, briefing):
        return None
    title = briefing.meta.title or header.title
    return Recoverable(place, path, title, changed_at, done, problem or refused)


def _stands_in(path: Path | None, briefing: Briefing) -> bool:
    """True where the file has this text already, so that nothing would be lost."""
    if path is None:
        return False
    try:
        saved = load(path).briefing
    except StorageError:
        return False
    return (saved.meta, saved.template, saved.sections) == (briefing.meta, briefing.template, briefing.sections)


def _restore(place: Path) -> tuple[Briefing, FileState | None]:
    header, edits, _ = _read(place)
    briefing, _, _ = _replay(place, header, edits)
    return briefing, header.state


def _replay(place: Path, header: Header, edits: tuple[Edit, ...]) -> tuple[Briefing, int, str]:
    """The briefing with the edits done, how many they were, and what stopped them, if anything did."""
    media = _media(place)
    briefing, _ = make_sound(_base(place, header), media)
    for number, edit in enumerate(edits):
        try:
            briefing = apply(briefing, _with_media(edit, media)).briefing
        except BriefingError as error:
            return briefing, number, f"Edit {number + 1} of {len(edits)} could not be replayed: {error.message}"
    return briefing, len(edits), ""


def _read(place: Path) -> tuple[Header, tuple[Edit, ...], str]:
    """The header and the edits up to the first torn or damaged record, and what is lost behind that, in words."""
    try:
        lines = (place / JOURNAL_NAME).read_bytes().split(b"\n")
    except OSError as error:
        raise _unreadable(place, error.strerror or str(error)) from error
    ended = lines.pop()  # empty where the last record is whole
    header = _header(place, lines[0] if lines else b"")
    edits: list[Edit] = []
    for number, record in enumerate(lines[1:]):
        try:
            edits.append(edit_wire().load(parse_json(_checked(record))))
        except (ValueError, WireError):
            lost = len(lines) - 1 - number + bool(ended)
            torn = lost == 1
            return header, tuple(edits), "" if torn else f"The journal is damaged: the last {lost} edits are lost."
    return header, tuple(edits), ""


def _checked(record: bytes) -> bytes:
    """The JSON of a record. Raises ValueError where its checksum does not agree."""
    found = _RECORD.fullmatch(record)
    if found is None or zlib.crc32(found[2]) != int(found[1], 16):
        raise ValueError("torn")
    return found[2]


def _header(place: Path, record: bytes) -> Header:
    try:
        fields = json.loads(_checked(record))
        state = fields.get("state")
        header = Header(**{**fields, "state": FileState(**state) if state else None})
    except (ValueError, TypeError, AttributeError):
        raise _unreadable(place, "its first line is damaged") from None
    if header.format != FORMAT or header.version != VERSION or not _BASE.fullmatch(header.base):
        raise _unreadable(place, "it was written by another version of Briefing Composer")
    return header


def _base(place: Path, header: Header) -> Briefing:
    try:
        document = (place / header.base).read_bytes()
    except OSError as error:
        raise _unreadable(place, error.strerror or str(error)) from error
    return load_document(document, header.title or place.name)


def _media(place: Path) -> dict[str, bytes]:
    media = {}
    with contextlib.suppress(OSError):
        for path in (place / MEDIA_NAME).iterdir():
            if not path.name.startswith("."):
                media[path.name] = path.read_bytes()
    return media


def _with_media(edit: Edit, media: dict[str, bytes]) -> Edit:
    match edit:
        case Put(item=Media() as picture):
            return replace(edit, item=replace(picture, data=media.get(picture.sha256, b"")))
        case Batch():
            return replace(edit, edits=tuple(_with_media(inner, media) for inner in edit.edits))
    return edit


def _delete(place: Path) -> None:
    with contextlib.suppress(OSError):
        (place / JOURNAL_NAME).unlink(missing_ok=True)
    shutil.rmtree(place, ignore_errors=True)


def _unreadable(place: Path, reason: str) -> StorageError:
    return StorageError(
        f"The recovery journal in “{place}” cannot be read: {reason}.",
        "The work up to your last save is in its own file; keep this folder if you want it looked at.",
    )
