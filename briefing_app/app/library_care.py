"""Looking after a library: counts, checks, backups, restoring, the index, and packs to carry elsewhere."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from briefing_app.app.preferences import own_library_dir
from briefing_app.library.care import backup, checking, pack_writing, restoring, statistics
from briefing_app.library.care.backup import BackupReport
from briefing_app.library.care.merge_report import Difference, MergeReport
from briefing_app.library.care.pack_writing import PackReport
from briefing_app.library.care.problems import CheckReport
from briefing_app.library.care.restoring import RestoreReport
from briefing_app.library.care.statistics import Statistics
from briefing_app.library.library import Library
from briefing_app.library.search.search import Query
from briefing_app.work.progress import Progress

_AT_A_TIME = 200  # hits of a query that are asked for at a time

__all__ = [
    "BackupReport",
    "CheckReport",
    "Difference",
    "MergeReport",
    "PackReport",
    "RestoreReport",
    "Statistics",
    "back_up_library",
    "check_library",
    "export_pack",
    "library_statistics",
    "merge_pack",
    "rebuild_index",
    "restore_library",
]


def library_statistics(folder: Path | None) -> Generator[Progress, None, Statistics]:
    """Counts and sizes of the library in ``folder``, or of the user's own. Raises StorageError."""
    return statistics.count(folder or own_library_dir())


def check_library(folder: Path | None) -> Generator[Progress, None, CheckReport]:
    """Originals, texts, database and index of a library, each against what it should be; changes nothing."""
    return checking.check(folder or own_library_dir())


def back_up_library(folder: Path | None, target: Path) -> Generator[Progress, None, BackupReport]:
    """A library in one file, as it is at one moment, while others use it. Raises StorageError."""
    return backup.back_up(folder or own_library_dir(), target)


def restore_library(source: Path, folder: Path | None) -> Generator[Progress, None, RestoreReport]:
    """The library of a backup in an empty or new folder. Raises StorageError and NewerVersion."""
    return restoring.restore(source, folder or own_library_dir())


def rebuild_index(folder: Path | None) -> Generator[Progress, None, int]:
    """The search index of a library made again from its sources; gives how many it has. Raises LibraryBusy."""
    with Library.open(folder or own_library_dir(), write=True, create=False) as library:
        return (yield from library.rebuild_index())


def export_pack(
    folder: Path | None,
    target: Path,
    *,
    ids: Sequence[str] = (),
    query: str = "",
    tag: str = "",
    everything: bool = False,
) -> Generator[Progress, None, PackReport]:
    """The sources with these ids, that a query finds, that have a tag, or all, in one file to carry elsewhere.

    Raises BriefingError where that is no source, or an id is unknown, and StorageError.
    """
    folder = folder or own_library_dir()
    chosen = list(ids)
    if query:
        chosen += yield from _found(folder, query)
    if tag:
        chosen += pack_writing.tagged_ids(folder, tag)
    if everything:
        chosen += pack_writing.all_ids(folder)
    return (yield from pack_writing.write_pack(folder, chosen, target))


def _found(folder: Path, query: str) -> Generator[Progress, None, list[str]]:
    found: list[str] = []
    with Library.open(folder, write=False) as library:
        while True:
            page = library.search(Query(text=query, limit=_AT_A_TIME, offset=len(found), order="date"))
            found += [hit.source_id for hit in page.hits]
            if not page.hits or len(found) >= page.total:
                return found
            yield Progress(len(found), page.total, "Searching")


def merge_pack(folder: Path | None, source: Path) -> Generator[Progress, None, MergeReport]:
    """The sources of a pack taken into a library. Raises LibraryBusy, StorageError and NewerVersion."""
    with Library.open(folder or own_library_dir(), write=True) as library:
        return (yield from library.merge_pack(source))
