"""The LayoutDocument: everything about an export that is decided, but for where pages break.

Numbers, labels, note texts, contents entries and styles stand here once, so that the DOCX and the PDF cannot
disagree about them. A writer takes a LayoutDocument and nothing else; it computes no number and no wording of its
own, except page numbers. Blocks keep the ids of the briefing's nodes; what has no node has an id of its own
(``title``, ``contents``, ``sources``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Direction = Literal["ltr", "rtl"]


class Role(StrEnum):
    """The role of a block; each has one named style in the DOCX and one look in the PDF."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    META = "meta"  # a line under the title: edition, as-of time, distribution
    HEADING_1 = "heading-1"
    HEADING_2 = "heading-2"
    HEADING_3 = "heading-3"
    HEADING_4 = "heading-4"
    LEAD = "lead"  # a paragraph of the lead section
    BODY = "body"
    LIST = "list"
    QUOTATION = "quotation"
    QUOTATION_ORIGINAL = "quotation-original"  # the original under a quoted translation
    ATTRIBUTION = "attribution"
    TABLE_HEAD = "table-head"
    TABLE_CELL = "table-cell"
    CAPTION = "caption"
    CONTENTS_HEADING = "contents-heading"
    CONTENTS_1 = "contents-1"
    CONTENTS_2 = "contents-2"
    CONTENTS_3 = "contents-3"
    NOTE = "note"
    SOURCE_ENTRY = "source-entry"  # a numbered entry of the list of sources
    HEADER = "header"
    FOOTER = "footer"
    BANNER = "banner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The resolved look of a role. Sizes, spaces and indents in points; ``line_height`` is a multiple of ``size``."""

    font: Literal["serif", "sans"] = "serif"
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    colour: str = "#1A1A1A"
    space_before: float = 0.0
    space_after: float = 6.0
    line_height: float = 1.35
    indent: float = 0.0
    align: Literal["start", "justify", "center", "end"] = "start"
    keep_with_next: bool = False


# --- runs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words in one look. ``url`` links outside; ``target`` links to the block or note entry with that id.

    ``raised`` is for the comma between neighbouring note calls.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    url: str = ""
    target: str = ""
    language: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class BreakRun:
    """A forced line break."""


@dataclass(frozen=True, slots=True)
class NoteRun:
    """The place where note ``note_id`` is called, printed as its number, raised."""

    note_id: str
    number: int


Run = TextRun | BreakRun | NoteRun
Runs = tuple[Run, ...]


# --- blocks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextLine:
    """A heading or a paragraph of any text role. ``level`` is 1 to 4 for headings, else 0.

    ``number`` is the printed number of a heading ("2.1"), a source entry ("3") or a numbered paragraph ("12."), or
    empty. Runs hold neither it nor the portion mark ``mark``, which is printed in parentheses before the text.
    """

    id: str
    role: Role
    runs: Runs
    level: int = 0
    number: str = ""
    mark: str = ""
    direction: Direction = "ltr"
    language: str = ""


@dataclass(frozen=True, slots=True)
class ItemBlock:
    """One list item; ``label`` is "•" or its number with a full stop."""

    id: str
    label: str
    blocks: tuple[TextLine | ListLines, ...]


@dataclass(frozen=True, slots=True)
class ListLines:
    """A list at nesting ``depth`` (0 for the outermost)."""

    id: str
    ordered: bool
    start: int
    depth: int
    items: tuple[ItemBlock, ...]


@dataclass(frozen=True, slots=True)
class QuotationBlock:
    """A block quotation: its words, then (for a translation) the original, then who is quoted.

    ``original`` and ``attribution`` may be empty. Note calls stand in ``attribution`` or at the end of ``lines``.
    """

    id: str
    lines: tuple[TextLine, ...]
    original: tuple[TextLine, ...] = ()
    attribution: TextLine | None = None


@dataclass(frozen=True, slots=True)
class CellBlock:
    """One cell at grid place (``row``, ``column``), 0-based, spanning to the right and down."""

    id: str
    row: int
    column: int
    blocks: tuple[TextLine | ListLines, ...]
    header: bool = False
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table on a full grid of ``rows`` by ``columns``; cells come row by row. ``widths`` are shares that sum to 1.

    The caption stands above the table.
    """

    id: str
    rows: int
    columns: int
    header_rows: int
    widths: tuple[float, ...]
    cells: tuple[CellBlock, ...]
    caption: TextLine | None = None


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture by the hash of its bytes; ``width`` and ``height`` are the printed size in points.

    The caption stands below the picture.
    """

    id: str
    media: str
    alt: str
    width: float
    height: float
    caption: TextLine | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents: the heading that it leads to, its level, number and words."""

    target: str
    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ContentsBlock:
    """The contents; page numbers are the writer's."""

    id: str
    heading: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class BreakBlock:
    """What follows starts on a new page."""

    id: str


LaidBlock = TextLine | ListLines | QuotationBlock | TableBlock | PictureBlock | ContentsBlock | BreakBlock


@dataclass(frozen=True, slots=True)
class LaidNote:
    """A note: its number and its text. Notes are numbered from 1 in the order in which they are called."""

    id: str
    number: int
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """The marking, printed in the header and the footer of each page in 12-point type or larger.

    ``text`` is the label with any restrictions. Colours are ``#RRGGBB``.
    """

    text: str
    colour: str
    background: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Page size and margins in points; ``columns`` of equal width stand ``gap`` points apart."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    columns: int = 1
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """Document properties. ``date`` is ISO 8601 with a zone, and the only time that stands in the file."""

    title: str
    author: str
    subject: str
    organisation: str
    keywords: str
    language: str
    identifier: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words that writers print, in the briefing's language.

    ``page`` has the fields ``{page}`` and ``{pages}``.
    """

    page: str = "Page {page} of {pages}"
    notes_heading: str = "Notes"


@dataclass(frozen=True, slots=True)
class LaidMedia:
    """A picture's bytes with their type and pixel size."""

    sha256: str
    media_type: str
    data: bytes = field(repr=False)
    pixel_width: int = 0
    pixel_height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutDocument:
    """A whole export, ready to be written.

    ``notes_place``: *foot* of the page on which they are called, or *end* of the document. ``header`` is the running
    head (title); a page limit of None means none. ``watermark`` is printed across every page, behind the text.
    ``cover``: the first page holds the title alone. The first ``across`` blocks go across all columns of the page.
    ``line_numbers``: lines of text are numbered in the margin, from 1 on every page (see ``counts_lines``).
    ``review``: the copy will be worked on, so that its blocks keep their ids where the format can hold them.
    """

    properties: Properties
    page: Page
    styles: dict[Role, Style]
    header: str
    footer: str
    banner: Banner | None
    blocks: tuple[LaidBlock, ...]
    notes: tuple[LaidNote, ...]
    notes_place: Literal["foot", "end"]
    media: dict[str, LaidMedia]
    words: Words = Words()
    page_limit: int | None = None
    watermark: str = ""
    cover: bool = False
    across: int = 0
    line_numbers: bool = False
    review: bool = False


_UNCOUNTED = frozenset(
    (
        Role.TITLE,
        Role.SUBTITLE,
        Role.META,
        Role.TABLE_HEAD,
        Role.TABLE_CELL,
        Role.CAPTION,
        Role.CONTENTS_HEADING,
        Role.CONTENTS_1,
        Role.CONTENTS_2,
        Role.CONTENTS_3,
        Role.NOTE,
        Role.HEADER,
        Role.FOOTER,
        Role.BANNER,
    )
)


def counts_lines(role: Role) -> bool:
    """Whether lines in this role are numbered where lines are; nothing inside a table is."""
    return role not in _UNCOUNTED
