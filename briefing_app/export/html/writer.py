"""The HTML writer: a LayoutDocument as one file that needs no other, holds no script and loads nothing."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import assert_never

from briefing_app.errors import ExportError
from briefing_app.export.html.marks import language_of, place, tag, text, value
from briefing_app.export.html.runs import RunWriter
from briefing_app.export.html.style import style_sheet
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import (
    BreakBlock,
    CellBlock,
    ContentsBlock,
    Direction,
    LaidBlock,
    LaidNote,
    LayoutDocument,
    ListLines,
    PictureBlock,
    QuotationBlock,
    Role,
    TableBlock,
    TextLine,
)

_PIXELS = 96 / 72  # of a style sheet, in a point
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_NOTES = "notes-heading"


def write_html(document: LayoutDocument) -> str:
    """The document as HTML 5, ending in a newline. The same document gives the same text.

    The title is the only first heading; other headings stand one level below their own. Pictures are data in the
    file. Page numbers, line numbers and columns are left out, as there are no pages.

    :raises ExportError: a picture's bytes are missing.
    """
    return _Writer(document).file()


class _Writer:
    """Writes one document."""

    def __init__(self, document: LayoutDocument) -> None:
        self._document = document
        self._runs = RunWriter(document)
        self._language = language_of(document.properties.language)
        self._direction: Direction = language_direction(document.properties.language)
        self._new_page = False

    def file(self) -> str:
        document = self._document
        body = "\n".join(filter(None, map(self._block, document.blocks)))
        notes = self._notes()
        banner = self._banner()
        status = tag("p", text(document.watermark), class_="status") if document.watermark else ""
        across = tag("p", text(document.watermark), class_="watermark", aria_hidden="true") if status else ""
        parts = (
            "<!DOCTYPE html>",
            f'<html lang="{value(self._language or "und")}" dir="{self._direction}">',
            self._head(),
            "<body>",
            tag("header", banner + status) if banner or status else "",
            across,
            f"<main>\n{body}\n{notes}</main>",
            tag("footer", banner) if banner else "",
            "</body>",
            "</html>",
        )
        return "\n".join(filter(None, parts)) + "\n"

    def _head(self) -> str:
        properties = self._document.properties
        fields = (
            ("author", properties.author or properties.organisation),
            ("description", properties.subject),
            ("keywords", properties.keywords),
            ("dcterms.identifier", properties.identifier),
            ("dcterms.date", properties.date),
        )
        meta = "".join(f'<meta name="{name}" content="{value(given)}">\n' for name, given in fields if given.strip())
        title = " ".join(properties.title.split()) or properties.identifier or "Briefing"
        return (
            f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{value(_POLICY)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{text(title)}</title>\n{meta}<style>\n{style_sheet(self._document)}\n</style>\n</head>"
        )

    def _banner(self) -> str:
        banner = self._document.banner
        return tag("p", tag("span", text(banner.text)), class_="banner") if banner else ""

    def _block(self, block: LaidBlock) -> str:
        match block:
            case TextLine():
                return self._text(block)
            case ListLines():
                return self._list(block)
            case QuotationBlock():
                return self._quotation(block)
            case TableBlock():
                return self._table(block)
            case PictureBlock():
                return self._picture(block)
            case ContentsBlock():
                return self._contents(block)
            case BreakBlock():
                self._new_page = True
                return ""
            case _:
                assert_never(block)

    def _text(self, line: TextLine, name: str = "") -> str:
        """A heading or a paragraph; ``name`` is another element than its role's own."""
        if not name:
            name = "h1" if line.role is Role.TITLE else f"h{min(line.level + 1, 6)}" if line.level else "p"
        classes = [] if line.level or line.role in (Role.TITLE, Role.BODY, Role.LIST) else [line.role.value]
        return tag(name, self._runs.line(line), id=place(line.id), class_=self._classes(classes), **self._speech(line))

    def _classes(self, classes: list[str]) -> str:
        """The classes, and whether what has them begins a page on paper."""
        wanted, self._new_page = self._new_page, False
        return " ".join([*classes, "new-page"] if wanted else classes)

    def _speech(self, line: TextLine) -> dict[str, str]:
        """The line's language and direction, where they are not the document's."""
        return {
            "lang": language_of(line.language),
            "dir": "" if line.direction == self._direction else line.direction,
        }

    def _list(self, block: ListLines) -> str:
        items = []
        for item in block.items:
            inner = (self._list(one) if isinstance(one, ListLines) else self._text(one, "p") for one in item.blocks)
            items.append(tag("li", "".join(inner)))
        start = str(block.start) if block.ordered and block.start != 1 else ""
        backwards = _first_direction(block) or self._direction
        return tag(
            "ol" if block.ordered else "ul",
            "".join(items),
            start=start,
            dir="" if backwards == self._direction else backwards,
            class_=self._classes([]),
        )

    def _quotation(self, block: QuotationBlock) -> str:
        classes = self._classes([])
        parts = [tag("p", self._runs.line(line), id=place(line.id), **self._speech(line)) for line in block.lines]
        parts += [
            tag("p", self._runs.line(line), id=place(line.id), class_="original", **self._speech(line))
            for line in block.original
        ]
        if block.attribution:
            parts.append(self._text(block.attribution))
        rtl = bool(block.lines) and block.lines[0].direction != self._direction
        return tag("blockquote", "".join(parts), class_=classes, dir=block.lines[0].direction if rtl else "")

    def _table(self, block: TableBlock) -> str:
        classes = self._classes(["wide"])
        caption = ""
        if block.caption:
            caption = self._text(block.caption, "caption")
        rows = [
            tag("tr", "".join(self._cell(cell) for cell in block.cells if cell.row == row)) for row in range(block.rows)
        ]
        head = tag("thead", "".join(rows[: block.header_rows])) if block.header_rows else ""
        body = tag("tbody", "".join(rows[block.header_rows :])) if block.rows > block.header_rows else ""
        return tag("div", tag("table", caption + head + body), class_=classes)

    def _cell(self, cell: CellBlock) -> str:
        inside = "".join(self._list(one) if isinstance(one, ListLines) else self._text(one, "p") for one in cell.blocks)
        return tag(
            "th" if cell.header else "td",
            inside,
            scope="col" if cell.header else "",
            colspan=str(cell.column_span) if cell.column_span > 1 else "",
            rowspan=str(cell.row_span) if cell.row_span > 1 else "",
        )

    def _picture(self, block: PictureBlock) -> str:
        media = self._document.media.get(block.media)
        if media is None:
            raise ExportError(
                f"The picture “{block.alt or block.id}” has no bytes.", "Insert it in the briefing again."
            )
        data = base64.b64encode(media.data).decode("ascii")
        size = f'width="{round(block.width * _PIXELS)}" height="{round(block.height * _PIXELS)}"'
        image = f'<img src="data:{value(media.media_type)};base64,{data}" alt="{value(block.alt)}" {size}>'
        caption = self._text(block.caption, "figcaption") if block.caption else ""
        return tag("figure", image + caption, id=place(block.id), class_=self._classes([]))

    def _contents(self, block: ContentsBlock) -> str:
        entries = []
        for entry in block.entries:
            label = " ".join(filter(None, (entry.number, entry.text)))
            link = tag("a", text(label), href=f"#{place(entry.target)}")
            entries.append(tag("li", link, class_=f"level-{entry.level}"))
        heading = tag("h2", text(block.heading), id=place(block.id))
        inside = f"{heading}{tag('ol', ''.join(entries))}"
        return tag("nav", inside, aria_labelledby=place(block.id), class_=self._classes([]))

    def _notes(self) -> str:
        document = self._document
        if not document.notes:
            return ""
        heading = tag("h2", text(document.words.notes_heading), id=_NOTES)
        notes = "\n".join(map(self._note, document.notes))
        return f"{tag('section', f'{heading}<ol>{notes}</ol>', class_='notes', aria_labelledby=_NOTES)}\n"

    def _note(self, note: LaidNote) -> str:
        lines = [tag("p", self._runs.line(line), **self._speech(line)) for line in note.lines]
        back = ""
        if self._runs.is_called(note.id):
            back = " " + tag(
                "a",
                "↩",
                href=f"#{place(note.id, 'call')}",
                role="doc-backlink",
                aria_label=f"Back to the text at note {note.number}",
            )
        return tag("li", " ".join(lines) + back, id=place(note.id, "note"), value=str(note.number))


def _first_direction(block: ListLines) -> Direction | None:
    lines: Iterator[TextLine | ListLines] = (one for item in block.items for one in item.blocks)
    first = next(lines, None)
    return first.direction if isinstance(first, TextLine) else _first_direction(first) if first else None
