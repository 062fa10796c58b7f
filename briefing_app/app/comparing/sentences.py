"""Sentences of a paragraph, each with the citations and notes that stand behind it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text, merge_texts
from briefing_app.model.plain import inline_text

_END = regex.compile(
    r"(?P<end>[.!?…؟۔]+[\p{Pe}\p{Pf}\"'’”»]*)(?P<gap>\s+)|(?P<end>[。！？]+[\p{Pe}\p{Pf}”」』]*)(?P<gap>\s*)", regex.V1
)
_CLOSED = regex.compile(r"[.!?…؟۔。！？]+[\p{Pe}\p{Pf}\"'’”»]*\s*$", regex.V1)
_SHORT = frozenset(
    "mr mrs ms dr prof gen col maj capt lt sgt st no nos vol pp fig cf vs approx art sec ca c e.g i.e etc al u.s u.k "
    "jan feb mar apr jun jul aug sep sept oct nov dec г гг см т.е т.д им ул стр рис акад проф bzw z.b nr m mme".split()
)
_LAST_WORD = regex.compile(r"[\p{L}\p{M}.]+$", regex.V1)


def sentences(content: Inlines) -> list[Inlines]:
    """The sentences in order, without white space around them. A line break ends one, too.

    A citation right behind a sentence's end belongs to that sentence. An abbreviation, an initial or a number before
    a full stop ends none; neither does a full stop before a small letter.
    """
    found: list[Inlines] = []
    current: list[Inline] = []
    for inline in _pieces(content):
        if isinstance(inline, _Break):
            found.append(_trimmed(current))
            current = []
        else:
            current.append(inline)
    found.append(_trimmed(current))
    return [one for one in found if inline_text(one).strip() or any(isinstance(part, Citation) for part in one)]


@dataclass(frozen=True, slots=True)
class _Break:
    """Between two sentences."""


def _pieces(content: Inlines) -> Iterator[Inline | _Break]:
    closed = gap = False  # a sentence ended before, and white space has come since
    for inline in merge_texts(content):
        match inline:
            case LineBreak():
                yield _Break()
                closed = gap = False
            case Citation() | Note():
                yield inline
            case Text():
                gap = gap or inline.text[:1].isspace()
                if closed and gap and _begins(inline.text.lstrip()):
                    yield _Break()
                yield from _split(inline)
                closed = _closes(inline.text) or (closed and inline.text.isspace())
                gap = inline.text[-1:].isspace()


def _split(run: Text) -> Iterator[Inline | _Break]:
    start = 0
    for found in _END.finditer(run.text):
        after = run.text[found.end() :]
        if not after or not _begins(after) or _is_short(run.text[: found.start()], found["end"]):
            continue
        yield replace(run, text=run.text[start : found.end("end")])
        yield _Break()
        start = found.end()
    if start < len(run.text):
        yield replace(run, text=run.text[start:])


def _begins(text: str) -> bool:
    """True where a new sentence can begin: not with a small letter, nor with a mark that goes on."""
    first = text.lstrip("«“\"'‘(„[")[:1]
    return bool(first) and unicodedata.category(first) != "Ll" and first not in ",;:)]"


def _closes(text: str) -> bool:
    found = _CLOSED.search(text)
    return found is not None and not _is_short(text[: found.start()], found[0].strip())


def _is_short(before: str, end: str) -> bool:
    """True where the full stop belongs to an abbreviation or an initial."""
    if not end.startswith(".") or len(end) > 1:
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    text = word[0]
    return text.casefold() in _SHORT or (len(text) == 1 and text.isupper())


def _trimmed(parts: list[Inline]) -> Inlines:
    kept = list(merge_texts(tuple(parts)))
    if kept and isinstance(kept[0], Text):
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and isinstance(kept[-1], Text):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return merge_texts(tuple(kept))
