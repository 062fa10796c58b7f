"""Reads PDFs back with other code than wrote them, and small LayoutDocuments to write."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from briefing_app.layout.document import (
    Banner,
    CellBlock,
    LaidBlock,
    LaidNote,
    LayoutDocument,
    ListLines,
    NoteRun,
    Page,
    Properties,
    Role,
    Run,
    Style,
    TableBlock,
    TextLine,
    TextRun,
)

BANNER = Banner(text="TLP:AMBER", colour="#FFC000", background="#000000")
PROPERTIES = Properties(
    title="Велск: port",
    author="A. Analyst",
    subject="Subject",
    organisation="Desk",
    keywords="one, two",
    language="en-GB",
    identifier="x",
    date="2026-11-25T09:30:00+01:00",
)
STYLES = {
    Role.HEADING_1: Style(font="sans", size=15, bold=True, space_before=18, keep_with_next=True),
    Role.HEADING_2: Style(font="sans", size=12, bold=True, space_before=14, keep_with_next=True),
    Role.NOTE: Style(size=8.5, line_height=1.25, space_after=2),
    Role.HEADER: Style(font="sans", size=8.5),
    Role.FOOTER: Style(font="sans", size=8.5),
    Role.QUOTATION: Style(size=10, indent=20),
    Role.CAPTION: Style(font="sans", size=9, keep_with_next=True),
}
WORDS = "harbour ministry announced vessel confirmed spokesman traffic northern because carrier insured window".split()


def document(*blocks: LaidBlock, notes: tuple[LaidNote, ...] = (), **changes: object) -> LayoutDocument:
    fields: dict[str, object] = {
        "properties": PROPERTIES,
        "page": Page(width=595.28, height=841.89, top=72, bottom=72, left=72, right=72),
        "styles": STYLES,
        "header": "Running title",
        "footer": "",
        "banner": BANNER,
        "blocks": blocks,
        "notes": notes,
        "notes_place": "foot",
        "media": {},
    }
    return LayoutDocument(**(fields | changes))  # type: ignore[arg-type]


def line(id: str, *runs: str | Run, role: Role = Role.BODY, **fields: object) -> TextLine:
    made = tuple(TextRun(run) if isinstance(run, str) else run for run in runs)
    return TextLine(id, role, made, **fields)  # type: ignore[arg-type]


def heading(id: str, text: str, level: int = 1, number: str = "") -> TextLine:
    role = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)[level - 1]
    return line(id, text, role=role, level=level, number=number)


def note(number: int, *texts: str, **fields: object) -> LaidNote:
    id = f"n{number}"
    lines = tuple(line(f"{id}-{at}", text, role=Role.NOTE, **fields) for at, text in enumerate(texts))
    return LaidNote(id, number, lines)


def prose(words: int, key: str = "") -> str:
    """So many words, which differ from those of another key."""
    return " ".join(f"{WORDS[(at * 7 + len(key)) % len(WORDS)]}{key}{at if at % 5 == 0 else ''}" for at in range(words))


def table(id: str, rows: int, columns: int, text: str = "cell", *, head: int = 1) -> TableBlock:
    cells = tuple(
        CellBlock(
            f"{id}-{row}-{column}",
            row,
            column,
            (line(f"{id}-{row}-{column}-p", f"{'head' if row < head else text} {row}.{column}"),),
            header=row < head,
        )
        for row in range(rows)
        for column in range(columns)
    )
    return TableBlock(id, rows, columns, head, (1 / columns,) * columns, cells)


@dataclass(frozen=True)
class Link:
    page: int
    url: str
    to_page: int


@dataclass
class Read:
    """A PDF as PDFium reads it: the text of each page and what links and the outline lead to."""

    pages: list[str]
    links: list[Link]
    outline: list[tuple[int, str, int]]
    metadata: dict[str, str]

    @property
    def squeezed(self) -> list[str]:
        return [squeeze(page) for page in self.pages]


def squeeze(text: str) -> str:
    """Text without what page breaking and reading change: spaces, composition, controls, soft hyphens."""
    text = text.replace("\ufffe", "-").replace("\x02", "-")  # PDFium's sign for a hyphen at a line's end
    composed = unicodedata.normalize("NFC", text)
    return "".join(char for char in composed if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"))


def read(data: bytes) -> Read:
    with pypdfium2.PdfDocument(data) as pdf:
        pages = []
        links: list[Link] = []
        for index, page in enumerate(pdf, 1):
            pages.append(page.get_textpage().get_text_range())
            links += _links(pdf, page, index)
        outline = [(item.level, item.get_title(), item.get_dest().get_index() + 1) for item in pdf.get_toc()]
        return Read(pages, links, outline, pdf.get_metadata_dict())


def boxes(data: bytes) -> Iterator[tuple[int, float, float, float, float]]:
    """Page and box of each printed character, in points from the bottom left."""
    with pypdfium2.PdfDocument(data) as pdf:
        for index, page in enumerate(pdf, 1):
            text = page.get_textpage()
            for at in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(at)
                if right > left and top > bottom:
                    yield index, left, bottom, right, top


def _links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int) -> Iterator[Link]:
    start, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, start, link):
        destination = pdfium.FPDFLink_GetDest(pdf, link)
        if destination:
            yield Link(number, "", pdfium.FPDFDest_GetDestPageIndex(pdf, destination) + 1)
            continue
        action = pdfium.FPDFLink_GetAction(link)
        size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(pdf, action, buffer, size)
        yield Link(number, buffer.value.decode("ascii"), 0)


def plain(runs: tuple[Run, ...]) -> str:
    return "".join(run.text if isinstance(run, TextRun) else str(getattr(run, "number", " ")) for run in runs)


def text_lines(blocks: tuple[LaidBlock, ...] | tuple[TextLine | ListLines, ...]) -> Iterator[TextLine]:
    """Every line of text of the blocks, at any depth, in reading order; captions included."""
    for block in blocks:
        match block:
            case TextLine():
                yield block
            case ListLines():
                for item in block.items:
                    yield from text_lines(item.blocks)
            case TableBlock():
                yield from (block.caption,) if block.caption else ()
                for cell in block.cells:
                    yield from text_lines(cell.blocks)
            case _:
                for name in ("lines", "original"):
                    yield from getattr(block, name, ())
                for name in ("attribution", "caption"):
                    if (one := getattr(block, name, None)) is not None:
                        yield one


def calls_of(blocks: tuple[LaidBlock, ...]) -> Iterator[tuple[TextLine, NoteRun]]:
    for one in text_lines(blocks):
        for run in one.runs:
            if isinstance(run, NoteRun):
                yield one, run
