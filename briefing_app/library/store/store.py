"""The library's database file: opening it safely, transactions, and numbered changes.

SQLite in WAL mode with full synchronisation is the truth of a library: what a transaction has committed survives
the process and the machine being killed at any instant. This module knows the file, not what the rows mean.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.store import drives, schema
from briefing_app.library.store.faults import told_plainly
from briefing_app.library.store.locks import WriterLock

FILE_NAME = "library.sqlite"
_PATIENCE = 10.0  # seconds to wait for another connection's short write
_JOURNAL_LIMIT = 64 << 20  # bytes to which the write-ahead log is cut back


class Store:
    """Connections to one library's database: one that writes, and one that reads for each thread.

    It may be used from several threads. Errors of the database and the drive come as StorageError.
    """

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.writable = write
        self._writing = threading.RLock()
        self._own = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._closed = False

    def open(self, *, create: bool) -> None:
        """Open the database, or make it where ``create`` and ``write`` allow.

        Raises StorageError where there is none, or it is damaged or not a library's, and NewerVersion.
        """
        with told_plainly(self.folder):
            if not self.path.is_file():
                if not (create and self.writable):
                    raise StorageError(
                        f"There is no source library in {self.folder}.",
                        "Import sources into it first, or give another folder.",
                    )
                self._refuse_foreign_folder()
            if self.writable:
                self._writer = self._open_writer()
            else:
                if drives.is_on_network(self.folder) and _has_shared_log(self.path):
                    self._as_writer_once("was last used on a drive of one machine, and has to be made ready for this")
                schema.check(self.reader(), self.path)
                if schema.is_older(self.reader()):
                    self._as_writer_once("is of an older version and has to be brought to this one")

    def _as_writer_once(self, why: str) -> None:
        """Open the library as its writer for a moment. Raises StorageError where that cannot be."""
        lock = WriterLock(self.folder)
        try:
            lock.acquire()
        except StorageError as error:
            raise StorageError(
                f"The library {self.folder} {why}, which cannot be done now: {error}",
                "Open it once where it may be written, and with this version only.",
            ) from error
        try:
            self._open_writer().close()
        finally:
            lock.release()

    def _refuse_foreign_folder(self) -> None:
        ours = {
            FILE_NAME,
            "library.lock",
            f"{FILE_NAME}-wal",
            f"{FILE_NAME}-shm",
            f"{FILE_NAME}-journal",
            "index",
            "originals",
            "reprints",
            "register",
        }
        strangers = sorted(entry.name for entry in self.folder.iterdir() if entry.name not in ours)
        if strangers:
            raise StorageError(
                f"The folder {self.folder} holds other files (such as “{strangers[0]}”) and no source library.",
                "Choose an empty or a new folder for the library.",
            )

    def _open_writer(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            if drives.is_on_network(self.folder):
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # until the journal is one without shared memory
            connection.execute("PRAGMA page_size = 8192")
            fresh = schema.is_empty(connection)
            if not fresh:
                schema.check(connection, self.path)
            self._choose_journal(connection)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_LIMIT}")
            connection.execute("PRAGMA cache_size = -32000")
            if fresh:
                schema.create(connection)
            elif schema.is_older(connection):
                schema.upgrade(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _choose_journal(self, connection: sqlite3.Connection) -> None:
        """The write-ahead log, whose readers share memory with its writer; on a network drive a journal without that.

        There readers and the writer wait for one another at each commit. Raises StorageError where neither works.
        """
        if not drives.is_on_network(self.folder):
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if mode == "wal":
                return
        mode = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()[0]
        if mode != "truncate":
            raise StorageError(
                f"The drive of the library {self.folder} does not allow a database to be written safely.",
                "Keep the library on a drive of this machine.",
            )
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the lock is given back at the next read

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it is kept when the block ends, none when it raises."""
        with self._writing, told_plainly(self.folder):
            if self._writer is None:
                raise StorageError(
                    f"The library {self.folder} is open for reading only.", "Open it for writing to change it."
                )
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection for reading; it sees what was committed before each statement."""
        with told_plainly(self.folder):
            yield self.reader()

    def reader(self) -> sqlite3.Connection:
        if self._closed:
            raise StorageError(f"The library {self.folder} was closed.", "Open it again.")
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._open_reader()
            self._own.connection = connection
            self._readers.append(connection)
        return connection

    @property
    def is_closed(self) -> bool:
        return self._closed

    def let_go(self) -> None:
        """Close this thread's connection for reading, as a thread does that ends before the library is closed."""
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is not None:
            self._own.connection = None
            with self._writing:
                if connection in self._readers:
                    self._readers.remove(connection)
                    connection.close()

    def _open_reader(self) -> sqlite3.Connection:
        address = self.path.absolute().as_uri()
        attempts = ["mode=rw", "mode=ro"]
        if not os.access(self.folder, os.W_OK) and not self.path.with_name(f"{FILE_NAME}-wal").exists():
            attempts = ["mode=ro&immutable=1"]  # nobody can be writing: no shared memory needed
        for attempt in attempts:
            try:
                connection = sqlite3.connect(
                    f"{address}?{attempt}",
                    uri=True,
                    timeout=_PATIENCE,
                    isolation_level=None,
                    check_same_thread=False,
                    cached_statements=256,
                )
                connection.execute("PRAGMA query_only = ON")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return connection
            except sqlite3.OperationalError:
                if attempt == attempts[-1]:
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Close every connection; committed work is already safe. May be called twice."""
        self._closed = True
        with self._writing:
            for connection in self._readers:
                connection.close()
            self._readers.clear()
            if self._writer is not None:
                self._writer.close()
                self._writer = None


def _has_shared_log(path: Path) -> bool:
    """True for a database whose journal is the write-ahead log, by the version in its header."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def next_change(connection: sqlite3.Connection) -> int:
    """The number of the change that this transaction makes next."""
    changed = connection.execute("UPDATE state SET value = value + 1 WHERE name = 'change' RETURNING value")
    return int(changed.fetchone()[0])


def get_number(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()[0])


def set_state(connection: sqlite3.Connection, name: str, value: object) -> None:
    connection.execute("UPDATE state SET value = ? WHERE name = ?", (str(value), name))
