"""The source library as the window reaches it: asked and changed in threads, answered in the main thread."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from briefing_app.desktop.background import Done, Failed, Lane, Ticket
from briefing_app.errors import BriefingError, LibraryBusy

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library


_LOOK_AROUND = 3_000  # milliseconds between two looks whether another process changed the library


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
        self._writing = Lane("library-writing", self)
        self._known_change = 0
        self._watch = QTimer(self, interval=_LOOK_AROUND)
        self._watch.timeout.connect(lambda: self.ask(lambda library: library.change_number(), self._changed_to))

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
        if busy is None:
            self._writing.follow(lambda: self._ready().catch_up(), lambda _: None, self._caught_up, self.failed.emit)

    def _caught_up(self, count: int) -> None:
        if count:
            self.changed.emit()

    def _remember_change(self, number: int) -> None:
        self._known_change = number

    def _changed_to(self, number: int) -> None:
        if number != self._known_change:
            self._known_change = number
            self.changed.emit()

    def ask(self, question: Callable[[Library], Any], done: Done | None = None, failed: Failed | None = None) -> Ticket:
        """Read from the library; questions are answered in order."""
        return self._reading.run(lambda: question(self._ready()), done, failed)

    def change(
        self, change: Callable[[Library], Any], done: Done | None = None, failed: Failed | None = None
    ) -> Ticket:
        """Write to the library; ``changed`` is emitted after ``done``."""

        def work() -> tuple[object, int]:
            library = self._ready()
            return change(library), library.change_number()

        def after(answer: tuple[object, int]) -> None:
            result, self._known_change = answer
            if done is not None:
                done(result)
            self.changed.emit()

        return self._writing.run(work, after, failed)

    def import_paths(self, paths: Sequence[Path], progress: Done, done: Done, failed: Failed) -> Ticket:
        """Import files and folders; ``done`` gets the report. What was imported before a cancel is kept."""

        def start() -> Generator[Any, None, Any]:
            return self._ready().import_paths(list(paths))

        return self._writing.follow(start, progress, done, failed)

    def tell_changed(self) -> None:
        """Let the panels look again, as after an import."""
        self.ask(lambda library: library.change_number(), self._remember_change)
        self.changed.emit()

    def close(self) -> None:
        """Close the library after what is being read; an import must be cancelled first."""
        self._watch.stop()
        self._writing.close(wait=5.0)
        self._reading.run(self._close)
        self._reading.close(wait=5.0)
        self.is_open = False

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None

    def _ready(self) -> Library:
        if self._library is None:
            raise BriefingError(f"The source library in {self.folder} is not open.", "Choose another in Preferences.")
        return self._library
