"""The body of a Word document as a flat run of entries, one for each paragraph, table, picture and page break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefing_app.model.block import PageBreak
from briefing_app.model.inline import Inline, Text
from briefing_app.readers.docx_chunks import read_chunk
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_drawings import TextBox, Words, read_drawing
from briefing_app.readers.docx_entry import Entry, Kind, trimmed
from briefing_app.readers.docx_numbering import Place
from briefing_app.readers.docx_runs import Drawn, Item, PageBreakMark, RunReader, chosen_content
from briefing_app.readers.docx_tables import TableReader
from briefing_app.readers.ooxml import R, W, attribute, local


@dataclass(frozen=True, slots=True)
class _Role:
    kind: Kind
    level: int = 0
    place: Place | None = None


class BodyReader:
    """Reads a container of paragraphs and tables: the body, a cell, a text box."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._runs = RunReader(context)
        self._carried: list[Item] = []

    def entries(self, container: Any) -> list[Entry]:
        """The container's entries in reading order."""
        found: list[Entry] = []
        for element in self._elements(container):
            if local(element) == "altChunk":
                found += read_chunk(element.get(R + "id") or "", self._context)
            elif local(element) == "tbl":
                found += self._table(element)
            else:
                found += self._paragraph(element)
        if self._carried:
            items, self._carried = self._carried, []
            found += self._placed(items, _Role("paragraph"))
        return found

    def _elements(self, container: Any) -> Iterator[Any]:
        """Paragraphs and tables, with what only wraps them taken off."""
        for child in container:
            name = local(child)
            if name in ("p", "tbl", "altChunk"):
                yield child
            elif name in ("del", "moveFrom"):
                self._context.counts["deletions"] += 1
            elif name == "AlternateContent":
                chosen = chosen_content(child)
                if chosen is not None:
                    yield from self._elements(chosen)
            elif name == "sdt" and not self._context.keeps_contents and _is_contents(child):
                self._context.counts["contents"] += sum(1 for _ in child.iter(W + "p"))
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body"):
                if name in ("ins", "moveTo"):
                    self._context.counts["insertions"] += 1
                yield from self._elements(child)

    def _table(self, element: Any) -> list[Entry]:
        table, others = TableReader(self._context, self.entries).read(element)
        found = [Entry("block", block=table)] if table is not None else []
        return [*found, *(Entry("block", block=block) for block in others)]

    def _paragraph(self, paragraph: Any) -> list[Entry]:
        properties = paragraph.find(W + "pPr")
        items = [*self._carried, *self._runs.read(paragraph)]
        self._carried = []
        if not self._context.keeps_contents and self._context.styles.is_contents(properties):
            self._context.counts["contents"] += 1
            return []
        if _mark_is_deleted(properties):  # the accepted change joins it with the next paragraph
            self._carried = items
            return []
        role = self._role(properties)
        found = self._placed(items, role)
        if self._context.styles.breaks_page(properties):
            found.insert(0, self._break())
        if _ends_section(properties):
            found.append(self._break())
        return found

    def _role(self, properties: Any | None) -> _Role:
        styles = self._context.styles
        if styles.is_title(properties):
            return _Role("title", 1)
        level = styles.heading_level(properties)
        place = self._context.numbering.place(properties)
        if level:
            return _Role("heading", level)
        if place is not None:
            return _Role("item", place=place)
        if styles.is_quote(properties):
            return _Role("quote")
        return _Role("caption" if styles.is_caption(properties) else "paragraph")

    def _break(self) -> Entry:
        return Entry("block", block=PageBreak(self._context.new_id()))

    def _placed(self, items: list[Item], role: _Role) -> list[Entry]:
        """The paragraph's words, its drawings before or after them, and page breaks where they stand."""
        found: list[Entry] = []
        words: list[Inline] = []
        later: list[Entry] = []

        def flush() -> None:
            nonlocal role
            content = trimmed(words)
            if content:
                found.append(Entry(role.kind, content, role.level, role.place))
                role = role if role.kind == "quote" else _Role("paragraph")
            found.extend(later)
            words.clear()
            later.clear()

        for item in items:
            if isinstance(item, PageBreakMark):
                flush()
                found.append(self._break())
            elif isinstance(item, Drawn):
                drawn = self._drawn(item)
                if trimmed(words):
                    later += drawn
                else:
                    found += drawn
            else:
                words.append(item)
        flush()
        return found

    def _drawn(self, item: Drawn) -> list[Entry]:
        found: list[Entry] = []
        for drawing in read_drawing(item.element, self._context):
            if isinstance(drawing, TextBox):
                found += BodyReader(self._context).entries(drawing.element)
            elif isinstance(drawing, Words):
                found.append(Entry("paragraph", (Text(drawing.text),)))
            else:
                found.append(Entry("block", block=drawing))
        return found


def _is_contents(sdt: Any) -> bool:
    gallery = attribute(sdt.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery"))
    return gallery.lower() == "table of contents"


def _mark_is_deleted(properties: Any | None) -> bool:
    if properties is None:
        return False
    mark = properties.find(W + "rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _ends_section(properties: Any | None) -> bool:
    section = properties.find(W + "sectPr") if properties is not None else None
    if section is None:
        return False
    return (attribute(section.find(W + "type")) or "nextPage") in ("nextPage", "oddPage", "evenPage")
