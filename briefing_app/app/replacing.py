"""Finding words in the briefing's own text, and replacing them.

A quoted passage is never searched for replacing: its words are its source's. Neither is a citation replaced that
stands within what was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

import regex

from briefing_app.errors import UsageError
from briefing_app.model.block import Node
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Batch, Edit, SetText
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text, merge_texts, restyle
from briefing_app.model.plain import inlines_of

Pattern: TypeAlias = "regex.Pattern[str]"

OBJECT = "\ufffc"  # stands for a citation or a note in the text that is searched
_PATIENCE = 0.5  # seconds after which a regular expression is given up


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``regular``: ``text`` is a regular expression in the syntax of Python."""

    text: str
    match_case: bool = False
    whole_words: bool = False
    regular: bool = False

    def pattern(self) -> Pattern:
        """It as a pattern. Raises UsageError where it is no regular expression."""
        words = self.text if self.regular else regex.escape(self.text, special_only=True)
        if self.whole_words:
            words = rf"\b(?:{words})\b"
        try:
            return regex.compile(words, regex.VERSION0 | (0 if self.match_case else regex.IGNORECASE))
        except regex.error as error:
            raise UsageError(
                f"“{self.text[:80]}” is no regular expression: {error.msg}.",
                "Mend it, or switch regular expressions off to look for the very characters.",
            ) from error


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: ``start`` and ``end`` count code points of the node's own text.

    A line break, a citation and a note count as one, as in a ``Caret``.
    """

    node_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Replacement:
    """The edit that replaces ``count`` places, None where there is none; ``kept`` places hold a citation or a note."""

    edit: Edit | None
    count: int
    kept: int


def places(briefing: Briefing, pattern: Pattern) -> list[Place]:
    """Every place of the pattern in the briefing's own text, in reading order. Raises UsageError as ``matches``."""
    return [
        Place(node.id, found.start(), found.end())
        for node in briefing.walk()
        for found in matches(pattern, flat_text(inlines_of(node)))
    ]


def matches(pattern: Pattern, text: str) -> list[regex.Match[str]]:
    """The places of the pattern in ``text`` that have a character. Raises UsageError where it takes too long."""
    try:
        return [found for found in pattern.finditer(text, timeout=_PATIENCE) if found.end() > found.start()]
    except TimeoutError:
        raise UsageError(
            f"The regular expression “{pattern.pattern[:80]}” takes too long.",
            "Make it simpler: avoid repetitions inside repetitions.",
        ) from None


def flat_text(inlines: Inlines) -> str:
    """The text in which places are counted."""
    return "".join(_flat(inline) for inline in inlines)


def _flat(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case LineBreak():
            return "\n"
        case Citation() | Note():
            return OBJECT


def replace_at(briefing: Briefing, place: Place, wanted: Wanted, replacement: str) -> tuple[Edit, int] | None:
    """The edit that replaces what stands at ``place``, and the length of what stands there then.

    None where it is no place of ``wanted``, or has a citation or a note in it. Raises UsageError.
    """
    node = _node(briefing, place.node_id)
    inlines = inlines_of(node) if node is not None else ()
    found = next(
        (one for one in matches(wanted.pattern(), flat_text(inlines)) if one.span() == (place.start, place.end)), None
    )
    if found is None or OBJECT in found.group():
        return None
    text = _written(found, wanted, replacement)
    return SetText(place.node_id, _spliced(inlines, [(place.start, place.end, text)])), len(text)


def replace_all(briefing: Briefing, wanted: Wanted, replacement: str) -> Replacement:
    """One edit that replaces every place, those inside notes included. Raises UsageError."""
    pattern = wanted.pattern()
    edits: list[Edit] = []
    count = kept = 0
    for node in briefing.walk():
        inlines = inlines_of(node)
        if not inlines:
            continue
        changed, done, left = _replaced(inlines, pattern, wanted, replacement)
        kept += left
        count += done
        if done:
            edits.append(SetText(node.id, changed))
    edit = Batch("Replace all", tuple(edits)) if len(edits) > 1 else next(iter(edits), None)
    return Replacement(edit, count, kept)


def _replaced(inlines: Inlines, pattern: Pattern, wanted: Wanted, replacement: str) -> tuple[Inlines, int, int]:
    """The inlines with every place replaced, how many were, and how many hold something that must stay."""
    found = matches(pattern, flat_text(inlines))
    free = [one for one in found if OBJECT not in one.group()]
    changes = [(one.start(), one.end(), _written(one, wanted, replacement)) for one in free]
    count, kept = len(free), len(found) - len(free)
    changed = _spliced(inlines, changes) if changes else inlines
    noted: list[Inline] = []
    for inline in changed:
        if isinstance(inline, Note):
            content, done, left = _replaced(inline.content, pattern, wanted, replacement)
            count, kept = count + done, kept + left
            if done:
                plain = tuple(one for one in content if not isinstance(one, Note))
                inline = replace(inline, content=plain)
        noted.append(inline)
    return tuple(noted), count, kept


def _written(found: regex.Match[str], wanted: Wanted, replacement: str) -> str:
    if not wanted.regular:
        return replacement
    try:
        return str(found.expand(replacement))
    except (regex.error, IndexError) as error:
        raise UsageError(
            f"“{replacement[:80]}” cannot stand for what is found: {error}.",
            "Name groups of the regular expression as \\1, and a backslash as \\\\.",
        ) from error


def _spliced(inlines: Inlines, changes: list[tuple[int, int, str]]) -> Inlines:
    """The inlines with ranges exchanged for other text, each in the style of the first character that it replaces."""
    made: list[Inline] = []
    here = 0
    waiting = list(changes)
    for inline in inlines:
        length = len(_flat(inline))
        made.extend(_piece(inline, here, waiting))
        here += length
        while waiting and waiting[0][1] <= here:
            waiting.pop(0)
    return merge_texts(tuple(made))


def _piece(inline: Inline, here: int, changes: list[tuple[int, int, str]]) -> Iterator[Inline]:
    """What is left of one inline that begins at ``here``; new text stands in the inline where its range begins."""
    flat = _flat(inline)
    end = here + len(flat)
    at = here
    for start, stop, text in changes:
        if start >= end:
            break
        if start >= here:
            yield from _cut(inline, at - here, start - here)
            yield from _lines(inline, text)
        at = min(stop, end)
    yield from _cut(inline, at - here, len(flat))


def _cut(inline: Inline, start: int, end: int) -> Iterator[Inline]:
    if start < end:
        yield restyle(inline, inline.text[start:end]) if isinstance(inline, Text) else inline


def _lines(inline: Inline, text: str) -> Iterator[Inline]:
    style = inline if isinstance(inline, Text) else Text("")
    for number, line in enumerate(text.replace(OBJECT, "").split("\n")):
        if number:
            yield LineBreak()
        if line:
            yield restyle(style, line)


def _node(briefing: Briefing, node_id: str) -> Node | None:
    return next((node for node in briefing.walk() if node.id == node_id), None)
