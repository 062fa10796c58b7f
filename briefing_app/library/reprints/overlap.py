"""What two texts have in common word for word, and whether that makes one a reprint of the other.

Containment and not likeness is the measure: a reprint is often a third of its original. Standing text (the notice of
an agency or outlet, a cookie banner) is shared by texts that have nothing to do with one another, and does not count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing_app.library.reprints.shingles import RUN, SHORT, Prints, Shingled

REPRINT = 0.2  # share of the shorter story's words from which one is taken from the other
FEWEST = 30  # words in common that are needed, but for short texts
PASSAGE, LONG = 0.12, 75  # the same for a long passage inside other text, and the words that make it long
SHORT_REPRINT = 0.8  # share of both that short texts must have in common: they are the same with a few words changed
_SHORTEST = 8  # words under which nothing can be said
_STRETCH = 8  # words in one go that count as taken over; shorter runs are turns of phrase
_FEWEST_RUNS = FEWEST // _STRETCH * (_STRETCH - RUN + 1)  # that the fewest words have at the least
_EDGE = 12  # words by which a notice may stand off the end of a text
_NOTICE = 160  # words that a notice at the end has at the most, between different outlets
_BANNER = 90  # words that a notice at the beginning has at the most, within one outlet
_OTHER, _OTHER_WITHIN = 0.3, 0.15  # share of a text beside what is at its edge that makes that a notice; in one outlet

_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two stories share. ``one`` and ``other`` are the shares of their own words, 0 to 1; ``words`` are words."""

    one: float
    other: float
    words: float

    @property
    def share(self) -> float:
        """The share of the shorter story's words."""
        return max(self.one, self.other)

    def turned(self) -> Overlap:
        return Overlap(self.other, self.one, self.words)


NOTHING = Overlap(0.0, 0.0, 0.0)


def overlap(one: Shingled, other: Shingled, standing: Prints, *, same_outlet: bool) -> Overlap:
    """What ``one`` and ``other`` have in common, standing text left out; NOTHING where that makes no reprint.

    ``standing`` are prints, sorted, that are known to belong to standing text.
    """
    if min(one.size, other.size) < _SHORTEST or not len(one.runs) or not len(other.runs):
        return NOTHING
    runs = one.runs_in(other)
    if min(one.size, other.size) >= SHORT and int(runs.sum()) < _FEWEST_RUNS:
        return NOTHING  # most of those that share some prints by chance
    mine = _covered(runs, one.words)
    theirs = _stretches(other, one)
    left_out = _standing(one, mine, standing), _standing(other, theirs, standing)
    for at_end in (True, False):
        _leave_out_edge(one, other, mine, theirs, left_out, at_end=at_end, same_outlet=same_outlet)
    found = Overlap(*_shares(one, other, mine, theirs, left_out))
    return found if _is_reprint(one, other, found) else NOTHING


def shared(one: Shingled, other: Shingled) -> float:
    """The share of the shorter text's words that stand in both, standing text and all, whatever that makes of them."""
    if not len(one.runs) or not len(other.runs):
        return 0.0
    return max(float(_stretches(one, other).mean()), float(_stretches(other, one).mean()))


def _is_reprint(one: Shingled, other: Shingled, found: Overlap) -> bool:
    if min(one.size, other.size) < SHORT:
        return min(found.one, found.other) >= SHORT_REPRINT
    if found.words >= LONG:
        return found.share >= PASSAGE
    return found.share >= REPRINT and found.words >= FEWEST


def _stretches(text: Shingled, other: Shingled) -> _Mask:
    """Which words of ``text`` stand in long enough stretches that ``other`` has, too."""
    return _covered(text.runs_in(other), text.words)


def _covered(shared: _Mask, words: int) -> _Mask:
    """The words of shared runs, where enough of those follow one another."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], shared, [False]])))
    steps = np.zeros(words + 1, dtype=np.int64)
    starts, ends = edges[::2], edges[1::2] + RUN - 1
    long_enough = ends - starts >= _STRETCH
    np.add.at(steps, starts[long_enough], 1)
    np.add.at(steps, ends[long_enough], -1)
    covered: _Mask = np.cumsum(steps[:-1]) > 0
    return covered


def _blocks(mask: _Mask) -> list[tuple[int, int]]:
    """The ranges of words where ``mask`` is set, those a few words apart taken as one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]])))
    found: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and start - found[-1][1] <= _EDGE // 2:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _standing(text: Shingled, shared: _Mask, standing: Prints) -> _Mask:
    """The shared stretches of ``text`` most of whose prints are known to be standing text."""
    out = np.zeros(text.words, dtype=np.bool_)
    if not len(standing):
        return out
    known = np.isin(text.prints, standing)
    if not known.any():
        return out
    for start, end in _blocks(shared):
        inside = (text.places >= start) & (text.places <= end - RUN)
        if inside.any() and known[inside].mean() >= 0.5:
            out[start:end] = True
    return out


def _leave_out_edge(
    one: Shingled,
    other: Shingled,
    mine: _Mask,
    theirs: _Mask,
    left_out: tuple[_Mask, _Mask],
    *,
    at_end: bool,
    same_outlet: bool,
) -> None:
    """Leave out what stands at the same edge of both, where both have more beside it: a notice of theirs."""
    most = (len(mine) if same_outlet else _NOTICE) if at_end else (_BANNER if same_outlet else 0)
    edges = _edge(mine, left_out[0], at_end), _edge(theirs, left_out[1], at_end)
    if edges[0] is None or edges[1] is None:
        return
    beside = _OTHER_WITHIN if same_outlet else _OTHER
    for text, (start, end), shared in ((one, edges[0], mine), (other, edges[1], theirs)):
        weight = text.size / max(1, text.words)
        rest = int((~shared).sum())
        if (end - start) * weight > most or rest < beside * text.words:
            return
    left_out[0][slice(*edges[0])] = True
    left_out[1][slice(*edges[1])] = True


def _edge(shared: _Mask, left_out: _Mask, at_end: bool) -> tuple[int, int] | None:
    """The shared stretch at an edge of a text, or None; standing text at the edge does not count as the edge."""
    blocks = _blocks(shared & ~left_out)
    if not blocks:
        return None
    start, end = blocks[-1] if at_end else blocks[0]
    beyond = left_out[end:] if at_end else left_out[:start]
    return (start, end) if int((~beyond).sum()) <= _EDGE else None


def _shares(
    one: Shingled, other: Shingled, mine: _Mask, theirs: _Mask, left_out: tuple[_Mask, _Mask]
) -> tuple[float, float, float]:
    shares, words = [], []
    for text, shared, out in ((one, mine, left_out[0]), (other, theirs, left_out[1])):
        story = int((~out).sum())
        common = int((shared & ~out).sum())
        shares.append(common / story if story else 0.0)
        words.append(common * text.size / max(1, text.words))
    return shares[0], shares[1], min(words)
