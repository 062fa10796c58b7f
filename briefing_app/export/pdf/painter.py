"""Pages become a file: what was set is drawn, page numbers are filled in, links and outline find their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, assert_never

from briefing_app.export.pdf.catalogue import (
    Destination,
    OutlineNode,
    info_object,
    link_annotation,
    nested,
    outline_object,
)
from briefing_app.export.pdf.embedding import embed_face
from briefing_app.export.pdf.frame import Frame
from briefing_app.export.pdf.objects import Name, ObjectStore, Ref
from briefing_app.export.pdf.paging import PageLayout, Placed
from briefing_app.export.pdf.pictures import embed_picture
from briefing_app.export.pdf.result import PdfFile, Place
from briefing_app.export.pdf.shaping import Shaper
from briefing_app.export.pdf.sheet import Sheet
from briefing_app.export.pdf.slab import (
    FillItem,
    Item,
    LinkItem,
    PageNumberItem,
    PictureItem,
    TextItem,
)
from briefing_app.export.pdf.styling import RULE_COLOUR, clean, reads_right_to_left
from briefing_app.export.pdf.text import Measure, Span, Typesetter
from briefing_app.layout.document import LaidBlock, LayoutDocument, NoteRun, TextLine, TextRun

_FOOT_RULE = 72.0  # points of the rule above notes
_FOOT_RISE = 7.0  # points from that rule to the notes
_INNER = ("note:", "call:")  # ids of places that are not nodes


class Painter:
    """Draws the pages of one document into one file."""

    def __init__(self, document: LayoutDocument, frame: Frame, typesetter: Typesetter, shaper: Shaper) -> None:
        self._document = document
        self._frame = frame
        self._typesetter = typesetter
        self._shaper = shaper
        self._store = ObjectStore()
        self._pictures: dict[str, Ref] = {}
        self._places: dict[str, dict[int, Place]] = {}

    def paint(self, pages: list[PageLayout], blocks: tuple[LaidBlock, ...], tell: Callable[[int], None]) -> PdfFile:
        """The file. ``blocks`` are those that the pages show, for the outline."""
        for page_number, page in enumerate(pages, 1):
            self._note_places(page, page_number)
        store = self._store
        refs = [store.reserve() for _ in pages]
        fonts, tree = store.reserve(), store.reserve()
        for page_number, (page, ref) in enumerate(zip(pages, refs, strict=True), 1):
            sheet = self._draw(page, page_number, len(pages))
            self._put_page(ref, sheet, refs, fonts, tree)
            tell(len(pages))
        faces = {face.resource: embed_face(store, face, i) for i, face in enumerate(self._shaper.faces) if face.codes}
        store.put(fonts, faces)
        store.put(tree, {"Type": Name("Pages"), "Kids": refs, "Count": len(refs)})
        root = self._catalogue(blocks, refs, tree)
        data = store.to_bytes(root, info_object(store, self._document.properties))
        places = {
            node: tuple(by_page.values()) for node, by_page in self._places.items() if not node.startswith(_INNER)
        }
        return PdfFile(data, len(pages), places, self._shaper.missing)

    # --- places ---

    def _note_places(self, page: PageLayout, number: int) -> None:
        column = self._frame.column
        sheet = self._document.page
        for placed in (*page.body, *page.foot):
            if placed.repeated:
                continue
            for area in placed.slab.areas:
                x0, y0 = column.x + area.x, column.y + placed.y + area.y
                x1, y1 = min(x0 + area.width, sheet.width), min(y0 + area.height, sheet.height)
                by_page = self._places.setdefault(area.id, {})
                known = by_page.get(number)
                if known is not None:
                    x0, y0 = min(x0, known.x0), min(y0, known.y0)
                    x1, y1 = max(x1, known.x1), max(y1, known.y1)
                by_page[number] = Place(number, x0, y0, x1, y1)

    def _first_place(self, target: str) -> Place | None:
        by_page = self._places.get(target) or self._places.get(f"note:{target}")
        return next(iter(by_page.values())) if by_page else None

    def _destination(self, target: str, refs: list[Ref]) -> Destination | None:
        place = self._first_place(target)
        if place is None:
            return None
        return Destination(refs[place.page - 1], max(place.x0 - 6, 0.0), self._document.page.height - place.y0 + 6)

    # --- drawing ---

    def _draw(self, page: PageLayout, number: int, count: int) -> Sheet:
        sheet = Sheet(self._document.page.width, self._document.page.height)
        self._frame.draw(sheet, number, count)
        column = self._frame.column
        for placed in page.body:
            self._draw_slab(sheet, placed, column.x, column.y)
        if page.foot:
            top = column.y + page.foot[0].y - _FOOT_RISE
            rtl = reads_right_to_left(self._document.properties.language)
            x = column.x + column.width - _FOOT_RULE if rtl else column.x
            with sheet.owned("", "artifact"):
                sheet.rule(x, top, x + min(_FOOT_RULE, column.width), 0.5, RULE_COLOUR)
            for placed in page.foot:
                self._draw_slab(sheet, placed, column.x, column.y)
        return sheet

    def _draw_slab(self, sheet: Sheet, placed: Placed, left: float, top: float) -> None:
        slab, y = placed.slab, top + placed.y
        if slab.bar is not None:
            rise = placed.rise if slab.joins else 0.0
            with sheet.owned("", "artifact"):
                sheet.fill(left + slab.bar.x, y - rise, slab.bar.weight, slab.height + rise, slab.bar.colour)
        for item in slab.items:
            owner, role = _ownership(item)
            with sheet.owned(owner, "artifact" if placed.repeated else role):
                self._draw_item(sheet, item, left + item.x if not isinstance(item, PageNumberItem) else left, y)

    def _draw_item(self, sheet: Sheet, item: Item, x: float, top: float) -> None:
        y = top + item.y
        match item:
            case TextItem():
                sheet.line(item.line, x, y)
            case FillItem():
                sheet.fill(x, y, item.width, item.height, item.colour)
            case PictureItem():
                sheet.picture(self._picture(item), x, y, item.width, item.height)
            case LinkItem():
                sheet.link(x, y, x + item.width, y + item.height, target=item.target)
            case PageNumberItem():
                self._draw_page_number(sheet, item, x, y)
            case _:
                assert_never(item)

    def _draw_page_number(self, sheet: Sheet, item: PageNumberItem, left: float, y: float) -> None:
        place = self._first_place(item.target)
        if place is None:
            return
        spans = [Span(str(place.page), item.look)]
        width = self._typesetter.width(spans)
        measure = Measure(width=width + 1, height=item.look.size * 1.3, baseline=item.baseline)
        line = self._typesetter.lines(spans, measure)[0]
        base = y + item.baseline
        if item.rtl:
            sheet.leader(left + item.edge + width + 5, left + item.dots - 5, base, RULE_COLOUR)
            sheet.line(line, left + item.edge, y)
        else:
            sheet.leader(left + item.dots, left + item.edge - width - 5, base, RULE_COLOUR)
            sheet.line(line, left + item.edge - width, y)

    def _picture(self, item: PictureItem) -> Ref:
        ref = self._pictures.get(item.media)
        if ref is None:
            name = f"“{item.alt}”" if item.alt.strip() else item.media[:12]
            ref = self._pictures[item.media] = embed_picture(self._store, self._document.media.get(item.media), name)
        return ref

    # --- the file ---

    def _put_page(self, ref: Ref, sheet: Sheet, refs: list[Ref], fonts: Ref, tree: Ref) -> None:
        store = self._store
        resources: dict[str, Any] = {"Font": fonts}
        if sheet.pictures:
            resources["XObject"] = sheet.pictures
        page: dict[str, Any] = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, sheet.width, sheet.height],
            "Contents": store.stream(sheet.content()),
            "Resources": resources,
        }
        annotations = []
        for box in sheet.links:
            destination = None if box.url else self._destination(box.target, refs)
            value = link_annotation(box, sheet.height, destination)
            if value is not None:
                annotations.append(value)
        if annotations:
            page["Annots"] = annotations
        store.put(ref, page)

    def _catalogue(self, blocks: tuple[LaidBlock, ...], refs: list[Ref], tree: Ref) -> Ref:
        properties = self._document.properties
        outline = outline_object(self._store, nested(list(self._outline(blocks, refs))))
        value: dict[str, Any] = {
            "Type": Name("Catalog"),
            "Pages": tree,
            "ViewerPreferences": {"DisplayDocTitle": bool(properties.title)},
            "PageLabels": {"Nums": [0, {"S": Name("D")}]},
        }
        if properties.language:
            value["Lang"] = properties.language
        if outline is not None:
            value |= {"Outlines": outline, "PageMode": Name("UseOutlines")}
        return self._store.add(value)

    def _outline(self, blocks: Iterable[LaidBlock], refs: list[Ref]) -> Iterator[OutlineNode]:
        for block in blocks:
            if not isinstance(block, TextLine) or not block.level:
                continue
            destination = self._destination(block.id, refs)
            title = " ".join(f"{block.number} {_plain(block)}".split())
            if destination is not None and title:
                yield OutlineNode(title, destination, block.level)


def _plain(block: TextLine) -> str:
    return clean(
        "".join(run.text if isinstance(run, TextRun) else " " for run in block.runs if not isinstance(run, NoteRun))
    )


def _ownership(item: Item) -> tuple[str, str]:
    match item:
        case TextItem() | PageNumberItem():
            return item.owner, str(item.role)
        case PictureItem():
            return item.owner, "figure"
        case _:
            return "", "artifact"
