"""OpenDocument texts (ODT, and the flat form in one XML file), read from their content by our own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from briefing_app.model.reading import BlockKind, Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures, markings
from briefing_app.readers.dates import iso_date
from briefing_app.readers.language import language_of
from briefing_app.readers.ooxml import Package, local, number
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "odt/2"
_KIND = "an OpenDocument text"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
# Deleted text stands in `tracked-changes`; the others hold no words of the document.
_SKIPPED = frozenset("tracked-changes annotation annotation-end forms sequence-decls variable-decls scripts".split())
_NO_WORDS = frozenset("title desc object object-ole image plugin binary-data event-listeners ruby-text".split())
_HELD = frozenset("p h list table section".split())
_DEEP = 100  # levels of lists, tables and boxes in one another


def read_odt(data: bytes, name: str) -> Reading:
    """Read an OpenDocument text: insertions in, deletions out, notes at the end. Raises UnreadableFile."""
    content, meta, styles = _flat(data, name) if not data.startswith(b"PK") else _packed(data, name)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise failures.damaged(name, _KIND, "there is no text document in it")
    reader = _Body(_parents(content, styles))
    reader.blocks(body, 0)
    builder = reader.finish()
    fields = _fields(meta)
    return Reading(
        reader=READER,
        kind=SourceKind.DOCUMENT,
        media_type="application/vnd.oasis.opendocument.text",
        text=builder.text,
        fields=Fields(
            title=fields.get("title", "") or reader.title,
            authors=tuple(filter(None, (fields.get("initial-creator") or fields.get("creator", ""),))),
            published=iso_date(fields.get("creation-date") or fields.get("date", ""))[:10],
            language=language_of(fields.get("language", ""), builder.text),
            marking=_marking(styles, meta),
        ),
        blocks=builder.blocks,
        no_text=not builder.text,
    )


def _marking(styles: Any | None, meta: Any | None) -> str:
    """The highest marking in the heads and feet of pages, and in the properties that the author made."""
    heads = styles.iter(f"{_STYLE}header", f"{_STYLE}footer") if styles is not None else ()
    lines = (one_line("".join(line.itertext())) for head in heads for line in head.iter(f"{_TEXT}p"))
    own = meta.iter(f"{_META}user-defined") if meta is not None else ()
    pairs = ((entry.get(f"{_META}name") or "", "".join(entry.itertext())) for entry in own)
    return markings.highest([*markings.in_heads(dict.fromkeys(lines)), *markings.in_properties(pairs)])


def _packed(data: bytes, name: str) -> tuple[Any, Any | None, Any | None]:
    package = Package(data, name, _KIND)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise failures.encrypted(name, _KIND)
    content = package.xml("content.xml")
    if content is None:
        raise failures.damaged(name, _KIND, "its content is missing")
    return content, package.optional_xml("meta.xml"), package.optional_xml("styles.xml")


def _flat(data: bytes, name: str) -> tuple[Any, Any | None, Any | None]:
    if re.search(rb"<!DOCTYPE", data[:4096], re.IGNORECASE):
        raise failures.damaged(name, _KIND, "it declares XML entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failures.damaged(name, _KIND, "it is not well-formed") from error
    return root, root, root


def _fields(meta: Any | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in meta.iterfind(f".//{_OFFICE}meta/*") if meta is not None else ():
        found.setdefault(local(element), one_line(element.text or ""))
    return found


def _parents(*roots: Any | None) -> dict[str, str]:
    """The style that each style is made from."""
    return {
        style.get(f"{_STYLE}name") or "": style.get(f"{_STYLE}parent-style-name") or ""
        for root in roots
        if root is not None
        for style in root.iter(f"{_STYLE}style")
    }


class _Body:
    """Turns the elements of a text into blocks. Boxes and tables inside a paragraph follow it."""

    def __init__(self, parents: dict[str, str]) -> None:
        self._builder = TextBuilder()
        self._parents = parents
        self._notes: list[str] = []
        self.title = ""

    def finish(self) -> TextBuilder:
        for note in self._notes:
            self._builder.add(BlockKind.NOTE, note)
        return self._builder

    def blocks(self, parent: Any, depth: int, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        for element in parent if depth < _DEEP else ():
            tag = local(element)
            if tag in _SKIPPED or not tag:
                continue
            if tag == "h":
                self._paragraph(
                    element, BlockKind.HEADING, number(element.get(f"{_TEXT}outline-level") or "", 1), depth
                )
            elif tag == "p":
                self._styled(element, kind, depth)
            elif tag in ("list-item", "list-header"):
                self.blocks(element, depth + 1, BlockKind.LIST_ITEM)
            elif tag == "table":
                self._table(element, depth + 1)
            else:  # sections, lists, indexes, frames with boxes
                self.blocks(element, depth + 1, kind)

    def _styled(self, element: Any, kind: BlockKind, depth: int) -> None:
        style = self._style(element.get(f"{_TEXT}style-name") or "")
        if style == "Title":
            self.title = self.title or one_line("".join(_words(element, [], [])))
            self._paragraph(element, BlockKind.HEADING, 1, depth)
        elif style in ("Quotations", "Quote"):
            self._paragraph(element, BlockKind.QUOTATION, 0, depth)
        else:
            self._paragraph(element, kind, 0, depth)

    def _style(self, name: str) -> str:
        """The name of the common style that a style is made from."""
        for _ in range(20):
            if name in ("Title", "Quotations", "Quote") or not self._parents.get(name):
                return name
            name = self._parents[name]
        return name

    def _paragraph(self, element: Any, kind: BlockKind, level: int, depth: int) -> None:
        boxes: list[Any] = []
        self._builder.add(kind, "".join(_words(element, self._notes, boxes)), level)
        for box in boxes:
            self.blocks(box, depth + 1)

    def _table(self, table: Any, depth: int) -> None:
        rows = []
        for row in _rows(table):
            cells = [self._cell(cell, depth) for cell in row if local(cell) in ("table-cell", "covered-table-cell")]
            if any(cells):
                rows.append("\t".join(cells).rstrip("\t"))
        self._builder.add(BlockKind.TABLE, "\n".join(rows))

    def _cell(self, cell: Any, depth: int) -> str:
        inner = _Body(self._parents)
        inner.blocks(cell, depth + 1)
        self._notes += inner._notes
        return one_line(inner._builder.text)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those in header and group elements too, but not those of tables in its cells."""
    for element in table:
        tag = local(element)
        if tag == "table-row":
            yield element
        elif tag in ("table-header-rows", "table-row-group", "table-rows"):
            yield from _rows(element)


def _words(element: Any, notes: list[str], boxes: list[Any], depth: int = 0) -> Iterator[str]:
    """The words of a paragraph; its notes and the boxes in it are put aside."""
    yield _plain(element.text)
    for child in element:
        tag = local(child)
        if tag == "s":
            yield " " * min(number(child.get(f"{_TEXT}c") or "", 1), 1000)
        elif tag == "tab":
            yield "\t"
        elif tag == "line-break":
            yield "\n"
        elif tag == "note":
            body = child.find(f"{_TEXT}note-body")
            note = _Body({})
            note.blocks(body if body is not None else (), 0)
            notes.append(one_line(note.finish().text))
        elif tag in ("text-box", "table") or (tag in _HELD and depth):
            boxes.append([child] if tag != "text-box" else child)
        elif tag and tag not in _SKIPPED and tag not in _NO_WORDS and depth < _DEEP:
            yield from _words(child, notes, boxes, depth + 1)
        yield _plain(child.tail)


def _plain(text: str | None) -> str:
    """Characters of the file's text; line ends and indents in it mean a single space."""
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""
