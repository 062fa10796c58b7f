"""RIS: references as databases and reference managers export them, each a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_app.model.reading import Reading
from briefing_app.readers import failures
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Nesting
from briefing_app.readers.reference_files import listed_files, with_files
from briefing_app.readers.references import natural_name, reference_reading
from briefing_app.readers.text_builder import normal_characters

READER = "ris/2"
MEDIA_TYPE = "application/x-research-info-systems"
_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")
_AUTHORS = ("AU", "A1", "A2", "A3", "A4", "ED")
_FILES = ("L1", "L2", "L3", "L4", "LK")
_ISO = re.compile(r"(\d{4})/?(\d{1,2})?/?(\d{1,2})?")


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The references in order, ``record 1`` and so on. Raises UnreadableFile where there are none."""
    found = _records(normal_characters(decode(data)))
    records = [(fields, raw) for fields, raw in found if any(map(any, (fields[tag] for tag in fields if tag != "TY")))]
    for number, (fields, raw) in enumerate(records, 1):
        nesting.take(name, len(raw))
        alone = len(records) == 1
        member = Member(
            name=None if alone else f"record {number}",
            file_name=name,
            data=None if alone else raw.encode("utf-8"),
            reading=_reading(fields),
        )
        yield from with_files(member, _files(fields), nesting)
    if not records:
        raise failures.damaged(name, "a file of references (RIS)", "there is no reference in it")


def named_files(data: bytes) -> Iterator[str]:
    """The relative paths of the files that the references name."""
    for fields, _ in _records(normal_characters(decode(data))):
        yield from _files(fields)


def _files(fields: dict[str, list[str]]) -> list[str]:
    return listed_files([value for tag in _FILES for value in fields.get(tag, ())])


def _records(text: str) -> Iterator[tuple[dict[str, list[str]], str]]:
    """Each record's values by their tags, with its lines as they stand. A record may lack its end."""
    fields: dict[str, list[str]] = {}
    lines: list[str] = []
    last: list[str] | None = None
    for line in text.split("\n"):
        found = _LINE.match(line.rstrip())
        tag = found.group(1) if found else ""
        if tag == "TY" and fields:
            yield fields, "\n".join([*lines, ""])
            fields, lines, last = {}, [], None
        if tag and (fields or tag == "TY"):
            value = (found.group(2) or "").strip() if found else ""
            if tag != "ER":
                last = fields.setdefault(tag, [])
                last.append(value)
        elif line.strip() and last:
            last[-1] = f"{last[-1]}\n{line.strip()}" if last[-1] else line.strip()
        if fields:
            lines.append(line)
        if tag == "ER" and fields:
            yield fields, "\n".join([*lines, ""])
            fields, lines, last = {}, [], None
    if fields:
        yield fields, "\n".join([*lines, ""])


def _reading(fields: dict[str, list[str]]) -> Reading:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, []) if value), "")

    kind = first("TY").lower()
    title = first("TI", "T1", "CT", "BT")
    if not title and not kind.startswith("jour"):
        title = first("T2")
    notes = [value for tag in ("AB", "N2", "N1") for value in fields.get(tag, []) if value]
    return reference_reading(
        kind=kind,
        title=title,
        authors=(natural_name(value) for tag in _AUTHORS[:2] for value in fields.get(tag, ())),
        outlet=first("JO", "JF", "T2", "JA", "J2", "PB"),
        date=_date(first("DA")) or _date(first("PY", "Y1")),
        language=first("LA"),
        url=first("UR", "L2"),
        doi=first("DO", "M3") if kind else "",
        text="\n\n".join(dict.fromkeys(notes)),
        reader=READER,
        media_type=MEDIA_TYPE,
    )


def _date(value: str) -> str:
    """``2026/11/03/`` and the like as an ISO date; what follows the last slash is a season or a note."""
    found = _ISO.match(value.strip())
    if not found:
        return value
    return "-".join(f"{int(part):02d}" for part in found.groups() if part)
