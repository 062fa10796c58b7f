"""Whole texts as the index takes them: folded words or stems joined by spaces, looked up word by word.

The same as `words.folded_words` and `words.stem`, made fast by remembering every word met; texts repeat words.
"""

from __future__ import annotations

from briefing_app.library.words.folding import folded_pieces, raw_tokens, stem

_MOST = 120_000  # words that are remembered in one table before it starts anew


class _Table(dict[str, str]):
    """From a token as written to what the index gets for it; filled on first use."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, token: str) -> str:
        pieces = folded_pieces(token)
        if self._language is not None:
            pieces = [stem(piece, self._language) for piece in pieces]
        value = " ".join(pieces)
        if len(pieces) == 1:
            if len(self) >= _MOST:
                self.clear()
            self[token] = value
        return value


class Lexicon:
    """Tables of words for one writer of an index. It is not for several threads at once."""

    def __init__(self) -> None:
        self._folded = _Table(None)
        self._stems: dict[str, _Table] = {}

    def forms(self, text: str, language: str) -> tuple[str, str]:
        """The folded words and the stems of ``text``, each joined by spaces."""
        tokens = raw_tokens(text)
        stems = self._stems.get(language)
        if stems is None:
            stems = self._stems[language] = _Table(language)
        return " ".join(map(self._folded.__getitem__, tokens)), " ".join(map(stems.__getitem__, tokens))
