"""Characters of a page that are there for its layout, to those that its text is made of."""

from __future__ import annotations

import html
import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\u2063\ufeff]")  # soft hyphens, zero-width spaces and joiners of words
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_HAS_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile("[ \u00a0\u2007\u2009\u200a\u202f]{2,}")
_LEFT_OVER = re.compile(
    r"&(?:nbsp|amp|quot|apos|lt|gt|mdash|ndash|hellip|[lr][sd]quo|laquo|raquo|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE
)


def clean_characters(text: str) -> str:
    """Soft hyphens and zero-width spaces out, ligatures to letters, doubly escaped characters to what was meant.

    A single no-break space between words stays; one beside another space is part of that. Joiners and marks of
    direction stay: Persian, Arabic and Hebrew need them.
    """
    if "&" in text:
        text = _LEFT_OVER.sub(lambda found: html.unescape(found.group()), text)
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    if _HAS_LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    return _SPACES.sub(" ", text)
