"""The pages as they would leave: a PDF made in a worker process, and its pages as pictures."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing


@dataclass(frozen=True, slots=True)
class NodePlace:
    """Where a node of the briefing landed: page from 1, rectangle in points from the page's top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A laid-out briefing as PDF, with the places of its nodes. It is not an export: nothing was checked."""

    pdf: bytes = field(repr=False)
    places: Mapping[str, tuple[NodePlace, ...]] = field(repr=False)
    missing: tuple[str, ...] = ()

    def node_at(self, page: int, x: float, y: float) -> str:
        """The id of the smallest node at a point of a page (points from its top left), or of the nearest above it."""
        best, best_key = "", (2, float("inf"))
        for node_id, places in self.places.items():
            for place in places:
                if place.page != page:
                    continue
                inside = place.x0 <= x <= place.x1 and place.y0 <= y <= place.y1
                area = (place.x1 - place.x0) * (place.y1 - place.y0)
                key = (0, area) if inside else (1, y - place.y1 if y >= place.y1 else float("inf"))
                if key < best_key:
                    best, best_key = node_id, key
        return best if best_key[1] != float("inf") else ""


def make_preview(briefing: Briefing, date: str = "") -> Preview:
    """Lay ``briefing`` out as a review copy, in spite of what is missing, and write it as PDF. Slow: for a worker."""
    from briefing_app.app.dates import now
    from briefing_app.app.paths import resources_dir
    from briefing_app.export.pdf.writer import write_pdf
    from briefing_app.layout.lay_out import LayoutOptions, lay_out

    document = lay_out(briefing, LayoutOptions(date=date or now(), draft=_has_errors(briefing)))
    pdf = write_pdf(document, resources_dir() / "fonts")
    places = {
        node_id: tuple(NodePlace(one.page, one.x0, one.y0, one.x1, one.y1) for one in found)
        for node_id, found in pdf.places.items()
    }
    return Preview(pdf=pdf.data, places=places, missing=pdf.missing)


def _has_errors(briefing: Briefing) -> bool:
    from briefing_app.checks.finding import Severity
    from briefing_app.checks.run import run_checks

    return any(finding.severity is Severity.ERROR for finding in run_checks(briefing))


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as pixels: four bytes for each (blue, green, red, unused), ``stride`` bytes a line."""

    width: int
    height: int
    stride: int
    data: bytes = field(repr=False)


_PDFIUM = threading.Lock()  # the renderer may be used by one thread at a time


class PageImages:
    """The pages of one PDF. It may be used from any thread."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        with _PDFIUM:
            try:
                self._document: Any = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise BriefingError("The pages cannot be shown.", "Please export them instead.") from error
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(number) for number in range(len(self._document))
            )

    def render(self, number: int, scale: float) -> PageImage:
        """Page ``number`` (from 0) at ``scale`` pixels to a point."""
        with _PDFIUM:
            page = self._document[number]
            bitmap = page.render(scale=scale, rev_byteorder=False, force_bitmap_format=4)
            image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
        return image

    def close(self) -> None:
        with _PDFIUM:
            self._document.close()
