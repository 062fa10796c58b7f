"""The index follows an import: a thread puts into it what was committed, while the import reads on."""

from __future__ import annotations

import threading
import time

from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store.store import Store

_PAUSE = 0.5  # seconds between two updates of the index, so that what is new is found within a second


class IndexFollower:
    """Brings the index up to date soon after ``tell``. ``stop`` ends it; what is left then is the caller's to do.

    What goes wrong is raised by the next ``tell`` or by ``stop``.
    """

    def __init__(self, store: Store, indexer: Indexer) -> None:
        self._store = store
        self._indexer = indexer
        self._wanted = threading.Event()
        self._stopped = threading.Event()
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None

    def tell(self) -> None:
        """Something was committed."""
        self._raise()
        if self._thread is None:
            self._thread = threading.Thread(target=self._follow, name="index", daemon=True)
            self._thread.start()
        self._wanted.set()

    def stop(self) -> None:
        """End after the batch that is being written."""
        self._stopped.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._raise()

    def _raise(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _follow(self) -> None:
        try:
            while self._wanted.wait() and not self._stopped.is_set():
                self._wanted.clear()
                began = time.monotonic()
                for _ in self._indexer.catch_up():
                    if self._stopped.is_set():
                        return
                self._stopped.wait(max(0.0, _PAUSE - (time.monotonic() - began)))
        except Exception as error:  # handed to the importing thread whole
            self._error = error
        finally:
            self._store.let_go()
