"""The page in points."""

from __future__ import annotations

from typing import Literal

from briefing_app.layout.document import Page

PaperSize = Literal["A4", "A5", "Letter", "Legal"]
SMALLEST_MARGIN, LARGEST_MARGIN = 5.0, 80.0  # millimetres
_SIZES = {"A4": (210.0, 297.0), "A5": (148.0, 210.0), "Letter": (215.9, 279.4), "Legal": (215.9, 355.6)}  # millimetres


def points(millimetres: float) -> float:
    """Millimetres in points, to a hundredth."""
    return round(millimetres * 72 / 25.4, 2)


def page_of(
    paper: PaperSize, *, top: float, bottom: float, left: float, right: float, columns: int = 1, gap: float = 0.0
) -> Page:
    """The page of this paper; margins in millimetres, ``gap`` between columns in points."""
    width, height = _SIZES[paper]
    return Page(
        width=points(width),
        height=points(height),
        top=points(top),
        bottom=points(bottom),
        left=points(left),
        right=points(right),
        columns=columns,
        gap=gap if columns > 1 else 0.0,
    )


def text_width(page: Page) -> float:
    """The width between the margins."""
    return page.width - page.left - page.right


def column_width(page: Page) -> float:
    """The width of one column of text."""
    return (text_width(page) - page.gap * (page.columns - 1)) / page.columns
