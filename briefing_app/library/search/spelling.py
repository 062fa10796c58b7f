"""When two words count as spelled nearly the same."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from briefing_app.library.words.folding import is_single

_SHORT, _LONG = 3, 8  # code points from which a word may differ in one letter, and in two


def distance_for(word: str) -> int:
    """How many letters may be put in, left out, changed or swapped in a folded word: none, one, or two."""
    if len(word) < _SHORT or is_single(word) or word.isdigit():
        return 0
    return 2 if len(word) >= _LONG else 1


def is_near(word: str, wanted: str, *, spare: int = 0) -> bool:
    """True where a folded word is ``wanted`` or spelled nearly so, as the index finds it; ``spare`` allows for more."""
    most = distance_for(wanted)
    return abs(len(word) - len(wanted)) <= most + spare and OSA.distance(word, wanted, score_cutoff=most + spare) <= (
        most + spare
    )
