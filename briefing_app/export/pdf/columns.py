"""Text in several columns: the front across them, then columns side by side, even at the end of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from briefing_app.export.pdf.paging import PageLayout, Paginator
from briefing_app.export.pdf.slab import Slab

_LEAST = 96.0  # points under the front that are worth beginning columns in
_EVEN = 2.0  # points to which columns are made even


class ColumnPaginator:
    """Fills pages of ``columns``, each ``height`` points high, which begin ``step`` points apart.

    ``from_right``: the first column is the one on the right. ``notes`` stand at the foot of the column that calls them.
    """

    def __init__(
        self, height: float, notes: Mapping[str, list[Slab]], *, columns: int, step: float, from_right: bool
    ) -> None:
        self._height = height
        self._notes = notes
        self._columns = columns
        self._step = step
        self._from_right = from_right

    def pages(self, front: Iterable[Slab], text: Iterable[Slab], done: Callable[[int], None]) -> list[PageLayout]:
        """The pages: those of the front, which goes across, then the text; ``done`` is told of each."""
        slabs = list(text)
        fronts = Paginator(lambda _: self._height, {}, lambda _: None).pages(front)
        opening = self._opening(fronts[-1], slabs)
        pages = fronts if opening is None else fronts[:-1]
        under = fronts[-1] if opening is not None else None
        first = self._height if opening is None else self._height - opening
        columns = self._even_columns(slabs, first) if slabs else []
        for start in range(0, len(columns), self._columns):
            page = self._side_by_side(
                columns[start : start + self._columns], 0.0 if start or opening is None else opening
            )
            if start == 0 and under is not None:
                page.body = [*under.body, *page.body]
            pages.append(page)
        if not columns and under is not None:
            pages.append(under)
        for number in range(1, len(pages) + 1):
            done(number)
        return pages

    def _opening(self, front: PageLayout, slabs: list[Slab]) -> float | None:
        """How far down the front's last page columns begin; None where they begin on the next."""
        if slabs and slabs[0].new_page and front.body:
            return None
        top = front.bottom + (max(front.after, slabs[0].before) if slabs and front.body else 0.0)
        return top if self._height - top >= _LEAST else None

    def _fill(self, slabs: list[Slab], first: float, from_column: int, rest: float) -> list[PageLayout]:
        """The columns: those of the first page ``first`` high, those from ``from_column`` on at most ``rest``."""

        def height_of(column: int) -> float:
            height = first if column < self._columns else self._height
            return min(height, rest) if column >= from_column else height

        return Paginator(height_of, self._notes, lambda _: None, self._columns).pages(slabs)

    def _even_columns(self, slabs: list[Slab], first: float) -> list[PageLayout]:
        """The columns, those of the last page as short as they can be; their notes stay at the page's foot."""
        columns = self._fill(slabs, first, 0, self._height)
        last = (len(columns) - 1) // self._columns * self._columns
        high = full = first if last == 0 else self._height
        low = 0.0
        best = columns
        while high - low > _EVEN:
            middle = (low + high) / 2
            tried = self._fill(slabs, first, last, middle)
            if len(tried) <= last + self._columns and _holds(tried[last:], middle):
                high, best = middle, tried
            else:
                low = middle
        if best is not columns:
            for column in best[last:]:
                _lower_foot(column, full - high)
        return best

    def _side_by_side(self, columns: list[PageLayout], top: float) -> PageLayout:
        page = PageLayout()
        for number, column in enumerate(columns):
            place = self._columns - 1 - number if self._from_right else number
            x = place * self._step
            for placed in (*column.body, *column.foot):
                placed.x, placed.y = x, placed.y + top
            page.body += column.body
            page.foot += column.foot
            page.rules += [(x, y + top) for _, y in column.rules]
        return page


def _holds(columns: list[PageLayout], height: float) -> bool:
    """Whether nothing stands out of the columns: a slab taller than its column is set there all the same."""
    return all(column.bottom <= height + 0.01 and all(p.y >= column.bottom for p in column.foot) for column in columns)


def _lower_foot(column: PageLayout, by: float) -> None:
    for placed in column.foot:
        placed.y += by
    column.rules = [(x, y + by) for x, y in column.rules]
