"""Keeping what was read: in batches, each one transaction, reported once it is on the drive.

A killed import therefore has whole sources only, and everything that it told of.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

from briefing_app.library.importing import unread
from briefing_app.library.importing.following import IndexFollower
from briefing_app.library.importing.report import Duplicate, Failed, Imported, ImportReport, PassedOver
from briefing_app.library.importing.unread import Unreadable
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.store import catalogue
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.records import NewSource
from briefing_app.library.store.store import Store
from briefing_app.library.words.lexicon import Forms

_BATCH_SOURCES, _BATCH_BYTES = 500, 32 << 20
_FIRST_SECONDS, _BATCH_SECONDS = 0.1, 0.4  # that what was read waits at most for its transaction
_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook")

_Step = NewSource | Unreadable | tuple[str, str | None]  # the last: hash and member of what was read at last


class _Done:
    """What one transaction does, told only once it has committed."""

    def __init__(self) -> None:
        self.made: dict[int, Forms] = {}
        self.imported: list[Imported] = []
        self.duplicates: list[Duplicate] = []
        self.failed: list[Failed] = []
        self.no_text: list[str] = []
        self.leftovers: list[Path | None] = []


class Intake:
    """Takes in what an import has read, and tells what became of it. The index follows in a thread of its own."""

    def __init__(self, store: Store, originals: Originals, indexer: Indexer) -> None:
        self._store = store
        self._originals = originals
        self._indexer = indexer
        self._follower = IndexFollower(store, indexer)
        self._batch: list[_Step] = []
        self._batch_bytes = 0
        self._batch_since = 0.0
        self._commits = 0
        self._imported: list[Imported] = []
        self._duplicates: list[Duplicate] = []
        self._failed: list[Failed] = []
        self._no_text: list[str] = []
        self._passed_over: list[PassedOver] = []
        self._messages: tuple[str, dict[str, int]] = ("", {})  # of the file at hand, the messages' numbers by name
        with store.reading() as connection:
            self._some_unread = unread.count(connection) > 0

    # --- what came --------------------------------------------------------------------------------------------

    def add(self, new: NewSource) -> None:
        self._put(new, len(new.data))

    def fail(self, failed: Unreadable) -> None:
        """It could not be read; its bytes are kept."""
        self._put(failed, len(failed.data))

    def refuse(self, path: str, member: str | None, reason: str, *, kept: bool = False) -> None:
        """It was not even tried."""
        self._failed.append(Failed(path, member, reason, kept))

    def repeat(self, id: str, path: str, member: str | None) -> None:
        """It is in the library already."""
        self._duplicates.append(Duplicate(id, path, member))

    def pass_over(self, path: str, by: str) -> None:
        self._passed_over.append(PassedOver(path, by))

    def was_read(self, sha256: str, member: str | None) -> None:
        """It came to its end without a fault: it is no longer unread, if it was."""
        if self._some_unread:
            self._put((sha256, member), 0)

    def _put(self, step: _Step, size: int) -> None:
        if not self._batch:
            self._batch_since = time.monotonic()
        self._batch.append(step)
        self._batch_bytes += size

    # --- keeping ----------------------------------------------------------------------------------------------

    def commit_if_due(self) -> bool:
        """Keep what has gathered, where it is enough or has waited long enough."""
        if not self._batch:
            return False
        seconds = _BATCH_SECONDS if self._commits else _FIRST_SECONDS
        waited = time.monotonic() - self._batch_since
        if len(self._batch) < _BATCH_SOURCES and self._batch_bytes < _BATCH_BYTES and waited < seconds:
            return False
        self.commit()
        return True

    def commit(self) -> None:
        """Keep what has gathered, in one transaction; only then is it reported, and found soon after."""
        batch, self._batch, self._batch_bytes = self._batch, [], 0
        if not batch:
            return
        self._commits += 1
        done = _Done()
        with self._store.transaction() as connection:
            for step in batch:
                if isinstance(step, Unreadable):
                    unread.keep(connection, self._originals, step)
                    done.failed.append(Failed(step.path, step.member, step.reason, kept=True))
                elif isinstance(step, tuple):
                    done.leftovers.append(unread.let_go(connection, self._originals, *step))
                else:
                    self._keep(connection, self._attached(step), done)
        for left in filter(None, done.leftovers):
            with contextlib.suppress(OSError):
                left.unlink()
        self._some_unread = self._some_unread or bool(done.failed)
        self._imported += done.imported
        self._duplicates += done.duplicates
        self._failed += done.failed
        self._no_text += done.no_text
        self._indexer.offer(done.made)
        self._follower.tell()

    def _keep(self, connection: sqlite3.Connection, new: NewSource, done: _Done) -> None:
        """Put one source in, unless it is there."""
        same = catalogue.find_same(connection, new)
        if same is not None:
            done.duplicates.append(Duplicate(same, new.path, new.member))
            if new.reading.media_type in _MESSAGES:
                self._remember_message(new, catalogue.number(connection, same))
            return
        num, id = catalogue.insert_row(connection, self._originals, new)
        self._remember_message(new, num)
        if new.prepared is not None and new.prepared.forms is not None:
            done.made[num] = new.prepared.forms
        done.imported.append(Imported(id, new.fields().title or new.file_name, new.path, new.member))
        if new.reading.no_text or not new.has_text:
            done.no_text.append(id)

    def _attached(self, new: NewSource) -> NewSource:
        """The source with the message that it is attached to, where it is a part of one."""
        path, messages = self._messages
        if not messages or new.path != path or new.member is None:
            return new
        names = new.member.split("/")
        for length in range(len(names) - 1, -1, -1):
            num = messages.get("/".join(names[:length]))
            if num is not None:
                return replace(new, parent=num)
        return new

    def _remember_message(self, new: NewSource, num: int) -> None:
        if new.reading.media_type in _MESSAGES:
            if self._messages[0] != new.path or new.member is None:
                self._messages = (new.path, {})
            self._messages[1][new.member or ""] = num

    # --- the end ----------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Keep the rest and let the index rest; ``catch_up`` of the indexer does what is left for it."""
        try:
            if not self._store.is_closed:
                self.commit()
        finally:
            self._follower.stop()

    @property
    def taken(self) -> int:
        """How many sources were kept or were there already."""
        return len(self._imported) + len(self._duplicates)

    def report(self, *, files: int = 0, left: int = 0, stopped: bool = False) -> ImportReport:
        return ImportReport(
            imported=tuple(self._imported),
            duplicates=tuple(self._duplicates),
            failed=tuple(self._failed),
            no_text=tuple(self._no_text),
            passed_over=tuple(self._passed_over),
            files=files,
            left=left,
            stopped=stopped,
        )
