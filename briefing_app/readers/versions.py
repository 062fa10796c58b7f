"""Which version of each reader this program has, so that sources can be told that an older one has read.

Each reader names itself in the constant READER of its module, such as ``html/2``; nothing is noted here a second time.
"""

from __future__ import annotations

import functools
import importlib

# The modules with a reader of their own. They are imported when first asked about: each brings libraries of its own.
MODULES = (
    *("txt", "markdown", "html", "mhtml", "pdf", "docx", "odt", "rtf", "epub", "eml", "msg"),
    *("ris", "bibtex", "csl", "jsonl", "telegram_post", "ocr"),
)


@functools.cache
def installed() -> dict[str, int]:
    """The version of each reader of this program by its family: ``{"html": 2, ...}``."""
    readers = [importlib.import_module(f"briefing_app.readers.{module}").READER for module in MODULES]
    return {family_of(reader): version_of(reader) for reader in readers}


def family_of(reader: str) -> str:
    """The name of a reader without its version: ``html`` of ``html/2``."""
    return reader.partition("/")[0]


def version_of(reader: str) -> int:
    """The version in a reader's name; 0 where it has none."""
    version = reader.partition("/")[2]
    return int(version) if version.isdecimal() else 0


def is_older(reader: str) -> bool:
    """True for a reader of which this program has a newer version; false for one that it does not know."""
    return version_of(reader) < installed().get(family_of(reader), 0)
