"""Which way each character of a paragraph runs (Unicode bidirectional algorithm), and the order on a line.

The levels come from python-bidi; paired brackets (rule N0) and isolates, which it does not know, are prepared here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bidi import algorithm

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉"}
_CLOSING = frozenset(_BRACKETS.values())
_DEEPEST = 63  # brackets within brackets
_ISOLATES = {"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"}
_STRONG = {"L": 0, "R": 1, "AL": 1, "EN": 1, "AN": 1}  # numbers count as right-to-left among brackets
_MARKS = ("\u200e", "\u200f")


def runs_right_to_left(text: str) -> bool:
    """Whether anything in the text runs from right to left."""
    return _RTL.search(text) is not None


def embedding_levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of each character; odd ones run from right to left. ``rtl`` is the paragraph's direction."""
    base = int(rtl)
    shadow = _with_brackets_resolved("".join(_known(char) for char in text), base)
    storage = algorithm.get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = ("L", "R")[base]
    algorithm.get_embedding_levels(shadow, storage)
    for index, char in enumerate(storage["chars"]):
        char["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [-1] * len(text)
    for char in storage["chars"]:
        levels[char["index"]] = char["level"]
    last = base
    for index, level in enumerate(levels):
        if level < 0:
            levels[index] = last
        last = levels[index]
    return levels


def _known(char: str) -> str:
    """A character that python-bidi places as the algorithm would place this one."""
    if char in _ISOLATES:
        return _ISOLATES[char]
    kind = unicodedata.bidirectional(char)
    if kind in ("B", "S"):
        return " "
    return char if kind else "a"  # what Unicode has not assigned runs from left to right


def _with_brackets_resolved(text: str, base: int) -> str:
    """The text with each pair of brackets replaced by marks of the direction that rule N0 gives it."""
    kinds = [_STRONG.get(unicodedata.bidirectional(char)) for char in text]
    out = list(text)
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(text):
        if char in _BRACKETS and len(stack) < _DEEPEST:
            stack.append((_BRACKETS[char], index))
        elif char in _CLOSING and any(closing == char for closing, _ in stack):
            while (top := stack.pop())[0] != char:
                pass
            pairs.append((top[1], index))
    for start, end in sorted(pairs):
        inside = {kind for kind in kinds[start + 1 : end] if kind is not None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = next((kind for at in range(start - 1, -1, -1) if (kind := kinds[at]) is not None), base)
            direction = before if before != base else base
        for index in (start, end):
            out[index] = _MARKS[direction]
            kinds[index] = direction
    return "".join(out)


def visual_order(levels: Sequence[int]) -> list[int]:
    """The order from left to right of pieces with these levels (rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    if not odd:
        return order
    for bound in range(max(levels), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < bound:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= bound:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
