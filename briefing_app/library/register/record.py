"""The row of one issued edition, and its form at rest."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

_SHA256 = re.compile("[0-9a-f]{64}")
_FORMAT = "briefing-edition"
_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRecord:
    """A file that was exported with an edition: its name, its SHA-256 in lower-case hex, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """One issued edition. It is not the briefing: ``sha256`` names the frozen bytes that hold it.

    ``issued_at`` is ISO 8601 with a zone. ``size`` is of the frozen bytes. ``supersedes`` is the number of the edition
    issued before it, 0 for the first.
    """

    briefing_id: str
    edition: int
    title: str
    issued_at: str
    marking: str
    sha256: str
    size: int
    supersedes: int = 0
    note: str = ""
    exports: tuple[ExportRecord, ...] = ()


def dump_record(record: EditionRecord) -> bytes:
    """The row as JSON in UTF-8."""
    row = {"format": _FORMAT, "version": _VERSION, **asdict(record)}
    return (json.dumps(row, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def load_record(data: bytes) -> EditionRecord:
    """The row that ``dump_record`` wrote. Raises ValueError, with the reason, for anything else."""
    try:
        row = json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(row, dict) or row.get("format") != _FORMAT:
        raise ValueError("it is no row of an edition")
    if row.get("version") != _VERSION:
        raise ValueError("it was written by a newer version")
    try:
        exports = tuple(ExportRecord(**one) for one in row.pop("exports"))
        record = EditionRecord(
            **{name: value for name, value in row.items() if name not in ("format", "version")}, exports=exports
        )
    except (TypeError, KeyError) as error:
        raise ValueError("a field is missing or unknown") from error
    _check(record)
    return record


def _check(record: EditionRecord) -> None:
    texts: tuple[Any, ...] = (record.briefing_id, record.title, record.issued_at, record.marking, record.note)
    numbers: tuple[Any, ...] = (record.edition, record.size, record.supersedes, *(one.size for one in record.exports))
    hashes: tuple[Any, ...] = (record.sha256, *(one.sha256 for one in record.exports))
    sound = (
        all(isinstance(one, str) for one in (*texts, *(one.name for one in record.exports)))
        and all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in numbers)
        and all(isinstance(one, str) and _SHA256.fullmatch(one) for one in hashes)
        and record.edition >= 1
    )
    if not sound:
        raise ValueError("a field has a value of the wrong kind")
    if datetime.datetime.fromisoformat(record.issued_at).tzinfo is None:
        raise ValueError("its time has no zone")
