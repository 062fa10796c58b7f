"""Where a cited passage stands in a source's text when that text was read anew: by its words and those around it.

The idea is that of the W3C's TextQuoteSelector (Web Annotation Data Model, 4.2.4): a quotation with a prefix and a
suffix finds its place in a changed text. What readers change without changing words (white space, ligatures, soft
hyphens, the form of quotation marks and dashes) does not count.
"""

from __future__ import annotations

import functools
import unicodedata
from array import array
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from briefing_app.model.excerpt import CONTEXT, Excerpt, sha256_text

LEAST = 0.6  # likeness under which a passage counts as lost
_SEED = 10  # letters that are looked for exactly, to find where a changed passage may stand
_SEEDS = 48
_SEED_PLACES = 40  # places of one seed that are looked at; a more frequent one tells nothing
_CANDIDATES = 4
_SIDE = 24  # letters on each side that enclose a passage
_TRUST = 0.15  # likeness by which what is enclosed may fall short of what is most like the passage
_PLAIN = {
    **dict.fromkeys("“”„«»‟❝❞＂", '"'),
    **dict.fromkeys("‘’‚‹›‛", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_NOTHING = ("Cf", "Zs", "Zl", "Zp", "Cc")


class Anchoring(StrEnum):
    """How a passage was found again."""

    SAME = "same"  # the text is the one from which it was taken
    MOVED = "moved"  # its words stand in the text, perhaps elsewhere, perhaps set otherwise
    CHANGED = "changed"  # other words stand where it was
    LOST = "lost"  # nothing like it


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a passage in the text in force: ``text`` is what stands at ``start:end`` (code points) there.

    ``similarity`` is 1.0 for the same words and 0.0 where it is lost; then the place is empty.
    """

    how: Anchoring
    start: int = 0
    end: int = 0
    text: str = ""
    similarity: float = 0.0


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text without what does not count, with the place of each letter in the text."""

    text: str
    places: array[int] = field(repr=False)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The range of the whole text that the letters ``start:end`` span."""
        return self.places[start], self.places[end - 1] + 1


def anchor(excerpt: Excerpt, text: str) -> Anchor:
    """Find the passage of ``excerpt`` in ``text``, which is the text in force of its source."""
    if text[excerpt.start : excerpt.end] == excerpt.text and sha256_text(text) == excerpt.text_sha256:
        return Anchor(Anchoring.SAME, excerpt.start, excerpt.end, excerpt.text, 1.0)
    place = _verbatim(text, excerpt.text, excerpt.before, excerpt.after, excerpt.start)
    if place >= 0:
        return Anchor(Anchoring.MOVED, place, place + len(excerpt.text), excerpt.text, 1.0)
    wanted = _letters(excerpt.text)
    if not wanted.text:
        return Anchor(Anchoring.LOST)
    whole = _letters(text)
    before, after = _letters(excerpt.before).text, _letters(excerpt.after).text
    place = _verbatim(whole.text, wanted.text, before, after, _expected(whole, excerpt.start))
    if place >= 0:
        start, end = whole.range(place, place + len(wanted.text))
        return Anchor(Anchoring.MOVED, start, end, text[start:end], 1.0)
    found = _alike(whole.text, wanted.text, before, after)
    if found is None:
        return Anchor(Anchoring.LOST)
    low, high, likeness = found
    start, end = _to_words(text, *whole.range(low, high))
    return Anchor(Anchoring.CHANGED, start, end, text[start:end], likeness)


@functools.lru_cache(maxsize=8)  # several passages of one source are looked for one after another
def _letters(text: str) -> _Letters:
    """The letters of a text: composed, compatible forms made plain, without white space and hyphens at line ends."""
    letters: list[str] = []
    places = array("q")
    for place, char in enumerate(text):
        if char.isascii():
            plain = "" if char.isspace() or char == "-" else char
        else:
            plain = _PLAIN.get(char) or (
                "" if unicodedata.category(char) in _NOTHING else unicodedata.normalize("NFKD", char)
            )
            plain = "" if plain == "-" else plain
        letters.append(plain)
        places.extend([place] * len(plain))
    return _Letters("".join(letters), places)


def _expected(whole: _Letters, start: int) -> int:
    """The letter at which the passage would stand if nothing before it had changed."""
    low, high = 0, len(whole.places)
    while low < high:
        middle = (low + high) // 2
        if whole.places[middle] < start:
            low = middle + 1
        else:
            high = middle
    return low


def _verbatim(whole: str, wanted: str, before: str, after: str, expected: int) -> int:
    """The place of the same words that has most of the words around them, then the nearest; -1 where there is none."""
    best, best_key = -1, (-1, 0)
    place = whole.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        around = _common_end(whole[max(0, place - CONTEXT) : place], before)
        around += _common_beginning(whole[end : end + CONTEXT], after)
        key = (around, -abs(place - expected))
        if key > best_key:
            best, best_key = place, key
        place = whole.find(wanted, place + 1)
    return best


def _common_end(one: str, other: str) -> int:
    return _common_beginning(one[::-1], other[::-1])


def _common_beginning(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _alike(whole: str, wanted: str, before: str, after: str) -> tuple[int, int, float] | None:
    """The range of letters most like the passage, and its likeness; None where nothing is like it."""
    best: tuple[int, int, float] | None = None
    for start in _candidates(whole, before + wanted + after):
        start += len(before)
        low = max(0, start - len(wanted) // 2 - CONTEXT)
        high = min(len(whole), start + 2 * len(wanted) + CONTEXT)
        found = _between(whole[low:high], wanted, before, after)
        if found is not None and (best is None or found[2] > best[2]):
            best = (low + found[0], low + found[1], found[2])
    return best if best is not None and best[2] >= LEAST else None


def _candidates(whole: str, context: str) -> list[int]:
    """Where ``context`` may begin in the text, by pieces of it that stand there unchanged; the likeliest first."""
    votes: Counter[int] = Counter()
    step = max(1, (len(context) - _SEED) // _SEEDS)
    width = max(64, len(context) // 4)
    for offset in range(0, max(1, len(context) - _SEED + 1), step):
        seed = context[offset : offset + _SEED]
        if len(seed) < min(_SEED, len(context)):
            continue
        place, count = whole.find(seed), 0
        while place >= 0 and count < _SEED_PLACES:
            votes[(place - offset) // width] += 1
            count += 1
            place = whole.find(seed, place + 1)
    return [max(0, bucket * width) for bucket, _ in votes.most_common(_CANDIDATES)]


def _between(window: str, wanted: str, before: str, after: str) -> tuple[int, int, float] | None:
    """The part of ``window`` that stands for the passage: between what stood around it, or what is most like it."""
    enclosed = _enclosed(window, wanted, before[-_SIDE:], after[:_SIDE])
    aligned = fuzz.partial_ratio_alignment(wanted, window)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return enclosed
    low, high = aligned.dest_start, aligned.dest_end
    likeness = Indel.normalized_similarity(wanted, window[low:high])
    if enclosed is not None and enclosed[2] >= max(LEAST, likeness - _TRUST):
        return enclosed
    return low, high, likeness


def _enclosed(window: str, wanted: str, before: str, after: str) -> tuple[int, int, float] | None:
    """What stands between the words that stood before and after the passage; None where they are not there."""
    first = window.find(before) if before else -1
    start = first + len(before)
    last = window.find(after, start) if after and first >= 0 else -1
    if last <= start:
        return None
    return start, last, Indel.normalized_similarity(wanted, window[start:last])


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with the words whole at its ends, where they are not long; without white space around."""
    for _ in range(24):
        if start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
    for _ in range(24):
        if end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())
