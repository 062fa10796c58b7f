"""The source library as the window reaches it: asked and changed in threads, answered in the main thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from briefing_app.desktop.background import Done, Failed, Lane, Ticket, has_gone
from briefing_app.errors import BriefingError, LibraryBusy

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library


_LOOK_AROUND = 3_000  # milliseconds between two looks whether another process changed the library
_REST = 0.4  # seconds after a question or a key in which nothing is done in idle time


class LibraryService(QObject):
    """One library, shared by all windows. It holds no rows: panels ask for what they show.

    It opens itself at the first ``open``; until then, and where opening failed, what is asked waits or fails with
    the reason. Where another process writes to the library it is open for reading, and ``busy`` says who that is.
    """

    opened = Signal()
    failed = Signal(object)
    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.busy: LibraryBusy | None = None
        self.is_open = False
        self.failure: BriefingError | None = None  # why it could not be opened
        self._library: Library | None = None
        self._reading = Lane("library-reading", self)
        self._counting = Lane("library-counting", self)
        self._writing = Lane("library-writing", self)
        self._importing = Lane("library-importing", self)
        self._idle = Lane("library-idle", self)
        self._last_used = 0.0
        self._known_change = 0
        self._watch = QTimer(self, interval=_LOOK_AROUND)
        self._watch.timeout.connect(lambda: self.count(lambda library: library.change_number(), self._changed_to))

    @property
    def can_write(self) -> bool:
        return self.is_open and self.busy is None

    def open(self) -> None:
        """Open the library in its thread; ``opened`` or ``failed`` follows."""
        self._reading.run(self._open, self._was_opened, self._was_not_opened)

    def _open(self) -> LibraryBusy | None:
        from briefing_app.app.library_access import open_library

        try:
            self._library = open_library(self.folder, write=True)
        except LibraryBusy as busy:
            self._library = open_library(self.folder, write=False)
            return busy
        return None

    def _was_not_opened(self, error: Exception) -> None:
        self.failure = error if isinstance(error, BriefingError) else None
        self.failed.emit(error)

    def _was_opened(self, busy: LibraryBusy | None) -> None:
        self.busy = busy
        self.is_open = True
        self.ask(lambda library: library.change_number(), self._remember_change)
        self.opened.emit()
        self._watch.start()

    def _remember_change(self, number: int) -> None:
        self._known_change = number

    def _changed_to(self, number: int) -> None:
        if number != self._known_change:
            self._known_change = number
            self.changed.emit()

    def ask(self, question: Callable[[Library], Any], done: Done | None = None, failed: Failed | None = None) -> Ticket:
        """Read from the library; questions are answered in order."""
        self.rest()
        return self._reading.run(lambda: question(self._ready()), done, failed)

    def count(
        self, question: Callable[[Library], Any], done: Done | None = None, failed: Failed | None = None
    ) -> Ticket:
        """Read what may take longer, such as counts of answers, beside the questions of ``ask``."""
        return self._counting.run(lambda: question(self._ready()), done, failed)

    def change(
        self, change: Callable[[Library], Any], done: Done | None = None, failed: Failed | None = None
    ) -> Ticket:
        """Write to the library; ``changed`` is emitted after ``done``."""

        def work() -> tuple[object, int]:
            library = self._ready()
            return change(library), library.change_number()

        def after(answer: tuple[object, int]) -> None:
            result, self._known_change = answer
            if done is not None and not has_gone(done):
                done(result)
            self.changed.emit()

        return self._writing.run(work, after, failed)

    def bring_in(
        self, start: Callable[[Library], Generator[Any, None, Any]], progress: Done, done: Done, failed: Failed
    ) -> Ticket:
        """Follow an import, or another job by which sources come in; one after the other, beside everything else.

        ``done`` gets the report. What was imported before a cancel is kept.
        """
        return self._importing.follow(lambda: start(self._ready()), progress, done, failed)

    def in_idle_time(self, start: Callable[[Library], Generator[Any, None, Any]], done: Done, failed: Failed) -> Ticket:
        """Follow a job of small steps that stands back while somebody searches or writes."""
        return self._idle.follow(lambda: self._gently(start(self._ready())), lambda _: None, done, failed)

    def rest(self) -> None:
        """Somebody is at work: what runs in idle time waits a moment."""
        self._last_used = time.monotonic()

    def _gently(self, job: Generator[Any, None, Any]) -> Generator[Any, None, Any]:
        while True:
            began = time.monotonic()
            try:
                step = next(job)
            except StopIteration as stop:
                return stop.value
            try:
                yield step
                time.sleep(min(0.2, time.monotonic() - began))
                while self.is_open and time.monotonic() - self._last_used < _REST:
                    time.sleep(0.05)
            except GeneratorExit:
                job.close()
                raise

    def tell_changed(self) -> None:
        """Let the panels look again, as after an import."""
        self.ask(lambda library: library.change_number(), self._remember_change)
        self.changed.emit()

    def close(self) -> None:
        """Close the library after what is being read; imports and jobs in idle time must be cancelled first."""
        self._watch.stop()
        self.is_open = False
        for lane in (self._importing, self._idle, self._writing, self._counting):
            lane.close(wait=5.0)
        self._reading.run(self._close)
        self._reading.close(wait=5.0)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None

    def _ready(self) -> Library:
        if self._library is None:
            raise BriefingError(f"The source library in {self.folder} is not open.", "Choose another in Preferences.")
        return self._library
