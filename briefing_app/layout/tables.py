"""Tables on a full grid: spans clamped to it, ragged rows filled, widths as shares."""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.model.block import Cell, ListBlock, Paragraph, Table
from briefing_app.model.plain import inline_text

_MOST_COLUMNS = 63  # Word's limit
_NARROWEST, _WIDEST = 6, 60  # characters that count for a column's share


@dataclass(frozen=True, slots=True)
class Place:
    """A cell's place on the grid; ``cell`` None fills a place that no cell covers."""

    row: int
    column: int
    column_span: int
    row_span: int
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Grid:
    """Every place of a table, row by row; each grid place is covered exactly once."""

    rows: int
    columns: int
    header_rows: int
    widths: tuple[float, ...]
    places: tuple[Place, ...]


def grid_of(table: Table) -> Grid | None:
    """The table's grid, or None where it has no cell."""
    header_rows = max(0, min(table.header_rows, len(table.rows)))
    placed = _narrow(_placed(table, header_rows))
    if not placed:
        return None
    columns = max(place.column + place.column_span for place in placed)
    places = _filled(placed, len(table.rows), columns)
    return Grid(len(table.rows), columns, header_rows, _widths(table, places, columns), places)


def _placed(table: Table, header_rows: int) -> list[Place]:
    """Cells at the first free place of their rows; a span ends where another cell or the table does."""
    taken: set[tuple[int, int]] = set()
    places: list[Place] = []
    for row, line in enumerate(table.rows):
        last_row = header_rows if row < header_rows else len(table.rows)
        column = 0
        for cell in line.cells:
            while (row, column) in taken:
                column += 1
            if column >= _MOST_COLUMNS:
                column = _MOST_COLUMNS - 1
                places = _join_to_last(places, cell)
                continue
            across = _free_span(taken, row, column, max(1, min(cell.column_span, _MOST_COLUMNS - column)))
            down = max(1, min(cell.row_span, last_row - row))
            taken.update((row + y, column + x) for y in range(down) for x in range(across))
            places.append(Place(row, column, across, down, cell))
            column += across
    return places


def _join_to_last(places: list[Place], cell: Cell) -> list[Place]:
    """Beyond the last possible column, a cell's blocks go into the cell before, so that no word is lost."""
    last = places[-1]
    before = last.cell.blocks if last.cell else ()
    joined = Cell(last.cell.id if last.cell else cell.id, (*before, *cell.blocks))
    return [*places[:-1], Place(last.row, last.column, last.column_span, last.row_span, joined)]


def _free_span(taken: set[tuple[int, int]], row: int, column: int, wanted: int) -> int:
    return next((x for x in range(1, wanted) if (row, column + x) in taken), wanted)


def _narrow(places: list[Place]) -> list[Place]:
    """The same places without the grid columns in which no cell starts, so that no span outreaches the table."""
    starts = sorted({place.column for place in places})
    index = {column: number for number, column in enumerate(starts)}
    return [
        Place(
            place.row,
            index[place.column],
            sum(place.column <= start < place.column + place.column_span for start in starts),
            place.row_span,
            place.cell,
        )
        for place in places
    ]


def _filled(placed: list[Place], rows: int, columns: int) -> tuple[Place, ...]:
    covered = {
        (place.row + y, place.column + x)
        for place in placed
        for y in range(place.row_span)
        for x in range(place.column_span)
    }
    fillers = [
        Place(row, column, 1, 1, None)
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in covered
    ]
    return tuple(sorted([*placed, *fillers], key=lambda place: (place.row, place.column)))


def _widths(table: Table, places: tuple[Place, ...], columns: int) -> tuple[float, ...]:
    """The given widths where they fit the grid, else shares by the length of what stands in the columns."""
    shares = [float(width) for width in table.widths]
    if len(shares) != columns or not all(0 < share < float("inf") for share in shares):
        shares = [float(_NARROWEST)] * columns
        for place in places:
            if place.column_span == 1:
                length = min(_WIDEST, _longest(place.cell))
                shares[place.column] = max(shares[place.column], float(length))
    total = sum(shares)
    rounded = [round(share / total, 4) for share in shares]
    rounded[-1] = round(1 - sum(rounded[:-1]), 4)
    return tuple(rounded)


def _longest(cell: Cell | None) -> int:
    return max((_length(block) for block in cell.blocks), default=0) if cell else 0


def _length(block: Paragraph | ListBlock) -> int:
    if isinstance(block, Paragraph):
        return len(inline_text(block.content))
    lengths = [_length(inner) + 3 for item in block.items for inner in item.blocks]
    return max(lengths, default=0)
