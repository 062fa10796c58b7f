"""Blocks become slabs: text set to the measure, lists with hanging labels, quotations with their rule, pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from briefing_app.export.pdf.contents import ContentsSetter
from briefing_app.export.pdf.slab import (
    Area,
    Bar,
    PictureItem,
    Slab,
    TextItem,
    keep_together,
    total_height,
)
from briefing_app.export.pdf.structure import Element, Tagger
from briefing_app.export.pdf.styling import BAR_COLOUR, Stylist, clean
from briefing_app.export.pdf.tables import TableSetter
from briefing_app.export.pdf.text import Line, Span, Typesetter
from briefing_app.layout.document import (
    BreakBlock,
    ContentsBlock,
    LaidBlock,
    LaidNote,
    ListLines,
    PictureBlock,
    QuotationBlock,
    Role,
    TableBlock,
    TextLine,
    TextRun,
    counts_lines,
)

_NARROWEST = 36.0  # points that indents leave for text
_LABEL_WIDTH, _LABEL_GAP = 15.0, 5.0  # of list labels
_QUOTATION_INDENT = 14.0  # where the style has none
_HANGS = {Role.SOURCE_ENTRY: 22.0, Role.LEAD: 26.0, Role.BODY: 26.0}  # points that numbers stand out, at least
_SMALL = 0.34  # of a page's height: what is smaller stays together
_TEXT_KEPT = 2  # lines of a paragraph that stay together at a page's foot and head


class FlowSetter:
    """Sets the blocks of a document into slabs for a column ``width`` by ``height`` points. Breaks no page.

    Each block gets its element of the structure tree, which ``tagger`` grows.
    """

    def __init__(self, stylist: Stylist, typesetter: Typesetter, tagger: Tagger, width: float, height: float) -> None:
        self._stylist = stylist
        self._typesetter = typesetter
        self._tagger = tagger
        self._width = width
        self._height = height
        self._tables = TableSetter(self.cell, stylist, tagger, height)
        self._contents = ContentsSetter(stylist, typesetter, tagger)

    def block(self, block: LaidBlock) -> list[Slab]:
        """The slabs of a block, with the caption that belongs to it."""
        match block:
            case TextLine():
                return self._text(block, 0.0, self._width, ())
            case ListLines():
                return self._list(block, 0.0, self._width, ())
            case QuotationBlock():
                return self._quotation(block)
            case PictureBlock():
                return self._picture(block)
            case ContentsBlock():
                return self._contents.slabs(block, self._width)
            case BreakBlock():
                return [Slab(0.0, areas=[Area(block.id, 0, 0, self._width, 0)], new_page=True)]
            case TableBlock():
                return self._table(block)
            case _:
                assert_never(block)

    def cell(
        self, blocks: tuple[TextLine | ListLines, ...], x: float, width: float, ids: tuple[str, ...]
    ) -> list[Slab]:
        """The slabs of blocks inside another, from ``x``; ``ids`` are the nodes around them."""
        slabs: list[Slab] = []
        for block in blocks:
            match block:
                case TextLine():
                    slabs += self._text(block, x, width, ids)
                case ListLines():
                    slabs += self._list(block, x, width, ids)
                case _:
                    assert_never(block)
        return slabs

    def note(self, note: LaidNote, count: int) -> list[Slab]:
        """A note with its number hanging before it, which leads back to where the note is called.

        ``count`` is the number of notes: all hang as far as the longest number asks.
        """
        look = self._stylist.look(Role.NOTE)
        label = self._stylist.shared(replace(look, target=f"call:{note.id}", bold=False, italic=False))
        rtl = note.lines[0].direction == "rtl" if note.lines else self._stylist.rtl
        longest = "0" * len(str(max(count, note.number)))
        indent = max(14.0, self._typesetter.width([Span(f"{longest}.", label)]) + 4)
        x = 0.0 if rtl else indent
        element = self._tagger.note(note.id)
        number = element.add("Lbl")
        with self._tagger.inside(element):
            slabs = self.cell(note.lines, x, self._width - indent, (note.id,))
        measure = self._stylist.measure(Role.NOTE, indent - 4, rtl)
        line = self._typesetter.lines([Span(f"{note.number}.", label)], measure)[0]
        if not slabs:
            slabs = [Slab(measure.height, areas=[Area(note.id, 0, 0, self._width, measure.height)])]
        at = self._width - indent + 4 if rtl else 0.0
        slabs[0].items.insert(0, TextItem(at, 0.0, line, number))
        slabs[0].areas.append(Area(f"note:{note.id}", 0, 0, self._width, slabs[0].height))
        for slab in slabs:
            slab.calls = ()
        return slabs

    def _text(self, block: TextLine, x: float, width: float, ids: tuple[str, ...], kind: str = "") -> list[Slab]:
        style = self._stylist.style(block.role)
        rtl = block.direction == "rtl"
        indent = min(max(style.indent, 0.0), max(width - _NARROWEST, 0.0))
        if not rtl:
            x += indent
        width -= indent
        label = self._number(block)
        hang = 0.0
        if label is not None:
            hang = min(self._typesetter.width([label]) + 0.6 * style.size, width / 2)
            hang = min(max(hang, _HANGS.get(block.role, 0.0)), width / 2)
        measure = self._stylist.measure(block.role, max(width - hang, 1.0), rtl)
        lines = self._typesetter.lines(self._stylist.spans(block), measure)
        at = x if rtl else x + hang
        element, number = self._tagger.line(block, kind)
        slabs = [_line_slab(line, at, element, (x, width), (*ids, block.id)) for line in lines]
        if label is not None:
            beside = replace(measure, width=hang, align="right" if rtl else "left")
            first = self._typesetter.lines([replace(label, text=f"{label.text} ")], beside)[0]
            slabs[0].items.insert(0, TextItem(x + width - hang if rtl else x, 0.0, first, number))
        for slab in slabs:
            slab.counted = counts_lines(block.role)
        slabs[0].before, slabs[-1].after = max(style.space_before, 0.0), max(style.space_after, 0.0)
        _keep_ends(slabs)
        if block.level or style.keep_with_next:
            keep_together(slabs)
            slabs[-1].leads = True
        return slabs

    def _number(self, block: TextLine) -> Span | None:
        if not block.number:
            return None
        text = clean(block.number)
        if block.role is Role.SOURCE_ENTRY:
            text = f"[{text}]"  # as citations in the text and the other formats have it
        return Span(text, self._stylist.look(block.role))

    def _list(self, block: ListLines, x: float, width: float, ids: tuple[str, ...]) -> list[Slab]:
        rtl = _first_direction(block, self._stylist.rtl)
        base = self._stylist.look(Role.LIST)
        labels = [Span(clean(item.label), base) for item in block.items]
        widest = max((self._typesetter.width([label]) for label in labels), default=0.0)
        indent = min(max(_LABEL_WIDTH, widest + _LABEL_GAP), max(width - _NARROWEST, width / 4))
        slabs: list[Slab] = []
        measure = self._stylist.measure(Role.LIST, indent, rtl)
        element = self._tagger.add("L")
        element.attributes = f"/O/List/ListNumbering/{'Decimal' if block.ordered else 'Disc'}"
        for item, label in zip(block.items, labels, strict=True):
            around = (*ids, block.id, item.id)
            entry = element.add("LI")
            number = entry.add("Lbl")
            with self._tagger.inside(entry.add("LBody")):
                inner = self.cell(item.blocks, x if rtl else x + indent, width - indent, around)
            if not inner or (item.blocks and isinstance(item.blocks[0], ListLines)):
                areas = [Area(one, x, 0, width, measure.height) for one in around]
                inner.insert(0, Slab(measure.height, areas=areas))
                if len(inner) > 1:
                    inner[1].stick = True
            line = self._typesetter.lines([label], measure)[0]
            line = replace_baseline(line, inner[0])
            at = x + width - indent if rtl else x
            inner[0].items.insert(0, TextItem(at, 0.0, line, number))
            slabs += inner
        if slabs and not ids:
            slabs[-1].after = max(slabs[-1].after, self._stylist.style(Role.BODY).space_after)
        return slabs or [Slab(0.0, areas=[Area(one, x, 0, width, 0) for one in (*ids, block.id)])]

    def _quotation(self, block: QuotationBlock) -> list[Slab]:
        style = self._stylist.style(Role.QUOTATION)
        extra = 0.0 if style.indent >= _QUOTATION_INDENT else _QUOTATION_INDENT
        lines = (*block.lines, *block.original, *((block.attribution,) if block.attribution else ()))
        rtl = bool(lines) and lines[0].direction == "rtl"
        slabs: list[Slab] = []
        element = self._tagger.add("BlockQuote")
        for line in lines:
            line_style = self._stylist.style(line.role)
            indent = max(extra, max(style.indent, _QUOTATION_INDENT) - line_style.indent)
            if rtl and line.direction == "ltr":
                indent = max(style.indent, _QUOTATION_INDENT)  # clear of the rule on the right
            right = rtl or line.direction == "rtl"
            x = 0.0 if right else indent
            with self._tagger.inside(element):
                set_line = self._text(line, x, self._width - indent, (block.id,))
            if slabs and len(set_line) <= _TEXT_KEPT:
                set_line[0].stick = True  # who is quoted stays with the words
            slabs += set_line
        if not slabs:
            return [Slab(0.0, areas=[Area(block.id, 0, 0, self._width, 0)])]
        at = max(style.indent, _QUOTATION_INDENT) - 9.0
        bar = Bar(self._width - at - 1.5 if rtl else at, BAR_COLOUR, 1.5)
        for slab in slabs:
            slab.bar = bar
            slab.joins = slab is not slabs[0]
        if total_height(slabs) <= self._height * _SMALL:
            keep_together(slabs)
        return slabs

    def _table(self, block: TableBlock) -> list[Slab]:
        with self._tagger.inside(self._tagger.add("Table")):
            caption = self._caption(block.caption, block.id)
            rows = self._tables.slabs(block, self._width)
        if not caption:
            return rows
        keep_together(caption)
        rows[0].stick = True
        return caption + rows

    def _caption(self, caption: TextLine | None, block_id: str) -> list[Slab]:
        return self._text(caption, 0.0, self._width, (block_id,), "Caption") if caption else []

    def _picture(self, block: PictureBlock) -> list[Slab]:
        outer = self._tagger.add("Div" if block.caption else "P")
        alt = clean(block.alt).strip() or clean(_words_of(block.caption)).strip()
        figure = outer.add("Figure", block.caption.language if block.caption else "") if alt else None
        if figure is not None:
            figure.alt = alt
        with self._tagger.inside(outer):
            caption = self._caption(block.caption, block.id)
        room = max(self._height - total_height(caption) - 12.0, self._height / 3)
        wide, high = max(block.width, 1.0), max(block.height, 1.0)
        scale = min(1.0, self._width / wide, room / high)
        wide, high = wide * scale, high * scale
        rtl = block.caption.direction == "rtl" if block.caption else self._stylist.rtl
        x = self._width - wide if rtl else 0.0
        item = PictureItem(x, 0.0, wide, high, block.media, clean(block.alt), figure)
        slab = Slab(high, [item], [Area(block.id, x, 0, wide, high)], before=6.0, after=1.0 if caption else 8.0)
        keep_together([slab, *caption])
        return [slab, *caption]


def _line_slab(line: Line, x: float, element: Element, box: tuple[float, float], ids: tuple[str, ...]) -> Slab:
    areas = [Area(one, box[0], 0, box[1], line.height) for one in ids]
    areas += [Area(f"call:{note}", box[0], 0, box[1], line.height) for note in line.calls]
    return Slab(line.height, [TextItem(x, 0.0, line, element)], areas, calls=line.calls)


def replace_baseline(line: Line, beside: Slab) -> Line:
    """The line with the base line of the text that it stands beside."""
    text = next((item for item in beside.items if isinstance(item, TextItem)), None)
    if text is not None:
        line.baseline = text.y + text.line.baseline
    return line


def _first_direction(block: ListLines, otherwise: bool) -> bool:
    for item in block.items:
        for inner in item.blocks:
            if isinstance(inner, TextLine):
                return inner.direction == "rtl"
            return _first_direction(inner, otherwise)
    return otherwise


def _words_of(line: TextLine | None) -> str:
    return "".join(run.text for run in line.runs if isinstance(run, TextRun)) if line else ""


def _keep_ends(slabs: list[Slab]) -> None:
    """No page ends after the first line of a paragraph, or before its last."""
    if len(slabs) > 1:
        slabs[1].stick = slabs[-1].stick = True
