"""Watched folders: looked at now and then, for files that are new or changed and no longer being written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing_app.errors import BriefingError
from briefing_app.library.importing.walking import Met, walk
from briefing_app.library.store.store import Store

_AT_REST = 3.0  # seconds since its last change after which a file is taken at the first look
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp", ".temp", ".filepart", ".!ut")

_Sign = tuple[int, int]  # size and time of change, by which a file is known to be the same


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched folder; ``is_there`` is false while it cannot be reached, as when its drive is away."""

    path: Path
    is_there: bool


class Watcher:
    """Knows which files of the watched folders were taken, and which of the others are ready to be. It reads none."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, _Sign] = {}  # at the last look, not ready yet

    def folders(self) -> tuple[Watched, ...]:
        with self._store.reading() as connection:
            rows = connection.execute("SELECT path FROM watched ORDER BY path").fetchall()
        return tuple(Watched(path, path.is_dir()) for path in (Path(os.fsdecode(row[0])) for row in rows))

    def add(self, path: Path) -> Watched:
        """Watch a folder. Raises BriefingError where it is none, or the library is in it or around it."""
        path = path.absolute()
        if not path.is_dir():
            raise BriefingError(f"{path} is no folder that can be reached.", "Choose a folder that is there.")
        library, inside = self._store.folder.resolve(), path.resolve()
        if inside == library or library in inside.parents:
            raise BriefingError(f"{path} is a part of the library itself.", "Choose another folder to watch.")
        with self._store.transaction() as connection:
            connection.execute("INSERT INTO watched VALUES (?) ON CONFLICT DO NOTHING", (os.fsencode(path),))
        return Watched(path, True)

    def remove(self, path: Path) -> None:
        """Watch it no longer. Raises BriefingError where it is not watched."""
        path = path.absolute()
        beginning = os.fsencode(path)
        with self._store.transaction() as connection:
            gone = connection.execute("DELETE FROM watched WHERE path = ?", (beginning,)).rowcount
            below = os.fsencode(path / "x")[:-1]
            connection.execute("DELETE FROM looked_at WHERE substr(path, 1, ?) = ?", (len(below), below))
        if not gone:
            raise BriefingError(f"The folder {path} is not watched.", "List the watched folders.")

    def ready(self) -> list[Met]:
        """Files that were not taken as they are now, and have rested since the last look or for some seconds."""
        folders = [folder.path for folder in self.folders() if folder.is_there]
        if not folders:
            return []
        taken = self._taken()
        now = time.time_ns()
        ready: list[Met] = []
        waiting: dict[str, _Sign] = {}
        for met in walk(folders, leave_out=self._store.folder):
            if met.problem or not met.size or met.path.name.lower().endswith(_UNFINISHED):
                continue
            key, sign = os.fspath(met.path), (met.size, met.modified)
            if taken.get(os.fsencode(key)) == sign:
                continue
            if self._seen.get(key) == sign or now - met.modified > _AT_REST * 1e9:
                ready.append(met)
            else:
                waiting[key] = sign
        self._seen = waiting
        return ready

    def _taken(self) -> dict[bytes, _Sign]:
        with self._store.reading() as connection:
            rows = connection.execute("SELECT path, size, modified FROM looked_at").fetchall()
        return {path: (size, modified) for path, size, modified in rows}

    def taken(self, files: Iterable[Met]) -> None:
        """These were imported, or found unreadable; they are looked at again when they have changed."""
        rows = [(os.fsencode(met.path), met.size, met.modified) for met in files]
        with self._store.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO looked_at VALUES (?, ?, ?)", rows)
