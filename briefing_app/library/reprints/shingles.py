"""A text as numbers: the hashes of its words, of every run of five of them, and the few that stand for it.

The same text gives the same numbers in every process and version of Python. Nothing here knows a library.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing_app.library.words.folding import folded_pieces, is_single, raw_tokens

Hashes = NDArray[np.uint64]
Prints = NDArray[np.uint32]

RUN = 5  # words in a run
WINDOW = 12  # runs of which at least one stands for the text: 16 words in common are never missed
SHORT = 30  # words under which every run stands for a text
LONGEST = 400_000  # words of a text that are looked at; the rest of a very long one is left out
_MOST = 200_000  # words remembered before the table starts anew
_BASE = np.uint64(0x9E3779B97F4A7C15)
_ONE, _OTHER = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Shingled:
    """A text as its runs of words.

    ``runs[i]`` is the hash of the words from word ``i`` on, and ``ordered`` has the same hashes sorted. ``prints`` are
    the 32-bit fingerprints that stand for the text, sorted and each once, and ``places`` the run that each of them
    comes from. ``size`` is how many words the text has for a reader: two characters of a script without spaces count
    as a word.
    """

    runs: Hashes
    ordered: Hashes
    prints: Prints
    places: NDArray[np.int64]
    size: float

    def runs_in(self, other: Shingled) -> NDArray[np.bool_]:
        """Which runs ``other`` has, too; neither may be empty."""
        found = np.searchsorted(other.ordered, self.runs)
        found[found == len(other.ordered)] = 0
        shared: NDArray[np.bool_] = other.ordered[found] == self.runs
        return shared

    @property
    def words(self) -> int:
        """How many places the text has: words, or characters of scripts without spaces."""
        return len(self.runs) + RUN - 1 if len(self.runs) else 0


class Shingler:
    """Turns texts into runs, remembering words that it has met. It is not for several threads at once."""

    def __init__(self) -> None:
        self._hashes = _WordHashes()

    def shingled(self, text: str) -> Shingled:
        tokens = raw_tokens(text)[:LONGEST]
        hashes = list(map(self._hashes.__getitem__, tokens))
        if 0 in hashes:  # a token of a script without spaces, or one that folds to nothing
            return _shingled(*_spread(tokens))
        return _shingled(np.array(hashes, dtype=np.uint64), None)


class _WordHashes(dict[str, int]):
    """From a token as written to the hash of its folded form; 0 for one that is not a single word."""

    def __missing__(self, token: str) -> int:
        pieces = folded_pieces(token)
        value = 0 if len(pieces) != 1 or is_single(pieces[0]) else word_hash(pieces[0])
        if len(self) >= _MOST:
            self.clear()
        self[token] = value
        return value


def word_hash(folded: str) -> int:
    """64 bits of a folded word, never 0."""
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def _spread(tokens: list[str]) -> tuple[Hashes, NDArray[np.bool_]]:
    """The hashes of a text with characters that are words of their own, and which of them are such."""
    hashes: list[int] = []
    single: list[bool] = []
    remembered: dict[str, int] = {}
    for token in tokens:
        for piece in folded_pieces(token):
            value = remembered.get(piece)
            if value is None:
                value = remembered[piece] = word_hash(piece)
            hashes.append(value)
            single.append(is_single(piece))
    return np.array(hashes, dtype=np.uint64), np.array(single, dtype=np.bool_)


def _shingled(hashes: Hashes, single: NDArray[np.bool_] | None) -> Shingled:
    size = float(len(hashes))
    if single is not None and single.any():
        size -= float(single.sum()) / 2
        # one character says little: it counts with the four that follow, so that a run spans nine of them
        padded = np.concatenate([hashes, np.zeros(RUN - 1, dtype=np.uint64)])
        hashes = np.where(single, _rolled(padded), hashes)
    if len(hashes) < RUN:
        nothing = np.zeros(0, dtype=np.uint64)
        return Shingled(nothing, nothing, nothing.astype(np.uint32), np.zeros(0, dtype=np.int64), size)
    runs = _rolled(hashes)
    places = _chosen(runs) if size >= SHORT else np.arange(len(runs))
    prints, first = np.unique((runs[places] >> _HALF).astype(np.uint32), return_index=True)
    return Shingled(runs, np.sort(runs), prints, places[first], size)


def _rolled(hashes: Hashes) -> Hashes:
    """The mixed hash of each run of ``RUN`` hashes."""
    total = hashes[: len(hashes) - RUN + 1].copy()
    for step in range(1, RUN):
        total *= _BASE
        total += hashes[step : len(hashes) - RUN + 1 + step]
    total ^= total >> np.uint64(30)
    total *= _ONE
    total ^= total >> np.uint64(27)
    total *= _OTHER
    total ^= total >> np.uint64(31)
    return total


def _chosen(runs: Hashes) -> NDArray[np.int64]:
    """The places of the smallest hash of every window (winnowing): equal stretches choose equally."""
    if len(runs) <= WINDOW:
        return np.array([int(runs.argmin())])
    windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
    places = windows.argmin(axis=1) + np.arange(len(windows))  # never falls from one window to the next
    chosen: NDArray[np.int64] = places[np.flatnonzero(np.diff(places, prepend=-1))]
    return chosen
