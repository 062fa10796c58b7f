"""Nodes of a page to blocks of text: paragraphs, headings, list items, quotations, tables, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_app.model.reading import BlockKind
from briefing_app.readers.html_characters import clean_characters
from briefing_app.readers.html_tree import BLOCKS, HEADINGS, PageNode
from briefing_app.readers.text_builder import TextBuilder, one_line

_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_CELLS = ("td", "th")
_LONGEST_CELL = 400  # letters of a cell of a table; more is a page's column
_NOTE_MARK = re.compile(r"(?<![a-z])(?:foot|note|ref|cite)", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_ELEMENT_BORDER = "\x1e"  # between elements that touch


def add_nodes(builder: TextBuilder, root: PageNode) -> None:
    """Add all text of the node, block by block."""
    _NodeText(builder).run(root)


class _NodeText:
    """Walks nodes without recursion and cuts their text at the borders of block elements."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._text: list[str] = []
        self._open: list[str] = []
        self._after_element = False  # an inline element has just ended
        self._rows: list[list[str]] | None = None  # of the table that is being read, where it is one of data

    def run(self, root: PageNode) -> None:
        for event, value in _events(root):
            if isinstance(value, str):
                self._after_element = False
                self._text.append(value if "pre" in self._open else _SPACES.sub(" ", value))
            elif event == "start":
                self._start(value)
            else:
                self._end(value)
        self._flush()

    def _start(self, node: PageNode) -> None:
        tag = node.tag
        if tag == "br":
            self._text.append("\n" if self._rows is None else " ")
        elif tag == "sup" and _is_note_mark(node):
            self._text.append(" ")
        elif tag not in BLOCKS:
            if self._after_element:
                self._text.append(_ELEMENT_BORDER)
        elif self._rows is not None:
            if tag in _CELLS:
                self._text.clear()
            elif tag == "tr":
                self._rows.append([])
            else:
                self._text.append(" ")
        else:
            self._flush()
            self._open.append(tag)
            if tag == "table" and _holds_data(node):
                self._rows = []

    def _end(self, node: PageNode) -> None:
        tag = node.tag
        self._after_element = tag not in BLOCKS
        if tag not in BLOCKS:
            return
        if self._rows is None:
            self._flush()
            self._close(tag)
        elif tag == "table":
            rows, self._rows = self._rows, None
            self._text.clear()
            self._builder.add(BlockKind.TABLE, "\n".join("\t".join(cells) for cells in rows if any(cells)))
            self._close(tag)
        elif tag in _CELLS and self._rows:
            self._rows[-1].append(self._taken())
        elif tag == "caption":
            self._builder.add(BlockKind.CAPTION, self._taken())
        else:
            self._text.append(" ")

    def _close(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def _taken(self) -> str:
        text = one_line(clean_characters(_joined(self._text)))
        self._text.clear()
        return text

    def _flush(self) -> None:
        text = _joined(self._text)
        self._text.clear()
        if not text.strip():
            return
        heading = next((HEADINGS[tag] for tag in reversed(self._open) if tag in HEADINGS), 0)
        if heading:
            self._builder.add(BlockKind.HEADING, one_line(clean_characters(text)), heading)
            return
        kind = next((_KINDS[tag] for tag in reversed(self._open) if tag in _KINDS), BlockKind.PARAGRAPH)
        if "pre" in self._open:
            self._builder.add(kind, text)
            return
        for paragraph in _BLANK_LINE.split(clean_characters(text)):
            self._builder.add(kind, "\n".join(filter(None, (one_line(line) for line in paragraph.split("\n")))))


def _joined(pieces: list[str]) -> str:
    """The pieces as one text; two elements that touch are one word, unless it would be like "CreditJane"."""
    text = "".join(pieces)
    if _ELEMENT_BORDER not in text:
        return text
    parts = [part for part in text.split(_ELEMENT_BORDER) if part]
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1][-1].islower() and part[0].isupper():
            joined.append(" ")
        joined.append(part)
    return "".join(joined)


def _is_note_mark(node: PageNode) -> bool:
    names = node.attributes.get("class", "") + " " + node.attributes.get("id", "")
    return node.linked > 0 or any(child.tag == "a" for child in node.children()) or _NOTE_MARK.search(names) is not None


def _holds_data(table: PageNode) -> bool:
    """True where rows and cells are worth keeping: more than one column, of cells that are no columns of a page."""
    columns, cells = 0, 0
    for node in table.descendants():
        if node.tag == "table":
            return False
        if node.tag == "tr":
            columns = max(columns, sum(child.tag in _CELLS for child in node.children()))
        elif node.tag in _CELLS:
            cells += 1
            if node.letters > _LONGEST_CELL:
                return False
    return columns > 1


def _events(root: PageNode) -> Iterator[tuple[str, PageNode | str]]:
    """``("start", node)``, ``("text", characters)`` and ``("end", node)`` in document order."""
    pending: list[tuple[str, PageNode | str]] = [("node", root)]
    while pending:
        what, item = pending.pop()
        if what != "node" or isinstance(item, str):
            yield what, item
            continue
        yield "start", item
        pending.append(("end", item))
        pending += [("text" if isinstance(piece, str) else "node", piece) for piece in reversed(item.content())]
