"""Where a passage of a PDF's text stands: the page and one rectangle for each of its lines.

A stored text and its PDF are laid against one another letter by letter, by PDFium's own indices of a page's
characters. What readers change (spaces, hyphens at line ends, ligatures, running heads left out, the order of columns)
does not count, so texts of older readers are placed too. A passage that cannot be told apart from others is not placed.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import PageSpan
from briefing_app.readers.pdf_file import opened, page_of
from briefing_app.readers.pdf_layout import arranged, lines_in
from briefing_app.readers.pdf_letters import HYPHENS, PLAIN_FORMS
from briefing_app.readers.pdf_lines import Characters, Line, Rectangle, joined_pairs, lines_of, view_of

MAX_RANGE = 200_000  # code points that are placed in one call
_MAX_FOUND = 2000  # occurrences of a passage on a page
_CONTEXT = 400  # letters on each side that tell occurrences apart
_LEAST_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text without what readers change: its letters, and for each of them the place that it came from."""

    text: str
    places: list[int] = field(repr=False)


def places(data: bytes, text: str, pages: Sequence[PageSpan], start: int, end: int) -> list[tuple[int, Rectangle]]:
    """Where ``text[start:end]`` stands in the PDF ``data``: page numbers (from 1) and a rectangle for each line.

    ``text`` and ``pages`` are as a reader of PDFs made them, ``start`` and ``end`` are in code points. A rectangle is
    (left, bottom, right, top) in points from the lower left corner of the page as it is shown: turned and cropped as
    the page says, as viewers and PDFium's renderer show it. On each page the rectangles are in the order of the text.

    The list is empty where the passage has no letters, and where any part of it cannot be placed for certain: on a page
    whose words are others, or where it stands several times and nothing tells which. Nothing is raised for a PDF that
    cannot be opened: it has no places.
    """
    parts = [
        (span, max(start, span.start), min(end, span.end))
        for span in pages
        if max(start, span.start) < min(end, span.end)
    ]
    if not 0 <= start < end <= len(text) or end - start > MAX_RANGE or not parts:
        return []
    found: list[tuple[int, Rectangle]] = []
    try:
        with opened(data, "") as document:
            for span, first, last in parts:
                passage = _squeezed(text[first:last])
                if not passage.text:
                    continue
                if not 1 <= span.number <= len(document):
                    return []
                before, after = text[span.start : first], text[last : span.end]
                boxes = _on_page(document, span.number - 1, passage.text, before, after)
                if not boxes:
                    return []
                found += [(span.number, box) for box in boxes]
    except UnreadableFile:
        return []
    return found


def _on_page(document: Any, index: int, passage: str, before: str, after: str) -> list[Rectangle]:
    with page_of(document, index) as opened_page:
        if opened_page is None:
            return []
        page, text_page = opened_page
        characters = Characters(text_page)
        drawn = lines_of(page, characters)
        left, right = _squeezed(before).text, _squeezed(after).text
        for lines in (lines_in(arranged(drawn)), drawn):
            letters = _letters_of(lines, characters.text)
            at = _placed(letters.text, passage, left, right)
            if at >= 0:
                return _rectangles(page, characters, drawn, letters.places[at : at + len(passage)])
    return []


def _letters_of(lines: list[Line], text: str) -> _Letters:
    """The letters of lines in their order, each with PDFium's index of its character."""
    pieces: list[str] = []
    indices: list[int] = []
    for line in lines:
        letters = _squeezed(text[line.first : line.after])
        pieces.append(letters.text)
        indices += [line.first + place for place in letters.places]
    return _Letters("".join(pieces), indices)


def _squeezed(text: str) -> _Letters:
    """The text with plain letters, without spaces, hyphens and what is no character."""
    letters: list[str] = []
    places: list[int] = []
    high = ""
    for place, char in enumerate(text):
        if "\ud800" <= char <= "\udbff":  # PDFium gives some letters as two characters
            high = char
            continue
        pair = bool(high) and "\udc00" <= char <= "\udfff"
        plain = _plain(joined_pairs(high + char) if pair else char)
        high = ""
        letters.append(plain)
        places += [place] * len(plain)
    return _Letters("".join(letters), places)


@functools.lru_cache(8192)
def _plain(char: str) -> str:
    """The letters that a character stands for; none for spaces, hyphens, controls and invisible marks."""
    plain = PLAIN_FORMS.get(ord(char), char)
    return "".join(
        one
        for one in plain
        if not one.isspace() and one not in HYPHENS and unicodedata.category(one) not in ("Cc", "Cf")
    )


def _placed(page: str, passage: str, before: str, after: str) -> int:
    """Where the passage stands among the page's letters; -1 where it does not or where that is uncertain."""
    found = list(_occurrences(page, passage))
    if len(found) <= 1:
        return found[0] if found else -1
    if len(found) > _MAX_FOUND:
        return -1
    scores = [_context(page, at, at + len(passage), before, after) for at in found]
    best = max(scores)
    whole = min(_CONTEXT, len(before)) + min(_CONTEXT, len(after))
    if scores.count(best) == 1 and best >= min(_LEAST_CONTEXT, whole):
        return found[scores.index(best)]
    in_text = list(_occurrences(before + passage + after, passage))
    if len(in_text) == len(found) and len(before) in in_text:
        return found[in_text.index(len(before))]
    return -1


def _occurrences(page: str, passage: str) -> Iterator[int]:
    at = page.find(passage)
    count = 0
    while at >= 0 and count <= _MAX_FOUND:
        yield at
        count += 1
        at = page.find(passage, at + 1)


def _context(page: str, start: int, end: int, before: str, after: str) -> int:
    """How many letters around a place on the page are those around the passage in the text."""
    left = 0
    while left < min(_CONTEXT, start, len(before)) and page[start - 1 - left] == before[-1 - left]:
        left += 1
    right = 0
    while right < min(_CONTEXT, len(page) - end, len(after)) and page[end + right] == after[right]:
        right += 1
    return left + right


def _rectangles(page: Any, characters: Characters, drawn: list[Line], indices: list[int]) -> list[Rectangle]:
    """One rectangle around the characters on each line, as the page is shown."""
    view = view_of(page)
    firsts = [line.first for line in sorted(drawn, key=lambda line: line.first)]
    found: list[Rectangle] = []
    last = -1
    for index in dict.fromkeys(indices):
        box = characters.box(index)
        if box is None:
            continue
        shown = view.place(*box)
        line = bisect_right(firsts, index)
        if line == last and not _is_apart(found[-1], shown):
            found[-1] = _around(found[-1], shown)
        else:
            found.append(shown)
        last = line
    return found


def _is_apart(one: Rectangle, other: Rectangle) -> bool:
    """True for a box beyond a gap between columns, which no part of the passage fills."""
    return other[0] - one[2] > 3 * (one[3] - one[1]) or one[0] - other[2] > 3 * (one[3] - one[1])


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
