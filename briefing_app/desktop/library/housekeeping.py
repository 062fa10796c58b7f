"""What the library does by itself while the window is open: it catches up with changes and looks at watched folders."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from briefing_app.desktop.background import Ticket
from briefing_app.desktop.library.service import LibraryService
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library
    from briefing_app.app.library_importing import Control

_SOON = 1_500  # milliseconds after a change before its idle work begins
_LOOK = 4_000  # milliseconds between two looks at the watched folders


class Housekeeping(QObject):
    """Runs the idle work of one library, for all windows together. Searches, changes and imports come before it."""

    came_in = Signal(object)  # the report of what a watched folder brought
    troubled = Signal(object)  # why the idle work could not be done

    def __init__(self, service: LibraryService) -> None:
        super().__init__(service)
        self._service = service
        self._job: Ticket | None = None
        self._again = False
        self._look: Ticket | None = None
        self._control: Control | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._work)
        self._looking = QTimer(self, interval=_LOOK)
        self._looking.timeout.connect(self.look)
        service.opened.connect(self._opened)
        service.changed.connect(self._soon.start)

    def _opened(self) -> None:
        if self._service.can_write:
            self._work()
            self._looking.start()

    # --- idle work

    def _work(self) -> None:
        if not self._service.can_write:
            return
        if self._job is not None:
            self._again = True
            return
        self._again = False
        self._job = self._service.in_idle_time(idle_work, self._worked, self._failed)

    def _worked(self, changed: int) -> None:
        self._job = None
        if changed:
            self._service.tell_changed()
        elif self._again:
            self._soon.start()

    def _failed(self, error: Exception) -> None:
        self._job = self._look = None
        if not isinstance(error, BriefingError):
            raise error
        self.troubled.emit(error)

    # --- watched folders

    def look(self) -> None:
        """Look at the watched folders now, unless that is being done."""
        if self._look is not None or not self._service.can_write:
            return
        from briefing_app.app.library_importing import Control

        control = self._control = Control()
        self._look = self._service.bring_in(
            lambda library: _look_at(library, control), lambda _: None, self._looked, self._look_failed
        )

    def _looked(self, report: Any) -> None:
        self._look = None
        if report is not None and (report.imported or report.failed):
            self._service.tell_changed()
            self.came_in.emit(report)

    def _look_failed(self, error: Exception) -> None:
        self._look = None  # a drive that is away now is looked at again
        if not isinstance(error, BriefingError):
            raise error

    def close(self) -> None:
        """End what is being done; it goes on at the next start."""
        self._soon.stop()
        self._looking.stop()
        if self._control is not None:
            self._control.cancel()
        for ticket in (self._job, self._look):
            if ticket is not None:
                ticket.cancel()


def idle_work(library: Library) -> Generator[Any, None, int]:
    """Bring the index up to the last change and find reprints; gives how many sources stand differently than before."""
    caught_up = yield from library.catch_up()
    return caught_up + (yield from library.group_reprints())


def _look_at(library: Library, control: Control) -> Generator[Any, None, Any]:
    if not library.watched():
        return None
    return (yield from library.look_at_watched(control=control))
