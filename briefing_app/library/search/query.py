"""The query line: words, "phrases", word* prefixes, word~ near words, -exclusions and field:values.

Anything can be typed: what is not well formed is read as plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing_app.library.words.folding import words

FIELDS = (
    *("title", "outlet", "author", "tag", "before", "after", "lang"),
    *("grade", "added", "kind", "in", "is", "marking"),
)
_NAMES = {**{name: name for name in FIELDS}, "language": "lang"}

_QUOTES = '"“”„«»‟❝❞＂'
_PART = re.compile(
    rf"(?:(?<=\s)|^)(?P<minus>[-−–]?)(?:(?P<field>{'|'.join(_NAMES)})[:：])?"
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]"
    rf"|(?P<bare>\S+)",
    re.IGNORECASE,
)
_FIELD = re.compile(rf"(?P<minus>[-−–]?)(?P<field>{'|'.join(_NAMES)})[:：](?P<value>.*)", re.IGNORECASE)
_MINUS = ("-", "−", "–")
_NEAR = ("~", "～")


@dataclass(frozen=True, slots=True)
class Term:
    """Something to find: ``words`` folded and in order, several of them as a phrase.

    ``prefix``: the last word stands for every word that begins with it. ``exact``: as typed, not by its stem.
    ``fuzzy``: words that are spelled nearly so count, too.
    """

    words: tuple[str, ...]
    excluded: bool = False
    prefix: bool = False
    exact: bool = False
    typing: bool = False
    fuzzy: bool = False

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """``field:value``: ``value`` as typed, without quotation marks and star; ``term`` has its words.

    ``typing``: the line ends in it, so that it may not be finished.
    """

    field: str
    value: str
    term: Term
    typing: bool = False


@dataclass(frozen=True, slots=True)
class QueryLine:
    """What a query line asks for: ``terms`` of the text and title, and ``fields``."""

    terms: tuple[Term, ...]
    fields: tuple[FieldTerm, ...]


def parse(text: str, *, prefix_last: bool = False) -> tuple[Term, ...]:
    """The terms of a query line that are looked for in the text; those of fields are left out."""
    return parse_line(text, prefix_last=prefix_last).terms


def parse_line(text: str, *, prefix_last: bool = False, fuzzy: bool = False) -> QueryLine:
    """All that a query line says.

    ``prefix_last`` takes the last word, while it is typed, as a prefix; ``fuzzy`` takes every word for ``word~``.
    """
    terms: list[Term] = []
    fields: list[FieldTerm] = []
    for part in _PART.finditer(text):
        is_open = prefix_last and part["bare"] is not None and part.end() == len(text)
        named = _FIELD.fullmatch(part["bare"]) if part["bare"] is not None else part if part["field"] else None
        if named is not None:
            value, exact = (part["phrase"], True) if part["bare"] is None else (named["value"], False)
            field = _field(named["field"], value, bool(named["minus"]), exact, is_open)
            if field is not None:
                fields.append(field)
                continue
            if is_open:  # the name of a field, whose value comes next
                continue
        terms.extend(_terms(part, is_open, fuzzy))
    return QueryLine(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(fields)))


def _terms(part: re.Match[str], is_open: bool, fuzzy: bool) -> Iterator[Term]:
    bare = part["bare"]
    if bare is None:
        named = f"{part['field']} " if part["field"] else ""
        yield from _term(named + part["phrase"], excluded=bool(part["minus"]), exact=True)
        return
    excluded = len(bare) > 1 and bare.startswith(_MINUS)
    near = bare.endswith(_NEAR)
    for term in _term(bare[1:] if excluded else bare, excluded=excluded, prefix=bare.endswith("*")):
        if is_open and not (term.prefix or term.excluded or near):
            term = Term(term.words, prefix=True, typing=True)
        is_plain = len(term.words) == 1 and not term.excluded and (term.typing or not term.prefix)
        yield replace(term, fuzzy=True) if is_plain and (near or fuzzy) else term


def _field(name: str, value: str, excluded: bool, exact: bool, is_open: bool) -> FieldTerm | None:
    """The value of a field, or None where there is none."""
    prefix = not exact and (value.endswith("*") or is_open)
    plain = value.strip(" *\t")
    typing = is_open and not value.endswith("*")
    for term in _term(plain, excluded=excluded, prefix=prefix, exact=exact):
        return FieldTerm(_NAMES[name.casefold()], plain, replace(term, typing=typing), is_open)
    return None


def _term(text: str, *, excluded: bool, prefix: bool = False, exact: bool = False) -> list[Term]:
    folded = tuple(word.folded for word in words(text))
    return [Term(folded, excluded, prefix, exact)] if folded else []
