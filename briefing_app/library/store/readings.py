"""The texts of a source, version by version: each reading that differs stays, one of them is in force.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing_app.errors import BriefingError
from briefing_app.library.store import catalogue
from briefing_app.library.store.packing import Prepared, unpack
from briefing_app.library.store.records import first_line, is_real_date, tidy
from briefing_app.model.reading import Reading


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a source's text: its number from 1 on, who read it, its hash, its length in code points.

    ``in_force`` is true for the one that is shown, searched and quoted.
    """

    version: int
    reader: str
    text_sha256: str
    length: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a new reading has changed: the text (then ``version`` is a new one), and the fields as read by name.

    ``is_change`` is false where all is as it was.
    """

    version: int
    text: bool
    fields: tuple[str, ...]
    is_change: bool


class TextLost(Exception):
    """A new reading has no text where the one in force has one: it is not taken over. Never shown."""


def versions_of(connection: sqlite3.Connection, num: int) -> tuple[TextVersion, ...]:
    """All versions of a source's text, the oldest first."""
    rows = connection.execute(
        "SELECT reading.version, reading.reader, reading.text_sha256, reading.text, reading.version = source.version"
        " FROM reading JOIN source ON num = reading.source WHERE num = ? ORDER BY 1",
        (num,),
    )
    return tuple(
        TextVersion(version, reader, sha256, len(unpack(packed)), bool(in_force))
        for version, reader, sha256, packed, in_force in rows
    )


def check_version(connection: sqlite3.Connection, num: int, version: int) -> None:
    """Raise BriefingError where a source's text has no such version."""
    found = connection.execute("SELECT 1 FROM reading WHERE source = ? AND version = ?", (num, version)).fetchone()
    if found is None:
        id = connection.execute("SELECT id FROM source WHERE num = ?", (num,)).fetchone()[0]
        raise BriefingError(
            f"The text of the source “{id}” has no version {version}.", "Ask which versions of it there are."
        )


def take_over(
    connection: sqlite3.Connection, num: int, reading: Reading, made: Prepared, *, replaces_fields: bool
) -> TakenOver:
    """Put a new reading of a source in force; ``made`` is what is kept of it.

    A text that differs is a new version, and the old one stays; the same text keeps its version, with the new reader's
    name, blocks and pages. A field as read is replaced where the new reading has a value for it, and without
    ``replaces_fields`` only filled where it was empty. What the analyst has corrected stays on top. Raises TextLost.
    """
    version, text_sha256, no_text, as_read_json, file_name, reader = connection.execute(
        "SELECT version, text_sha256, no_text, as_read, file_name, reader FROM source WHERE num = ?", (num,)
    ).fetchone()
    if not made.has_text and not no_text:
        raise TextLost
    as_read = json.loads(as_read_json)
    fresh = _fresh(reading, made)
    if not reading.fields.title and not _is_stand_in(connection, num, as_read["title"], file_name):
        fresh["title"] = ""
    take = {name: value for name, value in fresh.items() if value and (replaces_fields or not as_read.get(name))}
    changed = tuple(name for name, value in take.items() if as_read.get(name) != value)
    differs = made.packed.text_sha256 != text_sha256
    if not differs and not changed and reading.reader == reader:
        return TakenOver(version, False, (), False)
    if differs:
        version = _add_version(connection, num, reading.reader, made)
    else:
        connection.execute(
            "UPDATE reading SET reader = ?, blocks = ?, pages = ?, warnings = ? WHERE source = ? AND version = ?",
            (reading.reader, made.blocks, made.pages, made.warnings, num, version),
        )
    _put_in_force(connection, num, version, reading, made, {**as_read, **take})
    return TakenOver(version, differs, changed, True)


def _fresh(reading: Reading, made: Prepared) -> dict[str, Any]:
    """The fields of a reading in the form in which they are kept."""
    fields = made.fields
    accessed = tidy(reading.fields.accessed)
    return {
        "title": fields.title,
        "authors": list(fields.authors),
        "outlet": fields.outlet,
        "published": fields.published,
        "language": fields.language,
        "url": fields.url,
        "marking": fields.marking,
        "accessed": accessed if is_real_date(accessed) else "",
    }


def _is_stand_in(connection: sqlite3.Connection, num: int, title: str, file_name: str) -> bool:
    """True where the title as read is no title of the file's own, but its first line or its name."""
    return title in ("", tidy(file_name), first_line(catalogue.text_of(connection, num)))


def _add_version(connection: sqlite3.Connection, num: int, reader: str, made: Prepared) -> int:
    last = connection.execute("SELECT max(version) FROM reading WHERE source = ?", (num,)).fetchone()[0]
    connection.execute(
        "INSERT INTO reading (source, version, reader, text_sha256, text, blocks, pages, warnings)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (num, last + 1, reader, made.packed.text_sha256, made.packed.text, made.blocks, made.pages, made.warnings),
    )
    return int(last) + 1


def _put_in_force(
    connection: sqlite3.Connection,
    num: int,
    version: int,
    reading: Reading,
    made: Prepared,
    as_read: Mapping[str, Any],
) -> None:
    connection.execute(
        "UPDATE source SET version = ?, text_sha256 = ?, reader = ?, pages = ?, no_text = ?, as_read = ? WHERE num = ?",
        (
            version,
            made.packed.text_sha256,
            reading.reader,
            made.page_count or None,
            int(reading.no_text or not made.has_text),
            json.dumps(as_read, ensure_ascii=False),
            num,
        ),
    )
    catalogue.correct(connection, num, {})  # the fields in force, what titles are sorted by, the change number
