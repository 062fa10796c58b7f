"""CSL-JSON, as Zotero and other reference managers export it: each item a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Reading
from briefing_app.readers import failures
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Names, Nesting
from briefing_app.readers.reference_files import listed_files, with_files
from briefing_app.readers.references import reference_reading

READER = "csl/1"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The items in order, each named by its id. Raises UnreadableFile where the file is no list of items."""
    try:
        items = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise failures.damaged(name, "a file of references (CSL-JSON)", "it is not valid JSON") from error
    if not isinstance(items, list) or not items:
        raise failures.damaged(name, "a file of references (CSL-JSON)", "there is no reference in it")
    names = Names()
    for number, item in enumerate(items, 1):
        member = (
            names.unique(_words(item.get("id")) or f"item {number}") if isinstance(item, dict) else f"item {number}"
        )
        raw = json.dumps([item], ensure_ascii=False, indent=1).encode("utf-8", "replace")
        nesting.take(name, len(raw))
        alone = len(items) == 1
        try:
            reading = _reading(item, f"{name}, {member}")
        except UnreadableFile as error:
            yield Member(name=member, file_name=name, data=raw, problem=str(error))
            continue
        own = Member(name=None if alone else member, file_name=name, data=None if alone else raw, reading=reading)
        yield from with_files(own, _files(item), nesting)


def named_files(data: bytes) -> Iterator[str]:
    """The relative paths of the files that the items name."""
    try:
        items = json.loads(decode(data))
    except (ValueError, RecursionError):
        return
    for item in items if isinstance(items, list) else ():
        yield from _files(item)


def _files(item: Any) -> list[str]:
    """CSL-JSON has no field for files; reference managers add one of these."""
    values: list[str] = []
    for key in ("file", "files", "attachments") if isinstance(item, dict) else ():
        entries = item.get(key)
        for entry in entries if isinstance(entries, list) else [entries]:
            paths = [entry.get("path"), entry.get("localPath")] if isinstance(entry, dict) else [entry]
            values += [path for path in paths if isinstance(path, str)]
    return listed_files(values)


def _reading(item: Any, name: str) -> Reading:
    if not isinstance(item, dict):
        raise UnreadableFile(f"“{name}” is no reference.", "Export the references again.")
    notes = (_words(item.get(key)) for key in ("abstract", "note", "annote"))
    return reference_reading(
        kind=_words(item.get("type")),
        title=_words(item.get("title")),
        authors=_people(item.get("author")) or _people(item.get("editor")),
        outlet=_words(item.get("container-title")) or _words(item.get("publisher")),
        date=_date(item.get("issued")),
        language=_words(item.get("language")),
        url=_words(item.get("URL")),
        doi=_words(item.get("DOI")),
        text="\n\n".join(dict.fromkeys(filter(None, notes))),
        reader=READER,
        media_type=MEDIA_TYPE,
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = next((entry for entry in value if entry), "")
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _people(value: Any) -> list[str]:
    found = []
    for person in value if isinstance(value, list) else []:
        if isinstance(person, Mapping):
            particle = _words(person.get("non-dropping-particle")) or _words(person.get("dropping-particle"))
            parts = (_words(person.get("given")), particle, _words(person.get("family")), _words(person.get("suffix")))
            found.append(_words(person.get("literal")) or " ".join(filter(None, parts)))
    return [name for name in found if name]


def _date(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _words(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [_words(part) for part in first[:3]]
    if numbers and all(part.isdigit() for part in numbers):
        return "-".join([numbers[0], *(part.zfill(2) for part in numbers[1:])])
    return _words(value.get("raw")) or _words(value.get("literal"))
