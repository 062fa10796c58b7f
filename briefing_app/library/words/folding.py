"""Words as the search sees them: tokens with exact places, folded forms and stems.

Index and query use the same functions, so that equal folded words always have equal stems. Nothing here knows a
database or an index.
"""

from __future__ import annotations

import functools
import re
import sys
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import snowballstemmer

from briefing_app.library.words.arabic import stem_arabic
from briefing_app.library.words.slavic import finish_russian, stem_ukrainian

MAX_WORD = 64  # code points of a word that are told apart; longer runs are no words of any language

# Scripts written without spaces, whose characters are tokens of their own: a run of them is found as a phrase.
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"  # Han, Kana
    "\uac00-\ud7a3"  # Hangul syllables
    "\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
_JOINERS = "\u00ad\u200b\u200c\u200d\u2060"  # soft hyphen, zero-width joiners: inside a word, and no part of it
_APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4"


def _mark_ranges() -> str:
    """All combining marks as the inside of a character class."""
    ranges: list[tuple[int, int]] = []
    for code in range(0x300, sys.maxunicode if sys.maxunicode < 0x1F000 else 0x1F000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in ranges)


_MARKS = _mark_ranges()
_RUN = re.compile(
    rf"[^\W_]+(?:[{_MARKS}{_JOINERS}]+[^\W_]*)*"
    # an apostrophe between Cyrillic letters belongs to the word, as in Ukrainian; й may be и with a mark
    rf"(?:(?:(?<=[\u0400-\u052f])|(?<=[\u0400-\u052f][\u0300-\u036f])|(?<=[\u0400-\u052f][\u0300-\u036f]{{2}}))"
    rf"[{_APOSTROPHES}](?=[\u0400-\u052f])[^\W_]+(?:[{_MARKS}{_JOINERS}]+[^\W_]*)*)*"
)
# Signs that may stand inside a word; without any of them a word is a plain run of letters and digits.
INNER_SIGNS = frozenset(
    chr(code)
    for low, _, high in re.findall("(.)(-(.))?", _MARKS, re.DOTALL)
    for code in range(ord(low), ord(high or low) + 1)
) | frozenset(_JOINERS)
APOSTROPHES = frozenset(_APOSTROPHES)  # these only between Cyrillic letters
_PLAIN_RUN = re.compile(r"[^\W_]+")  # the same where no sign or apostrophe can be inside a word
_CYRILLIC = frozenset(map(chr, range(0x400, 0x530)))
_JAMO = "\u1100-\u11ff"  # Hangul written letter by letter: syllables again once composed
_HAS_SINGLE = re.compile(f"[{_SINGLE}{_JAMO}]")
_PIECE = re.compile(
    f"[{_SINGLE}][{_MARKS}{_JOINERS}]*"
    f"|[\u1100-\u115f][\u1160-\u11a7]*[\u11a8-\u11ff]*|[\u1160-\u11ff]"
    f"|[^{_SINGLE}{_JAMO}]+"
)

# Marks that are dropped when they stand on a letter: accents, Hebrew points, Arabic vowels, Thai tones.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u0e47-\u0e4e"
    f"{_JOINERS}{_APOSTROPHES}]"
)
# Letters that look accented but are letters of their own, and decompose.
_KEPT = frozenset("йїўќѓ")
_LETTERS = {
    "ё": "е", "ґ": "г", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ς": "σ",
    **{chr(0x6F0 + digit): str(digit) for digit in range(10)},
    **{chr(0x660 + digit): str(digit) for digit in range(10)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a text: ``text[start:end]`` in code points, and its folded form."""

    start: int
    end: int
    folded: str


class _Letters(dict[int, str]):
    """What each letter folds to, found out on first use."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = _LETTERS.get(letter)
        if folded is None:
            folded = letter
            if letter not in _KEPT:
                plain = _DROPPED.sub("", unicodedata.normalize("NFD", letter))
                folded = "".join(_LETTERS.get(char, char) for char in unicodedata.normalize("NFC", plain))
        self[code] = folded
        return folded


_letters = _Letters()


@functools.lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """The form under which ``word`` is compared: no case, accents, Arabic vowels or tatweel; ё is е."""
    if word.isascii():
        return word.lower()[:MAX_WORD]
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _DROPPED.sub("", composed.translate(_letters)).replace(" ", "")[:MAX_WORD]


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The tokens of ``text[start:end]`` in order, with their places in the whole of ``text``."""
    for run in _RUN.finditer(text, start, len(text) if end is None else end):
        token, place = run.group(), run.start()
        if token.isascii() or not _HAS_SINGLE.search(token):
            folded = fold(token)
            if folded:
                yield Word(place, run.end(), folded)
            continue
        for piece in _PIECE.finditer(token):
            folded = fold(piece.group())
            if folded:
                yield Word(place + piece.start(), place + piece.end(), folded)


def raw_tokens(text: str) -> list[str]:
    """The runs of letters and digits of ``text`` as written; one of a script without spaces has many words."""
    return (_PLAIN_RUN if text.isascii() or _is_plain(frozenset(text)) else _RUN).findall(text)


def _is_plain(characters: frozenset[str]) -> bool:
    """True for the characters of a text whose words are unbroken runs of letters and digits."""
    if not characters.isdisjoint(INNER_SIGNS):
        return False
    return characters.isdisjoint(APOSTROPHES) or characters.isdisjoint(_CYRILLIC)


def folded_pieces(token: str) -> list[str]:
    """The folded words of one run of ``raw_tokens``."""
    pieces = (token,) if token.isascii() or not _HAS_SINGLE.search(token) else _PIECE.findall(token)
    return [folded for piece in pieces if (folded := fold(piece))]


def folded_words(text: str) -> list[str]:
    """The folded forms of the tokens of ``text``; the same as ``[word.folded for word in words(text)]``."""
    return [folded for token in raw_tokens(text) for folded in folded_pieces(token)]


def fold_phrase(text: str) -> str:
    """A whole name ("Kyiv Post") in the form under which names are compared."""
    return " ".join(folded_words(text)) or text.strip().casefold()


@functools.cache
def _variants() -> dict[str, str]:
    """For each folded letter, the letters of the common alphabets that fold to it."""
    found: dict[str, str] = {}
    for low, high in ((0x30, 0x250), (0x370, 0x530), (0x5D0, 0x6FF), (0x1E00, 0x2000)):
        for code in range(low, high):
            folded = fold(chr(code))
            if len(folded) == 1 and folded.isalnum():
                found[folded] = found.get(folded, "") + chr(code)
    return found


def is_single(word: str) -> bool:
    """True for a word of a script without spaces."""
    return _HAS_SINGLE.match(word) is not None


@functools.lru_cache(maxsize=2000)
def pattern_of(beginning: str, *, inside: bool = False) -> str:
    """A regular expression for the places of a text where a word may begin that folds to ``beginning``...

    It may find too much (the word has to be looked at) and miss rare spellings, such as compatibility letters.
    With ``inside`` a word may go on before the place, too.
    """
    letters = [f"[{re.escape(''.join({letter, *_variants().get(letter, '')}))}]" for letter in beginning]
    # marks and joiners, told from letters only, because their whole class takes milliseconds to compile
    between = r"(?:[^\w\s]|\u0640)*" if script(beginning) == "Arabic" else r"[^\w\s]*"
    if not inside and not _HAS_SINGLE.match(beginning):
        letters[0] += f"(?<!{letter_beside(beginning)}.)"  # looked at after the letter, which a search finds faster
    return between.join(letters)


def letter_beside(word: str) -> str:
    """A regular expression for a letter or digit that belongs to the word when it stands right beside it.

    Chinese beside a Latin word does not. Only small classes: those of thousands of letters take long to compile.
    """
    own = "Latin" if word.isascii() else script(word)
    return {"Latin": "[0-9A-Za-z\u00c0-\u024f]", "Cyrillic": "[0-9\u0400-\u052f]"}.get(own, r"[^\W_]")


def word_start(text: str, place: int) -> int:
    """Where the word begins that has ``text[place]`` in it."""
    while place > 0 and (
        text[place - 1].isalnum() or text[place - 1] in _JOINERS or unicodedata.combining(text[place - 1])
    ):
        place -= 1
    return place


# --- stems ------------------------------------------------------------------------------------------------------

_STEMMERS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian",
    "nn": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_WITH_RULES = frozenset({*_STEMMERS, "ar", "uk"})
_SCRIPTS = (
    ("a", "\u024f", "Latin"),
    ("\u0370", "\u03ff", "Greek"),
    ("\u0400", "\u052f", "Cyrillic"),
    ("\u0530", "\u058f", "Armenian"),
    ("\u0590", "\u05ff", "Hebrew"),
    ("\u0600", "\u06ff", "Arabic"),
    ("\u0900", "\u097f", "Devanagari"),
    ("\u0b80", "\u0bff", "Tamil"),
)
_SCRIPT_LANGUAGE = {
    "Latin": "en", "Cyrillic": "ru", "Arabic": "ar", "Greek": "el", "Armenian": "hy", "Devanagari": "hi",
    "Hebrew": "yi", "Tamil": "ta",
}  # fmt: skip
_LANGUAGE_SCRIPT = {  # of languages without rules, too
    **dict.fromkeys(_STEMMERS, "Latin"),
    "ru": "Cyrillic", "uk": "Cyrillic", "be": "Cyrillic", "bg": "Cyrillic", "sr": "Cyrillic", "mk": "Cyrillic",
    "kk": "Cyrillic", "ar": "Arabic", "fa": "Arabic", "ur": "Arabic", "ps": "Arabic", "ku": "Arabic",
    "el": "Greek", "hy": "Armenian", "hi": "Devanagari", "ne": "Devanagari", "he": "Hebrew", "yi": "Hebrew",
    "ta": "Tamil",
    "pl": "Latin", "cs": "Latin", "sk": "Latin", "lv": "Latin", "hr": "Latin", "sl": "Latin", "vi": "Latin",
    "az": "Latin", "uz": "Latin", "sq": "Latin", "la": "Latin",
}  # fmt: skip
_UKRAINIAN_LETTERS = re.compile("[іїє]")
_RUSSIAN_LETTERS = re.compile("[ыэъ]")
_PERSIAN = str.maketrans("يك", "یک")
_stemmers = threading.local()


def script(word: str) -> str:
    """The script of a folded word by its first letter, or an empty string."""
    first = word[:1]
    if "a" <= first <= "z":
        return "Latin"
    return next((name for low, high, name in _SCRIPTS if low <= first <= high), "")


@functools.lru_cache(maxsize=500)
def base_language(language: str) -> str:
    """``en`` of ``en-GB``; empty where nothing is known."""
    return re.split("[-_]", language.casefold(), maxsplit=1)[0]


@functools.lru_cache(maxsize=20_000)
def stem(folded: str, language: str = "") -> str:
    """The stem of a folded word in a text of ``language``.

    A word in another script than the language's, or of a language that is unknown or has no rules, is stemmed as one
    of the commonest language of its own script. Numbers and short words stay as they are.
    """
    own = script(folded)
    if not own or len(folded) < 3:
        return folded
    code = base_language(language)
    if _LANGUAGE_SCRIPT.get(code) != own or code not in _WITH_RULES:
        code = _SCRIPT_LANGUAGE.get(own, "")
    if code in ("ru", "uk"):
        return _stem_east_slavic(folded, code)
    if code == "ar":
        return stem_arabic(folded)
    name = _STEMMERS.get(code)
    if name is None:
        return folded
    if name == "persian":
        folded = folded.translate(_PERSIAN)
    return fold(str(_stemmer(name).stemWord(folded))) or folded


def _stem_east_slavic(folded: str, code: str) -> str:
    """A word's own letters say more than the language of the text, which may quote or be taken for the other one."""
    if _UKRAINIAN_LETTERS.search(folded):
        code = "uk"
    elif _RUSSIAN_LETTERS.search(folded):
        code = "ru"
    if code == "uk":
        return stem_ukrainian(folded)
    return finish_russian(fold(str(_stemmer("russian").stemWord(folded))) or folded)


def stems(folded: str, languages: frozenset[str]) -> frozenset[str]:
    """Every stem that ``folded`` may have in a library whose texts are in ``languages`` (and unknown ones)."""
    return frozenset(stem(folded, language) for language in (*languages, ""))


def _stemmer(name: str) -> Any:
    """This thread's own stemmer: they hold state while they work."""
    known: dict[str, Any] = _stemmers.__dict__
    if name not in known:
        known[name] = snowballstemmer.stemmer(name)
    return known[name]
