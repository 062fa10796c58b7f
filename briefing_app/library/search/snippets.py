"""Where a text matches a query best, and the piece of it to show, with what to highlight.

Works on stored text and query terms alone; the index only says which texts to look at.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing_app.library.search.query import Term
from briefing_app.library.search.spelling import is_near
from briefing_app.library.words.folding import (
    Word,
    fold,
    is_single,
    letter_beside,
    pattern_of,
    script,
    stem,
    word_start,
    words,
)
from briefing_app.library.words.forms import Forms, forms_in

LENGTH = 240  # code points of a snippet, more or less
_LEAD = 4  # first letters by which places are found that are then looked at closely
_UNSTEMMED = 2  # letters up to which a word has no other forms
_CANDIDATES = 120  # places that are looked at in one text
_FIRST = 6  # matches of each term that a snippet is chosen by
_NEARBY = 6  # matches of another term around one of them
_SCAN = 12_000  # code points of all texts of a search that are looked at word by word when the quick look finds nothing
_NEAR_SCAN = 200_000  # code points of a text whose words are compared with one that may be spelled nearly so
_WORD = re.compile(r"[^\W_]{2,}")
_SPACE = re.compile(r"\s+")
_PREFIXED_SCRIPTS = {"Arabic", "Hebrew"}  # articles and prepositions are written onto the word


@dataclass(frozen=True, slots=True)
class Match:
    """``text[start:end]`` matches query term number ``term``."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text in one line. ``start:end`` is the best match in the whole text, (0, 0) without any."""

    text: str
    highlights: tuple[tuple[int, int], ...]
    start: int
    end: int


class Matcher:
    """The terms of a query, ready to be found in many texts."""

    def __init__(
        self,
        terms: Sequence[Term],
        languages: frozenset[str],
        forms: Forms | None = None,
        *,
        thorough: bool = True,
    ) -> None:
        """``languages`` are those of the texts; ``forms`` are the search's own, where there is one.

        Unless it is ``thorough``, forms that do not begin like the word are passed over: for many terms at once.
        """
        forms = forms or forms_in(languages)
        self._terms = terms
        self._stems = [frozenset() if term.exact or term.is_phrase else forms(term.words[0]) for term in terms]
        self._inside = [script(term.words[0]) in _PREFIXED_SCRIPTS for term in terms]
        self._quick: dict[int, re.Pattern[str]] = {}
        self._simple = [
            len(term.words) == 1 and not inside and not is_single(term.words[0])
            for term, inside in zip(terms, self._inside, strict=True)
        ]
        self._known: list[dict[str, dict[str, bool]]] = [{} for _ in terms]
        self._nearly: list[dict[str, dict[str, bool]]] = [{} for _ in terms]
        self._left_to_scan = _SCAN if thorough else 0
        self.weights = [len(term.words) * 2 - 1 for term in terms]

    def _pattern(self, number: int) -> re.Pattern[str]:
        """What finds the places to look at; made when there is a text to look at."""
        if number not in self._quick:
            self._quick[number] = re.compile(self._lead_pattern(number), re.DOTALL)
        return self._quick[number]

    def _lead_pattern(self, number: int) -> str:
        word, own = self._terms[number].words[0], self._stems[number]
        if self._inside[number]:
            leads = {form[:_LEAD] for form in (own or [word])}
            return "|".join(pattern_of(lead, inside=True) for lead in sorted(leads))
        if is_single(word):  # a run of characters, each of them a word
            run = itertools.takewhile(is_single, self._terms[number].words)
            return pattern_of("".join(run)[:_LEAD])
        term = self._terms[number]
        if (term.is_phrase or not term.prefix) and (len(word) <= _UNSTEMMED or (not own and len(word) < _LEAD)):
            return f"{pattern_of(word)}(?!{letter_beside(word)})"  # the very word, of which others do not count
        lead = _common_beginning([word, *own])[:_LEAD] or word[:1]
        return f"{pattern_of(lead)}{letter_beside(word)}*"

    def find(self, text: str, language: str) -> list[Match]:
        """All matches in ``text``, in order; for very many only the first ones of each term."""
        found = [match for number in range(len(self._terms)) for match in self._of_term(number, text, language)]
        return sorted(found, key=_in_order)

    def find_best(self, text: str, language: str) -> list[Match]:
        """Matches to choose a snippet by: the first ones of each term, and what stands around the rarest of them."""
        first = [self._of_term(number, text, language, _FIRST) for number in range(len(self._terms))]
        present = [number for number, matches in enumerate(first) if matches]
        found = {match for matches in first for match in matches}
        if len(present) > 1:
            rarest = min(present, key=lambda number: (len(first[number]), -self.weights[number]))
            others = [number for number in present if number != rarest]
            for match in first[rarest]:
                around = [self._around(match, number, text, language) for number in others]
                found.update(other for matches in around for other in matches)
                if all(around):
                    break
        return sorted(found, key=_in_order)

    def _of_term(self, number: int, text: str, language: str, most: int = _CANDIDATES) -> list[Match]:
        own = list(itertools.islice(self._at_places(number, text, language), most))
        if not own and self._terms[number].fuzzy:
            return list(itertools.islice(self._spelled_nearly(number, text, language), most))
        if not own and self._left_to_scan > 0:
            scanned = min(len(text), self._left_to_scan)
            self._left_to_scan -= scanned
            own = list(itertools.islice(self._everywhere(number, text[:scanned], language), most))
        return own

    def _around(self, match: Match, number: int, text: str, language: str) -> list[Match]:
        begin, end = max(0, match.start - LENGTH), text.find(" ", match.end + LENGTH)
        places = self._at_places(number, text, language, begin, len(text) if end < 0 else end)
        return list(itertools.islice(places, _NEARBY))

    def _at_places(
        self, number: int, text: str, language: str, begin: int = 0, end: int = sys.maxsize
    ) -> Iterator[Match]:
        size = len(self._terms[number].words)
        simple, inside = self._simple[number], self._inside[number]
        known = self._known[number].setdefault(language, {})
        for place in itertools.islice(self._pattern(number).finditer(text, begin, end), _CANDIDATES):
            start, stop = place.span()
            after = text[stop : stop + 1]
            if simple and after != "'" and after.isascii():
                token = place.group()
                accepted = known.get(token)
                if accepted is None:  # a word that is plain to see: letters and digits up to a space or a point
                    accepted = known[token] = self._accepts(number, [Word(0, len(token), fold(token))], language)
                if accepted:
                    yield Match(start, stop, number)
                continue
            run = list(itertools.islice(words(text, word_start(text, start) if inside else start), size))
            if len(run) == size and self._accepts(number, run, language):
                yield Match(run[0].start, run[-1].end, number)

    def _everywhere(self, number: int, text: str, language: str) -> Iterator[Match]:
        size = len(self._terms[number].words)
        run: list[Word] = []
        for word in words(text):
            run = [*run[-(size - 1) :], word] if size > 1 else [word]
            if len(run) == size and self._accepts(number, run, language):
                yield Match(run[0].start, run[-1].end, number)

    def _accepts(self, number: int, run: list[Word], language: str) -> bool:
        term = self._terms[number]
        if any(word.folded != wanted for word, wanted in zip(run[:-1], term.words[:-1], strict=True)):
            return False
        last, wanted = run[-1].folded, term.words[-1]
        if last == wanted or (term.prefix and last.startswith(wanted)):
            return True
        own = self._stems[number]
        return bool(own) and (not term.prefix or term.typing) and stem(last, language) in own

    def _spelled_nearly(self, number: int, text: str, language: str) -> Iterator[Match]:
        """Matches of words that differ from the term's in a letter or two: the text's different words are compared."""
        tokens = set(_WORD.findall(text, 0, _NEAR_SCAN))
        near = self._nearly[number].setdefault(language, {})
        for token in tokens - near.keys():
            near[token] = self._is_near(number, fold(token), language)
        places = [
            Match(place.start(), place.end(), number)
            for token in tokens
            if near[token]
            for place in re.finditer(rf"(?<![^\W_]){re.escape(token)}(?![^\W_])", text)
        ]
        yield from sorted(places, key=_in_order)

    def _is_near(self, number: int, word: str, language: str) -> bool:
        wanted = self._terms[number].words[0]
        return is_near(word, wanted) or any(
            is_near(word[: len(form)], form, spare=1) and is_near(stem(word, language), form)
            for form in self._stems[number]
        )


def _in_order(match: Match) -> tuple[int, int]:
    return match.start, -match.end


def _common_beginning(forms: list[str]) -> str:
    shortest = min(forms, key=len)
    length = next((n for n, letter in enumerate(shortest) if any(form[n] != letter for form in forms)), len(shortest))
    return shortest[:length]


def make_snippet(text: str, matcher: Matcher, language: str) -> Snippet:
    """The piece of ``text`` around its best cluster of matches; its beginning where nothing matches."""
    matches = matcher.find_best(text, language)
    if not matches:
        shown, _ = _on_one_line(text, *_window(text, 0, 0), [])
        return Snippet(shown, (), 0, 0)
    first, last = _best_cluster(matches, matcher.weights)
    cluster = matches[first : last + 1]
    start, end = cluster[0].start, max(match.end for match in cluster)
    begin, stop = _window(text, start, end)
    inside = [match for match in matches if begin <= match.start and match.end <= stop]
    shown, highlights = _on_one_line(text, begin, stop, inside)
    return Snippet(shown, highlights, start, end)


def _best_cluster(matches: list[Match], weights: list[int]) -> tuple[int, int]:
    """The run of matches within one snippet's length that has most of the query, then most matches, first."""
    best, best_worth = (0, 0), -1.0
    counts: dict[int, int] = {}
    first, worth = 0, 0.0
    for last, match in enumerate(matches):
        worth += weights[match.term] * (10.0 if not counts.get(match.term) else 0.1)
        counts[match.term] = counts.get(match.term, 0) + 1
        while first < last and match.end - matches[first].start > LENGTH:
            gone = matches[first].term
            counts[gone] -= 1
            worth -= weights[gone] * (10.0 if not counts[gone] else 0.1)
            first += 1
        if worth > best_worth + 1e-6:
            best, best_worth = (first, last), worth
    return best


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The range to show around ``start:end``: whole words, beginning at a sentence where one is near."""
    spare = max(0, LENGTH - (end - start))
    begin = max(0, start - spare // 3)
    if begin > 0:
        sentence = max(text.rfind(mark, begin, start) for mark in (". ", "\n\n", "。", "? ", "! "))
        cut = sentence + 1 if sentence >= 0 else text.find(" ", begin, start)
        begin = cut if cut > 0 else begin
    stop = min(len(text), max(end, begin + LENGTH))
    if stop < len(text):
        cut = text.rfind(" ", end, stop)
        stop = cut if cut > max(end, stop - 40) else stop
    return begin, stop


def _on_one_line(text: str, begin: int, stop: int, matches: list[Match]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """``text[begin:stop]`` with single spaces and ellipses, and where the matches stand in it."""
    while begin < stop and text[begin].isspace():
        begin += 1
    pieces: list[str] = ["…"] if begin > 0 else []
    length = len(pieces)
    highlights: list[tuple[int, int]] = []
    place = begin
    for match in matches:
        if match.start < place:
            continue  # inside the match before it
        for piece, is_match in ((text[place : match.start], False), (text[match.start : match.end], True)):
            shown = _SPACE.sub(" ", piece)
            if is_match:
                highlights.append((length, length + len(shown)))
            pieces.append(shown)
            length += len(shown)
        place = match.end
    tail = _SPACE.sub(" ", text[place:stop])
    pieces.append(tail.rstrip() if place < stop else tail)
    if stop < len(text.rstrip()):
        pieces.append("…")
    return "".join(pieces), tuple(highlights)
