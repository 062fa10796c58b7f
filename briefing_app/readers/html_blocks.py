"""Elements of a page to blocks of text: of an extracted article, or of a whole page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing_app.model.reading import BlockKind
from briefing_app.readers.text_builder import TextBuilder, one_line

_SKIPPED = frozenset(
    "script style noscript template svg math head title iframe object embed select option button input textarea"
    " canvas audio video map".split()
)
_AROUND = frozenset("nav footer aside form menu dialog".split())
_BLOCKS = frozenset(
    "p div section article main header footer aside nav blockquote pre ul ol li dl dt dd table tr td th caption"
    " thead tbody tfoot figure figcaption h1 h2 h3 h4 h5 h6 hr address form fieldset details summary body html"
    " center menu dialog legend".split()
)
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def add_tei(builder: TextBuilder, body: Any) -> None:
    """Add the blocks of an article in the small vocabulary that trafilatura extracts to."""
    for element in body:
        _add_tei_block(builder, element)


def _add_tei_block(builder: TextBuilder, element: Any) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        return
    if tag == "head":
        rend = element.get("rend") or "h2"
        builder.add(BlockKind.HEADING, one_line(_tei_text(element)), _HEADINGS.get(rend, 2))
    elif tag == "list":
        for item in element:
            builder.add(BlockKind.LIST_ITEM, _tei_lines(item))
            _add_tail(builder, item)
    elif tag == "table":
        rows = [[one_line(_tei_text(cell)) for cell in row] for row in element.iter("row")]
        builder.add(BlockKind.TABLE, "\n".join("\t".join(cells) for cells in rows if any(cells)))
    elif tag == "quote" and len(element) and any(child.tag in ("p", "list", "head") for child in element):
        if element.text and element.text.strip():
            builder.add(BlockKind.QUOTATION, one_line(element.text))
        for child in element:
            builder.add(BlockKind.QUOTATION, _tei_lines(child))
            _add_tail(builder, child)
    elif tag == "div":
        if element.text and element.text.strip():
            builder.add(BlockKind.PARAGRAPH, one_line(element.text))
        for child in element:
            _add_tei_block(builder, child)
    else:
        kind = BlockKind.QUOTATION if tag == "quote" else BlockKind.PARAGRAPH
        builder.add(kind, _tei_lines(element, keep_spaces=tag == "code"))
    _add_tail(builder, element)


def _add_tail(builder: TextBuilder, element: Any) -> None:
    if element.tail and element.tail.strip():
        builder.add(BlockKind.PARAGRAPH, one_line(element.tail))


def _tei_text(element: Any) -> str:
    """All text in an element, with ``lb`` as a newline and blocks inside it apart from their neighbours."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            apart = child.tag in ("p", "item", "row", "quote", "list", "head")
            inner = _tei_text(child)
            pieces.append("\x1d" if child.tag == "lb" else f"\x1d{inner}\x1d" if apart else inner)
            pieces.append(" " if child.tag == "cell" else "")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _tei_lines(element: Any, keep_spaces: bool = False) -> str:
    if keep_spaces:
        return _tei_text(element).replace("\x1d", "\n")
    return "\n".join(filter(None, (one_line(line) for line in _tei_text(element).split("\x1d"))))


def add_page(builder: TextBuilder, tree: Any, *, everything: bool = False) -> None:
    """Add the text of a whole page, block by block; ``everything`` keeps menus and footers too."""
    body = tree.find("body")
    collector = _PageText(builder, _SKIPPED if everything else _SKIPPED | _AROUND)
    collector.run(body if body is not None else tree)


class _PageText:
    """Walks a page without recursion and cuts its text at the borders of block elements."""

    def __init__(self, builder: TextBuilder, skipped: frozenset[str]) -> None:
        self._builder = builder
        self._skipped = skipped
        self._text: list[str] = []
        self._open: list[str] = []
        self._cells: list[str] | None = None

    def run(self, root: Any) -> None:
        for event, value in _events(root, self._skipped):
            if event == "text":
                self._text.append(value if "pre" in self._open else one_line_keeping_ends(value))
            elif event == "start":
                self._start(value)
            else:
                self._end(value)
        self._flush()

    def _start(self, tag: str) -> None:
        if tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS:
            if tag in ("td", "th") and self._cells is not None:
                self._take_cell()
            elif self._cells is None or tag == "tr":
                self._flush()
            else:
                self._text.append(" ")
            if tag == "tr":
                self._cells = []
            self._open.append(tag)

    def _end(self, tag: str) -> None:
        if tag not in _BLOCKS or tag not in self._open:
            return
        if tag == "tr":
            self._take_cell()
            cells, self._cells = self._cells or [], None
            if any(cells):
                self._builder.add(BlockKind.TABLE if len(cells) > 1 else BlockKind.PARAGRAPH, "\t".join(cells))
        elif self._cells is None:
            self._flush()
        else:
            self._text.append(" ")
        while self._open and self._open.pop() != tag:
            pass

    def _take_cell(self) -> None:
        text = one_line("".join(self._text))
        self._text.clear()
        if text and self._cells is not None:
            self._cells.append(text)

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text.strip():
            return
        heading = next((_HEADINGS[tag] for tag in reversed(self._open) if tag in _HEADINGS), 0)
        if heading:
            self._builder.add(BlockKind.HEADING, one_line(text), heading)
            return
        kind = next((_KINDS[tag] for tag in reversed(self._open) if tag in _KINDS), BlockKind.PARAGRAPH)
        if "pre" not in self._open:
            text = "\n".join(filter(None, (one_line(line) for line in text.split("\n"))))
        self._builder.add(kind, text)


def one_line_keeping_ends(text: str) -> str:
    """Single spaces for runs of white space, those at both ends too."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _events(root: Any, skipped: frozenset[str]) -> Iterator[tuple[str, str]]:
    """``("start", tag)``, ``("text", characters)`` and ``("end", tag)`` in document order."""
    pending: list[tuple[str, Any]] = [("element", root)]
    while pending:
        what, item = pending.pop()
        if what != "element":
            yield what, item
            continue
        if not isinstance(item.tag, str) or item.tag in skipped or is_hidden(item):
            continue
        yield "start", item.tag
        if item.text:
            yield "text", item.text
        pending.append(("end", item.tag))
        for child in reversed(item):
            if child.tail:
                pending.append(("text", child.tail))
            pending.append(("element", child))


def is_hidden(element: Any) -> bool:
    """True where the element's own attributes keep it from being shown."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None
