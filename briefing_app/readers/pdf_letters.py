"""Letters of PDFs: ligatures and presentation forms to plain letters, hyphens at line ends, lines joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing_app.readers.text_builder import one_line

BROKEN = "\x02\ufffe\u00ad"  # what PDFium and typesetters put for a hyphen at a line's end
HYPHENS = "-\u2010" + BROKEN
_DASHES = "\u2013\u2014/"
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+(?:[-\u2010]{_LETTER}+)*")
_LAST_WORD = re.compile(rf"({_LETTER}+(?:[-\u2010]{_LETTER}+)*)[-\u2010\x02\ufffe\u00ad]$")
_FIRST_WORD = re.compile(rf"^{_LETTER}+(?:[-\u2010]{_LETTER}+)*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_.=&?%]$", re.IGNORECASE)
_LONGEST_WORD = 200


def _plain_forms() -> dict[int, str]:
    """Latin ligatures, and Hebrew and Arabic letters in the shapes of their place in a word, as plain letters."""
    forms = {ord("\u00a0"): " "}
    for first, last in ((0xFB00, 0xFB06), (0xFB13, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code) and not plain[0].isspace():
                forms[code] = plain
    return forms


PLAIN_FORMS = _plain_forms()


def clean(text: str) -> str:
    """A line's text with plain letters and single spaces; marks of broken words stay."""
    text = text.translate(PLAIN_FORMS)
    if "\x02" in text or "\ufffe" in text:
        return "\x02".join(one_line(piece) for piece in re.split("[\x02\ufffe]", text))
    return one_line(text)


def without_marks(text: str) -> str:
    """The text without soft hyphens; a mark of a broken word that was not joined is a hyphen."""
    return text.replace("\x02", "-").replace("\u00ad", "").replace("\ufffe", "")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the whole document that stand inside lines: they tell true hyphens from broken words.

    ``firsts`` and ``lasts`` are the first and last parts of words that have a hyphen within a line.
    """

    known: frozenset[str] = field(default_factory=frozenset)
    firsts: frozenset[str] = field(default_factory=frozenset)
    lasts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Words:
        found: set[str] = set()
        for line in lines:
            found.update(word.lower() for word in _WORD.findall(line.translate(PLAIN_FORMS)))
        parted = [word.replace("\u2010", "-").split("-") for word in found if "-" in word or "\u2010" in word]
        found.update(part for parts in parted for part in ("-".join(parts),))
        return cls(frozenset(found), frozenset(p[0] for p in parted), frozenset(p[-1] for p in parted))

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """True where "first-second" is a word of its own here, or looks like others, and the joined word is none."""
        first, second = first.lower().replace("\u2010", "-"), second.replace("\u2010", "-")
        if not second[:1].islower():
            return f"{first}{second}".lower() not in self.known
        if f"{first}{second}" in self.known:
            return False
        if f"{first}-{second}" in self.known:
            return True
        both = first in self.known and second in self.known and min(len(first), len(second)) > 2
        return both and (first in self.firsts or second in self.lasts)


def joined(text: str, part: str, words: Words) -> str:
    """Join two lines: with a space, or without it or the hyphen where a word was broken."""
    last = text[-1:]
    if not text or not part:
        return text + part
    if last in HYPHENS and part[0].isalpha():
        first, second = _LAST_WORD.search(text[-_LONGEST_WORD:]), _FIRST_WORD.search(part)
        if first and second:
            soft = last == "\u00ad"
            if soft or not words.keeps_hyphen(first.group(1), second.group()):
                return text[:-1] + part
            return text[:-1] + "-" + part
    if last in "-\u2010\x02" and text[-2:-1].isalnum() and part[0].isalnum():
        return text[:-1] + "-" + part  # COVID-19, 2020-2021
    if last in _DASHES + "_.=&?%" and _ADDRESS.search(text[-_LONGEST_WORD:]):
        return text + part if part[0].islower() or part[0].isdigit() else f"{text} {part}"
    if last in _DASHES and text[-2:-1].isalnum() and part[0].isalnum():
        return text + part
    return text + part if _is_wide(last) and _is_wide(part[0]) else f"{text} {part}"


def _is_wide(char: str) -> bool:
    """Characters of scripts that are written without spaces."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
