"""Pages become a file: what was set is drawn, page numbers are filled in, links and outline find their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import assert_never

from briefing_app.export.pdf.book import Book, Heading
from briefing_app.export.pdf.embedding import embed_face
from briefing_app.export.pdf.frame import Frame
from briefing_app.export.pdf.paging import PageLayout, Placed
from briefing_app.export.pdf.pictures import picture_reader
from briefing_app.export.pdf.result import PdfFile, Place
from briefing_app.export.pdf.shaping import Shaper
from briefing_app.export.pdf.shaping import number as written
from briefing_app.export.pdf.sheet import LinkBox, Sheet
from briefing_app.export.pdf.slab import (
    FillItem,
    Item,
    LinkItem,
    PageNumberItem,
    PictureItem,
    TextItem,
)
from briefing_app.export.pdf.structure import Annotated, Element
from briefing_app.export.pdf.styling import LINE_NUMBER_COLOUR, RULE_COLOUR, clean, reads_right_to_left
from briefing_app.export.pdf.text import Measure, Span, Typesetter
from briefing_app.layout.document import LaidBlock, LayoutDocument, NoteRun, TextLine, TextRun

_FOOT_RULE = 72.0  # points of the rule above notes
_FOOT_RISE = 7.0  # points from that rule to the notes
_LINE_NUMBER, _LINE_GAP = 6.5, 12.0  # points: size of line numbers, and from them to the text
_INNER = ("note:", "call:")  # ids of places that are not nodes


class Painter:
    """Draws the pages of one document into one file."""

    def __init__(self, document: LayoutDocument, frame: Frame, typesetter: Typesetter, shaper: Shaper) -> None:
        self._document = document
        self._frame = frame
        self._typesetter = typesetter
        self._shaper = shaper
        self._book = Book(document)
        self._rtl = reads_right_to_left(document.properties.language)
        self._pictures: dict[str, str] = {}
        self._places: dict[str, dict[int, Place]] = {}

    def paint(
        self, pages: list[PageLayout], blocks: tuple[LaidBlock, ...], root: Element, tell: Callable[[int], None]
    ) -> PdfFile:
        """The file. ``blocks`` are those that the pages show, for the outline; ``root`` is their structure tree."""
        for number, page in enumerate(pages, 1):
            self._note_places(page, number)
        begun = self._begun()
        for number, page in enumerate(pages, 1):
            for key, place in begun.get(number, ()):
                self._book.mark_place(key, max(place.x0 - 6, 0.0), self._document.page.height - place.y0 + 6)
            sheet = self._draw(page, number, len(pages))
            self._book.begin_page(sheet.marked)
            for box in sheet.links:
                self._link(box, number)
            self._book.showPage()
            tell(len(pages))
        for index, face in enumerate(self._shaper.faces):
            if face.codes:
                embed_face(self._book._doc, face, index)
        self._book.outline_of(self._headings(blocks))
        places = {
            node: tuple(by_page.values()) for node, by_page in self._places.items() if not node.startswith(_INNER)
        }
        return PdfFile(self._book.to_bytes(root), len(pages), places, self._shaper.missing)

    # --- places ---

    def _note_places(self, page: PageLayout, number: int) -> None:
        column = self._frame.column
        sheet = self._document.page
        for placed in (*page.body, *page.foot):
            if placed.repeated:
                continue
            for area in placed.slab.areas:
                x0, y0 = column.x + placed.x + area.x, column.y + placed.y + area.y
                x1, y1 = min(x0 + area.width, sheet.width), min(y0 + area.height, sheet.height)
                by_page = self._places.setdefault(area.id, {})
                known = by_page.get(number)
                if known is not None:
                    x0, y0 = min(x0, known.x0), min(y0, known.y0)
                    x1, y1 = max(x1, known.x1), max(y1, known.y1)
                by_page[number] = Place(number, x0, y0, x1, y1)

    def _begun(self) -> dict[int, list[tuple[str, Place]]]:
        """What begins on each page: where links and the outline may lead."""
        begun: dict[int, list[tuple[str, Place]]] = {}
        for key, by_page in self._places.items():
            place = next(iter(by_page.values()))
            begun.setdefault(place.page, []).append((key, place))
        return begun

    def _key(self, target: str) -> str:
        """The key of the place that a target names; empty where there is none."""
        return next((key for key in (target, f"note:{target}") if key in self._places), "")

    def _link(self, box: LinkBox, page: int) -> None:
        height = self._document.page.height
        rectangle = (box.x0, height - box.y1, box.x1, height - box.y0)
        if box.url:
            reference = self._book.link_outside(box.url, rectangle, box.element)
        elif key := self._key(box.target):
            reference = self._book.link_inside(key, rectangle, box.words, box.element)
        else:
            return
        box.element.kids.append(Annotated(page, reference))

    # --- drawing ---

    def _draw(self, page: PageLayout, number: int, count: int) -> Sheet:
        sheet = Sheet(self._book, self._document.page.height, number)
        self._frame.draw(sheet, number, count)
        column = self._frame.column
        for placed in page.body:
            self._draw_slab(sheet, placed, column.x, column.y)
        if self._document.line_numbers:
            self._number_lines(sheet, page)
        for x, y in page.rules:
            self._draw_foot_rule(sheet, column.x + x, column.y + y - _FOOT_RISE)
        for placed in page.foot:
            self._draw_slab(sheet, placed, column.x, column.y)
        sheet.end_content()
        return sheet

    def _draw_foot_rule(self, sheet: Sheet, left: float, top: float) -> None:
        """The rule above the notes of one column."""
        width = self._frame.column_width
        length = min(_FOOT_RULE, width)
        x = left + width - length if self._rtl else left
        with sheet.artifact():
            sheet.rule(x, top, x + length, 0.5, RULE_COLOUR)

    def _number_lines(self, sheet: Sheet, page: PageLayout) -> None:
        """Numbers beside the lines of text, from 1 on every page; as shapes, so that no copied text has them in it."""
        frame = self._frame
        counted = (placed for placed in page.body if placed.slab.counted and not placed.repeated)
        with sheet.artifact("/Type /Pagination"):
            for number, placed in enumerate(counted, 1):
                words = self._typesetter.outlines(str(number), _LINE_NUMBER)
                left = frame.column.x + placed.x
                x = left + frame.column_width + _LINE_GAP if self._rtl else left - _LINE_GAP - words.width
                base = max(item.y + item.line.baseline for item in placed.slab.items if isinstance(item, TextItem))
                sheet.outlines(words, x, frame.column.y + placed.y + base, LINE_NUMBER_COLOUR)

    def _draw_slab(self, sheet: Sheet, placed: Placed, left: float, top: float) -> None:
        slab, y = placed.slab, top + placed.y
        left += placed.x
        if slab.bar is not None:
            rise = placed.rise if slab.joins else 0.0
            with sheet.artifact():
                sheet.fill(left + slab.bar.x, y - rise, slab.bar.weight, slab.height + rise, slab.bar.colour)
        for item in slab.items:
            x = left if isinstance(item, PageNumberItem) else left + item.x
            if placed.repeated and isinstance(item, LinkItem):
                continue
            if placed.repeated or isinstance(item, FillItem):
                with sheet.artifact("/Type /Pagination" if placed.repeated else "/Type /Layout"):
                    self._draw_item(sheet, item, x, y)
            else:
                self._draw_item(sheet, item, x, y)

    def _draw_item(self, sheet: Sheet, item: Item, x: float, top: float) -> None:
        y = top + item.y
        match item:
            case TextItem():
                sheet.line(item.line, x, y, item.element)
            case FillItem():
                sheet.fill(x, y, item.width, item.height, item.colour)
            case PictureItem():
                self._draw_picture(sheet, item, x, y)
            case LinkItem():
                sheet.link((x, y, x + item.width, y + item.height), item.target, item.words, item.element)
            case PageNumberItem():
                self._draw_page_number(sheet, item, x, y)
            case _:
                assert_never(item)

    def _draw_page_number(self, sheet: Sheet, item: PageNumberItem, left: float, y: float) -> None:
        key = self._key(item.target)
        if not key:
            return
        spans = [Span(str(next(iter(self._places[key]))), item.look)]
        width = self._typesetter.width(spans)
        measure = Measure(width=width + 1, height=item.look.size * 1.3, baseline=item.baseline)
        line = self._typesetter.lines(spans, measure)[0]
        base = y + item.baseline
        number = left + (item.edge if item.rtl else item.edge - width)
        dots = (number + width + 5, left + item.dots - 5) if item.rtl else (left + item.dots, number - 5)
        with sheet.artifact():
            sheet.leader(*dots, base, RULE_COLOUR)
        sheet.line(line, number, y, item.element)

    def _draw_picture(self, sheet: Sheet, item: PictureItem, x: float, y: float) -> None:
        if item.element is None:
            with sheet.artifact():
                self._draw_image(sheet, item, x, y)
            return
        bottom = self._document.page.height - y - item.height
        edges = (x, bottom, x + item.width, bottom + item.height)
        item.element.attributes = f"/O/Layout/Placement/Block/BBox[{' '.join(map(written, edges))}]"
        sheet.content(item.element)
        self._draw_image(sheet, item, x, y)

    def _draw_image(self, sheet: Sheet, item: PictureItem, x: float, y: float) -> None:
        drawn = self._pictures.get(item.media)
        if drawn is None:
            name = f"“{item.alt}”" if item.alt.strip() else item.media[:12]
            picture = picture_reader(self._document.media.get(item.media), name)
            self._pictures[item.media] = sheet.picture(picture, x, y, item.width, item.height)
        else:
            sheet.picture(drawn, x, y, item.width, item.height)

    def _headings(self, blocks: Iterable[LaidBlock]) -> Iterator[Heading]:
        for block in blocks:
            if not isinstance(block, TextLine) or not block.level:
                continue
            title = " ".join(f"{block.number} {_plain(block)}".split())
            if title and block.id in self._places:
                yield Heading(title, block.id, block.level)


def _plain(block: TextLine) -> str:
    return clean(
        "".join(run.text if isinstance(run, TextRun) else " " for run in block.runs if not isinstance(run, NoteRun))
    )
