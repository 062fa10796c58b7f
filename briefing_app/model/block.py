"""Blocks and sections: the tree of a briefing. Small closed unions with stable node ids and no parent pointers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing_app.model.inline import Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``mark`` is the portion mark ("TLP:GREEN"), empty where the portion carries none."""

    id: str
    content: Inlines = ()
    mark: str = ""
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: its paragraphs, and lists nested in it."""

    id: str
    blocks: tuple[Paragraph | ListBlock, ...] = ()
    type: Literal["list_item"] = "list_item"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bullet list, or a numbered one that counts from ``start``."""

    id: str
    items: tuple[ListItem, ...] = ()
    ordered: bool = False
    start: int = 1
    type: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation.

    With ``excerpt_id`` its words are the excerpt's, always, so that they cannot drift from the source
    (``translated`` prints the analyst's translation, with the original beside it), and ``paragraphs`` is empty.
    Without one, as in a draft whose source is not in the library, its words are in ``paragraphs``.
    """

    id: str
    excerpt_id: str = ""
    translated: bool = False
    paragraphs: tuple[Paragraph, ...] = ()
    mark: str = ""
    type: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. A span counts grid columns or rows; spanned-over grid places have no cell."""

    id: str
    blocks: tuple[Paragraph | ListBlock, ...] = ()
    column_span: int = 1
    row_span: int = 1
    type: Literal["cell"] = "cell"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    id: str
    cells: tuple[Cell, ...] = ()
    type: Literal["row"] = "row"


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first ``header_rows`` rows repeat on each page; ``widths`` are relative column widths."""

    id: str
    rows: tuple[Row, ...] = ()
    header_rows: int = 1
    caption: Inlines = ()
    widths: tuple[float, ...] = ()
    mark: str = ""
    type: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, named by the SHA-256 of its bytes. ``alt`` is its text alternative; ``width`` is in millimetres.

    ``width`` None means the picture's own size, at most the width of the text.
    """

    id: str
    media: str
    alt: str = ""
    caption: Inlines = ()
    width: float | None = None
    mark: str = ""
    type: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""

    id: str
    type: Literal["page_break"] = "page_break"


Block = Paragraph | ListBlock | Quotation | Table | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the briefing. ``key`` names the template's section that it fills, or is empty.

    ``show_heading`` false prints no heading, as for a lead; the outline and the composer still name it.
    """

    id: str
    heading: Inlines = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    key: str = ""
    show_heading: bool = True
    mark: str = ""
    type: Literal["section"] = "section"


Node = Section | Block | ListItem | Row | Cell
