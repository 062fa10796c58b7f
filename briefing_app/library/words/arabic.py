"""Stems of Arabic words: the article and what is written onto a word before and after it are left away.

Words come folded (no vowels, hamza or tatweel; ة is ه and ى is ي). The conjunctions and prepositions of one letter
are not told apart from a word's own first letter here: ``bare`` and ``with_proclitics`` give the stems that may be the
same word, and which of them are it is for the index to say, which knows the words there are.
"""

from __future__ import annotations

import re

_LEAST = 3  # letters that stay

_ARTICLE = re.compile("^(?:[وف]?(?:[بك]?ال|لل))")
_POSSESSIVE = re.compile("(?:(?<=ت)(?:ها|هم|هن|نا|كم|ه|ي)|ها|هم|هن|كم)$")
_ENDINGS = re.compile("(?:ات|تين|تان|ون|ين|ه|ت)$")
_RELATION = re.compile("(?:ي?ا|ي)$")
_PEOPLE = re.compile("[وي]ن$")  # of a name, too, that has the relation's ending: فلسطين, فلسطيني
_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وب", "ول", "فب", "فل")


def stem_arabic(word: str) -> str:
    """The stem of a folded Arabic word; of a short one the word itself."""
    stem = _cut(_ARTICLE, word)
    stem = _cut(_POSSESSIVE, stem)
    stem = _cut(_ENDINGS, stem)
    stem = _cut(_RELATION, stem)
    return _cut(_PEOPLE, stem)


def _cut(part: re.Pattern[str], word: str) -> str:
    cut = part.sub("", word, count=1)
    return cut if len(cut) >= _LEAST else word


def bare(stem: str) -> list[str]:
    """The stems that ``stem`` may be with a word of one letter, or the article, written onto it."""
    return [
        stem[len(proclitic) :]
        for proclitic in _PROCLITICS
        if stem.startswith(proclitic) and len(stem) - len(proclitic) >= _LEAST
    ]


def with_proclitics(stem: str) -> list[str]:
    """How ``stem`` may stand in the index with a word of one letter, or the article, written onto it."""
    return [proclitic + stem for proclitic in _PROCLITICS] if len(stem) >= _LEAST else []
