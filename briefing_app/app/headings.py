"""How well a draft's heading fits a section of a template: word stems compared, in the heading's own language."""

from __future__ import annotations

import functools
import re
import unicodedata

from briefing_app.model.template import TemplateSection

FITS = 0.6  # a score from here on is a fit

_SHORTEST_BEGINNING = 4

_WORD = re.compile(r"\w+")
_STOP_WORDS = frozenset(
    "a an and are as at by for from in into is its of on or our that the their this to was what with"
    " и в во на с со из от для о об по за к у не что как это та і та з до від про що як"
    " le la les de des du un une et à au aux en pour par sur l d"
    " der die das und in von zu den dem des mit für auf".split()
)
_STEMMERS = (("cyrillic", "russian"), ("arabic", "arabic"), ("latin", "english"))


def fit(heading: str, section: TemplateSection) -> float:
    """0 (nothing in common) to 1: the best fit of ``heading`` with the section's heading or one of its aliases."""
    return max((_fit_names(heading, name) for name in (section.heading, *section.aliases)), default=0.0)


def _fit_names(heading: str, name: str) -> float:
    """How much of ``name`` stands in ``heading``, and a little for how much of ``heading`` that is."""
    have, want = stems(heading), stems(name)
    if not have or not want:
        return 1.0 if heading.strip().casefold() == name.strip().casefold() else 0.0
    found = sum(any(_same_word(one, other) for other in have) for one in want)
    return 0.8 * found / len(want) + 0.2 * min(1.0, found / len(have))


def _same_word(one: str, other: str) -> bool:
    """True for one stem, or for two where the shorter is the beginning of the longer ("west", "western")."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _SHORTEST_BEGINNING and longer.startswith(shorter))


@functools.lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning, case and accents aside."""
    words = (word for word in _WORD.findall(_plain(text)) if word not in _STOP_WORDS)
    return frozenset(_stem(word) for word in words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _stem(word: str) -> str:
    script = "latin"
    if "\u0400" <= word[0] <= "\u04ff":
        script = "cyrillic"
    elif "\u0600" <= word[0] <= "\u06ff":
        script = "arabic"
    stemmed: str = _stemmer(dict(_STEMMERS)[script]).stemWord(word)
    return stemmed


@functools.cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]  # snowballstemmer has no types
    import snowballstemmer

    return snowballstemmer.stemmer(language)
