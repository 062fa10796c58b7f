"""Reading sources again from their kept bytes: in workers, as an import reads them, and kept in short transactions.

The text that a source had stays beside the new one; a source that cannot be read again stays as it was.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing_app.errors import StorageError
from briefing_app.library.importing.control import Control
from briefing_app.library.importing.files import Item
from briefing_app.library.importing.importer import READING_LIMITS
from briefing_app.library.importing.pieces import Piece, pieces_of
from briefing_app.library.importing.reading_ahead import Found, ReadingAhead
from briefing_app.library.store import readings
from briefing_app.library.store.originals import Originals
from briefing_app.library.store.store import Store
from briefing_app.library.versions.finding_again import NOT_FOUND, is_under_reference, own_piece, read_own
from briefing_app.library.versions.reread import NotRead, ReadAgainReport, Reread
from briefing_app.readers.versions import family_of
from briefing_app.work.progress import Progress

_BATCH, _BATCH_SECONDS = 50, 0.4  # readings in one transaction, and how long one waits for it
_LOOK = 0.25  # seconds between two looks whether a paused job may go on
_LABEL = "Reading again"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A source to be read again, as it was when the job began."""

    num: int
    id: str
    title: str
    reader: str
    sha256: str
    file_name: str
    member: str | None
    path: str
    language: str
    media_type: str
    no_text: bool


@dataclass(slots=True)
class Ledger:
    """What became of each source, and what waits to be kept."""

    read: list[Reread] = field(default_factory=list)
    failed: list[NotRead] = field(default_factory=list)
    waiting: list[tuple[Chosen, Piece]] = field(default_factory=list)
    since: float = 0.0

    def fail(self, one: Chosen, reason: str) -> None:
        self.failed.append(NotRead(one.id, one.title, reason))

    @property
    def done(self) -> int:
        return len(self.read) + len(self.failed) + len(self.waiting)


class Rereader:
    """One run over chosen sources. It is used once. The index is the caller's to bring up to date."""

    def __init__(self, store: Store, originals: Originals, control: Control) -> None:
        self._store = store
        self._originals = originals
        self._control = control
        self._ledger = Ledger()

    def run(self, chosen: Sequence[Chosen], *, workers: bool) -> Generator[Progress, None, ReadAgainReport]:
        """Read them and keep what differs; what was read is kept however this ends."""
        pieces: list[Piece] = []
        total, label = len(chosen), _LABEL
        yield Progress(0, total, label)
        try:
            with contextlib.ExitStack() as stack:
                items = self._items(chosen)
                found: Iterator[Found | None]
                if workers:
                    found = stack.enter_context(ReadingAhead(read_own, READING_LIMITS)).results(items)
                else:
                    found = self._read_here(items)
                for one in found:
                    if one is not None and one[1] is not None:
                        pieces.append(one[1])
                    elif one is not None:
                        source = chosen[one[0].number]
                        self.put(source, own_piece(pieces, source.member))
                        pieces, label = [], source.title
                    yield from self.step(total, label)
                    if self._control.is_stopped:
                        break
        finally:
            self.keep()
        yield Progress(self._ledger.done, total, _LABEL)
        return self.report(total)

    def _items(self, chosen: Iterable[Chosen]) -> Iterator[Item]:
        for number, one in enumerate(chosen):
            if family_of(one.reader) == "pasted":
                self.fail(one, "It was pasted in: there is no file to read again.")
                continue
            data = self.original(one)
            if data is not None:
                yield Item(number, Path(one.path or one.file_name), one.member, one.file_name, data)

    @staticmethod
    def _read_here(items: Iterable[Item]) -> Iterator[Found | None]:
        for item in items:
            for piece in pieces_of(read_own, item.data, item.file_name):
                yield item, piece
            yield item, None

    # --- shared with text recognition ---------------------------------------------------------------------------

    def original(self, one: Chosen) -> bytes | None:
        """A source's bytes; None where they are not sound, which is reported."""
        try:
            with self._store.reading() as connection:
                return self._originals.get(connection, one.sha256)
        except StorageError as error:
            if self._store.is_closed:
                raise
            self._ledger.fail(one, str(error))
            return None

    def put(self, one: Chosen, piece: Piece | None) -> None:
        """Take a reading, or none that is the source."""
        if piece is None or piece.reading is None or piece.prepared is None:
            self._ledger.fail(one, NOT_FOUND if piece is None else piece.problem)
            return
        if not self._ledger.waiting:
            self._ledger.since = time.monotonic()
        self._ledger.waiting.append((one, piece))

    def fail(self, one: Chosen, reason: str) -> None:
        self._ledger.fail(one, reason)

    @property
    def is_stopped(self) -> bool:
        return self._control.is_stopped

    def step(self, total: int, label: str) -> Generator[Progress, None, None]:
        """Keep what is due, tell how far it is, and wait while the job is paused."""
        ledger = self._ledger
        if ledger.waiting and (len(ledger.waiting) >= _BATCH or time.monotonic() - ledger.since > _BATCH_SECONDS):
            self.keep()
        yield Progress(ledger.done, total, label)
        if self._control.is_paused:
            self.keep()
        while self._control.is_paused:
            yield Progress(ledger.done, total, label, paused=True)
            self._control.wait(_LOOK)

    def keep(self) -> None:
        """Keep what waits, in one transaction; only then is it reported."""
        waiting, self._ledger.waiting = self._ledger.waiting, []
        if not waiting or self._store.is_closed:
            return
        read: list[Reread] = []
        failed: list[tuple[Chosen, str]] = []
        with self._store.transaction() as connection:
            for one, piece in waiting:
                row = connection.execute("SELECT id FROM source WHERE num = ?", (one.num,)).fetchone()
                assert piece.reading is not None
                assert piece.prepared is not None
                if row is None:
                    failed.append((one, "It was removed from the library meanwhile."))
                    continue
                own = family_of(piece.reading.reader) == family_of(one.reader)
                replaces = own and not is_under_reference(one.reader, one.member, one.file_name, one.path)
                try:
                    done = readings.take_over(
                        connection, one.num, piece.reading, piece.prepared, replaces_fields=replaces
                    )
                except readings.TextLost:
                    failed.append((one, f"No text was found in it this time; the one that {one.reader} read stays."))
                    continue
                read.append(
                    Reread(one.id, one.title, one.reader, piece.reading.reader, done.version, done.text, done.fields)
                )
        self._ledger.read += read
        for one, reason in failed:
            self._ledger.fail(one, reason)

    def report(self, total: int) -> ReadAgainReport:
        ledger = self._ledger
        return ReadAgainReport(
            tuple(ledger.read), tuple(ledger.failed), max(0, total - ledger.done), self._control.is_stopped
        )
