"""A call under way in a worker process."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from briefing_app.errors import BriefingError, Cancelled
from briefing_app.work.limits import Limits


class Call:
    """One function call that waits, runs or has ended. It can be waited on and cancelled from any thread."""

    def __init__(
        self,
        message: bytes,
        limits: Limits,
        on_item: Callable[[Any], None] | None = None,
        on_done: Callable[[Call], None] | None = None,
    ) -> None:
        """For the pool only. ``message`` is the pickled call.

        With ``on_item`` what the call yields goes there and nowhere else; without, it is kept for ``listen``.
        """
        self.message = message
        self.limits = limits
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._result: Any = None
        self._error: BriefingError | None = None
        self._kill: Callable[[], None] | None = None
        self._keeps = on_item is None
        self._items: list[Any] = []
        self._on_item = [on_item] if on_item else []
        self._on_done = [on_done] if on_done else []

    @property
    def is_done(self) -> bool:
        return self._ended.is_set()

    @property
    def error(self) -> BriefingError | None:
        """What an ended call failed with (Cancelled, WorkFailed or the function's own), or None."""
        return self._error

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the end and give the result.

        Raises the BriefingError that the function raised, WorkFailed where it broke a limit or crashed, Cancelled,
        or TimeoutError where it has not ended within ``timeout`` seconds.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError("the call has not ended yet")
        if self._error is not None:
            raise self._error
        return self._result

    def cancel(self) -> None:
        """End the call now; a running one has its process killed. Does nothing once it has ended."""
        self._end(error=Cancelled(), kill=True)

    def listen(self, on_item: Callable[[Any], None], on_done: Callable[[Call], None]) -> None:
        """Hear what the call yields, from its beginning on, and then that it has ended.

        A call that was given ``on_item`` has kept nothing: only what it yields from now on is heard.
        """
        with self._lock:
            for item in self._items:
                on_item(item)
            self._on_item.append(on_item)
            if not self.is_done:
                self._on_done.append(on_done)
                return
        on_done(self)

    # --- for the pool -------------------------------------------------------------------------------------------

    def begin(self, kill: Callable[[], None]) -> bool:
        """Note the process that the call now runs in; false where it was cancelled before."""
        with self._lock:
            if self.is_done:
                return False
            self._kill = kill
            return True

    def end_of_child(self) -> None:
        """The process is no longer this call's, so that cancelling cannot hit the next one."""
        with self._lock:
            self._kill = None

    def item(self, value: Any) -> None:
        with self._lock:
            if self.is_done:
                return
            if self._keeps:
                self._items.append(value)
            listeners = list(self._on_item)
        for listener in listeners:
            listener(value)

    def finish(self, result: Any) -> None:
        self._end(result=result)

    def fail(self, error: BriefingError) -> None:
        self._end(error=error)

    def _end(self, result: Any = None, error: BriefingError | None = None, *, kill: bool = False) -> None:
        with self._lock:
            if self.is_done:
                return
            if kill and self._kill is not None:
                with contextlib.suppress(ValueError):  # the process has ended and was let go
                    self._kill()
            self._result, self._error = result, error
            self.message = b""
            self._ended.set()
            listeners = list(self._on_done)
        for listener in listeners:
            listener(self)
