"""The texts of sources as runs of words, kept while they are likely to be compared again."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from briefing_app.library.reprints.overlap import NOTHING, Overlap, overlap
from briefing_app.library.reprints.prints import PrintStore
from briefing_app.library.reprints.shingles import Prints, Shingled, Shingler
from briefing_app.library.store import catalogue

COMMON = 12  # stories that have a print from which it belongs to standing text
_KEPT = 24 << 20  # bytes of texts that are kept


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """One source's text, its outlet, and those of its prints that are known to be standing text."""

    text: Shingled
    outlet: str
    standing: Prints


class Texts:
    """Loads texts when they are asked for. It is for one run of the search, and not for several threads at once."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], prints: PrintStore) -> None:
        self._reader = reader
        self._prints = prints
        self._shingler = Shingler()
        self._kept: OrderedDict[int, Known] = OrderedDict()
        self._size = 0

    def shingled(self, text: str) -> Shingled:
        return self._shingler.shingled(text)

    def put(self, num: int, known: Known) -> None:
        """Keep what was found out about a source; the least used are forgotten."""
        self.forget(num)
        self._kept[num] = known
        self._size += known.text.runs.nbytes
        while self._size > _KEPT and len(self._kept) > 1:
            self._size -= self._kept.popitem(last=False)[1].text.runs.nbytes

    def forget(self, num: int) -> None:
        old = self._kept.pop(num, None)
        if old is not None:
            self._size -= old.text.runs.nbytes

    def get(self, num: int) -> Known | None:
        """A source's text, or None where the source has gone."""
        known = self._kept.get(num)
        if known is not None:
            self._kept.move_to_end(num)
            return known
        connection = self._reader()
        row = connection.execute("SELECT outlet FROM source WHERE num = ?", (num,)).fetchone()
        if row is None:
            return None
        text = self.shingled(catalogue.text_of(connection, num))
        places, _ = self._prints.find(text.prints)
        known = Known(text, row[0], standing_prints(text.prints, np.bincount(places, minlength=len(text.prints))))
        self.put(num, known)
        return known

    def overlap(self, num: int, other: int) -> Overlap:
        """What two sources have in common; NOTHING where neither is a reprint of the other."""
        one, two = self.get(num), self.get(other)
        if one is None or two is None or num == other:
            return NOTHING
        same_outlet = bool(one.outlet) and one.outlet == two.outlet
        return overlap(one.text, two.text, one.standing, same_outlet=same_outlet)


def standing_prints(prints: Prints, counts: NDArray[np.int64]) -> Prints:
    """Those of ``prints`` that so many stories have that they are standing text."""
    found: Prints = prints[counts >= COMMON]
    return found
