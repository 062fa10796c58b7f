"""The memory of this process and all its children together, each shared page counted once."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from types import TracebackType


class PeakMemory:
    """Looks every 50 ms while a block runs; ``megabytes`` is the most that was seen (0 where the system does not say).

    It is the proportional set size, which shares pages out among the processes that use them.
    """

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stopped.wait(0.05):
            self.megabytes = max(self.megabytes, sum(map(_proportional, _family(os.getpid()))) / 1024)


def _family(parent: int) -> list[int]:
    found = [parent]
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += _family(int(child))
    return found


def _proportional(pid: int) -> int:
    """Kilobytes."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
