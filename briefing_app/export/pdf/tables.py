"""Tables become slabs, one a row: light rules, shaded heads that are printed again, cells that span."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from briefing_app.export.pdf.slab import Area, FillItem, Item, Slab, keep_together, total_height
from briefing_app.export.pdf.structure import Element, Tagger
from briefing_app.export.pdf.styling import RULE_COLOUR, Stylist
from briefing_app.layout.document import CellBlock, ListLines, TableBlock, TextLine

_PAD_X, _PAD_Y = 5.0, 3.5  # points inside a cell
_HAIR, _STRONG = 0.5, 1.0  # weights of rules
_STRONG_COLOUR = "#555555"
_SHADE = "#EFF1F4"  # behind the head
_NARROWEST = 26.0  # points of a column, where there is room for that
_SMALL = 0.34  # of a page's height: what is smaller stays together
_WITH_NOTES = 0.8  # of a page's height: the parts of a row in which notes are called leave room for them
_HEAD_LIMIT = 0.4  # of a page's height: a taller head is not printed again

SetCell = Callable[[tuple[TextLine | ListLines, ...], float, float, tuple[str, ...]], list[Slab]]


@dataclass(slots=True)
class _Set:
    """A cell that is set: its slabs, its place across, and the rows that it covers."""

    cell: CellBlock
    slabs: list[Slab]
    x: float
    width: float
    first: int
    last: int

    @property
    def height(self) -> float:
        return total_height(self.slabs) + 2 * _PAD_Y


class TableSetter:
    """Sets tables. ``set_cell`` sets what stands in a cell; ``page_height`` is the height of a page's column."""

    def __init__(self, set_cell: SetCell, stylist: Stylist, tagger: Tagger, page_height: float) -> None:
        self._set_cell = set_cell
        self._stylist = stylist
        self._tagger = tagger
        self._page_height = page_height

    def slabs(self, table: TableBlock, width: float) -> list[Slab]:
        """The rows, at least one slab; no row is taller than the page."""
        edges = _edges(table, width)
        elements = self._rows(table)
        cells = [self._cell(table, cell, edges, elements) for cell in table.cells]
        groups = _groups(table, cells)
        slabs: list[Slab] = []
        heads: list[Slab] = []
        by_row = _by_row(cells)
        head_height = 0.0
        for first, last in groups:
            members = [one for row in range(first, last + 1) for one in by_row.get(row, ())]
            rows = self._group(table, members, (first, last), width, self._page_height - head_height)
            if first < table.header_rows:
                heads += rows
                head_height = total_height(heads)
                head_height = head_height if head_height <= self._page_height * _HEAD_LIMIT else 0.0
            slabs += rows
        return self._finished(table, slabs, heads, width)

    def _finished(self, table: TableBlock, slabs: list[Slab], heads: list[Slab], width: float) -> list[Slab]:
        if not slabs:
            return [Slab(0.0, areas=[Area(table.id, 0, 0, width, 0)], after=8.0)]
        count = len(heads)
        if total_height(slabs) <= self._page_height * _SMALL:
            keep_together(slabs)
        elif count:
            keep_together(slabs[: count + 1])
        if count and total_height(heads) <= self._page_height * _HEAD_LIMIT:
            again = tuple(replace(slab, calls=(), areas=[]) for slab in heads)
            for slab in slabs[count:]:
                slab.head = again
        slabs[0].before, slabs[-1].after = 4.0, 10.0
        top = FillItem(0.0, 0.0, width, _STRONG, _STRONG_COLOUR)
        slabs[0].items.append(top)
        if slabs[-1] is not slabs[count - 1]:
            slabs[-1].items.append(FillItem(0.0, slabs[-1].height - _STRONG, width, _STRONG, _STRONG_COLOUR))
        return slabs

    def _rows(self, table: TableBlock) -> dict[int, Element]:
        """The elements of the rows in which cells begin: heads apart, unless a cell binds them to the rest."""
        begun = sorted({cell.row for cell in table.cells})
        heads = table.header_rows
        if all(row < heads for row in begun) or any(
            cell.row < heads < cell.row + cell.row_span for cell in table.cells
        ):
            heads = 0
        head = self._tagger.add("THead") if heads else None
        body = self._tagger.add("TBody")
        return {row: (head if head is not None and row < heads else body).add("TR") for row in begun}

    def _cell(self, table: TableBlock, cell: CellBlock, edges: list[float], rows: dict[int, Element]) -> _Set:
        left = min(max(cell.column, 0), len(edges) - 2)
        right = min(left + max(cell.column_span, 1), len(edges) - 1)
        x0, x1 = edges[left], edges[right]
        if self._stylist.rtl:
            x0, x1 = edges[-1] - x1, edges[-1] - x0
        pad = min(_PAD_X, (x1 - x0) / 6)
        last = min(cell.row + max(cell.row_span, 1), max(table.rows, cell.row + 1)) - 1
        head = cell.header or cell.row < table.header_rows
        element = rows[cell.row].add("TH" if head else "TD")
        deep = sum(cell.row <= row <= last for row in rows)
        element.attributes = _attributes(head, cell.row < table.header_rows, right - left, deep)
        with self._tagger.inside(element):
            slabs = self._set_cell(cell.blocks, x0 + pad, x1 - x0 - 2 * pad, (table.id, cell.id))
        return _Set(cell, slabs, x0, x1 - x0, cell.row, last)

    def _group(
        self, table: TableBlock, cells: list[_Set], rows: tuple[int, int], width: float, limit: float
    ) -> list[Slab]:
        """The slabs of rows that cells bind together."""
        first, last = rows
        heights = _row_heights(cells, first, last)
        by_row = _by_row(cells)
        if sum(heights) > limit:
            if first < last:  # too tall to be bound together: each cell stands in its first row
                for one in cells:
                    one.last = one.first
                heights = _row_heights(cells, first, last)
            out: list[Slab] = []
            for row, height in enumerate(heights, first):
                members = by_row.get(row, [])
                if height > limit:
                    called = any(slab.calls for one in members for slab in one.slabs)
                    out += self._tall_row(table, members, row, width, limit * (_WITH_NOTES if called else 1.0))
                else:
                    out.append(_row(table, members, [height], row, width))
            return out
        slabs = [_row(table, by_row.get(row, []), heights[row - first :], row, width) for row in range(first, last + 1)]
        keep_together(slabs)
        return slabs

    def _tall_row(self, table: TableBlock, cells: list[_Set], row: int, width: float, limit: float) -> list[Slab]:
        """A row taller than a page, cut into parts at lines of text."""
        rest = [list(one.slabs) for one in cells]
        out: list[Slab] = []
        while any(rest):
            parts = []
            for one, slabs in zip(cells, rest, strict=True):
                taken: list[Slab] = []
                while slabs and (not taken or total_height([*taken, slabs[0]]) + 2 * _PAD_Y <= limit):
                    taken.append(slabs.pop(0))
                parts.append(replace(one, slabs=taken))
            height = max(part.height for part in parts)
            out.append(_row(table, parts, [height], row, width, closed=not any(rest)))
        return out


def _attributes(head: bool, over_columns: bool, columns: int, rows: int) -> str:
    """What a cell is to the grid: what it heads, and what it spans."""
    scope = f"/Scope/{'Column' if over_columns else 'Row'}" if head else ""
    spans = (f"/ColSpan {columns}" if columns > 1 else "") + (f"/RowSpan {rows}" if rows > 1 else "")
    return f"/O/Table{scope}{spans}" if scope or spans else ""


def _edges(table: TableBlock, width: float) -> list[float]:
    """Where columns begin and end: by share, none narrower than can be read while there is room."""
    count = max(table.columns, 1)
    shares = [max(share, 0.0) for share in table.widths[:count]]
    shares += [1 / count] * (count - len(shares))
    total = sum(shares) or 1.0
    least = min(_NARROWEST, width / count)
    widths = [max(width * share / total, least) for share in shares]
    spare = sum(widths) - width
    if spare > 0:
        loose = [one - least for one in widths]
        room = sum(loose) or 1.0
        widths = [one - spare * part / room for one, part in zip(widths, loose, strict=True)]
    edges = [0.0]
    for one in widths:
        edges.append(edges[-1] + one)
    return edges


def _groups(table: TableBlock, cells: list[_Set]) -> list[tuple[int, int]]:
    """Stretches of rows that spanning cells bind together, as first and last row."""
    rows = max([table.rows, *(one.last + 1 for one in cells)])
    reach = list(range(rows))
    for one in cells:
        reach[one.first] = max(reach[one.first], one.last)
    groups, first = [], 0
    end = -1
    for row in range(rows):
        if row > end:
            first = row
        end = max(end, reach[row])
        if row == end:
            groups.append((first, row))
    return groups


def _by_row(cells: list[_Set]) -> dict[int, list[_Set]]:
    """The cells that begin in each row."""
    rows: dict[int, list[_Set]] = {}
    for one in cells:
        rows.setdefault(one.first, []).append(one)
    return rows


def _row_heights(cells: list[_Set], first: int, last: int) -> list[float]:
    heights = [2 * _PAD_Y + 6.0] * (last - first + 1)
    for one in cells:
        if one.first == one.last:
            heights[one.first - first] = max(heights[one.first - first], one.height)
    for one in cells:
        if one.first != one.last:
            short = one.height - sum(heights[one.first - first : one.last - first + 1])
            if short > 0:
                heights[one.last - first] += short
    return heights


def _row(
    table: TableBlock, cells: list[_Set], heights: list[float], row: int, width: float, *, closed: bool = True
) -> Slab:
    """One row; ``heights`` are its own and those of the rows below that its cells may reach."""
    slab = Slab(heights[0], areas=[Area(table.id, 0, 0, width, heights[0])])
    fills: list[Item] = []
    calls: dict[str, None] = {}
    for one in cells:
        deep = sum(heights[: one.last - one.first + 1])
        head = one.cell.header or row < table.header_rows
        if head and row < table.header_rows:
            fills.append(FillItem(one.x, 0.0, one.width, deep, _SHADE))
        weight, colour = (_STRONG, _STRONG_COLOUR) if row < table.header_rows else (_HAIR, RULE_COLOUR)
        if closed:
            fills.append(FillItem(one.x, deep - weight, one.width, weight, colour))
        slab.areas.append(Area(one.cell.id, one.x, 0, one.width, deep))
        y = _PAD_Y
        for index, inner in enumerate(one.slabs):
            if index:
                y += one.slabs[index - 1].after + inner.before
            slab.items += [_moved(item, y) for item in inner.items]
            slab.areas += [
                replace(area, y=area.y + y) for area in inner.areas if area.id not in (table.id, one.cell.id)
            ]
            calls.update(dict.fromkeys(inner.calls))
            y += inner.height
    slab.items[:0] = fills
    slab.calls = tuple(calls)
    return slab


def _moved(item: Item, y: float) -> Item:
    return replace(item, y=item.y + y)
