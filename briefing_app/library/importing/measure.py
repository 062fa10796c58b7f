"""How far an import is: files that are done, and how much of all the bytes, from which the time to go is told."""

from __future__ import annotations

import time
from collections.abc import Sequence

from briefing_app.work.progress import Pace, Progress

_EACH = 4096  # bytes that a file counts for by itself, whatever is in it


class Measure:
    """Counts one import on. ``done`` is the number of files that are read to their end."""

    def __init__(self) -> None:
        self.done = 0
        self._left: list[int] = []
        self._whole = 0
        self._taken = 0
        self._pace = Pace(time.monotonic())

    def expect(self, sizes: Sequence[int]) -> None:
        """The files of the import by their sizes in bytes; the first has the number 0."""
        self._left = [size + _EACH for size in sizes]
        self._whole = sum(self._left)
        self._pace = Pace(time.monotonic())

    def part(self, number: int, size: int) -> None:
        """So many bytes of a file were read; what is told twice of one file is not counted beyond its size."""
        taken = min(size, self._left[number])
        self._left[number] -= taken
        self._taken += taken

    def file(self, number: int) -> None:
        """A file came to its end."""
        self.done += 1
        self.part(number, self._left[number])

    def resume(self) -> None:
        self._pace.rest(time.monotonic())

    def progress(self, label: str, *, paused: bool = False) -> Progress:
        share = self._taken / self._whole if self._whole else 1.0
        eta = None if paused else self._pace.eta(share, time.monotonic())
        return Progress(self.done, len(self._left), label, share=share, eta=eta, paused=paused)
