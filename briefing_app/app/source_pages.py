"""The pages of a source's own PDF, as pictures, and where its passages stand on them.

A saved file may be broken or hostile, so nothing of it is opened here: a worker process draws it, and is replaced
where the file makes it crash.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from briefing_app.app.previewing import PageImage, PageImages
from briefing_app.errors import BriefingError
from briefing_app.model.reading import PageSpan
from briefing_app.work.pool import WorkerPool

Range = tuple[int, int]
Box = tuple[float, float, float, float]  # left, top, right, bottom in points from the page's top left corner
_KEPT = 2  # documents that a worker keeps open


class NotKept(BriefingError):
    """The worker has not got the document (any more): it must be sent again. Never shown."""


class SourcePages:
    """The pages of one PDF of the library. It may be used from any thread; each call waits for the worker.

    ``sizes`` are widths and heights in points. Raises BriefingError where the file cannot be drawn.
    """

    def __init__(self, pool: WorkerPool, key: str, data: bytes) -> None:
        self._pool = pool
        self._key = key
        self._data = data
        self.sizes: tuple[tuple[float, float], ...] = self._ask(_sizes)

    def render(self, number: int, scale: float) -> PageImage:
        """Page ``number`` (from 0) at ``scale`` pixels to a point."""
        image: PageImage = self._ask(_render, number, scale)
        return image

    def marks(self, text: str, spans: Sequence[PageSpan], ranges: Sequence[Range]) -> dict[Range, dict[int, list[Box]]]:
        """Where ranges of the source's text stand: for each its pages (from 1) with a box for each line.

        A range that cannot be placed for certain has no page.
        """
        found: dict[Range, dict[int, list[Box]]] = self._ask(_marks, text, tuple(spans), tuple(ranges))
        return found

    def close(self) -> None:
        """Nothing is held open here."""

    def _ask(self, function: Any, *arguments: Any) -> Any:
        with contextlib.suppress(NotKept):
            return self._pool.run(function, self._key, None, *arguments)
        return self._pool.run(function, self._key, self._data, *arguments)


# --- in the worker

_open: OrderedDict[str, tuple[bytes, PageImages]] = OrderedDict()


def _document(key: str, data: bytes | None) -> tuple[bytes, PageImages]:
    kept = _open.get(key)
    if kept is None:
        if data is None:
            raise NotKept("The document is not open.")
        kept = (data, PageImages(data))
        _open[key] = kept
        while len(_open) > _KEPT:
            _open.popitem(last=False)[1][1].close()
    _open.move_to_end(key)
    return kept


def _sizes(key: str, data: bytes | None) -> tuple[tuple[float, float], ...]:
    return _document(key, data)[1].sizes


def _render(key: str, data: bytes | None, number: int, scale: float) -> PageImage:
    return _document(key, data)[1].render(number, scale)


def _marks(
    key: str, data: bytes | None, text: str, spans: tuple[PageSpan, ...], ranges: tuple[Range, ...]
) -> Mapping[Range, Mapping[int, list[Box]]]:
    from briefing_app.readers.pdf_places import places

    whole, images = _document(key, data)
    found: dict[Range, dict[int, list[Box]]] = {}
    for start, end in ranges:
        boxes: dict[int, list[Box]] = {}
        for page, (left, bottom, right, top) in places(whole, text, spans, start, end):
            height = images.sizes[page - 1][1]
            boxes.setdefault(page, []).append((left, height - top, right, height - bottom))
        found[start, end] = boxes
    return found
