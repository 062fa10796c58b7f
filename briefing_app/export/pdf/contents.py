"""The contents: entries that lead to their headings, dotted leaders, and room for page numbers not yet known."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.export.pdf.slab import Area, Item, LinkItem, PageNumberItem, Slab, TextItem, keep_together
from briefing_app.export.pdf.structure import Element, Tagger
from briefing_app.export.pdf.styling import Stylist, clean
from briefing_app.export.pdf.text import Span, Typesetter
from briefing_app.layout.document import ContentsBlock, ContentsEntry, Role

_ROLES = (Role.CONTENTS_1, Role.CONTENTS_2, Role.CONTENTS_3)
_NARROWEST = 36.0  # points that an entry's words have at least
_SPACE_AFTER = 16.0  # points between the contents and what follows
_NUMBER_ROOM = 30.0  # points for a page number


class ContentsSetter:
    """Sets the contents into slabs. The page numbers are filled in when all pages are known."""

    def __init__(self, stylist: Stylist, typesetter: Typesetter, tagger: Tagger) -> None:
        self._stylist = stylist
        self._typesetter = typesetter
        self._tagger = tagger

    def slabs(self, block: ContentsBlock, width: float) -> list[Slab]:
        """The heading and the entries across ``width`` points."""
        contents = self._tagger.add("TOC")
        slabs = self._heading(block, width, contents.add("Caption")) if block.heading else []
        open_lists = [(0, contents)]
        for entry in block.entries:
            while len(open_lists) > 1 and open_lists[-1][0] > entry.level:
                open_lists.pop()
            level, entries = open_lists[-1]
            if level and level < entry.level:
                entries = entries.add("TOC")
                open_lists.append((entry.level, entries))
            elif not level:
                open_lists[0] = (entry.level, contents)
            slabs += self._entry(block.id, entry, width, entries.add("TOCI").add("Reference").add("Link"))
        if slabs:
            slabs[-1].after = max(slabs[-1].after, _SPACE_AFTER)
        return slabs or [Slab(0.0, areas=[Area(block.id, 0, 0, width, 0)])]

    def _heading(self, block: ContentsBlock, width: float, element: Element) -> list[Slab]:
        role = Role.CONTENTS_HEADING
        style = self._stylist.style(role)
        measure = self._stylist.measure(role, width, self._stylist.rtl)
        slabs = [
            Slab(line.height, [TextItem(0.0, 0.0, line, element)], [Area(block.id, 0, 0, width, line.height)])
            for line in self._typesetter.lines([Span(clean(block.heading), self._stylist.look(role))], measure)
        ]
        slabs[0].before, slabs[-1].after = style.space_before, style.space_after
        keep_together(slabs)
        slabs[-1].leads = True
        return slabs

    def _entry(self, block_id: str, entry: ContentsEntry, full: float, element: Element) -> list[Slab]:
        role = _ROLES[min(max(entry.level, 1), len(_ROLES)) - 1]
        style, look, rtl = self._stylist.style(role), self._stylist.look(role), self._stylist.rtl
        indent = min(max(style.indent, 0.0), full / 3)
        label = Span(clean(entry.number), look)
        hang = self._typesetter.width([label]) + 0.7 * style.size if entry.number else 0.0
        width = max(full - indent - hang - _NUMBER_ROOM, _NARROWEST)
        measure = replace(self._stylist.measure(role, width, rtl), align="right" if rtl else "left")
        words = clean(entry.text).replace("\n", " ")
        lines = self._typesetter.lines([Span(f"{words} ", look)], measure)
        x = _NUMBER_ROOM if rtl else indent + hang
        slabs = []
        for line in lines:
            items: list[Item] = [
                TextItem(x, 0.0, line, element),
                LinkItem(0, 0, full, line.height, entry.target, words, element),
            ]
            area = Area(block_id, 0, 0, full, line.height)
            slabs.append(Slab(line.height, items, [area]))
        if entry.number:
            first = self._typesetter.lines([replace(label, text=f"{label.text} ")], replace(measure, width=hang))[0]
            at = full - indent - hang if rtl else indent
            slabs[0].items.insert(0, TextItem(at, 0.0, first, element))
        edge, dots = (0.0, x + lines[-1].left - 5) if rtl else (full, x + lines[-1].right + 5)
        slabs[-1].items.append(PageNumberItem(edge, dots, 0.0, measure.baseline, entry.target, look, rtl, element))
        slabs[0].before, slabs[-1].after = style.space_before, style.space_after
        keep_together(slabs)
        return slabs
