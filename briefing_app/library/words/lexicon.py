"""Whole texts as the index takes them: folded words or stems joined by spaces, looked up word by word.

The same as `words.folded_words` and `words.stem`, made fast by remembering every word met; texts repeat words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing_app.library.words.folding import APOSTROPHES, INNER_SIGNS, folded_pieces, raw_tokens, stem

_MOST = 40_000  # words that are remembered in one table before it starts anew
_PLAIN = re.compile(r"\w+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_HAN = re.compile("[\u4e00-\u9fff]+")  # characters that fold to themselves, each a word of its own


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of one source's title and text as the index takes them, and what they were made of.

    They hold for a source as long as it has this title and language, and the text with this hash.
    """

    title: str
    language: str
    text_sha256: str
    words: str = field(repr=False)
    stems: str = field(repr=False)
    title_words: str
    title_stems: str


class _Table(dict[str, tuple[str, str]]):
    """From a token as written to what the index gets for it, folded and stemmed; filled on first use."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, token: str) -> tuple[str, str]:
        if _HAN.fullmatch(token):
            spaced = " ".join(token)
            return spaced, spaced
        pieces = folded_pieces(token)
        if len(pieces) != 1:
            return " ".join(pieces), " ".join([stem(piece, self._language) for piece in pieces])
        folded = token if pieces[0] == token else pieces[0]  # one string for equal words saves much memory
        stemmed = stem(folded, self._language)
        value = folded, folded if stemmed == folded else stemmed
        if len(self) >= _MOST:
            self.clear()
        self[token] = value
        return value


class Lexicon:
    """Tables of words for one writer of an index. It is not for several threads at once."""

    def __init__(self) -> None:
        self._tables: dict[str, _Table] = {}

    def forms(self, text: str, language: str) -> tuple[str, str]:
        """The folded words and the stems of ``text``, each joined by spaces."""
        table = self._tables.get(language)
        if table is None:
            table = self._tables[language] = _Table(language)
        pairs = list(map(table.__getitem__, _tokens(text)))
        return " ".join([folded for folded, _ in pairs]), " ".join([stemmed for _, stemmed in pairs])

    def of_source(self, title: str, text: str, language: str, text_sha256: str = "") -> Forms:
        """All that the index needs to know of a source's title and text."""
        words, stems = self.forms(text, language)
        title_words, title_stems = self.forms(title, language)
        return Forms(title, language, text_sha256, words, stems, title_words, title_stems)


def _tokens(text: str) -> list[str]:
    """The same as ``raw_tokens``; a text without signs that stand inside words is cut in a faster way."""
    if "_" in text:
        return raw_tokens(text)
    if not text.isascii():
        letters = set(text)
        inside = not letters.isdisjoint(INNER_SIGNS)
        if inside or (_CYRILLIC.search("".join(letters)) and not letters.isdisjoint(APOSTROPHES)):
            return raw_tokens(text)
    return _PLAIN.findall(text)
