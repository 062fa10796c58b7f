"""The query line: words, "phrases", word* prefixes and -exclusions, as terms to look for.

Anything can be typed: what is not well formed is read as plain words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing_app.library.words import words

_QUOTES = '"“”„«»‟❝❞＂'
_PART = re.compile(rf"(?:(?<=\s)|^)(-?)[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|(\S+)")
_MINUS = ("-", "−", "–")


@dataclass(frozen=True, slots=True)
class Term:
    """Something to find: ``words`` folded and in order, several of them as a phrase.

    ``prefix``: the last word stands for every word that begins with it. ``exact``: as typed, not by its stem.
    """

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False
    exact: bool = False
    typing: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1


def parse(text: str, *, prefix_last: bool = False) -> tuple[Term, ...]:
    """The terms of a query line. ``prefix_last`` takes the last word, while it is typed, as a prefix."""
    terms: list[Term] = []
    last_is_open = False
    for part in _PART.finditer(text):
        minus, phrase, bare = part.group(1), part.group(2), part.group(3)
        last_is_open = bare is not None and part.end() == len(text)
        if bare is None:
            terms.extend(_term(phrase, excluded=bool(minus), exact=True))
            continue
        excluded = len(bare) > 1 and bare.startswith(_MINUS)
        terms.extend(_term(bare[1:] if excluded else bare, excluded=excluded, prefix=bare.endswith("*")))
    if prefix_last and last_is_open and terms and not terms[-1].prefix and not terms[-1].excluded:
        last = terms[-1]
        terms[-1] = Term(last.words, prefix=True, typing=True)
    return tuple(dict.fromkeys(terms))


def _term(text: str, *, excluded: bool, prefix: bool = False, exact: bool = False) -> list[Term]:
    folded = tuple(word.folded for word in words(text))
    return [Term(folded, excluded, prefix, exact)] if folded else []
