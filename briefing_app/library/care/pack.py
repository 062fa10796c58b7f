"""A pack: chosen sources in one file, to carry to another library across an air gap.

A ZIP with `sources.jsonl` (a line for each source: fields as read, corrections, tags, grades, notes, hashes, and what
was said of it and others in the pack), `outlets.json` (the grades that outlets of these sources give them), `texts/`
and `originals/`, named by their SHA-256, and `pack.json`, which has the version and the hashes of the first two. The
same sources give the same bytes. Paths of the machine that it was made on are not in it, nor what its analyst has read
and triaged. Packs of version 1 have neither outlets nor stars, notes, collections and relations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing_app.errors import UsageError
from briefing_app.library.store.corrections import check_corrections, check_note, check_tags, is_address
from briefing_app.library.store.kinship import Said
from briefing_app.library.store.records import is_real_date, tidy
from briefing_app.model.reading import BlockKind, Fields, PageSpan, Reading, TextBlock
from briefing_app.model.source import SourceKind

FORMAT = "briefing-pack"
VERSION = 2
HEAD = "pack.json"
RECORDS = "sources.jsonl"
OUTLETS = "outlets.json"
_SHA256 = re.compile("[0-9a-f]{64}")
_ID = re.compile("[0-9a-f]{12,64}")
_FIELDS = ("title", "outlet", "published", "language", "url", "marking")
_SAYINGS: tuple[Said, ...] = ("reprint", "derived", "independent")
_LONGEST_NAME = 120  # of a collection


def text_name(sha256: str) -> str:
    return f"texts/{sha256}.txt"


def original_name(sha256: str) -> str:
    return f"originals/{sha256}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedSource:
    """One source as a pack has it, without its text and its bytes. ``as_read`` and ``corrected`` are as kept.

    ``collections`` are names. ``parent`` is the id of the source in the pack that it is attached to. ``said`` is what
    the analyst said of it and others in the pack, by their ids: that it is a "reprint" of one, "derived" from it or
    "independent" of it; with its own id, that it is the origin of its group.
    """

    id: str
    kind: SourceKind
    media_type: str
    file_name: str
    member: str | None
    reader: str
    no_text: bool
    sha256: str
    text_sha256: str
    blocks: tuple[TextBlock, ...]
    pages: tuple[PageSpan, ...]
    warnings: tuple[str, ...]
    as_read: Mapping[str, Any]
    corrected: Mapping[str, Any]
    tags: tuple[str, ...]
    starred: bool = False
    note: str = ""
    collections: tuple[str, ...] = ()
    parent: str | None = None
    said: tuple[tuple[str, Said], ...] = ()

    @property
    def title(self) -> str:
        """The title in force, or what stands for one."""
        return str(self.corrected.get("title") or self.as_read["title"] or self.file_name or self.id)

    def reading(self, text: str) -> Reading:
        """What the reader gave, with the text of the pack."""
        fields = Fields(
            title=self.as_read["title"],
            authors=tuple(self.as_read["authors"]),
            outlet=self.as_read["outlet"],
            published=self.as_read["published"],
            language=self.as_read["language"],
            url=self.as_read["url"],
            marking=self.as_read["marking"],
        )
        return Reading(
            reader=self.reader,
            kind=self.kind,
            media_type=self.media_type,
            text=text,
            fields=fields,
            blocks=self.blocks,
            pages=self.pages,
            no_text=self.no_text,
            warnings=self.warnings,
        )


def to_line(source: PackedSource) -> bytes:
    """The line of ``sources.jsonl`` for a source, with its line end."""
    record = {
        "id": source.id,
        "kind": str(source.kind),
        "media_type": source.media_type,
        "file_name": source.file_name,
        "member": source.member,
        "reader": source.reader,
        "no_text": source.no_text,
        "sha256": source.sha256,
        "text_sha256": source.text_sha256,
        "blocks": [[str(block.kind), block.start, block.end, block.level] for block in source.blocks],
        "pages": [[span.number, span.start, span.end] for span in source.pages],
        "warnings": list(source.warnings),
        "as_read": dict(source.as_read),
        "corrected": dict(source.corrected),
        "tags": list(source.tags),
        "starred": source.starred,
        "note": source.note,
        "collections": list(source.collections),
        "parent": source.parent,
        "said": [list(saying) for saying in source.said],
    }
    line = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return line.encode("utf-8", "backslashreplace") + b"\n"  # a lone surrogate becomes its JSON escape


def from_line(line: bytes) -> PackedSource:
    """The source of a line. Raises ValueError where it is not one that a library could have."""
    try:
        record = json.loads(line)
        return PackedSource(
            id=_match(_ID, record["id"]),
            kind=SourceKind(record["kind"]),
            media_type=_text(record["media_type"]),
            file_name=_text(record["file_name"]).rpartition("/")[2],  # a name, and no way to another folder
            member=None if record["member"] is None else _text(record["member"]),
            reader=_text(record["reader"]),
            no_text=bool(record["no_text"]),
            sha256=_match(_SHA256, record["sha256"]),
            text_sha256=_match(_SHA256, record["text_sha256"]),
            blocks=tuple(TextBlock(BlockKind(kind), *map(_count, numbers)) for kind, *numbers in record["blocks"]),
            pages=tuple(PageSpan(*map(_count, span)) for span in record["pages"]),
            warnings=tuple(map(_text, record["warnings"])),
            as_read=_as_read(record["as_read"]),
            corrected=_corrected(record["corrected"]),
            tags=check_tags(map(_text, record["tags"])),
            starred=bool(record.get("starred", False)),
            note=check_note(_text(record.get("note", ""))),
            collections=tuple(map(_collection, record.get("collections", ()))),
            parent=None if record.get("parent") is None else _match(_ID, record["parent"]),
            said=tuple((_match(_ID, other), _said(what)) for other, what in record.get("said", ())),
        )
    except (KeyError, TypeError, AttributeError, RecursionError, UsageError) as error:
        raise ValueError(str(error)) from error


def outlets_to_bytes(outlets: Mapping[str, tuple[str, str]]) -> bytes:
    """The content of ``outlets.json``: reliability and descriptor by outlet."""
    given = {name: list(grade) for name, grade in outlets.items()}
    return json.dumps(given, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8", "backslashreplace")


def outlets_from_bytes(data: bytes) -> dict[str, tuple[str, str]]:
    """The grades of outlets. Raises ValueError where they are none."""
    try:
        given = {}
        for name, (reliability, descriptor) in json.loads(data).items():
            grade = check_corrections({"reliability": _text(reliability), "descriptor": _text(descriptor)})
            given[tidy(name)] = (grade["reliability"], grade["descriptor"])
        return given
    except (TypeError, AttributeError, RecursionError, UsageError) as error:
        raise ValueError(str(error)) from error


def fits(source: PackedSource, length: int) -> bool:
    """True where every block and page lies in a text of ``length`` code points."""
    ranges = [(span.start, span.end) for span in source.blocks] + [(span.start, span.end) for span in source.pages]
    return all(0 <= start <= end <= length for start, end in ranges)


def _as_read(record: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {name: _text(record.get(name, "")) for name in (*_FIELDS, "accessed")}
    if not is_real_date(read["accessed"]):
        raise ValueError("not a date")
    return {**read, "authors": [_text(author) for author in record["authors"]]}


def _corrected(record: Mapping[str, Any]) -> dict[str, Any]:
    """The corrections; an address of a kind that is not kept any more, as older programs did, is left out."""
    given = dict(record)
    if given.get("url") and not is_address(_text(given["url"])):
        del given["url"]
    return check_corrections(given)


def _collection(value: object) -> str:
    name = tidy(_text(value))
    if not name or len(name) > _LONGEST_NAME:
        raise ValueError("not a name of a collection")
    return name


def _said(value: object) -> Said:
    for known in _SAYINGS:
        if value == known:
            return known
    raise ValueError("nothing that can be said of two sources")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a number")
    return value


def _match(pattern: re.Pattern[str], value: object) -> str:
    if not pattern.fullmatch(_text(value)):
        raise ValueError("not an id or a hash")
    return str(value)
