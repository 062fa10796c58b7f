"""A copy of a library's database as it was at one moment, while others read and write it."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Generator
from pathlib import Path

from briefing_app.errors import Cancelled
from briefing_app.library.store.store import Store
from briefing_app.work.progress import Progress

_PAGES = 4096  # pages copied between two steps of progress


def snapshot(store: Store, copy: Path) -> Generator[Progress, None, None]:
    """Copy the database to the new file ``copy``. Raises the database's errors; closing the generator ends it.

    One reading transaction is held from beginning to end, so that writers neither wait nor make it start again.
    """
    steps: queue.SimpleQueue[tuple[int, int] | BaseException | None] = queue.SimpleQueue()
    stopped = threading.Event()

    def told(status: int, left: int, total: int) -> None:
        if stopped.is_set():
            raise Cancelled
        steps.put((total - left, total))

    def work() -> None:
        try:
            _copy(store, copy, told)
            steps.put(None)
        except BaseException as error:  # handed to the thread that waits
            steps.put(error)

    worker = threading.Thread(target=work, name="snapshot", daemon=True)
    worker.start()
    try:
        while (step := steps.get()) is not None:
            if isinstance(step, BaseException):
                raise step
            yield Progress(step[0], step[1], "Copying the database")
    finally:
        stopped.set()
        worker.join()


def _copy(store: Store, copy: Path, told: Callable[[int, int, int], None]) -> None:
    source = store.reader()  # this thread's own
    target = sqlite3.connect(copy, isolation_level=None)
    try:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM state").fetchone()
        try:
            source.backup(target, pages=_PAGES, progress=told)
        finally:
            source.execute("ROLLBACK")
    finally:
        target.close()
