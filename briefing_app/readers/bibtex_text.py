"""The TeX in references as plain text: accents, dashes, commands and braces; and names in a list of them."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "i", "j": "j", "dh": "ð", "th": "þ", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "ldots": "…", "dots": "…", "textbackslash": "\\",
    "textasciitilde": "~", "textregistered": "®", "copyright": "©", "textdegree": "°", "euro": "€", "S": "§",
    "alpha": "α", "beta": "β", "gamma": "γ", "mu": "μ", "times": "×", "par": "\n\n", "newline": "\n", "linebreak": "\n",
}  # fmt: skip
_ACCENT = re.compile(
    r"""\\([`'^~"=.])\s*\{?\s*(\\[ij](?![A-Za-z])|[^\W\d_])\s*\}?|\\([uvHckrdb])(?:\s*\{\s*(\\[ij]|[^\W\d_])\s*\}|\s+(\\[ij]|[^\W\d_]))"""
)
_LETTER = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])(?:\s*\{\}|\s+)?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_OPENERS = re.compile(r"\\(?:url|href|texttt|emph|text[a-z]{2}|mkbibquote|enquote|bibstring)\s*(?=\{)")
_KEPT = {"{": "\ue000", "}": "\ue001"}


def plain_text(value: str, *, lines: bool = False) -> str:
    """A value without its TeX; on one line unless its lines are wanted."""
    if "\\" in value:
        value = _ESCAPED.sub(lambda found: _KEPT.get(found.group(1), found.group(1)), value)
        value = _ACCENT.sub(_accented, value)
        value = _OPENERS.sub("", value)
        value = _LETTER.sub(lambda found: _LETTERS.get(found.group(1), ""), value)
        value = value.replace("\\\\", "\n").replace("\\", "")
    value = value.replace("{", "").replace("}", "").replace("\ue000", "{").replace("\ue001", "}")
    value = value.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”").replace("~", " ")
    if lines:
        return "\n\n".join(filter(None, (" ".join(part.split()) for part in re.split(r"\n\s*\n", value))))
    return " ".join(value.split())


def _accented(found: re.Match[str]) -> str:
    accent = found.group(1) or found.group(3)
    letter = (found.group(2) or found.group(4) or found.group(5)).lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


def split_names(value: str) -> list[tuple[str, bool]]:
    """The names of a list joined by ``and``, each with whether it is in braces, as the names of bodies are."""
    names: list[str] = []
    depth, start = 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", value, re.IGNORECASE):
        sign = found.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            names.append(value[start : found.start()])
            start = found.end()
    names.append(value[start:])
    if len(names) == 1 and ";" in value and "{" not in value:
        names = value.split(";")  # as some databases write them
    cleaned = ((plain_text(name), _is_braced(name.strip())) for name in names)
    return [(name, braced) for name, braced in cleaned if name and name.lower() != "others"]


def _is_braced(name: str) -> bool:
    """True where one pair of braces holds the whole name."""
    return name.startswith("{") and name.endswith("}") and name.find("}") == len(name) - 1
