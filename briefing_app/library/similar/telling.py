"""The words of a text that tell the most about it: those that it has and that few sources of the library have."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import tantivy

from briefing_app.library.search.query import Term
from briefing_app.library.words.folding import is_single, stem, stems, words

MOST = 20  # words that stand for a text: more of them cost time and add little
_READ = 20_000  # code points of a text that are read
_KNOWN_BY = 0.08  # share of the sources that have a word from which it tells nothing, where others tell more
_FEWEST = 5  # words that are kept beyond that, up to the half of all sources
_FEW = 10  # sources of a library of which nothing can be said to be common
_SATURATED = 1.2  # as in BM25: how soon it no longer matters how often a word stands in the text

Frequency = Callable[[Term], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One word (two characters of a script without spaces), as it was written first, and how much it counts."""

    term: Term
    stem: str
    shown: str
    weight: float


class Frequencies:
    """What the index knows of words: in how many sources they are."""

    def __init__(self, searcher: tantivy.Searcher, languages: frozenset[str]) -> None:
        self.sources = max(1, int(searcher.num_docs))
        self.languages = languages
        self._searcher = searcher

    def frequency(self, word: str) -> int:
        """In how many sources a stem occurs."""
        return int(self._searcher.doc_freq("stem", word))

    def stem_of(self, folded: str, language: str) -> str:
        """The stem under which the index has a word most often; without a language, in any of the library's."""
        own = {stem(folded, language)} if language else stems(folded, self.languages)
        return max(sorted(own), key=self.frequency)


def telling_words(text: str, language: str, library: Frequencies, most: int = MOST) -> list[Telling]:
    """The most telling words of ``text`` that the library has at all, the most telling first."""
    counted: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    known: dict[str, str] = {}
    for folded, written in _terms(text[:_READ]):
        key = folded
        if len(folded) == 1:
            if folded[0] not in known:
                known[folded[0]] = library.stem_of(folded[0], language)
            key = (known[folded[0]],)
        counted[key] += 1
        shown.setdefault(key, written)
    weighed = []
    for key, count in counted.items():
        frequency = min(library.frequency(word) for word in key)
        if frequency and (2 * frequency <= library.sources or library.sources < _FEW):
            often = count * (1 + _SATURATED) / (count + _SATURATED)
            rarity = math.log(1 + (library.sources - frequency + 0.5) / (frequency + 0.5))
            weighed.append((often * rarity, frequency / library.sources, key))
    weighed.sort(key=lambda one: (-one[0], one[2]))
    kept = [one for place, one in enumerate(weighed) if place < _FEWEST or one[1] <= _KNOWN_BY][:most]
    return [
        Telling(
            term=Term(key if len(key) > 1 else _folded(shown[key])), stem=key[0] if len(key) == 1 else "",
            shown=shown[key], weight=weight,
        )
        for weight, _, key in kept
    ]  # fmt: skip


def _folded(written: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words(written))[:1]


def _terms(text: str) -> Iterable[tuple[tuple[str, ...], str]]:
    """Words of two letters or more, and pairs of neighbouring characters of scripts without spaces."""
    before = None
    for word in words(text):
        if is_single(word.folded):
            if before is not None and before.end == word.start:
                yield (before.folded, word.folded), text[before.start : word.end]
            before = word
            continue
        before = None
        if len(word.folded) > 1:
            yield (word.folded,), text[word.start : word.end]


def together(parts: Iterable[tuple[float, list[Telling]]], most: int = MOST) -> list[Telling]:
    """The telling words of several texts, each text with its own weight; what several of them have counts for all."""
    sums: dict[tuple[str, tuple[str, ...]], Telling] = {}
    for factor, tellings in parts:
        highest = max((telling.weight for telling in tellings), default=1.0)
        for telling in tellings:
            key = telling.stem, telling.term.words if not telling.stem else ()
            weight = factor * telling.weight / highest
            known = sums.get(key)
            sums[key] = replace(
                telling, weight=weight + (known.weight if known else 0.0), shown=(known or telling).shown
            )
    return sorted(sums.values(), key=lambda one: (-one.weight, one.shown))[:most]
