"""The rows of sources: putting them in, giving them out, correcting and removing them.

Every function works inside the caller's connection and transaction.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields as fields_of
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing_app.errors import BriefingError
from briefing_app.library.store import kinship
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.packing import unpack
from briefing_app.library.store.preparing import prepare, title_key
from briefing_app.library.store.records import ID_LENGTH, NewSource, first_line, is_same_record, tidy
from briefing_app.library.store.store import next_change
from briefing_app.model.grading import Reliability
from briefing_app.model.reading import BlockKind, Fields, PageSpan, TextBlock
from briefing_app.model.source import Source, SourceKind

_OF_OUTLET = "ifnull(nullif(source.{field}, ''), ifnull((SELECT {field} FROM outlet WHERE name = source.outlet), ''))"
_COLUMNS = (
    "id, title, authors, outlet, published, accessed, language, url, kind, file_name, media_type,"
    " sha256, text_sha256, reader, pages, no_text, "
    + ", ".join(_OF_OUTLET.format(field=field) for field in ("reliability", "descriptor"))
    + ", marking"
)
_FIELD_NAMES = tuple(field.name for field in fields_of(Fields))
_WITH_MEMBERS = ("message/rfc822", "application/vnd.ms-outlook")


def source_from(row: tuple[Any, ...]) -> Source:
    """The Source of a row of ``_COLUMNS``."""
    return Source(
        id=row[0],
        title=row[1],
        authors=tuple(json.loads(row[2])),
        outlet=row[3],
        published=row[4],
        accessed=row[5],
        language=row[6],
        url=row[7],
        kind=SourceKind(row[8]),
        file_name=row[9],
        media_type=row[10],
        sha256=row[11],
        text_sha256=row[12],
        reader=row[13],
        pages=row[14],
        no_text=bool(row[15]),
        reliability=Reliability(row[16]) if row[16] else None,
        descriptor=row[17],
        marking=row[18],
    )


def get(connection: sqlite3.Connection, id: str) -> Source:
    """The source with this id. Raises BriefingError where there is none."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM source WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise _unknown(id)
    return source_from(row)


def number(connection: sqlite3.Connection, id: str) -> int:
    """The row number of a source. Raises BriefingError where there is none."""
    row = connection.execute("SELECT num FROM source WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise _unknown(id)
    return int(row[0])


def _unknown(id: str) -> BriefingError:
    return BriefingError(
        f"The library has no source with the id “{id}”.", "Look the id up with a search; it may have been removed."
    )


def many(connection: sqlite3.Connection, nums: Iterable[int]) -> dict[int, Source]:
    """Sources by row number; a number that has gone is left out."""
    wanted = json.dumps(list(nums))
    rows = connection.execute(
        f"SELECT num, {_COLUMNS} FROM source WHERE num IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {row[0]: source_from(row[1:]) for row in rows}


def text_of(connection: sqlite3.Connection, num: int, version: int | None = None) -> str:
    """The extracted text that is in force for a source, or another version of it."""
    row = connection.execute(
        "SELECT reading.text FROM source JOIN reading ON reading.source = num"
        " AND reading.version = ifnull(?, source.version) WHERE num = ?",
        (version, num),
    ).fetchone()
    return unpack(row[0]) if row else ""


def texts_of(connection: sqlite3.Connection, nums: Iterable[int]) -> dict[int, str]:
    """The texts of several sources by row number."""
    rows = connection.execute(
        "SELECT num, reading.text FROM source"
        " JOIN reading ON reading.source = num AND reading.version = source.version"
        " WHERE num IN (SELECT value FROM json_each(?))",
        (json.dumps(list(nums)),),
    )
    return {num: unpack(packed) for num, packed in rows}


def pages_of(connection: sqlite3.Connection, num: int, version: int | None = None) -> tuple[PageSpan, ...]:
    row = _reading(connection, num, "pages", version)
    return tuple(PageSpan(*span) for span in json.loads(row))


def blocks_of(connection: sqlite3.Connection, num: int, version: int | None = None) -> tuple[TextBlock, ...]:
    row = _reading(connection, num, "blocks", version)
    return tuple(TextBlock(BlockKind(kind), start, end, level) for kind, start, end, level in json.loads(row))


def warnings_of(connection: sqlite3.Connection, num: int) -> tuple[str, ...]:
    return tuple(json.loads(_reading(connection, num, "warnings", None)))


def _reading(connection: sqlite3.Connection, num: int, column: str, version: int | None) -> str:
    row = connection.execute(
        f"SELECT reading.{column} FROM source"
        " JOIN reading ON reading.source = num AND reading.version = ifnull(?, source.version) WHERE num = ?",
        (version, num),
    ).fetchone()
    return str(row[0]) if row else "[]"


# --- putting in -------------------------------------------------------------------------------------------------


def find_same(connection: sqlite3.Connection, new: NewSource, *, same_bytes: bool = True) -> str | None:
    """The id of a source that ``new`` repeats (the same bytes, or the same record again), or None."""
    if same_bytes:
        known = known_bytes(connection, new.sha256, new.member)
        if known is not None:
            return known
    if not new.has_text:
        return _same_bytes(connection, new.sha256) if same_bytes else None
    fields = new.fields()
    rows = connection.execute("SELECT id, as_read FROM source WHERE text_sha256 = ?", (new.text_sha256,))
    return next((id for id, read in rows if is_same_record(_fields_as_read(read), fields)), None)


def known_bytes(connection: sqlite3.Connection, sha256: str, member: str | None = None) -> str | None:
    """The id of a source with exactly these original bytes, or None."""
    row = connection.execute("SELECT id FROM source WHERE sha256 = ? AND member IS ?", (sha256, member)).fetchone()
    return None if row is None else str(row[0])


def known_whole(connection: sqlite3.Connection, sha256: str, member: str | None) -> str | None:
    """As ``known_bytes``, where nothing else can be in them; attachments of a message may not have been kept yet."""
    row = connection.execute(
        "SELECT id, media_type FROM source WHERE sha256 = ? AND member IS ?", (sha256, member)
    ).fetchone()
    return None if row is None or row[1] in _WITH_MEMBERS else str(row[0])


def _same_bytes(connection: sqlite3.Connection, sha256: str) -> str | None:
    """The id of a source without text that has these bytes, wherever they came from."""
    row = connection.execute("SELECT id FROM source WHERE sha256 = ? AND no_text", (sha256,)).fetchone()
    return None if row is None else str(row[0])


def _fields_as_read(read: str) -> Fields:
    values = json.loads(read)
    values.pop("accessed", None)
    values["authors"] = tuple(values.get("authors", ()))
    return Fields(**values)


def insert(connection: sqlite3.Connection, originals: Originals, new: NewSource) -> str:
    """Keep a new source whole: bytes, text, fields. Gives its id."""
    return insert_row(connection, originals, new)[1]


def insert_row(connection: sqlite3.Connection, originals: Originals, new: NewSource) -> tuple[int, str]:
    """As ``insert``; gives its number and its id."""
    id, reading = _free_id(connection, new), new.reading
    made = new.prepared or prepare(new.data, reading, new.file_name)
    kept, fields = made.packed, made.fields
    originals.put(connection, kept.sha256, new.data, kept.deflated)
    as_read = {name: getattr(fields, name) for name in _FIELD_NAMES}
    row = {
        "id": id,
        "change": next_change(connection),
        "added": datetime.now(UTC).isoformat(timespec="seconds"),
        **as_read,
        "authors": json.dumps(fields.authors, ensure_ascii=False),
        "accessed": new.accessed,
        "kind": str(reading.kind),
        "file_name": _storable(new.file_name),
        "member": None if new.member is None else _storable(new.member),
        "path": _storable(new.path),
        "media_type": _storable(reading.media_type),
        "sha256": kept.sha256,
        "text_sha256": kept.text_sha256,
        "reader": reading.reader,
        "version": 1,
        "pages": made.page_count or None,
        "no_text": int(reading.no_text or not made.has_text),
        "reliability": "",
        "descriptor": "",
        "title_key": made.title_key or title_key(id),
        "as_read": json.dumps({**as_read, "accessed": new.accessed}, ensure_ascii=False),
        "corrected": "{}",
        "parent": new.parent,
    }
    num = connection.execute(_insertion(tuple(row)), row).lastrowid or 0
    connection.execute(
        "INSERT INTO reading (source, version, reader, text_sha256, text, blocks, pages, warnings)"
        " VALUES (?, 1, ?, ?, ?, ?, ?, ?)",
        (num, reading.reader, kept.text_sha256, kept.text, made.blocks, made.pages, made.warnings),
    )
    return num, id


@functools.cache
def _insertion(names: tuple[str, ...]) -> str:
    return f"INSERT INTO source ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


def _storable(text: str) -> str:
    """A name as the database can hold it: undecodable bytes of a file name become question marks."""
    return text.encode("utf-8", "replace").decode()


def _free_id(connection: sqlite3.Connection, new: NewSource) -> str:
    long_id = new.long_id
    for id in (new.own_id, *(long_id[:length] for length in (ID_LENGTH, 16, 24, 64))):
        if id and connection.execute("SELECT 1 FROM source WHERE id = ?", (id,)).fetchone() is None:
            return id
    raise BriefingError(f"A source with the id {long_id} is in the library already.")


# --- changing ---------------------------------------------------------------------------------------------------


def correct(connection: sqlite3.Connection, num: int, corrections: Mapping[str, Any]) -> None:
    """Lay the analyst's corrections over what was read; a value of None takes a correction back.

    An empty title is not kept: in its place comes what a source without a title has when it is imported.
    """
    row = connection.execute("SELECT as_read, corrected, id FROM source WHERE num = ?", (num,)).fetchone()
    as_read, corrected, id = json.loads(row[0]), json.loads(row[1]), row[2]
    for name, value in corrections.items():
        if name == "title" and value == "":
            value = _stand_in_title(connection, num)
            value = None if value in ("", as_read["title"]) else value
        if value is None:
            corrected.pop(name, None)
        else:
            corrected[name] = value
    in_force = {"reliability": "", "descriptor": "", "marking": "", **as_read, **corrected}
    values = {
        **in_force,
        "authors": json.dumps(in_force["authors"], ensure_ascii=False),
        "corrected": json.dumps(corrected, ensure_ascii=False),
        "title_key": title_key(in_force["title"] or id),
        "change": next_change(connection),
    }
    assignments = ", ".join(f"{name} = :{name}" for name in values)
    connection.execute(f"UPDATE source SET {assignments} WHERE num = :num", {**values, "num": num})


def _stand_in_title(connection: sqlite3.Connection, num: int) -> str:
    """The first line of a source's text, else its file's name."""
    file_name = connection.execute("SELECT file_name FROM source WHERE num = ?", (num,)).fetchone()[0]
    return first_line(text_of(connection, num)) or tidy(file_name)


def corrections_of(connection: sqlite3.Connection, id: str) -> dict[str, Any]:
    """The fields that the analyst has set. Raises BriefingError for an unknown id."""
    num = number(connection, id)
    row = connection.execute("SELECT corrected FROM source WHERE num = ?", (num,)).fetchone()
    return dict(json.loads(row[0]))


def tags_of(connection: sqlite3.Connection, num: int) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute("SELECT tag FROM tag WHERE source = ? ORDER BY tag", (num,)))


def set_tags(connection: sqlite3.Connection, id: str, tags: Iterable[str]) -> None:
    num = number(connection, id)
    connection.execute("DELETE FROM tag WHERE source = ?", (num,))
    connection.executemany("INSERT INTO tag VALUES (?, ?)", [(num, tag) for tag in tags])
    connection.execute("UPDATE source SET change = ? WHERE num = ?", (next_change(connection), num))


def remove(connection: sqlite3.Connection, originals: Originals, num: int) -> Path | None:
    """Take a source out; gives the file to delete after the commit, if its bytes had one."""
    sha256 = connection.execute("SELECT sha256 FROM source WHERE num = ?", (num,)).fetchone()[0]
    kinship.leave_group(connection, num)
    connection.execute("DELETE FROM tag WHERE source = ?", (num,))
    connection.execute("DELETE FROM source WHERE num = ?", (num,))
    connection.execute("INSERT INTO removed VALUES (?, ?)", (next_change(connection), num))
    return originals.drop(connection, sha256)
