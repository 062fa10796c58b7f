"""Reprints and likeness as the command line asks for them and reports them."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefing_app.app.library_access import open_library
from briefing_app.errors import LibraryBusy, UsageError
from briefing_app.library.library import Library
from briefing_app.work.progress import Progress

_SAID = {"reprint_of": "reprint", "derived_from": "derived", "not_of": "independent"}


def find_reprints(folder: Path | None) -> Generator[Progress, None, bool]:
    """Look at what was not looked at yet; gives False where another process has the library open for writing."""
    try:
        library = open_library(folder, write=True)
    except LibraryBusy:
        return False
    with library:
        yield from library.group_reprints()
    return True


def group_rows(library: Library, limit: int, offset: int) -> list[dict[str, Any]]:
    """The groups of reprints, the largest first."""
    return [
        {
            "origin": group.origin.id,
            "title": group.origin.display_title,
            "outlet": group.origin.outlet,
            "date": group.origin.published,
            "reprints": group.reprints,
        }
        for group in library.reprint_groups(offset, limit)
    ]


def is_saying(words: argparse.Namespace) -> bool:
    """True where the command says something of a source, and does not only ask."""
    return words.origin or any(getattr(words, name) is not None for name in _SAID)


def say(library: Library, words: argparse.Namespace) -> None:
    """Keep what the analyst says of a source. Raises UsageError and, for unknown ids, BriefingError."""
    for name, said in _SAID.items():
        other = getattr(words, name)
        if other is not None:
            library.say_kinship(words.source, other, said)  # type: ignore[arg-type]
    if words.origin:
        library.set_origin(words.source)


def kin_report(library: Library, source_id: str) -> dict[str, Any]:
    """The group of a source, the origin first, and what the source is derived from."""
    return {
        "group": [asdict(kin) for kin in library.reprint_group(source_id)],
        "derived_from": [asdict(kin) for kin in library.derived_from(source_id)],
    }


def similar_rows(library: Library, words: argparse.Namespace) -> list[dict[str, Any]]:
    """The passages most like a passage of a source, or like a text. Raises UsageError where neither is given."""
    if words.source is None:
        if not words.text:
            raise UsageError("Nothing to compare with was given.", "Name a source, or give --text.")
        text, language, exclude = words.text, "", []
    else:
        source = library.source(words.source)
        start, end = words.range or (0, None)
        text, language, exclude = words.text or library.text(source.id)[start:end], source.language, [source.id]
    hits = library.more_like(text, language=language, exclude=exclude, limit=words.limit)
    names = ("source_id", "title", "outlet", "date", "language", "reprints", "snippet", "start", "end")
    return [{name: getattr(hit, name) for name in names} for hit in hits]
