"""The handle by which somebody else holds, stops or leaves an import that is under way."""

from __future__ import annotations

import threading


class Control:
    """Pauses, resumes and cancels one import, from any thread. The import looks at it between two steps.

    A paused import has kept everything that it has read. ``cancel`` ends it with its report; ``leave`` does too, but
    the library lists it among the interrupted ones, so that it can be resumed another time.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._paused = self._cancelled = self._left = False

    def pause(self) -> None:
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def cancel(self) -> None:
        with self._changed:
            self._cancelled = True
            self._changed.notify_all()

    def leave(self) -> None:
        with self._changed:
            self._left = True
            self._changed.notify_all()

    @property
    def is_paused(self) -> bool:
        return self._paused and not self.is_stopped

    @property
    def is_stopped(self) -> bool:
        """True after ``cancel`` and after ``leave``."""
        return self._cancelled or self._left

    @property
    def is_left(self) -> bool:
        return self._left and not self._cancelled

    def wait(self, seconds: float) -> None:
        """Wait until it is no longer paused, but no longer than this."""
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._cancelled or self._left, seconds)
