"""What all windows share: library, look, preferences, threads; opening and closing windows; faults of the program."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from briefing_app.app.preferences import (
    Preferences,
    load_preferences,
    save_preferences,
    with_recent,
    without_recent,
)
from briefing_app.app.session import Session
from briefing_app.desktop.background import Lane
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.housekeeping import Housekeeping
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.shell import Shell
from briefing_app.desktop.theme import Theme
from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.exporting import ExportOrder
    from briefing_app.app.previewing import Preview
    from briefing_app.app.source_pages import SourcePages
    from briefing_app.app.workshop import Workshop


class Desk(QObject):
    """One running application. Windows come and go; this stays until the last one is closed."""

    recent_changed = Signal()
    finished = Signal()  # the last window was closed
    _fault = Signal(object)

    def __init__(self, app: QApplication, library: Path, make_window: Callable[[Desk], Shell]) -> None:
        super().__init__(app)
        self.app = app
        self.preferences: Preferences = load_preferences()
        self.theme = Theme(app, self.preferences.theme)
        self.icons = Icons(self.theme.colours)
        self.theme.changed.connect(self.icons.recolour)
        self.library = LibraryService(library, self)
        self.housekeeping = Housekeeping(self.library)
        self.files = Lane("files", self)
        self.exports = Lane("exports", self)
        self.windows: list[Shell] = []
        self._make_window = make_window
        self._workshop: Workshop | None = None
        self._workshop_lock = threading.Lock()
        self._in_fault = False
        self._fault.connect(self._tell_fault, Qt.ConnectionType.QueuedConnection)

    # --- windows

    def open_window(self, session: Session | None = None) -> Shell:
        """A new window, with a briefing or without."""
        window = self._make_window(self)
        self.windows.append(window)
        window.closed.connect(lambda: self._forget(window))
        if self.windows[:-1]:
            window.move(self.windows[-2].pos().x() + 32, self.windows[-2].pos().y() + 32)
        window.show()
        if session is not None:
            window.take(session)
        return window

    def window_for(self, path: Path) -> Shell | None:
        """The window in which this file is open already."""
        wanted = path.absolute()
        for window in self.windows:
            session = window.session
            if session is not None and session.path is not None and session.path.absolute() == wanted:
                return window
        return None

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files, each in a window: the first in one that has no briefing."""
        for path in paths:
            free = next((window for window in self.windows if window.is_free), None)
            (free or self.open_window()).open_path(path)

    def quit(self) -> None:
        """Close every window, asking for unsaved work; the first cancel ends it."""
        if self.windows:
            self.windows[-1].close_then(self.quit)

    def _forget(self, window: Shell) -> None:
        if window in self.windows:
            self.windows.remove(window)
        if not self.windows:
            self.finished.emit()

    def close(self) -> None:
        """End threads and worker processes and close the library."""
        self.housekeeping.close()
        self.library.close()
        with self._workshop_lock:
            if self._workshop is not None:
                self._workshop.close()
                self._workshop = None
        for lane in (self.files, self.exports):
            lane.close(wait=10.0)

    # --- preferences

    def prefer(self, **changes: Any) -> None:
        """Change preferences and remember them."""
        self.preferences = replace(self.preferences, **changes)
        self._remember()
        if "theme" in changes:
            self.theme.choose(self.preferences.theme)

    def use_recent(self, path: Path) -> None:
        self.preferences = with_recent(self.preferences, path)
        self._remember()
        self.recent_changed.emit()

    def drop_recent(self, path: Path) -> None:
        self.preferences = without_recent(self.preferences, path)
        self._remember()
        self.recent_changed.emit()

    def _remember(self) -> None:
        preferences = self.preferences
        self.files.run(lambda: save_preferences(preferences))

    # --- worker processes

    def workshop(self) -> Workshop:
        """The worker processes; started when they are first needed. For threads beside the window."""
        from briefing_app.app.workshop import Workshop

        with self._workshop_lock:
            if self._workshop is None:
                self._workshop = Workshop()
            return self._workshop

    def preview(self, briefing: Briefing) -> Preview:
        """The pages of a briefing; waits for them, so it is for a thread."""
        return self.workshop().preview(briefing)

    def source_pages(self, key: str, data: bytes) -> SourcePages:
        """The pages of a source's PDF; waits for the worker, so it is for a thread."""
        return self.workshop().source_pages(key, data)

    def export(self, briefing: Briefing, target: Path, order: ExportOrder) -> Generator[int, None, Any]:
        """An export as a job; for a thread."""
        return self.workshop().export(briefing, target, order)

    # --- the last resort

    def catch_faults(self) -> Callable[[], None]:
        """Handle what nothing else has caught, in every thread; the function that is returned ends that."""
        before = sys.excepthook, threading.excepthook

        def in_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                self.app.quit()
            else:
                self._fault.emit(error)

        def in_thread(arguments: threading.ExceptHookArgs) -> None:
            if arguments.exc_value is not None:
                self._fault.emit(arguments.exc_value)

        sys.excepthook, threading.excepthook = in_main, in_thread

        def undo() -> None:
            sys.excepthook, threading.excepthook = before

        return undo

    def _tell_fault(self, error: BaseException) -> None:
        """Make sure that unsaved work is on the disk, then say what happened, once."""
        from briefing_app.app.faults import record_fault
        from briefing_app.desktop.dialogs.application import tell_fault

        kept = [window.secure() for window in self.windows]
        window = self.windows[-1] if self.windows else None
        if isinstance(error, BriefingError):
            if window is not None:
                window.messages.show_error(error)
            return
        log = record_fault(error)
        if self._in_fault:
            return
        self._in_fault = True
        words = (
            "Your unsaved work is kept and can be restored at the next start. Save it, and start again."
            if all(kept)
            else "Please save your work now under another name, and start again."
        )
        tell_fault(window, log, words, self._fault_told)

    def _fault_told(self) -> None:
        self._in_fault = False
