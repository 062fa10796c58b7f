"""Keeping the index true to the database: catching up by change numbers, and making it again.

The database names the generation of the index that is in use and the last change that this index has. Both are
written after the index has committed, so that a process killed in between only does a little work twice.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Mapping
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.search.entries import changes_after
from briefing_app.library.search.index import Index, IndexDamaged, new_generation, remove_others
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.locks import WriterLock
from briefing_app.library.store.store import Store, get_number, set_state
from briefing_app.library.words.lexicon import Forms
from briefing_app.work.progress import Progress

BATCH = 250  # sources in one commit of the index: what waits is found a batch at a time, well within a second
IMPORTED_BATCH = 2000  # the same of sources whose words are made already, and of an index that is made anew
_MOST_OFFERED = 4000  # sources whose words are kept until they are put in; the words of others are made again
# What a drive says that is full or may not be written; the index is then as good as it was when it was committed last.
_REFUSALS = ("no space left", "not enough space", "quota exceeded", "read-only file system", "os error 112")
AT_ONCE = 400  # sources that are caught up on while a library is opened; more is a job of its own


class Indexer:
    """The index of one open library. ``index`` is the generation in use, or None where there is none to read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._root = store.folder / "index"
        self._writing = threading.RLock()  # held while a batch is written; taken before the other one
        self._lock = threading.RLock()  # held for moments, while the index in use is looked at or changed
        self._seen = -1
        self._offered: dict[int, Forms] = {}
        self.index: Index | None = None

    def open(self) -> None:
        """Open the generation in use, and catch up on a few changes where that may be written."""
        with contextlib.suppress(IndexDamaged):
            self._open_generation()
        if self._store.writable:
            with told_plainly(self._store.folder):
                remove_others(self._root, self._generation())
        if 0 < self.behind() <= AT_ONCE:
            self._catch_up_now()

    def _generation(self) -> str:
        with self._store.reading() as connection:
            row = connection.execute("SELECT value FROM state WHERE name = 'index_generation'").fetchone()
        return str(row[0])

    def _open_generation(self) -> None:
        generation = self._generation()
        if self.index is not None and self.index.generation == generation:
            return
        opened = Index(self._root, generation)
        if self.index is not None:
            self.index.close()
        self.index = opened

    def behind(self) -> int:
        """How many sources wait to be put into the index (or taken out of it)."""
        with self._store.reading() as connection:
            after = 0 if self.index is None else get_number(connection, "indexed")
            if after >= get_number(connection, "change"):
                return 0
            waiting = "SELECT (SELECT count(*) FROM source WHERE change > ?)"
            waiting += " + (SELECT count(*) FROM removed WHERE change > ?)"
            return int(connection.execute(waiting, (after, after)).fetchone()[0])

    def current(self) -> Index | None:
        """The index as it was committed last, by this process or another."""
        with self._lock:
            with self._store.reading() as connection:
                indexed = get_number(connection, "indexed")
            try:
                if self.index is None or self._generation() != self.index.generation:
                    self._open_generation()
                elif indexed != self._seen:
                    self.index.refresh()
            except IndexDamaged:
                self._let_go()
            self._seen = indexed
            return self.index

    def lost(self) -> None:
        """The index turned out to be damaged: forget it, and make it again at once where that is quick."""
        if self._store.writable:
            with self._writing:
                self._forget()
            if self.behind() <= AT_ONCE:
                self._catch_up_now()
        else:
            with self._lock:
                self._let_go()
            self._as_writer(Indexer.lost)

    def _forget(self) -> None:
        with self._lock:
            self._let_go()
            with self._store.transaction() as connection:
                set_state(connection, "index_generation", "")
                set_state(connection, "indexed", 0)

    def _catch_up_now(self) -> None:
        if self._store.writable:
            for _ in self.catch_up():
                pass
        else:
            self._as_writer(Indexer.open)

    def _as_writer(self, work: Callable[[Indexer], None]) -> None:
        """Let a reader borrow the right to write, where nobody has it and the drive allows it."""
        lock = WriterLock(self._store.folder)
        try:
            lock.acquire()
        except StorageError:
            return  # the writer does it itself; on a read-only drive what was indexed has to do
        helper = Store(self._store.folder, write=True)
        try:
            helper.open(create=False)
            indexer = Indexer(helper)
            work(indexer)
            indexer.close()
        except StorageError:
            return
        finally:
            helper.close()
            lock.release()
        with contextlib.suppress(IndexDamaged):
            self._open_generation()

    def offer(self, made: Mapping[int, Forms]) -> None:
        """Words of new sources by number, made by whoever has read them; the next ``catch_up`` saves that work."""
        if len(self._offered) + len(made) > _MOST_OFFERED:
            self._offered = {}
        self._offered.update(made)  # without the lock, which a batch that is being written holds

    def catch_up(self) -> Generator[Progress, None, int]:
        """Bring the index up to the last change, making it anew where it is missing. Gives how many it took."""
        taken = 0
        total = self.behind()
        while True:
            done = self._step()
            if done == 0:
                return taken
            taken += done
            yield Progress(min(taken, total), total, "Updating the search index")

    def _step(self) -> int:
        """Put one batch of changes into the index; gives how many, 0 when there are none left."""
        with self._writing:
            for attempt in (1, 2):
                try:
                    return self._apply_batch(self._ready())
                except IndexDamaged as damage:
                    refused = any(sign in str(damage).lower() for sign in _REFUSALS)
                    if not refused:
                        self._forget()
                    with self._lock:
                        self._let_go()
                    if refused or attempt == 2:
                        raise StorageError(
                            f"The search index of the library {self._store.folder} cannot be written ({damage}).",
                            "The sources are safe. Check that the drive has space, then open the library again.",
                        ) from damage
            raise AssertionError("unreachable")

    def _ready(self) -> Index:
        """The index to write to; where there is none it is made, while searches wait for a moment."""
        with self._lock:
            if self.index is None:
                with contextlib.suppress(IndexDamaged):
                    self._open_generation()
            if self.index is None:
                generation = new_generation()
                self.index = Index(self._root, generation, create=True)
                with self._store.transaction() as connection:
                    set_state(connection, "index_generation", generation)
                    set_state(connection, "indexed", 0)
                remove_others(self._root, generation)
            return self.index

    def _apply_batch(self, index: Index) -> int:
        with self._store.reading() as connection:
            after = get_number(connection, "indexed")
            made = dict(self._offered)
            most = IMPORTED_BATCH if len(made) > BATCH else BATCH
            entries, removed, last = changes_after(connection, after, most, made)
        if last <= after:
            return 0
        index.write(entries, removed)
        with self._store.transaction() as connection:
            set_state(connection, "indexed", last)
        for entry in entries:
            self._offered.pop(entry.num, None)
        return len(entries) + len(removed)

    def rebuild(self) -> Generator[Progress, None, int]:
        """Make the index again from the sources, beside the one in use, and then put it in its place."""
        fresh = Index(self._root, new_generation(), create=True)
        taken, after = 0, 0
        with self._store.reading() as connection:
            total = int(connection.execute("SELECT count(*) FROM source").fetchone()[0])
        try:
            while True:
                with self._store.reading() as connection:
                    entries, removed, last = changes_after(connection, after, IMPORTED_BATCH, {})
                if last <= after:
                    break
                fresh.write(entries, removed)
                after = last
                taken += len(entries)
                yield Progress(min(taken, total), total, "Making the search index again")
        except BaseException:
            fresh.close()
            raise
        with self._writing, self._lock:
            with self._store.transaction() as connection:
                set_state(connection, "index_generation", fresh.generation)
                set_state(connection, "indexed", after)
            if self.index is not None:
                self.index.close()
            self.index = fresh
            remove_others(self._root, fresh.generation)
        return taken

    def _let_go(self) -> None:
        if self.index is not None:
            self.index.close()
            self.index = None

    def close(self) -> None:
        with self._writing, self._lock:
            self._let_go()


def indexed_folder(folder: Path) -> Generator[Progress, None, None]:
    """Bring the index of the library in ``folder``, which nobody has open, up to its last change.

    Raises LibraryBusy, StorageError and NewerVersion.
    """
    lock = WriterLock(folder)
    lock.acquire()
    store = Store(folder, write=True)
    try:
        store.open(create=False)
        indexer = Indexer(store)
        indexer.open()
        yield from indexer.catch_up()
        indexer.close()
    finally:
        store.close()
        lock.release()
