"""Slabs become pages: where each page ends, and the notes at its foot."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from briefing_app.export.pdf.slab import Slab

_FOOT_SPACE = 14.0  # points between text and notes, with the rule in it
_NOTE_GAP = 2.0  # points between notes
_FOOT_SHARE = 0.5  # of the column: a long note goes on overleaf beyond this
_LEAST_OF_NOTE = 2  # lines of a note on the page on which it is called


@dataclass(slots=True)
class Placed:
    """A slab at its place down the column; ``rise`` is the space that was left above it.

    ``x`` is where its column begins, from the left of the text. ``repeated``: it is a table's head, printed again.
    """

    slab: Slab
    y: float
    rise: float = 0.0
    repeated: bool = False
    x: float = 0.0


@dataclass(slots=True)
class PageLayout:
    """One page: its slabs and the slabs of its notes, each with its place in the column.

    ``rules`` are where the notes of each column begin: from the left of the text, and down the column.
    """

    body: list[Placed] = field(default_factory=list)
    foot: list[Placed] = field(default_factory=list)
    rules: list[tuple[float, float]] = field(default_factory=list)
    bottom: float = 0.0
    after: float = 0.0


class Paginator:
    """Fills columns, of which the n-th (from 0) is ``height_of(n)`` points high; each is a page of its own here.

    ``notes`` are the slabs of each note that stands at the foot. What must start on a new page starts in a column whose
    number is a multiple of ``columns``.
    """

    def __init__(
        self,
        height_of: Callable[[int], float],
        notes: Mapping[str, list[Slab]],
        done: Callable[[int], None],
        columns: int = 1,
    ) -> None:
        self._height_of = height_of
        self._height = height_of(0)
        self._columns = columns
        self._notes = notes
        self._done = done
        self._pages: list[PageLayout] = []
        self._page = PageLayout()
        self._called: set[str] = set()
        self._waiting: deque[Slab] = deque()  # what is left of notes that began on the page before
        self._foot = 0.0

    def pages(self, slabs: Iterable[Slab]) -> list[PageLayout]:
        """The pages; at least one. Nothing is left out: notes that are never called stand on the last page."""
        for chunk in _chunks(slabs):
            if chunk[0].new_page:
                self._turn_page()
            self._place(chunk)
        uncalled = [note for note in self._notes if note not in self._called]
        for note in uncalled:
            self._waiting.extend(self._notes[note])
        self._fill_foot(self._height - self._page.bottom)
        while self._waiting:
            self._close()
        self._end_page()
        return self._pages

    def _turn_page(self) -> None:
        if self._page.body:
            self._close()
        while len(self._pages) % self._columns:
            self._close()

    def _place(self, chunk: list[Slab]) -> None:
        """Place slabs that belong together; they are parted only where no page could hold them."""
        while not self._fits(chunk):
            if self._page.body or self._page.foot:
                self._close()
                continue
            part = self._longest_start(chunk)
            self._put(chunk[:part])
            chunk = chunk[part:]
            if not chunk:
                return
            self._close()
        self._put(chunk)

    def _longest_start(self, chunk: list[Slab]) -> int:
        """How many slabs of the chunk fit on the empty page; at least one, so that the work goes on."""
        low, high = 1, len(chunk)
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits(chunk[:middle]):
                low = middle
            else:
                high = middle - 1
        return low

    def _extent(self, chunk: list[Slab]) -> tuple[float, float]:
        """The space above the chunk on this page, and its height with a repeated head."""
        page = self._page
        rise = page.after + chunk[0].before if page.body else 0.0
        height = sum(slab.height for slab in chunk)
        height += sum(a.after + b.before for a, b in pairwise(chunk))
        if not page.body:
            height += sum(slab.height for slab in chunk[0].head)
        return rise, height

    def _fits(self, chunk: list[Slab]) -> bool:
        rise, height = self._extent(chunk)
        room = self._height - self._page.bottom - rise - height
        new = self._new_notes(chunk)
        if not new:
            return room - self._foot >= -0.01
        if self._waiting:
            return False  # notes stand in order: these could not begin here
        need = self._foot or _FOOT_SPACE
        for note in new[:-1]:
            need += _stacked(self._notes[note])
        need += _stacked(self._notes[new[-1]][:_LEAST_OF_NOTE])
        return need <= room + 0.01

    def _new_notes(self, chunk: list[Slab]) -> list[str]:
        calls = dict.fromkeys(call for slab in chunk for call in slab.calls)
        return [call for call in calls if call in self._notes and call not in self._called]

    def _put(self, chunk: list[Slab]) -> None:
        page = self._page
        new = self._new_notes(chunk)
        if not page.body:
            for slab in chunk[0].head:
                page.body.append(Placed(slab, page.bottom, repeated=True))
                page.bottom += slab.height
        for slab in chunk:
            rise = page.after + slab.before if page.body else 0.0
            page.bottom += rise
            page.body.append(Placed(slab, page.bottom, rise))
            page.bottom += slab.height
            page.after = slab.after
        self._called.update(new)
        for note in new:
            self._waiting.extend(self._notes[note])
        if new:
            room = self._height - page.bottom
            least = sum(_stacked(self._notes[note]) for note in new[:-1])
            least += _stacked(self._notes[new[-1]][:_LEAST_OF_NOTE])
            share = max(self._height * _FOOT_SHARE, (self._foot or _FOOT_SPACE) + least)
            whole = (self._foot or _FOOT_SPACE) + _stacked(list(self._waiting))
            # a rest of one or two lines is not worth going on overleaf
            self._fill_foot(room if whole <= share * 1.15 else min(room, share))

    def _fill_foot(self, limit: float) -> None:
        """Put waiting lines of notes at the foot while they fit into ``limit`` points with what stands there."""
        while self._waiting:
            slab = self._waiting[0]
            used = self._foot or _FOOT_SPACE
            if used + slab.height + slab.before > limit + 0.01:
                return
            self._waiting.popleft()
            self._page.foot.append(Placed(slab, used + slab.before))
            self._foot = used + slab.before + slab.height

    def _close(self) -> None:
        """End the page and begin the next with what is left of its notes."""
        self._fill_foot(self._height - self._page.bottom)
        self._end_page()
        if self._waiting:
            whole = _FOOT_SPACE + _stacked(list(self._waiting))
            share = self._height * _FOOT_SHARE
            self._fill_foot(self._height if whole <= share * 1.15 else share)
            if not self._page.foot:  # a line of a note taller than the page's share
                slab = self._waiting.popleft()
                self._page.foot.append(Placed(slab, _FOOT_SPACE))
                self._foot = _FOOT_SPACE + slab.height

    def _end_page(self) -> None:
        page = self._page
        top = self._height - self._foot
        for placed in page.foot:
            placed.y += top
        if page.foot:
            page.rules.append((0.0, page.foot[0].y))
        self._pages.append(page)
        self._page, self._foot = PageLayout(), 0.0
        self._height = self._height_of(len(self._pages))
        self._done(len(self._pages))


def _stacked(slabs: list[Slab]) -> float:
    return sum(slab.height + slab.before for slab in slabs)


def _chunks(slabs: Iterable[Slab]) -> Iterator[list[Slab]]:
    """Stretches of slabs between which a page may end."""
    chunk: list[Slab] = []
    for slab in slabs:
        if chunk and not slab.new_page and (slab.stick or chunk[-1].leads):
            chunk.append(slab)
            continue
        if chunk:
            yield chunk
        chunk = [slab]
    if chunk:
        yield chunk


def note_slabs(slabs: list[Slab]) -> list[Slab]:
    """The lines of a note for the foot of a page, with the space before it."""
    for slab in slabs:
        slab.before, slab.stick = 0.0, False
    slabs[0].before = _NOTE_GAP
    return slabs
