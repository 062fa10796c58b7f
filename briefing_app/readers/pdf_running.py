"""Running heads, feet and page numbers: lines that stand at the same place at the edge of most pages around them."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from briefing_app.readers.pdf_lines import Line

_DEPTH = 4  # lines from the edge that may be running
_LEAST_PAGES = 3
_TOLERANCE = 4.0  # points
_LARGE = 1.15  # times the height of the body's letters
_APART = 1.15  # times its own height that a running line is away from the text
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}|[IVXLC]{1,7}")
_PAGE_WORD = re.compile(
    r"(?:page|pages|p|pp|seite|s|стр|страница|с|сторінка|pagina|página|pág|strona|sayfa|صفحة|ص|of|von|sur|di|van|из|з|de|z|/|من)",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a page on one base line. ``depth`` counts from the page's edge, ``place`` is the distance in points.

    ``gap`` is the distance to the next row further in, in points.
    """

    page: int
    depth: int
    lines: tuple[Line, ...]
    place: float
    height: float
    gap: float

    @property
    def text(self) -> str:
        return " ".join(" ".join(line.text.split()) for line in sorted(self.lines, key=lambda line: line.left))


def running_lines(pages: list[list[Line]], heights: list[float], body: float) -> list[list[Line]]:
    """For each page the lines that belong to running heads and feet, from the top down.

    ``heights`` are those of the pages, ``body`` is that of most letters, in points. A line counts where the same words,
    their numbers apart, stand as far from the edge on at least three pages that lie close to one another, and every
    line further out counts too. Numbers must go up with the pages.
    """
    found: list[list[Line]] = [[] for _ in pages]
    for from_top in (True, False):
        rows = [list(_rows(number, lines, heights[number], from_top)) for number, lines in enumerate(pages)]
        running = _running([row for page in rows for row in page], body)
        for page in rows:
            for row in page:
                if (row.page, row.depth) not in running:
                    break
                found[row.page] += row.lines
    return [_unique(lines) for lines in found]


def _unique(lines: list[Line]) -> list[Line]:
    return sorted({id(line): line for line in lines}.values(), key=lambda line: (-line.bottom, line.left))


def _rows(page: int, lines: list[Line], height: float, from_top: bool) -> Iterator[_Row]:
    """The outermost rows of a page, the outermost first."""
    placed = sorted(
        (line for line in lines if line.height > 0), key=lambda line: -line.bottom if from_top else line.bottom
    )
    rows: list[list[Line]] = []
    for line in placed:
        if rows and abs(rows[-1][0].bottom - line.bottom) < 0.5 * max(line.height, rows[-1][0].height):
            rows[-1].append(line)
        elif len(rows) > _DEPTH:
            break
        else:
            rows.append([line])
    for depth, (row, after) in enumerate(zip(rows[:_DEPTH], [*rows[1:], None], strict=False)):
        place = height - row[0].bottom if from_top else row[0].bottom
        gap = abs(row[0].bottom - after[0].bottom) if after else height
        yield _Row(page, depth, tuple(row), place, max(line.height for line in row), gap)


def _running(rows: list[_Row], body: float) -> set[tuple[int, int]]:
    """Page and depth of the rows that repeat, and that stand apart from what is no running line."""
    by_words: dict[str, list[_Row]] = {}
    for row in rows:
        by_words.setdefault(_words(row.text), []).append(row)
    groups = [
        _dropped_again(stretch, body)
        for words, alike in by_words.items()
        for group in _at_one_place(alike)
        for stretch in _stretches(group)
        if _repeats(words, stretch, body)
    ]
    for _ in range(_DEPTH):
        found = {(row.page, row.depth) for group in groups for row in group}
        kept = [group for group in groups if _stands_apart(group, found)]
        if len(kept) == len(groups):
            return found
        groups = kept
    return {(row.page, row.depth) for group in groups for row in group}


def _dropped_again(stretch: list[_Row], body: float) -> list[_Row]:
    """The rows that go: of a title in large letters its first stays."""
    return stretch[1:] if stretch[0].height > _LARGE * body else stretch


def _stands_apart(group: list[_Row], running: set[tuple[int, int]]) -> bool:
    """False for the head of a table that is printed on every page: its rows follow closely."""
    gaps = [row.gap / row.height for row in group if (row.page, row.depth + 1) not in running]
    return not gaps or statistics.median(gaps) > _APART


def _words(text: str) -> str:
    """The text with every number as ``#``."""
    if _ROMAN.fullmatch(text.strip("-–—|[]() .")):
        return "#"
    return _DIGITS.sub("#", text).casefold()


def _at_one_place(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows that stand equally far from the edge, in letters of the same height."""
    for near in _clusters(rows, lambda row: row.place, _TOLERANCE):
        for group in _clusters(near, lambda row: row.height, 0.12 * near[0].height):
            yield sorted(group, key=lambda row: row.page)


def _clusters(rows: list[_Row], value: Callable[[_Row], float], width: float) -> Iterator[list[_Row]]:
    """The rows in groups whose values lie within ``width`` of the least in the group."""
    group: list[_Row] = []
    for row in sorted(rows, key=value):
        if group and value(row) - value(group[0]) > width:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _stretches(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows on pages that follow one another, or on every second page."""
    stretch: list[_Row] = []
    for row in rows:
        if stretch and row.page == stretch[-1].page:
            continue
        if stretch and row.page - stretch[-1].page > 2:
            yield stretch
            stretch = []
        stretch.append(row)
    if stretch:
        yield stretch


def _repeats(words: str, rows: list[_Row], body: float) -> bool:
    only_numbers = not _letters(words)
    texts = {row.text for row in rows}
    if len(texts) == 1 and len(rows) >= _LEAST_PAGES:
        return not only_numbers or not words.strip("# ")
    if "#" not in words or not _count_up(rows):
        return False
    if only_numbers or _names_page(words):
        return len(rows) >= (2 if _names_page(words) else _LEAST_PAGES)
    return len(rows) >= _LEAST_PAGES and max(row.height for row in rows) <= 1.1 * body


def _letters(words: str) -> str:
    return _NOT_LETTERS.sub("", words)


def _names_page(words: str) -> bool:
    """True for "Page 3", "3 of 20" and the like."""
    named = [word for word in re.split(r"[#\s.:|()\[\]\-–—]+", words) if word]
    return bool(named) and all(_PAGE_WORD.fullmatch(word) for word in named)


def _count_up(rows: Iterable[_Row]) -> bool:
    """True where some number of the rows grows with the page on most of them."""
    counted = [
        (row.page, [_value(part) for part in re.findall(r"\d{1,9}|\b[ivxlcIVXLC]{1,7}\b", row.text)]) for row in rows
    ]
    steps = list(itertools.pairwise(counted))
    width = min((len(numbers) for _, numbers in counted), default=0)
    for at in range(width):
        rising = sum(1 for one, other in steps if other[1][at] - one[1][at] == other[0] - one[0])
        if steps and rising * 5 >= len(steps) * 3:
            return True
    return False


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[char] for char in number.lower()]
    return sum(-one if one < other else one for one, other in zip(digits, [*digits[1:], 0], strict=True))
