"""Which keystrokes are undone together: those of one word, typed or deleted in one go."""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSE = 3.0  # seconds after which a new group begins


class TypingGroups:
    """Gives each small change of words a merge key; changes in a row with one key are one step of the history."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._number = 0
        self._last: tuple[str, int, int, float] | None = None  # node, growth, caret, time
        self._last_was_blank = False

    def close(self) -> None:
        """The next change begins a group."""
        self._last = None

    def key(self, node_id: str, growth: int, caret: int, typed: str) -> str:
        """The merge key of a change that made the text longer by ``growth`` and left the caret at ``caret``.

        ``typed`` is the character before the caret.
        """
        now = self._clock()
        blank = growth == 1 and typed.isspace()
        if not self._continues(node_id, growth, caret, now) or (growth == 1 and self._last_was_blank and not blank):
            self._number += 1
        self._last = (node_id, growth, caret, now)
        self._last_was_blank = blank
        return f"typing {node_id} {self._number}"

    def _continues(self, node_id: str, growth: int, caret: int, now: float) -> bool:
        if self._last is None or growth not in (1, -1):
            return False
        node, before, place, then = self._last
        if node != node_id or before != growth or now - then > PAUSE:
            return False
        return caret == place + 1 if growth == 1 else caret in (place, place - 1)
