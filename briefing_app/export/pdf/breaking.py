"""Where a line of text may end: after spaces, where the text says so, between Chinese and Japanese characters.

After a hyphen, a dash or a slash inside a word, and inside addresses, it may end only in words too wide to be kept
whole: who copies or searches the text then finds its words as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum


class Break(IntEnum):
    """What may happen after a stretch of text."""

    NONE = 0
    ALLOWED = 1
    HYPHEN = 2  # a hyphen is printed if the line ends here
    FORCED = 3
    RELUCTANT = 4  # only where the word would be too wide without


_TOKEN = re.compile(r"\n|[ \t]+|[^ \t\n]+")
_CJK = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_SPECIAL = re.compile(f"[-\u2010\u2013\u2014/\u00ad\u200b{_CJK}]|\\w@\\w|[?&=_.]\\w+[?&=_.%]|[%]")
_NO_START = "、。，．）」』】〉》〕？！：；ー々％｝］,.!?;:)]}”’»…"  # may not stand first on a line
_NO_END = "（「『【〈《〔｛［([{“‘«"  # may not stand last
_IDEOGRAPH = f"(?<=[{_CJK}])(?=.)|(?<=.)(?=[{_CJK}])"
_IS_IDEOGRAPH = re.compile(f"[{_CJK}]")
_ADDRESS = re.compile(r"://|^www\.|\w@\w|[?&=_.]\w+[?&=_.%/]")
_WITHIN_WORD = re.compile(
    f"(?<=\\w[-\u2010])(?=[^\\W\\d])|(?<=[\u2013\u2014\u00ad\u200b])(?=.)|(?<=\\w/)(?=\\w)|{_IDEOGRAPH}"
)
_WITHIN_ADDRESS = re.compile(f"(?<=[^/:]/)(?=[^/])|(?<=://)(?=.)|(?<=\\w[-_?&=%#,;+@.])(?=\\w)|{_IDEOGRAPH}")


def stretches(text: str) -> Iterator[tuple[int, int, Break]]:
    """The text cut at its break opportunities: start, end, and what may happen after.

    Spaces and line feeds are stretches of their own. Soft hyphens and zero-width spaces end their stretch.
    """
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        token = match.group()
        if token == "\n":
            yield start, end, Break.FORCED
        elif token[0] in " \t":
            yield start, end, Break.ALLOWED
        elif _SPECIAL.search(token) is None:
            yield start, end, Break.NONE
        else:
            yield from _within(token, start)


def _within(token: str, offset: int) -> Iterator[tuple[int, int, Break]]:
    pattern = _WITHIN_ADDRESS if _ADDRESS.search(token) else _WITHIN_WORD
    start = 0
    for match in pattern.finditer(token):
        cut = match.start()
        if cut <= start or token[cut] in _NO_START or token[cut - 1] in _NO_END:
            continue
        yield offset + start, offset + cut, _kind(token[cut - 1], token[cut])
        start = cut
    yield offset + start, offset + len(token), Break.NONE


def _kind(before: str, after: str) -> Break:
    if before == "\u00ad":
        return Break.HYPHEN
    if before == "\u200b" or _IS_IDEOGRAPH.match(before) or _IS_IDEOGRAPH.match(after):
        return Break.ALLOWED
    return Break.RELUCTANT
