"""Looking after a library: counts, checks, backups, restoring, the index, and packs to carry elsewhere."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from briefing_app.app.paths import default_library_dir
from briefing_app.library import backup, checking, restoring, statistics
from briefing_app.library.backup import BackupReport
from briefing_app.library.library import Library
from briefing_app.library.problems import CheckReport
from briefing_app.library.restoring import RestoreReport
from briefing_app.library.statistics import Statistics
from briefing_app.work.progress import Progress

__all__ = [
    "BackupReport",
    "CheckReport",
    "RestoreReport",
    "Statistics",
    "back_up_library",
    "check_library",
    "library_statistics",
    "rebuild_index",
    "restore_library",
]


def library_statistics(folder: Path | None) -> Generator[Progress, None, Statistics]:
    """Counts and sizes of the library in ``folder``, or of the user's own. Raises StorageError."""
    return statistics.count(folder or default_library_dir())


def check_library(folder: Path | None) -> Generator[Progress, None, CheckReport]:
    """Originals, texts, database and index of a library, each against what it should be; changes nothing."""
    return checking.check(folder or default_library_dir())


def back_up_library(folder: Path | None, target: Path) -> Generator[Progress, None, BackupReport]:
    """A library in one file, as it is at one moment, while others use it. Raises StorageError."""
    return backup.back_up(folder or default_library_dir(), target)


def restore_library(source: Path, folder: Path | None) -> Generator[Progress, None, RestoreReport]:
    """The library of a backup in an empty or new folder. Raises StorageError and NewerVersion."""
    return restoring.restore(source, folder or default_library_dir())


def rebuild_index(folder: Path | None) -> Generator[Progress, None, int]:
    """The search index of a library made again from its sources; gives how many it has. Raises LibraryBusy."""
    with Library.open(folder or default_library_dir(), write=True, create=False) as library:
        return (yield from library.rebuild_index())
