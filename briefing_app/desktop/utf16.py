"""Positions in a text: Python counts code points, Qt counts UTF-16 units."""

from __future__ import annotations

from bisect import bisect_left


class Positions:
    """Exact conversion between the two ways of counting, for one text."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        astral: list[int] = []
        if text and max(text) > "\uffff":
            astral = [number for number, char in enumerate(text) if char > "\uffff"]
        self._points = astral
        self._units = [point + number for number, point in enumerate(astral)]

    def to_utf16(self, point: int) -> int:
        """The UTF-16 position of code point number ``point``."""
        return point + bisect_left(self._points, point)

    def to_point(self, unit: int) -> int:
        """The code point at UTF-16 position ``unit``; one inside a pair belongs to its beginning."""
        return unit - bisect_left(self._units, unit)
