"""How long a call may take and how much memory it may use, and what is said when it breaks a limit."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from typing import Literal

from briefing_app.errors import BriefingError

GIGABYTE = 1 << 30
Cause = Literal["time", "memory", "crash", "fault"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one call. ``seconds`` of wall time and ``memory`` in bytes; None means no limit.

    A call that yields has that time for each step. The time in which ``on_item`` keeps it waiting does not count.
    Memory is what the call takes beyond what its process had before it. It is enforced where the system has a
    limit on address space (Linux and other Unix systems).
    """

    seconds: float | None = 60.0
    memory: int | None = GIGABYTE


class WorkFailed(BriefingError):
    """A call in a worker process did not come to its end. ``reason`` is plain words without a subject.

    "took longer than 30 s", "needed more than 1 GB of memory", "the reader crashed", or the fault's own words.
    ``details`` is for a log: the traceback of an unexpected fault, or empty.
    """

    def __init__(self, reason: str, remedy: str = "", *, cause: Cause = "fault", details: str = "") -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.cause = cause
        self.details = details


def took_too_long(limits: Limits) -> WorkFailed:
    return WorkFailed(f"took longer than {limits.seconds:g} s", cause="time")


def needed_too_much(limits: Limits) -> WorkFailed:
    if limits.memory is None:
        return WorkFailed("needed more memory than there is", cause="memory")
    if limits.memory >= GIGABYTE:
        return WorkFailed(f"needed more than {limits.memory / GIGABYTE:.3g} GB of memory", cause="memory")
    return WorkFailed(f"needed more than {limits.memory / (1 << 20):.3g} MB of memory", cause="memory")


if sys.platform == "win32":

    def limit_memory(more: int | None) -> None:
        """Windows has no limit on a process's own address space; the time limit still holds."""

else:
    import resource

    def limit_memory(more: int | None) -> None:
        """Let this process take ``more`` bytes beyond what it has now; None takes the limit away."""
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = hard
        if more is not None:
            soft = _address_space() + more
            if hard != resource.RLIM_INFINITY:
                soft = min(soft, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses limits it does not enforce
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))

    def _address_space() -> int:
        """Bytes of address space this process has; where the system does not say, a gigabyte."""
        try:
            with open("/proc/self/statm", "rb") as file:  # noqa: PTH123  # not a file of ours
                return int(file.read().split()[0]) * resource.getpagesize()
        except (OSError, ValueError, IndexError):
            return GIGABYTE
