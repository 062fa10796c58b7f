"""HTML as strings: escaping, names of places, attributes."""

from __future__ import annotations

import re
from html import escape

# what HTML may not hold: controls, lone surrogates, non-characters
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
_LARGE_NON_CHARACTERS = re.compile(f"[{_LAST_OF_PLANES}]")
_BREAKS = re.compile("\r\n|[\r\x0c\u2028\u2029]")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def text(words: str) -> str:
    """``words`` as they stand between tags."""
    return escape(_clean(words), quote=False)


def value(words: str) -> str:
    """``words`` as they stand inside an attribute's double quotes."""
    return escape(_clean(words))


def _clean(words: str) -> str:
    return _LARGE_NON_CHARACTERS.sub("", _ILLEGAL.sub("", _BREAKS.sub(" ", words)))


def place(id: str, kind: str = "b") -> str:
    """A name for the place of a node, which a link can lead to; different ids give different names."""
    return f"{kind}-{_UNSAFE.sub(lambda found: f'.{ord(found.group()):x}.', id)}"


def language_of(tag: str) -> str:
    """The language tag, or an empty string where it is none."""
    tag = tag.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def tag(name: str, inside: str, **attributes: str) -> str:
    """An element; empty attributes are left out, and a final underscore of their names is dropped."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{value(one)}"' for key, one in attributes.items() if one)
    return f"<{name}{given}>{inside}</{name}>"
