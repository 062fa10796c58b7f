"""Strips of a page, which the paginator stacks: a line of text, a table row, a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from briefing_app.export.pdf.structure import Element
from briefing_app.export.pdf.text import Line, Look


@dataclass(frozen=True, slots=True)
class TextItem:
    """A line of text at (x, y) from its slab's top left, which is content of ``element``."""

    x: float
    y: float
    line: Line
    element: Element


@dataclass(frozen=True, slots=True)
class FillItem:
    """A filled rectangle, which is never content."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class PictureItem:
    """A picture by its hash. Without an ``element`` it is no content: nobody has said what it shows."""

    x: float
    y: float
    width: float
    height: float
    media: str
    alt: str
    element: Element | None


@dataclass(frozen=True, slots=True)
class PageNumberItem:
    """The page of ``target``, set against ``edge`` with dots from ``dots`` to it; known when all pages are."""

    edge: float
    dots: float
    y: float
    baseline: float
    target: str
    look: Look
    rtl: bool
    element: Element


@dataclass(frozen=True, slots=True)
class LinkItem:
    """A rectangle that leads to a block, as the link ``element`` says in ``words``."""

    x: float
    y: float
    width: float
    height: float
    target: str
    words: str
    element: Element


Item = TextItem | FillItem | PictureItem | PageNumberItem | LinkItem


@dataclass(frozen=True, slots=True)
class Area:
    """The part of a slab that belongs to the node ``id``."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A thin upright rule beside a quotation, drawn through the space between its slabs."""

    x: float
    colour: str
    weight: float


@dataclass(slots=True, eq=False)
class Slab:
    """A strip that is never cut. ``before`` and ``after`` are spaces around it, dropped at a page's top.

    ``stick``: no page ends between it and the slab before; ``leads``: nor between it and the one after. ``calls`` are
    the notes called in it. ``head`` is printed again where a page starts with this slab. ``new_page``: it starts one.
    ``counted``: it is a line of text that has a number where lines have.
    """

    height: float
    items: list[Item] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    before: float = 0.0
    after: float = 0.0
    stick: bool = False
    leads: bool = False
    calls: tuple[str, ...] = ()
    bar: Bar | None = None
    joins: bool = False  # its bar goes on from the slab before
    head: tuple[Slab, ...] = ()
    new_page: bool = False
    counted: bool = False


def total_height(slabs: list[Slab]) -> float:
    """The height of the slabs stacked, without the space around them all."""
    height = sum(slab.height for slab in slabs)
    return height + sum(upper.after + lower.before for upper, lower in pairwise(slabs))


def keep_together(slabs: list[Slab]) -> None:
    for slab in slabs[1:]:
        slab.stick = True
