"""Scripts and languages as Word needs them told: which words run from right to left, and full language tags."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REGIONS = {
    "ar": "SA", "az": "AZ", "be": "BY", "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "GB",
    "es": "ES", "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU",
    "hy": "AM", "id": "ID", "it": "IT", "ja": "JP", "ka": "GE", "kk": "KZ", "ko": "KR", "lt": "LT", "lv": "LV",
    "nb": "NO", "nl": "NL", "no": "NO", "pl": "PL", "ps": "AF", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK",
    "sl": "SI", "sq": "AL", "sv": "SE", "sw": "KE", "th": "TH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN",
    "zh": "CN",
}  # fmt: skip


def word_language(tag: str) -> str:
    """The tag as Word's proofing knows it ("ru-RU" for "ru"), or an empty string where it is no tag."""
    if not _TAG.fullmatch(tag):
        return ""
    region = _REGIONS.get(tag.lower())
    return f"{tag.lower()}-{region}" if region else tag


def is_hebrew(text: str) -> bool:
    return _HEBREW.search(text) is not None


def segments(text: str, right_to_left: bool) -> list[tuple[str, bool]]:
    """``text`` cut where its direction changes; each piece with whether it runs from right to left.

    ``right_to_left`` is the paragraph's direction. Digits, spaces and punctuation go with the words on both sides
    where these agree, else with the paragraph, as in Unicode's rules N1 and N2. The pieces join to ``text``.
    """
    if not right_to_left and not _RIGHT_TO_LEFT.search(text):
        return [(text, False)] if text else []
    directions = _directions(text, right_to_left)
    pieces: list[tuple[str, bool]] = []
    start = 0
    for direction, stretch in groupby(directions):
        end = start + sum(1 for _ in stretch)
        pieces.append((text[start:end], direction))
        start = end
    return pieces


def _directions(text: str, right_to_left: bool) -> list[bool]:
    """For each character whether it runs from right to left."""
    directions: list[bool] = []
    before = right_to_left
    for strong, stretch in groupby(map(_strong, text)):
        length = sum(1 for _ in stretch)
        if strong is not None:
            before = strong
            directions += [strong] * length
            continue
        following = len(directions) + length
        after = _strong(text[following]) if following < len(text) else right_to_left
        directions += [before if before == after else right_to_left] * length
    return directions


def _strong(character: str) -> bool | None:
    match unicodedata.bidirectional(character):
        case "L":
            return False
        case "R" | "AL" | "AN":
            return True
        case _:
            return None
