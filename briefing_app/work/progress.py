"""How far a long job is, and when it will be done."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_WINDOW = 30.0  # seconds of the past that an estimate rests on
_NEEDED = 2.0  # seconds before which no estimate is worth being shown


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a long job: ``done`` of ``total`` things (None: not known yet), and what it is at.

    ``share`` is how much of the work is done, from 0 to 1, where that is known better than by counting things; ``eta``
    the seconds that it will still take, where that can be told. ``paused`` is true while the job waits to be resumed.
    Long jobs are generators of Progress that return their result; closing one cancels the job.
    """

    done: int
    total: int | None
    label: str
    share: float | None = None
    eta: float | None = None
    paused: bool = False


class Pace:
    """How fast a job goes, and so how long it will take: by what it did in the last half minute.

    It knows no clock: whoever asks says what time it is, in seconds that only grow.
    """

    def __init__(self, now: float) -> None:
        self._began = now
        self._marks: deque[tuple[float, float]] = deque([(now, 0.0)])
        self._shown: float | None = None

    def eta(self, share: float, now: float) -> float | None:
        """Seconds to go at ``share`` (0 to 1) of the work, or None where that cannot be told yet."""
        share = min(max(share, 0.0), 1.0)
        if now - self._marks[-1][0] >= 0.25:
            self._marks.append((now, share))
        while len(self._marks) > 2 and now - self._marks[1][0] > _WINDOW:
            self._marks.popleft()
        then, had = self._marks[0]
        if now - self._began < _NEEDED or share <= had or now <= then:
            return None
        left = (1.0 - share) * (now - then) / (share - had)
        # the figure that is shown moves towards the new one by a third, so that it does not jump about
        self._shown = left if self._shown is None else self._shown + (left - self._shown) / 3
        return self._shown

    def rest(self, now: float) -> None:
        """The job begins again after a pause: the time in which it stood still says nothing about its pace."""
        share = self._marks[-1][1]
        self._began, self._shown = now, None
        self._marks = deque([(now, share)])
