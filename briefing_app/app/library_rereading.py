"""Reading the library's sources again with the readers of this program, as the front ends use it."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path

from briefing_app.app.library_access import open_library
from briefing_app.library.importing.control import Control
from briefing_app.library.library import Library
from briefing_app.library.store.readings import TextVersion
from briefing_app.library.versions.reread import NotRead, ReadAgainReport, Reread
from briefing_app.work.progress import Progress

__all__ = ["Control", "NotRead", "ReadAgainReport", "Reread", "TextVersion", "read_again"]

_AT_A_TIME = 1000  # sources that are listed at a time


def read_again(
    folder: Path | None, *, ids: Iterable[str] | None, everything: bool, ocr: bool, control: Control
) -> Generator[Progress, None, ReadAgainReport]:
    """Read sources again: these, or every one with a file, or those that an older reader has read.

    With ``ocr`` scans without text are read by text recognition. Raises LibraryBusy, StorageError, BriefingError for an
    unknown id, and where Tesseract is needed and missing.
    """
    with open_library(folder, write=True) as library:
        if everything and not ocr:
            ids = _with_file(library)
        return (yield from library.read_again(ids, ocr=ocr, control=control))


def _with_file(library: Library) -> list[str]:
    """The ids of all sources but those that were pasted in."""
    found: list[str] = []
    for offset in range(0, library.count(), _AT_A_TIME):
        rows = library.rows(offset, _AT_A_TIME)
        found += [source.id for source in rows if not source.reader.startswith("pasted/")]
    return found
