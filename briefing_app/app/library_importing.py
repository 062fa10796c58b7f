"""Bringing sources in, as the front ends use it: what could not be read, imports cut short, watched folders."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Generator
from pathlib import Path
from typing import Any

from briefing_app.app.library_access import open_library
from briefing_app.errors import StorageError
from briefing_app.library.importing.control import Control
from briefing_app.library.importing.report import Failed, ImportReport, Reason, grouped
from briefing_app.library.importing.runs import Run
from briefing_app.library.importing.unread import UnreadFile
from briefing_app.library.importing.watching import Watched
from briefing_app.library.library import Library
from briefing_app.work.progress import Progress

__all__ = [
    "Control",
    "Failed",
    "ImportReport",
    "Reason",
    "Run",
    "UnreadFile",
    "Watched",
    "import_into",
    "interrupted_runs",
    "look_at_watched",
    "resume_run",
    "try_again",
    "unread_by_reason",
    "unread_files",
    "watched_folders",
]

Job = Generator[Progress, None, ImportReport]


def import_into(folder: Path | None, paths: Collection[Path], control: Control) -> Job:
    """Import files and folders into a library. Raises LibraryBusy and StorageError."""
    return _job(folder, lambda library: library.import_paths(paths, control=control))


def interrupted_runs(folder: Path | None) -> tuple[Run, ...]:
    """Imports that were cut short, the latest first. Raises LibraryBusy: one of them may be under way there."""
    with open_library(folder, write=True) as library:
        return library.interrupted_runs()


def resume_run(folder: Path | None, num: int, control: Control) -> Job:
    """Go on with an import that was cut short. Raises BriefingError for an unknown number."""
    return _job(folder, lambda library: library.resume_run(num, control=control))


def forget_run(folder: Path | None, num: int) -> None:
    """An import that was cut short need not go on."""
    with open_library(folder, write=True) as library:
        library.forget_run(num)


def unread_files(folder: Path | None) -> tuple[UnreadFile, ...]:
    """Files that could not be read and whose bytes the library has kept."""
    with open_library(folder, write=False) as library:
        return library.unread()


def unread_by_reason(files: Collection[UnreadFile]) -> tuple[Reason, ...]:
    """Unread files grouped by why; the largest group first."""
    return grouped(Failed(file.path, file.member, file.reason, kept=True) for file in files)


def try_again(folder: Path | None, nums: Collection[int] | None, control: Control) -> Job:
    """Read unread files again, those with these numbers or all. Raises BriefingError for an unknown number."""
    return _job(folder, lambda library: library.try_again(nums, control=control))


def watched_folders(folder: Path | None) -> tuple[Watched, ...]:
    """The folders whose new files appear in the library."""
    with open_library(folder, write=False) as library:
        return library.watched()


def watch(folder: Path | None, path: Path) -> Watched:
    """Watch a folder. Raises BriefingError where it cannot be."""
    with open_library(folder, write=True) as library:
        return library.watch(path)


def unwatch(folder: Path | None, path: Path) -> None:
    """Watch a folder no longer. Raises BriefingError where it is not watched."""
    with open_library(folder, write=True) as library:
        library.unwatch(path)


def look_at_watched(folder: Path | None, control: Control) -> Job:
    """Look once at the watched folders, and import what is new there."""
    return _job(folder, lambda library: library.look_at_watched(control=control))


def _job(folder: Path | None, start: Callable[[Library], Generator[Progress, None, Any]]) -> Job:
    with open_library(folder, write=True) as library:
        report: ImportReport = yield from start(library)
        with contextlib.suppress(StorageError):  # what came in is kept and told; the next import looks for them again
            yield from library.group_reprints()
        return report
