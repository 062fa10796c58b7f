"""The stems under which other forms of a word that was asked for stand in the texts.

Beside the stems that the rules give there are, for Arabic, those with a conjunction or preposition written onto the
word, or taken off it. Whether وزير is a word of its own or و with a word is told by the index: the bare word is at
least as frequent as the same word with something written onto it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from briefing_app.library.words.arabic import bare, with_proclitics
from briefing_app.library.words.folding import script, stems

Forms = Callable[[str], frozenset[str]]
"""From a folded word to the stems that count as the word."""


def forms_in(languages: frozenset[str], frequency: Callable[[str], int] | None = None) -> Forms:
    """The forms of words in texts of ``languages``; ``frequency`` tells in how many texts a stem occurs.

    Without ``frequency`` everything that may be written onto an Arabic word is taken for it.
    """

    @functools.cache
    def forms(word: str) -> frozenset[str]:
        own = stems(word, languages)
        if script(word) != "Arabic":
            return own
        plain = own | {shorter for stem in own for shorter in bare(stem) if same(stem, shorter)}
        return plain | {longer for stem in plain for longer in with_proclitics(stem) if same(longer, stem)}

    def same(longer: str, plain: str) -> bool:
        return frequency is None or 0 < frequency(plain) >= frequency(longer)

    return forms
