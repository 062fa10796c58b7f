"""The sources in one file: the file itself, or the parts of it that are sources of their own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Reading
from briefing_app.readers import failures
from briefing_app.readers.detection import detect
from briefing_app.readers.single import read_as

MAX_ARCHIVES = 2  # archives inside one another
MAX_MESSAGES = 5  # messages attached to messages
MAX_MEMBERS = 500_000
MAX_UNPACKED = 4 << 30  # bytes that all members of one file may have together

# Formats with several sources in a file: the function ``members(data, name, nesting)`` of the format's module.
_CONTAINERS = {
    "zip": "archive",
    "mbox": "mbox",
    "eml": "eml_members",
    "msg": "msg_members",
    "jsonl": "jsonl",
    "ris": "ris",
    "bibtex": "bibtex",
    "csl": "csl",
    "telegram": "telegram",
    "telegram_page": "telegram_page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One source that was met in a file, read or not.

    ``name`` tells it apart inside its file, with slashes between levels (``message 3/report.pdf``); None is the
    file itself. ``data`` are its own bytes, None for those of the file. Without a ``reading`` it could not be read,
    and ``problem`` says why in the analyst's words.
    """

    name: str | None = None
    file_name: str = ""
    data: bytes | None = field(default=None, repr=False)
    reading: Reading | None = field(default=None, repr=False)
    problem: str = ""


Companion = Callable[[str], bytes | None]


class Nesting:
    """How deep a file is inside others, and what all that comes out of the outermost one may still amount to.

    ``companion`` gives the bytes of a file that stands beside the one being read, by its relative path with slashes;
    None for one that is not there.
    """

    def __init__(self, companion: Companion | None = None) -> None:
        self.companion = companion
        self.archives = 0
        self.messages = 0
        self._left = MAX_UNPACKED
        self._members = MAX_MEMBERS

    def take(self, name: str, size: int) -> None:
        """Count one more member of ``size`` bytes. Raises UnreadableFile where it is too much."""
        self._members -= 1
        self._left -= size
        if self._members < 0:
            raise failures.too_large(name, f"more than {MAX_MEMBERS} files or records are in it")
        if self._left < 0:
            raise failures.too_large(name, f"it unpacks to more than {MAX_UNPACKED >> 30} GB")


Members = Callable[[bytes, str, Nesting], Iterator[Member]]


def read_members(data: bytes, name: str, *, companion: Companion | None = None) -> Iterator[Member]:
    """Read every source in a file's bytes, in order; ``name`` is the file's name.

    ``companion`` gives the bytes of a file beside it, by a path that ``companions`` names, or None where it is missing:
    so a reference becomes one source with its file.

    A file of one source gives one member without a name. A part that cannot be read is a member with a problem.
    The same bytes give the same members always. Raises UnreadableFile, and nothing else, where the file as a whole
    cannot be read, which may show after some members.
    """
    return _members(data, name, Nesting(companion))


def _members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    key = detect(data, name)
    module = _CONTAINERS.get(key)
    if module is None:
        yield Member(file_name=name, reading=read_as(key, data, name))
        return
    loaded = importlib.import_module(f"briefing_app.readers.{module}")
    members = cast("Members", loaded.members)
    yield from members(data, name, nesting)


def nested(data: bytes, member: str, file_name: str, nesting: Nesting) -> Iterator[Member]:
    """The sources in a part of a file: named below ``member``, faults as members with a problem."""
    try:
        nesting.take(file_name, len(data))
        for inner in _members(data, file_name, nesting):
            name = member if inner.name is None else f"{member}/{inner.name}"
            yield replace(inner, name=name, data=data if inner.data is None else inner.data)
    except UnreadableFile as error:
        yield Member(name=member, file_name=file_name, problem=str(error))


class Names:
    """Gives every member of a file a name that no other has: ``a.txt``, ``a.txt (2)``."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def unique(self, name: str) -> str:
        wanted, number = name, 1
        while wanted in self._seen:
            number += 1
            wanted = f"{name} ({number})"
        self._seen.add(wanted)
        return wanted
