"""The language of a text: as declared, else detected where there is enough text."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NEEDED = 40  # letters below which a guess is worth nothing; an ideograph counts as three
_BEGINNING = 20_000  # characters that are looked at
_SLICES, _SLICE = 3, 160  # a long text is judged by slices of it: its beginning, middle and end


def language_tag(declared: str) -> str:
    """``de`` of ``de-DE`` or ``de_DE.UTF-8``, with the script kept for Chinese; empty for what is no tag."""
    found = _TAG.match(declared.strip())
    if not found:
        return ""
    parts = re.split(r"[-_]", found.group())
    tag = parts[0].lower()
    if tag in ("und", "zxx", "mul", "mis"):
        return ""
    script = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    return f"{tag}-{script}" if tag == "zh" and script in ("Hans", "Hant") else tag


def detect_language(text: str) -> str:
    """A two-letter BCP 47 tag, or empty where the text is too short to tell."""
    if not _has_enough_letters(text):
        return ""
    from py3langid import classify

    return language_tag(str(classify(_sample(text))[0]))


def _has_enough_letters(text: str) -> bool:
    weight = 0
    for char in text[:_BEGINNING]:
        if char.isalpha():
            weight += 3 if "\u2e80" <= char <= "\ud7ff" else 1
            if weight >= _NEEDED:
                return True
    return False


def _sample(text: str) -> str:
    """The text, or slices spread over its beginning, cut where words end."""
    text = text[:_BEGINNING]
    if len(text) <= _SLICES * _SLICE:
        return text
    step = (len(text) - _SLICE) // (_SLICES - 1)
    slices = (text[number * step : number * step + _SLICE] for number in range(_SLICES))
    return " ".join(_whole_words(piece) for piece in slices)


def _whole_words(piece: str) -> str:
    """A slice without the halves of words at its ends, where it has spaces."""
    words = piece.split()
    return " ".join(words[1:-1]) if len(words) > 4 else piece


def language_of(declared: str, text: str) -> str:
    """The declared language where there is one, else the detected one.

    A declared language that cannot be true of the script (English over Cyrillic) is not believed.
    """
    tag = language_tag(declared)
    if tag and not _contradicts(tag, text):
        return tag
    return detect_language(text)


def _contradicts(tag: str, text: str) -> bool:
    """True where a text declared in a language of Latin letters is written in another script."""
    if tag not in ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "cs", "sv", "fi", "da", "no"):
        return False
    letters = [char for char in text[:4000] if char.isalpha()]
    return len(letters) > 40 and sum(1 for char in letters if char > "\u036f") > 0.6 * len(letters)
