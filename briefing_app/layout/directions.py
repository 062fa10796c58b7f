"""The direction of a block, by its first strong character, as Unicode's rule P2 has it."""

from __future__ import annotations

import unicodedata

from briefing_app.layout.document import Direction

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"}


def language_direction(tag: str) -> Direction:
    """The direction in which a language is written."""
    return "rtl" if tag.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def direction_of(text: str, default: Direction = "ltr") -> Direction:
    """The direction of the first strong character of ``text``, or ``default`` where it has none."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return default
