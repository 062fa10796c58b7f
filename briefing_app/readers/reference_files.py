"""Files that references come with, as reference managers export them beside a list: one article is one source.

A reference whose file can be read becomes a source with the file's text and bytes, and with the reference's fields laid
over those of the file. The file is looked for in the archive or the folder of the list, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Fields, Reading
from briefing_app.readers.detection import detect
from briefing_app.readers.members import Member, Nesting
from briefing_app.readers.single import SINGLE, read_as

MAX_FILES = 20  # of one reference
_UNESCAPED = re.compile(r"\\(.)")
_WINDOWS = re.compile(r"\\[\w ]")
_PAGES = ("html", "mhtml")


def relative_path(value: str) -> str:
    """A path inside the list's own folder, with slashes; empty for addresses, absolute paths and ways up."""
    value = value.strip().strip("{}").strip()
    if re.match(r"(?:[a-z][a-z0-9+.-]+:|/|\\|[A-Za-z]:)", value, re.IGNORECASE) or len(value) > 1000:
        return ""
    steps = [step for step in value.replace("\\", "/").split("/") if step not in ("", ".")]
    if ".." in steps or not steps or "." not in steps[-1] or any(ord(char) < 32 for char in value):
        return ""
    return "/".join(steps)


def bibtex_files(value: str) -> list[str]:
    """The paths in a ``file`` field: ``description:path:type`` and others after semicolons, or a path alone."""
    found: list[str] = []
    for entry in re.split(r"(?<!\\);", value):
        pieces = re.split(r"(?<!\\):", entry)
        path = pieces[-2] if len(pieces) > 2 else pieces[-1] if len(pieces) == 1 else max(pieces, key=len)
        if _WINDOWS.search(path):
            path = path.replace("\\\\", "/").replace("\\", "/")
        found.append(relative_path(_UNESCAPED.sub(r"\1", path)))
    return [path for path in found if path]


def listed_files(values: Sequence[str]) -> list[str]:
    """The paths among values that may be addresses too (RIS, CSL-JSON)."""
    return list(dict.fromkeys(path for path in map(relative_path, values) if path))


def with_files(member: Member, paths: Sequence[str], nesting: Nesting) -> Iterator[Member]:
    """A reference's member with its file in place of its note, and its other files as members below it."""
    companion = nesting.companion
    if companion is None or member.reading is None or not paths:
        yield member
        return
    found: list[tuple[str, bytes, Reading, str]] = []
    problems: list[str] = []
    if len(paths) > MAX_FILES:
        problems.append(f"Only the first {MAX_FILES} of its files were read.")
    for path in list(dict.fromkeys(paths))[:MAX_FILES]:
        name = path.rsplit("/", 1)[-1]
        try:
            data = companion(path)
            if data is None:
                problems.append(f"Its file “{name}” was not with the list of references.")
                continue
            nesting.take(name, len(data))
            key = detect(data, name)
            if key in SINGLE:
                found.append((name, data, read_as(key, data, name), key))
            else:
                problems.append(f"Its file “{name}” was not read: it has sources of its own.")
        except UnreadableFile as error:
            problems.append(f"Its file could not be read. {error.message}")
    yield from _members(member, member.reading, found, problems)


def _members(
    member: Member, record: Reading, found: list[tuple[str, bytes, Reading, str]], problems: list[str]
) -> Iterator[Member]:
    if not found:
        yield replace(member, reading=replace(record, warnings=(*record.warnings, *problems)))
        return
    main = next((entry for entry in found if not entry[2].no_text), found[0])
    others = [entry for entry in found if entry is not main]
    copies = [entry for entry in others if entry[3] in _PAGES and not main[2].no_text]
    problems += [f"Another copy of it was left out: “{entry[0]}”." for entry in copies]
    name, data, reading, _ = main
    whole = replace(
        reading,
        fields=_over(record.fields, reading.fields),
        warnings=(*reading.warnings, *record.warnings, *problems),
    )
    yield replace(member, name=member.name or name, file_name=name, data=data, reading=whole)
    for name, data, reading, key in others:
        if (name, data, reading, key) not in copies:
            own = replace(record.fields, title=reading.fields.title or record.fields.title)
            below = replace(reading, fields=_over(own, reading.fields))
            yield Member(name=f"{member.name or main[0]}/{name}", file_name=name, data=data, reading=below)


def _over(record: Fields, file: Fields) -> Fields:
    """The reference's fields, and the file's where the reference has none."""
    return Fields(
        title=record.title or file.title,
        authors=record.authors or file.authors,
        outlet=record.outlet or file.outlet,
        published=record.published or file.published,
        language=file.language or record.language,
        url=record.url or file.url,
        marking=record.marking or file.marking,
    )
