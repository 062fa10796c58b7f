"""The order of a page's lines: columns that were drawn across are read one after another, tables row by row.

The order in which a page draws its lines is kept but where a line of it goes over a gap that the lines around it have
too. Such lines are prose in columns, or the rows of a table.
"""

from __future__ import annotations

import itertools
import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from briefing_app.readers.pdf_lines import Line, PlacedWord

_MARK = re.compile(
    r"(?:[-*•‣◦▪●·–—o\uf0b7]|[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxlc]{1,6})(?:\.\d{1,3}){0,4}[.)\]:]{0,2})", re.I
)
_WIDE_GAP = 0.75  # of a line's height: more than spaces in justified text, less than the gap between columns
_MIN_GUTTER = 4.0  # points
_PROSE_ROWS = 4
_PROSE_LETTERS = 22
_MAX_PROSE_COLUMNS = 4
_MAX_RUN = 2000  # lines
_MAX_ROW_STEP = 3.5  # of a line's height


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells in reading order, each cell of lines or parts of lines."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for cell in row for line in cell]

    def without(self, left_out: frozenset[int]) -> Grid:
        """The table without some lines, given by their ``id``."""
        rows = (tuple(tuple(line for line in cell if id(line) not in left_out) for cell in row) for row in self.rows)
        return Grid(tuple(row for row in rows if any(row)))


Gutter = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """Lines one below another that leave the same gaps free; each line with its parts."""

    parts: list[tuple[Line, ...]]
    gutters: list[Gutter]

    def column(self, part: Line) -> int:
        """The number of the column, from the left, in which a part stands."""
        return _column(part.left, part.right, self.gutters)

    def across(self, parts: tuple[Line, ...]) -> bool:
        """True for a line with words in more than one column."""
        return len({self.column(part) for part in parts}) > 1


def arranged(lines: list[Line]) -> list[Line | Grid]:
    """The page's lines in reading order, with tables among them."""
    found: list[Line | Grid] = []
    cut = [_parts(line) for line in lines]
    place = 0
    while place < len(lines):
        run = _run(cut, place) if len(cut[place]) > 1 else None
        if run is None:
            found.append(lines[place])
            place += 1
            continue
        if _is_prose(run):
            found += _columns(run)
        else:
            run.parts = run.parts[: _table_end(run)]
            _find_more_columns(run, lines[place : place + len(run.parts)])
            if not _is_table(run):
                count = len(run.parts) if len(run.parts) > 2 else 1  # what is not one is not looked at again
                found += lines[place : place + count]
                place += count
                continue
            found.append(_grid(run))
        place += len(run.parts)
    return found


def edge_texts(lines: list[Line], count: int = 3) -> list[str]:
    """The words of a page's outermost lines, at its top and at its bottom, each cut at its wide gaps."""
    placed = sorted((line for line in lines if line.height > 0), key=lambda line: -line.bottom)
    edges = placed if len(placed) <= 2 * count else [*placed[:count], *placed[-count:]]
    return [part.text for line in edges for part in _parts(line)]


def lines_in(pieces: list[Line | Grid]) -> list[Line]:
    """The lines, and those of tables, in reading order."""
    return [line for piece in pieces for line in (piece.lines if isinstance(piece, Grid) else (piece,))]


def without_lines(pieces: list[Line | Grid], left_out: frozenset[int]) -> list[Line | Grid]:
    """The pieces without some lines, given by their ``id``."""
    if not left_out:
        return pieces
    kept = (piece.without(left_out) if isinstance(piece, Grid) else piece for piece in pieces)
    return [piece for piece in kept if (piece.rows if isinstance(piece, Grid) else id(piece) not in left_out)]


def _parts(line: Line) -> tuple[Line, ...]:
    """The line cut at its wide gaps; a list mark or a number stays with what follows it."""
    if len(line.words) < 2 or line.height <= 0:
        return (line,)
    gaps = [gap for gap in _gaps(line.words) if gap[1] - gap[0] > max(_WIDE_GAP * line.height, 6.0)]
    parts = _cut(line, gaps) if gaps else (line,)
    if len(parts) > 1 and len(parts[0].words) == 1 and _MARK.fullmatch(parts[0].text):
        marked = line.part((*parts[0].words, *parts[1].words))
        return (marked, *parts[2:]) if len(parts) > 2 else (line,)
    return parts


def _gaps(words: Sequence[PlacedWord]) -> list[Gutter]:
    """The stretches from the first word to the last that no word covers, from the left."""
    gaps: list[Gutter] = []
    covered = float("inf")
    for word in sorted(words, key=lambda word: word.left):
        if word.right <= word.left:
            continue
        if word.left > covered:
            gaps.append((covered, word.left))
        covered = word.right if covered == float("inf") else max(covered, word.right)
    return gaps


def _cut(line: Line, gutters: list[Gutter]) -> tuple[Line, ...]:
    """The line in pieces between the gutters, in its own order; whole where words of two pieces alternate."""
    groups: list[tuple[int, list[PlacedWord]]] = []
    for word in line.words:
        column = _column(word.left, word.right, gutters)
        if not groups or groups[-1][0] != column:
            groups.append((column, []))
        groups[-1][1].append(word)
    if len({column for column, _ in groups}) < len(groups):
        return (line,)
    return tuple(line.part(tuple(words)) for _, words in groups) if len(groups) > 1 else (line,)


def _column(left: float, right: float, gutters: list[Gutter]) -> int:
    middle = (left + right) / 2
    return sum(1 for gutter in gutters if middle > gutter[0])


def _run(cut: list[tuple[Line, ...]], place: int) -> _Run | None:
    """The lines from ``place`` on that leave a gap of its line free; None where it stands alone."""
    first = sorted(cut[place], key=lambda part: part.left)
    gutters = [(one.right, other.left) for one, other in itertools.pairwise(first) if other.left > one.right]
    run = _Run([cut[place]], gutters)
    for parts in cut[place + 1 : place + _MAX_RUN]:
        last, line = run.parts[-1][0], parts[0]
        height = max(last.height, line.height, 1.0)
        if not -0.4 * height < last.bottom - line.bottom < _MAX_ROW_STEP * height:
            break
        left = [free for gutter in run.gutters for free in _free(gutter, parts)]
        kept = [(start, end) for start, end in left if end - start >= _MIN_GUTTER]
        if not kept:
            break
        run.gutters = kept
        run.parts.append(parts)
    return run if len(run.parts) > 1 and run.gutters else None


def _free(gutter: Gutter, parts: tuple[Line, ...]) -> list[Gutter]:
    """What the parts of a line leave free of a gap."""
    free = [gutter]
    for part in parts:
        pieces: list[Gutter] = []
        for start, end in free:
            if part.right <= start or part.left >= end:
                pieces.append((start, end))
                continue
            pieces += [(start, part.left)] if part.left > start else []
            pieces += [(part.right, end)] if part.right < end else []
        free = pieces
    return free[:1] if len(free) > 1 else free


def _is_prose(run: _Run) -> bool:
    """True for columns of lines that mostly fill their column's width."""
    if len(run.gutters) >= _MAX_PROSE_COLUMNS or sum(map(run.across, run.parts)) < _PROSE_ROWS:
        return False
    columns: dict[int, list[Line]] = {}
    for parts in run.parts:
        for part in parts:
            columns.setdefault(run.column(part), []).append(part)
    for column in columns.values():
        width = max(part.right for part in column) - min(part.left for part in column)
        full = sum(1 for part in column if part.right - part.left >= 0.75 * width)
        if statistics.median(_letters(part.text) for part in column) < _PROSE_LETTERS or full < 0.55 * len(column):
            return False
    return len(columns) > 1


def _letters(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) == "W" else 1 for char in text)


def _columns(run: _Run) -> list[Line]:
    placed = [(run.column(part), part) for parts in run.parts for part in parts]
    numbers = sorted({number for number, _ in placed}, reverse=_from_right([part for _, part in placed]))
    return [part for number in numbers for at, part in placed if at == number]


def _from_right(lines: list[Line]) -> bool:
    kinds = [unicodedata.bidirectional(char) for line in lines for char in line.text if char.isalpha()]
    return sum(1 for kind in kinds if kind in ("R", "AL")) * 2 > len(kinds)


def _table_end(run: _Run) -> int:
    """How many of the run's lines belong to its table: to its last row, and lines that go on in that row's cells."""
    rows = [number for number, parts in enumerate(run.parts) if run.across(parts)]
    end = rows[-1] + 1 if rows else 0
    while end and end < len(run.parts) and _goes_on(run, end):
        end += 1
    return end


def _goes_on(run: _Run, number: int) -> bool:
    """True for a line that stands close below a cell that is not the first of its row."""
    parts, before = run.parts[number], run.parts[number - 1]
    step = before[0].bottom - parts[0].bottom
    close = step < 1.3 * max(parts[0].height, before[0].height)
    return close and all(run.column(part) > 0 for part in parts) and not _from_right(list(parts))


def _find_more_columns(run: _Run, lines: list[Line]) -> None:
    """Cut the rows of a table at every gap that all of them leave free, narrow ones too."""
    rows = [line for line, parts in zip(lines, run.parts, strict=True) if run.across(parts)]
    if len(rows) < 3:
        return
    least = max(5.0, 0.4 * statistics.median(line.height for line in rows))
    gaps = [
        gap
        for gap in _gaps([word for line in lines for word in line.words])
        if gap[1] - gap[0] >= least and 2 * sum(1 for row in rows if row.right > gap[1]) >= len(rows)
    ]
    if len(gaps) > len(run.gutters):
        run.gutters = gaps
        run.parts = [_cut(line, gaps) for line in lines]


def _is_table(run: _Run) -> bool:
    """False for two lines that may stand like this by chance, and for full lines with a wide space in them."""
    rows = [parts for parts in run.parts if run.across(parts)]
    height = max((part.height for parts in run.parts for part in parts), default=0.0)
    if len(rows) == 2 and any(end - start <= 1.2 * height for start, end in run.gutters):
        return False
    full = statistics.median(sum(len(part.text) for part in parts) for parts in rows) > 70 if rows else False
    return len(rows) > 1 and not (full and all(end - start < 1.5 * height for start, end in run.gutters))


def _grid(run: _Run) -> Grid:
    count = len(run.gutters) + 1
    rows: list[list[list[Line]]] = []
    last: tuple[Line, ...] = ()
    for number, parts in enumerate(run.parts):
        beside = bool(last) and abs(last[0].bottom - parts[0].bottom) < 0.4 * max(parts[0].height, 1.0)
        goes_on = bool(last) and not run.across(parts) and _goes_on(run, number)
        if not rows or not (beside or goes_on):
            rows.append([[] for _ in range(count)])
        for part in parts:
            rows[-1][run.column(part)].append(part)
        last = parts
    step = -1 if _from_right([part for parts in run.parts for part in parts]) else 1
    return Grid(tuple(tuple(tuple(cell) for cell in row[::step]) for row in rows))
