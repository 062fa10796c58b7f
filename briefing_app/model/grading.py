"""The Admiralty (NATO) code of AJP-2.1: reliability of a source, credibility of an item.

The two are rated independently. F and 6 mean *not judged*; they are never sorted or averaged as the worst.
"""

from __future__ import annotations

from enum import StrEnum


class Reliability(StrEnum):
    """Reliability of a *source*, A to F. It says nothing about one item of that source."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def wording(self) -> str:
        return _RELIABILITY[self]

    @property
    def is_judged(self) -> bool:
        return self is not Reliability.F


class Credibility(StrEnum):
    """Credibility of an *item* (one excerpt), 1 to 6. It says nothing about the source at large."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"

    @property
    def wording(self) -> str:
        return _CREDIBILITY[self]

    @property
    def is_judged(self) -> bool:
        return self is not Credibility.SIX


_RELIABILITY = {
    Reliability.A: "Completely reliable",
    Reliability.B: "Usually reliable",
    Reliability.C: "Fairly reliable",
    Reliability.D: "Not usually reliable",
    Reliability.E: "Unreliable",
    Reliability.F: "Reliability cannot be judged",
}
_CREDIBILITY = {
    Credibility.ONE: "Confirmed by other sources",
    Credibility.TWO: "Probably true",
    Credibility.THREE: "Possibly true",
    Credibility.FOUR: "Doubtful",
    Credibility.FIVE: "Improbable",
    Credibility.SIX: "Truth cannot be judged",
}
