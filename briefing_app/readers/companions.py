"""Files that belong to a list of references and stand beside it: which they are, before any of them is opened."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import cast

from briefing_app.errors import UnreadableFile
from briefing_app.readers.detection import detect, extension_of

_LISTS = {"ris": "ris", "bibtex": "bibtex", "csl": "csl"}
_EXTENSIONS = (".ris", ".bib", ".json")


def may_have_companions(file_name: str) -> bool:
    """True for a file name that a list of references may have."""
    return extension_of(file_name) in _EXTENSIONS


def companions(data: bytes, file_name: str) -> tuple[str, ...]:
    """The relative paths, with slashes, of the files that a list of references names; empty for any other file.

    Paths never lead out of the list's own folder. Whether the files are there is for the caller to find out; those
    that are should not be imported again by themselves. Nothing is raised.
    """
    if not may_have_companions(file_name):
        return ()
    try:
        key = detect(data, file_name)
        if key not in _LISTS:
            return ()
        module = importlib.import_module(f"briefing_app.readers.{_LISTS[key]}")
        named = cast("Callable[[bytes], Iterable[str]]", module.named_files)
        return tuple(dict.fromkeys(named(data)))
    except UnreadableFile:
        return ()
