"""Finding a quotation in a source's text: word for word, or else the nearest passage to show."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

from briefing_app.errors import NotVerbatim, UsageError
from briefing_app.library.words.folding import Word, words

_NEAR = 55.0  # likeness in percent below which a passage is no help
_FEW = 12  # places in the text that are compared closely
_SHOWN = 300  # code points of the nearest passage that a message shows
_END = 200  # code points at either end by which a long quotation is compared


def find(text: str, quote: str, name: str) -> tuple[int, int]:
    """The range of ``quote`` in ``text``, the first one where it stands there more than once.

    Exactly as given first; then with any white space where the quotation has white space, and with
    letters composed or decomposed, which look the same. Raises NotVerbatim with
    the nearest passage where it stands there in neither way, UsageError for an empty quotation. ``name`` is what
    the source is called in messages.
    """
    if not quote.strip():
        raise UsageError("The quotation is empty.", "Give the words to quote, as they stand in the source.")
    exact = text.find(quote)
    if exact >= 0:
        return exact, exact + len(quote)
    for form in (quote, unicodedata.normalize("NFC", quote), unicodedata.normalize("NFD", quote)):
        spaced = re.search(r"\s+".join(re.escape(part) for part in form.split()), text)
        if spaced is not None:
            return spaced.start(), spaced.end()
    raise _not_verbatim(text, quote, name)


def _not_verbatim(text: str, quote: str, name: str) -> NotVerbatim:
    start, end = nearest(text, quote)
    if end <= start:
        return NotVerbatim(
            f"The quotation does not stand in {name}, and no passage of it comes near.",
            "Check that it is the right source, and copy the words from its text.",
        )
    passage = text[start:end]
    shown = passage if len(passage) <= _SHOWN else f"{passage[:_SHOWN]} …"
    return NotVerbatim(
        f"The quotation does not stand in {name} word for word. The nearest passage ({start}:{end}) is: “{shown}”",
        "Quote the words as they stand there.",
        nearest=passage,
        start=start,
        end=end,
    )


def nearest(text: str, quote: str) -> tuple[int, int]:
    """The range of the passage that is most like ``quote``, or (-1, -1) where none is.

    Places where rare words of the quotation stand close together are compared letter by letter.
    """
    wanted = list(words(quote))
    if not wanted or not text.strip():
        return -1, -1
    have = list(words(text))
    best, best_score = (-1, -1), _NEAR
    for first in _places(have, wanted):
        low = have[max(0, first - 2)].start
        high = have[min(len(have), first + len(wanted) + 6) - 1].end
        score, start, end = _align(quote, text[low:high])
        if score > best_score:
            best_score, best = score, (low + start, low + end)
    return best if best[0] < 0 else _whole_words(have, *best)


def _align(quote: str, passage: str) -> tuple[float, int, int]:
    """How like the quotation the best part of ``passage`` is, in percent, and that part's range.

    A long quotation is compared by its two ends only, because the cost grows with the product of the lengths.
    """
    if len(quote) <= 2 * _END:
        found = fuzz.partial_ratio_alignment(quote.casefold(), _same_length_fold(passage))
        return (0.0, 0, 0) if found is None else (found.score, found.dest_start, found.dest_end)
    from_end = max(0, len(passage) - 3 * _END)
    head_score, start, _ = _align(quote[:_END], passage[: 3 * _END])
    tail_score, _, end = _align(quote[-_END:], passage[from_end:])
    return min(head_score, tail_score), start, max(start, from_end + end)


def _places(have: list[Word], wanted: list[Word]) -> list[int]:
    """Word numbers of ``have`` at which a passage with most of the wanted words begins, the best ones first."""
    size = len(wanted)
    weights = _rarity(have, {word.folded for word in wanted})
    worth: list[tuple[float, int]] = []
    counts: dict[str, int] = {}
    total = 0.0
    for last, word in enumerate(have):
        weight = weights.get(word.folded)
        if weight is not None:
            counts[word.folded] = counts.get(word.folded, 0) + 1
            if counts[word.folded] == 1:
                total += weight
        if last >= size:
            gone = have[last - size].folded
            if gone in counts:
                counts[gone] -= 1
                if counts[gone] == 0:
                    total -= weights[gone]
        if weight is not None and total > 1e-9:
            worth.append((total, max(0, last - size + 1)))
    worth.sort(key=lambda item: (-item[0], item[1]))
    chosen: list[int] = []
    for _, first in worth:
        if all(abs(first - other) > size // 2 for other in chosen):
            chosen.append(first)
            if len(chosen) == _FEW:
                break
    return chosen or [0]


def _rarity(have: list[Word], wanted: set[str]) -> dict[str, float]:
    counts = dict.fromkeys(wanted, 0)
    for word in have:
        if word.folded in counts:
            counts[word.folded] += 1
    return {word: 1.0 / (1 + count) ** 0.5 for word, count in counts.items()}


def _same_length_fold(text: str) -> str:
    folded = text.casefold()
    return folded if len(folded) == len(text) else text


def _whole_words(have: list[Word], start: int, end: int) -> tuple[int, int]:
    """``start:end`` widened to whole words."""
    touched = [word for word in have if word.start < end and start < word.end]
    if not touched or touched[-1].end - touched[0].start > 2 * (end - start) + _SHOWN:
        return start, end  # a "word" without an end, as in encoded data
    return touched[0].start, touched[-1].end
