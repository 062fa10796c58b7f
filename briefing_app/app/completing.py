"""Completing the query line while it is typed: names of fields, and the values that the library has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing_app.library.library import Library
from briefing_app.library.search import values
from briefing_app.library.search.query import FIELDS
from briefing_app.model.grading import Reliability

MOST = 8  # options that are offered at a time
_SHORTEST = 3  # letters of a field's name before it is offered
_TOKEN = re.compile(r'(?P<minus>[-−–]?)(?P<field>[a-z]+)[:：](?P<value>"[^"]*|[^\s"]*)$', re.IGNORECASE)
_NAME = re.compile(r"(?:^|(?<=\s))[-−–]?(?P<name>[a-z]+)$", re.IGNORECASE)
_DAYS = {"today": "", "yesterday": "", "week": "the last 7 days", "month": "the last 30 days"}
_STATES = {"new": "neither kept nor dropped", "scan": "without readable text", "noted": "with a note"}
_MARKINGS = ("clear", "green", "amber", "amber+strict", "red")
SYNTAX: tuple[tuple[str, str], ...] = (
    ("port strike", "all the words, in any form"),
    ("“port strike”", "the phrase, word for word"),
    ("anch*", "words that begin so"),
    ("Sevmash~", "words spelled nearly so"),
    ("-drill", "not this word; - goes before fields, too"),
    ("title: author: outlet:", "words of the title, an author, an outlet"),
    ("tag:ports  in:“Baltic”", "a tag; a collection or saved search"),
    ("after:2026-11  before:2026", "published then or later, or earlier"),
    ("added:today", "came in today; yesterday, week, month, a date, 2026-11-20..2026-11-24"),
    ("lang:ru  kind:pdf", "a language; web, pdf, document, email, text"),
    ("grade:A-C  grade:none", "how reliable the source is taken to be"),
    ("is:starred", "unread, read, new, kept, dropped, reprint, scan, noted"),
    ("marking:amber", "the marking that it came with"),
)
"""The query line at a glance: what is written, and what it means."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: ``text`` takes the place of what is typed, ``about`` says more about it."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What ``line[start:end]`` could become."""

    start: int
    end: int
    options: tuple[Option, ...]


def complete(library: Library, line: str, cursor: int) -> Completion | None:
    """The ways to go on at a place of the line; None where there are none."""
    before = line[:cursor]
    if token := _TOKEN.search(before):
        field, typed = token["field"].casefold(), token["value"].lstrip('"').casefold()
        if token.start() and not before[token.start() - 1].isspace():
            return None
        options = tuple(
            Option(f"{token['minus']}{token['field']}:{_quoted(value)} ", about)
            for value, about in _first(_values(library, field), typed)
        )
        return Completion(token.start(), cursor, options) if options else None
    if (name := _NAME.search(before)) and len(name["name"]) >= _SHORTEST:
        typed = name["name"].casefold()
        fields = tuple(Option(f"{field}:") for field in FIELDS if field.startswith(typed))
        return Completion(name.start("name"), cursor, fields) if fields else None
    return None


def _values(library: Library, field: str) -> Iterator[tuple[str, str]]:
    """The values of a field, the most frequent first, with a word about each."""
    if field == "grade":
        yield from ((str(grade), grade.wording) for grade in Reliability)
        yield "none", "not graded"
    elif field == "added":
        yield from _DAYS.items()
    elif field == "kind":
        yield from ((kind, "") for kind in values.KINDS)
    elif field == "is":
        yield from ((flag, _STATES.get(flag, "")) for flag in values.FLAGS)
    elif field == "marking":
        yield from ((one, "") for one in _MARKINGS)
    elif field == "in":
        for one in library.collections(counted=False):
            yield one.name, "" if one.query is None else "saved search"
    elif field in ("outlet", "tag", "lang", "language"):
        kind = {"outlet": "outlets", "tag": "tags"}.get(field, "languages")
        yield from ((value, f"{count:,}") for value, count in library.facets()[kind].items())


def _first(offered: Iterator[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """Values that begin as typed, then those with a word that does; none that is typed out already."""
    begun: list[tuple[str, str]] = []
    inside: list[tuple[str, str]] = []
    for value, about in offered:
        folded = value.casefold()
        if folded == typed:
            continue
        if folded.startswith(typed):
            begun.append((value, about))
        elif f" {typed}" in folded:
            inside.append((value, about))
        if len(begun) >= MOST:
            break
    return (begun + inside)[:MOST]


def _quoted(value: str) -> str:
    value = value.replace('"', " ")
    return f'"{value}"' if re.search(r"\s", value) else value
