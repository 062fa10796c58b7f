"""The page in points."""

from __future__ import annotations

from briefing_app.layout.document import Page
from briefing_app.model.template import PageSetup

_SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # millimetres


def points(millimetres: float) -> float:
    """Millimetres in points, to a hundredth."""
    return round(millimetres * 72 / 25.4, 2)


def page_of(setup: PageSetup) -> Page:
    width, height = _SIZES[setup.size]
    return Page(
        width=points(width),
        height=points(height),
        top=points(setup.top),
        bottom=points(setup.bottom),
        left=points(setup.left),
        right=points(setup.right),
    )


def text_width(page: Page) -> float:
    """The width between the margins."""
    return page.width - page.left - page.right
