"""What the PDF writer hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node landed: its page, counted from 1, and its rectangle in points from the page's top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A written PDF. ``places`` has for each node one place a page; ``missing`` the characters that no font has.

    A missing character is printed as a substitute and read back as itself.
    """

    data: bytes = field(repr=False)
    pages: int
    places: Mapping[str, tuple[Place, ...]] = field(repr=False)
    missing: tuple[str, ...] = ()
