"""How far a long job is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a long job: ``done`` of ``total`` things (None: not known yet), and what it is at.

    Long jobs are generators of Progress that return their result; closing one cancels the job.
    """

    done: int
    total: int | None
    label: str
