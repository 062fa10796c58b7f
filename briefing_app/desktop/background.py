"""Work beside the window: a thread that does one thing after another and brings results back to the main thread."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

Result = TypeVar("Result")
Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Ticket:
    """One piece of work that was handed in. It is not the result: that reaches ``done`` or ``failed``.

    After ``cancel`` neither is called any more, and a job with progress is closed at its next step.
    """

    def __init__(self, done: Done | None, failed: Failed | None, progress: Done | None = None) -> None:
        self.done = done
        self.failed = failed
        self.progress = progress
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()


class Lane(QObject):
    """A thread of its own that does what it is given in order, and answers in the main thread.

    What fails without a ``failed`` is raised in the main thread, where the last-resort handler sees it. An answer for
    a part of a window that was deleted meanwhile is dropped.
    """

    _answered = Signal(object, object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: queue.SimpleQueue[tuple[Callable[[Ticket], object], Ticket] | None] = queue.SimpleQueue()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def run(self, function: Callable[[], Result], done: Done | None = None, failed: Failed | None = None) -> Ticket:
        """Call ``function`` in the lane, then ``done(result)`` or ``failed(error)`` in the main thread."""
        return self._hand_in(lambda _: function(), Ticket(done, failed))

    def follow(
        self,
        start: Callable[[], Generator[Any, None, Result]],
        progress: Done,
        done: Done,
        failed: Failed | None = None,
    ) -> Ticket:
        """Run a job of progress to its end; ``done`` gets what the job returns. ``Ticket.cancel`` closes the job."""

        def work(ticket: Ticket) -> Result:
            job = start()
            while True:
                try:
                    step = next(job)
                except StopIteration as stop:
                    result: Result = stop.value
                    return result
                self._send(ticket.progress, step, ticket)
                if ticket.is_cancelled:
                    job.close()

        return self._hand_in(work, Ticket(done, failed, progress))

    def close(self, wait: float = 0.0) -> None:
        """Take no more work; waits up to ``wait`` seconds for what is being done."""
        self._work.put(None)
        if wait:
            self._thread.join(wait)

    def _hand_in(self, work: Callable[[Ticket], object], ticket: Ticket) -> Ticket:
        self._work.put((work, ticket))
        return ticket

    def _serve(self) -> None:
        while (item := self._work.get()) is not None:
            work, ticket = item
            if ticket.is_cancelled:
                continue
            try:
                result = work(ticket)
            except Exception as error:  # handed to the main thread whole, nothing is swallowed
                self._send(ticket.failed or _raise, error, ticket)
            else:
                self._send(ticket.done, result, ticket)
            del item, work, ticket

    def _send(self, receiver: Done | Failed | None, value: object, ticket: Ticket) -> None:
        if receiver is not None:
            with contextlib.suppress(RuntimeError):  # the lane's window is gone, and nobody waits any more
                self._answered.emit(receiver, value, ticket)

    def _deliver(self, receiver: Done, value: object, ticket: Ticket) -> None:
        if not ticket.is_cancelled and not has_gone(receiver):
            receiver(value)


def has_gone(receiver: Callable[..., object]) -> bool:
    """True where the part of a window that waits for an answer was deleted meanwhile, as when the window was closed:
    the one whose method is to be called, or that the function to be called uses."""
    uses = [getattr(receiver, "__self__", None)]
    for cell in getattr(receiver, "__closure__", None) or ():
        try:
            uses.append(cell.cell_contents)
        except ValueError:  # not assigned yet
            continue
    return any(isinstance(one, QObject) and not isValid(one) for one in uses)


def _raise(error: Exception) -> None:
    raise error
