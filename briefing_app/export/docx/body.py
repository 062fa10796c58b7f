"""The document part: every block of the layout as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import assert_never

from briefing_app.export.docx.names import (
    CONTENTS,
    DEEPEST_LEVEL,
    STEP,
    TABLE_STYLE,
    UNNUMBERED_HEADING,
    list_style_id,
    style_id,
)
from briefing_app.export.docx.numbering import PARAGRAPHS, Numberings
from briefing_app.export.docx.pictures import Pictures
from briefing_app.export.docx.review import Controls
from briefing_app.export.docx.runs import Bookmarks, RunWriter
from briefing_app.export.docx.sections import Sections
from briefing_app.export.docx.xml import (
    FIELD_END,
    field,
    field_start,
    paragraph,
    run,
    spacing_before,
    twips,
    value,
    words,
)
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import (
    BreakBlock,
    CellBlock,
    ContentsBlock,
    ContentsEntry,
    ItemBlock,
    LaidBlock,
    LayoutDocument,
    ListLines,
    PictureBlock,
    QuotationBlock,
    Role,
    TableBlock,
    TextLine,
)
from briefing_app.layout.pages import column_width

_AFTER_TABLE = '<w:spacing w:before="200"/>'
_CONTENTS_END = '<w:suppressLineNumbers/><w:spacing w:before="0" w:after="200" w:line="20" w:lineRule="exact"/>'
_UNKNOWN_PAGE = "–"
_AFTER_TITLE = '<w:spacing w:before="280"/>'
_COVER_DROP = 0.28  # of the text's height, above a title on a page of its own
_BEFORE_QUOTATION = '<w:spacing w:before="100"/>'
_UNCOUNTED = "<w:suppressLineNumbers/>"
_SPACER = f'{_UNCOUNTED}<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
_SECTION_END = f'{_UNCOUNTED}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'


class BodyWriter:
    """Writes blocks in order. It remembers a page break until the next paragraph, which starts the new page."""

    def __init__(
        self,
        document: LayoutDocument,
        runs: RunWriter,
        bookmarks: Bookmarks,
        page_numbers: Mapping[str, int],
    ) -> None:
        self.numberings = Numberings()
        self.pictures = Pictures(document.media)
        self._document = document
        self._runs = runs
        self._bookmarks = bookmarks
        self._page_numbers = page_numbers
        self.numbered = any(isinstance(block, TextLine) and block.level and block.number for block in document.blocks)
        self._width = column_width(document.page)
        self._controls = Controls() if document.review else None
        self._break = False

    def body(self) -> str:
        """All blocks with the sections' ends between them, and the document's own section after all.

        A table that is followed by none or by another has a thin empty paragraph after it.
        """
        document, sections = self._document, Sections(self._document)
        parts: list[str] = []
        for place, (before, block) in enumerate(pairwise(chain((None,), document.blocks))):
            if place == document.across and place:
                parts.append(self._section_end(sections.front()))
                sections.on_new_page, self._break = self._break, False
            if isinstance(before, TableBlock) and isinstance(block, TableBlock) and block.caption is None:
                parts.append(paragraph(_SPACER, ""))
            apart = self._cover_drop() if place == 0 and document.cover else _space_after(before)
            parts.append(self._controlled(block, "".join(self._block(block, apart))) if block else "")
        if document.blocks and isinstance(document.blocks[-1], TableBlock):
            parts.append(paragraph(_SPACER, ""))
        parts.append(self._notes_heading())
        if sections.are_balanced:
            parts += [self._section_end(sections.columns()), paragraph(_SECTION_END, "")]
        parts.append(sections.last())
        return "".join(parts)

    def _section_end(self, section: str) -> str:
        """A paragraph that nobody sees, which ends a section."""
        return paragraph(f"{_SECTION_END}{section}", "")

    def _cover_drop(self) -> str:
        page = self._document.page
        return spacing_before((page.height - page.top - page.bottom) * _COVER_DROP)

    def _controlled(self, block: LaidBlock, inside: str) -> str:
        """The block in a content control of its own, where the copy is for review."""
        if self._controls is None or not inside or isinstance(block, ContentsBlock):
            return inside
        return self._controls.around(block.id, inside)

    def _notes_heading(self) -> str:
        if self._document.notes and self._document.notes_place == "end":
            heading = TextLine("notes", Role.HEADING_1, (), level=1)
            return self._paragraph(heading, words_xml=run("", words(self._document.words.notes_heading)))
        return ""

    def _block(self, block: LaidBlock, apart: str) -> Iterator[str]:
        """The block's paragraphs; ``apart`` is the spacing that what stands before it asks for."""
        match block:
            case TextLine():
                own = block.level or block.role is Role.META
                yield self._paragraph(block, extra="" if own else apart)
            case ListLines():
                yield from self._list(block, last=_last_line(block))
            case QuotationBlock():
                yield from self._quotation(block)
            case TableBlock():
                if block.caption:
                    yield self._paragraph(block.caption, keep=True, extra=apart)
                yield self._table(block)
            case PictureBlock():
                keep = "<w:keepNext/>" if block.caption else ""
                drawing = self._bookmarks.around(block.id, self.pictures.drawing(block))
                bidi = "<w:bidi/>" if self._starts_right(block) else ""
                yield paragraph(f'<w:pStyle w:val="BodyText"/>{keep}{self._page_break()}{_UNCOUNTED}{bidi}', drawing)
                if block.caption:
                    yield self._paragraph(block.caption)
            case ContentsBlock():
                yield self._contents(block)
            case BreakBlock():
                self._break = True
            case _:
                assert_never(block)

    def _starts_right(self, picture: PictureBlock) -> bool:
        """A picture stands where its caption starts; without one, where the document's language does."""
        if picture.caption:
            return picture.caption.direction == "rtl"
        return language_direction(self._document.properties.language) == "rtl"

    def _paragraph(
        self,
        line: TextLine,
        *,
        style: str = "",
        keep: bool = False,
        number: str = "",
        extra: str = "",
        words_xml: str = "",
    ) -> str:
        """One paragraph. ``extra`` is spacing or indents of its own, in the schema's order."""
        if line.level and self.numbered and not line.number:
            style = UNNUMBERED_HEADING
        if line.number and line.role in (Role.LEAD, Role.BODY):
            number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{PARAGRAPHS}"/></w:numPr>'
        bidi = "<w:bidi/>" if line.direction == "rtl" else ""
        properties = (
            f'<w:pStyle w:val="{style or style_id(line.role)}"/>{"<w:keepNext/>" if keep else ""}'
            f"{self._page_break()}{number}{bidi}{extra}"
        )
        label = ""
        if line.role is Role.SOURCE_ENTRY and line.number:
            label = run("", words(f"[{line.number}]\t"))
        return paragraph(properties, self._bookmarks.around(line.id, label + (words_xml or self._runs.runs(line))))

    def _page_break(self) -> str:
        wanted, self._break = self._break, False
        return "<w:pageBreakBefore/>" if wanted else ""

    def _list(self, block: ListLines, last: str = "") -> Iterator[str]:
        """The list's paragraphs; the one whose id is ``last`` has a paragraph's space after it."""
        after = f'<w:spacing w:after="{twips(self._document.styles[Role.BODY].space_after)}"/>'
        number = self.numberings.new_list(block.ordered, block.depth, block.start)
        level = min(block.depth, DEEPEST_LEVEL)
        mark = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        style = list_style_id("Number" if block.ordered else "Bullet", block.depth)
        for item in block.items:
            labelled = False
            for inner in item.blocks:
                if isinstance(inner, ListLines):
                    if not labelled:  # an item that holds nothing but a list keeps its own label
                        yield paragraph(f'<w:pStyle w:val="{style}"/>{self._page_break()}{mark}', "")
                    yield from self._list(inner, last)
                    labelled = True
                    continue
                extra = after if inner.id == last else ""
                if not labelled:
                    yield self._paragraph(inner, style=style, number=mark, extra=extra)
                else:
                    extra += f'<w:ind w:left="{twips((level + 1) * STEP)}"/>'
                    yield self._paragraph(inner, style=list_style_id("Continue", block.depth), extra=extra)
                labelled = True

    def _quotation(self, block: QuotationBlock) -> Iterator[str]:
        lines = [*block.lines, *block.original, *((block.attribution,) if block.attribution else ())]
        for place, line in enumerate(lines, start=1):
            extra = _BEFORE_QUOTATION if place == 1 else ""
            yield self._paragraph(line, keep=place == len(lines) - 1, extra=extra)

    def _table(self, block: TableBlock) -> str:
        widths = _column_widths(block.widths, self._width)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        title = _title_of(block)
        visual = "<w:bidiVisual/>" if _is_right_to_left(block) else ""
        caption = f'<w:tblCaption w:val="{value(title)}"/>' if title else ""
        rows = "".join(self._row(block, row, widths) for row in range(block.rows))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/>{visual}'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        )

    def _row(self, block: TableBlock, row: int, widths: list[int]) -> str:
        head = "<w:tblHeader/>" if row < block.header_rows else ""
        cells = sorted(
            (cell for cell in block.cells if cell.row <= row < cell.row + cell.row_span), key=lambda cell: cell.column
        )
        inside = "".join(self._cell(cell, row, widths) for cell in cells)
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{inside}</w:tr>"

    def _cell(self, cell: CellBlock, row: int, widths: list[int]) -> str:
        width = sum(widths[cell.column : cell.column + cell.column_span])
        across = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        down = ""
        if cell.row_span > 1:
            down = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
        role = Role.TABLE_HEAD if cell.header else Role.TABLE_CELL
        content = "".join(self._cell_blocks(cell)) if row == cell.row else ""
        empty = "" if content else paragraph(f'<w:pStyle w:val="{style_id(role)}"/>', "")
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{down}</w:tcPr>{content}{empty}</w:tc>'

    def _cell_blocks(self, cell: CellBlock) -> Iterator[str]:
        for block in cell.blocks:
            if isinstance(block, ListLines):
                yield from self._list(block)
            else:
                yield self._paragraph(block)

    def _contents(self, block: ContentsBlock) -> str:
        """A contents field whose cached entries lead to their headings, in the control that Word makes for it."""
        heading = TextLine(block.id, Role.CONTENTS_HEADING, ())
        lines = [self._paragraph(heading, words_xml=run("", words(block.heading)))]
        opening = field_start('TOC \\o "1-3" \\h \\z \\u')
        for place, entry in enumerate(block.entries):
            style = style_id(CONTENTS[min(entry.level, len(CONTENTS)) - 1])
            inside = (opening if place == 0 else "") + self._entry(entry)
            lines.append(paragraph(f'<w:pStyle w:val="{style}"/>', inside))
        lines.append(paragraph(_CONTENTS_END, FIELD_END))
        return (
            '<w:sdt><w:sdtPr><w:id w:val="70010001"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def _entry(self, entry: ContentsEntry) -> str:
        number = self._page_numbers.get(entry.target)
        shown = str(number) if number is not None else _UNKNOWN_PAGE
        label = run("", words(f"{entry.number}\t{entry.text}\t" if entry.number else f"{entry.text}\t"))
        name = self._bookmarks.name(entry.target)
        if not name:
            return label + run("", words(shown))
        page = field(f"PAGEREF {name} \\h", "", shown)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{label}{page}</w:hyperlink>'


def _space_after(block: LaidBlock | None) -> str:
    """Tables have no space of their own after them, and the title's lines too little."""
    if isinstance(block, TableBlock):
        return _AFTER_TABLE
    return _AFTER_TITLE if isinstance(block, TextLine) and block.role is Role.META else ""


def _column_widths(shares: tuple[float, ...], width: float) -> list[int]:
    """Widths in twips that add up to the width of the text."""
    edges = [0.0]
    for share in shares:
        edges.append(edges[-1] + share * width)
    return [max(1, twips(right) - twips(left)) for left, right in pairwise(edges)]


def _last_line(block: ListLines | ItemBlock) -> str:
    """The id of the last paragraph in a list."""
    last = block.items[-1] if isinstance(block, ListLines) else block.blocks[-1]
    return last.id if isinstance(last, TextLine) else _last_line(last)


def _title_of(block: TableBlock) -> str:
    """The caption's words, as the table's text alternative."""
    runs = block.caption.runs if block.caption else ()
    return "".join(getattr(item, "text", " ") for item in runs).strip()


def _is_right_to_left(block: TableBlock) -> bool:
    """True where most cells with text run from right to left."""
    directions = [inner.direction for cell in block.cells for inner in cell.blocks if isinstance(inner, TextLine)]
    return directions.count("rtl") * 2 > len(directions)
