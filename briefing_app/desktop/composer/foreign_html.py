"""HTML of other programs (browsers, word processors) into blocks: structure and emphasis, no fonts or colours."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import lxml.html
from lxml import etree

from briefing_app.desktop.composer.frames import Leaf, ListFrame, assemble
from briefing_app.model.block import Block, Cell, ListBlock, ListItem, Paragraph, Picture, Quotation, Row, Table
from briefing_app.model.briefing import Media, walk
from briefing_app.model.inline import Inline, Inlines, LineBreak, Text, merge_texts
from briefing_app.model.plain import inlines_of

FreshId = Callable[[], str]

_SKIPPED = set("head script style template noscript iframe object svg select button title".split())
_BREAKS = set(
    "p div section article main header footer figure figcaption address dl dt dd center form fieldset body html nav "
    "aside details summary".split()
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif|bmp|webp));base64,(.*)", re.DOTALL)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*level(\d)")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_DEEPEST = 100  # levels of elements; what is deeper gives its words only


@dataclass(slots=True)
class Cleaned:
    """The blocks, and the pictures whose bytes stood in the HTML itself."""

    blocks: list[Block] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)


def clean_html(html: str, fresh: FreshId) -> Cleaned:
    """What there is of our own structure in ``html``. Pictures on other machines are left out."""
    start, end = html.find("<!--StartFragment"), html.find("<!--EndFragment")
    if 0 <= start < end:
        html = html[html.index("-->", start) + 3 : end]
    html = html.replace("\x00", "")
    if not html.strip():
        return Cleaned()
    try:
        root = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    except (etree.ParserError, ValueError):
        return Cleaned()
    cleaner = _Cleaner(fresh)
    cleaner.walk(root, Text(""), 0)
    cleaner.end_paragraph()
    return Cleaned(_join_word_lists(cleaner.blocks, cleaner.word_levels, fresh), cleaner.media)


class _Cleaner:
    """Walks the elements of one place (a document, an item, a cell) and collects its blocks."""

    def __init__(self, fresh: FreshId, media: list[Media] | None = None) -> None:
        self._fresh = fresh
        self._pending: list[Inline] = []
        self._level = 0
        self.blocks: list[Block] = []
        self.media: list[Media] = media if media is not None else []
        self._strays: list[Picture] = []
        self.word_levels: dict[str, tuple[int, bool]] = {}

    def walk(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            return
        if depth > _DEEPEST:
            self._words(element.text_content(), run, False)
            return
        style = _style_of(element)
        if "mso-list:ignore" in style or "display:none" in style:
            return
        match element.tag:
            case "br":
                self._pending.append(LineBreak())
            case "img":
                self._picture(element)
            case "ul" | "ol":
                self._add_block(self._list(element, run, depth))
            case "table":
                self._add_block(self._table(element, run, depth))
            case "blockquote":
                self._quotation(element, run, depth)
            case tag if tag in _BREAKS or tag in _HEADINGS or tag == "pre":
                self._paragraph(element, run, depth, style)
            case _:
                self._content(element, _styled(element, run, style), depth)

    def _content(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> None:
        keep = element.tag == "pre"
        self._words(element.text, run, keep)
        for child in element:
            self.walk(child, run, depth + 1)
            self._words(child.tail, run, keep)

    def _words(self, text: str | None, run: Text, keep: bool) -> None:
        if not text:
            return
        if keep:
            for number, line in enumerate(text.splitlines()):
                if number:
                    self._pending.append(LineBreak())
                indent = len(line) - len(line.lstrip(" "))
                self._pending.append(replace(run, text=_NO_BREAK_SPACE * indent + line[indent:]))
            return
        self._pending.append(replace(run, text=_BLANKS.sub(" ", text)))

    def _paragraph(self, element: lxml.html.HtmlElement, run: Text, depth: int, style: str) -> None:
        self.end_paragraph()
        level = _WORD_LEVEL.search(style)
        words_before = len(self.blocks)
        run = replace(run, bold=True) if element.tag in _HEADINGS else _styled(element, run, style)
        self._content(element, run, depth)
        self.end_paragraph()
        if level and len(self.blocks) == words_before + 1:
            self.word_levels[self.blocks[-1].id] = (int(level[1]), _is_numbered(element))

    def end_paragraph(self) -> None:
        """What was collected becomes a paragraph, if there are any words in it."""
        words = trimmed(merge_texts(tuple(self._pending)))
        self._pending = []
        if words:
            self.blocks.append(Paragraph(self._fresh(), words))

    def _add_block(self, block: Block | None) -> None:
        self.end_paragraph()
        self.blocks.extend([block] if block is not None else [])
        self.blocks.extend(self._strays)
        self._strays = []

    def _inside(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> list[Block]:
        inner = _Cleaner(self._fresh, self.media)
        inner._content(element, run, depth + 1)
        inner.end_paragraph()
        return inner.blocks

    def _list(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> ListBlock | None:
        items: list[ListItem] = []
        for child in element:
            if child.tag == "li":
                items.append(ListItem(self._fresh(), self._simple(self._inside(child, run, depth))))
            elif child.tag in ("ul", "ol"):
                nested = self._list(child, run, depth + 1)
                if nested is not None:
                    last = items.pop() if items else ListItem(self._fresh())
                    items.append(replace(last, blocks=(*last.blocks, nested)))
        filled = tuple(item for item in items if item.blocks)
        if not filled:
            return None
        return ListBlock(self._fresh(), filled, element.tag == "ol", _number(element.get("start")))

    def _quotation(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> None:
        inside = self._inside(element, run, depth)
        self._keep_pictures(inside)
        words = tuple(
            node if isinstance(node, Paragraph) else Paragraph(self._fresh(), inlines_of(node))
            for block in inside
            for node in walk(block)
            if inlines_of(node) and not isinstance(node, Picture)
        )
        self._add_block(Quotation(self._fresh(), paragraphs=words) if words else None)

    def _table(self, element: lxml.html.HtmlElement, run: Text, depth: int) -> Block | None:
        rows: list[Row] = []
        head = 0
        for line in element.iter("tr"):
            if next(line.iterancestors("table"), None) is not element:
                continue
            cells = [cell for cell in line if cell.tag in ("td", "th")]
            if cells and all(cell.tag == "th" for cell in cells) and head == len(rows):
                head += 1
            made = tuple(
                Cell(
                    self._fresh(),
                    self._simple(self._inside(cell, run, depth)) or (Paragraph(self._fresh()),),
                    _span(cell.get("colspan")),
                    _span(cell.get("rowspan")),
                )
                for cell in cells
            )
            if made:
                rows.append(Row(self._fresh(), made))
        captions = [self._inside(one, run, depth) for one in element if one.tag == "caption"]
        caption = next((block.content for found in captions for block in found if isinstance(block, Paragraph)), ())
        return Table(self._fresh(), tuple(rows), min(head, len(rows)), caption) if rows else None

    def _simple(self, blocks: Sequence[Block]) -> tuple[Paragraph | ListBlock, ...]:
        """What can stand in an item or a cell: paragraphs and lists; of anything else the words."""
        simple: list[Paragraph | ListBlock] = []
        for block in blocks:
            match block:
                case Paragraph() | ListBlock():
                    simple.append(block)
                case Quotation():
                    simple.extend(block.paragraphs)
                case Table():
                    if block.caption:
                        simple.append(Paragraph(self._fresh(), block.caption))
                    for row in block.rows:
                        for cell in row.cells:
                            simple.extend(cell.blocks)
        self._keep_pictures(blocks)
        return tuple(simple)

    def _keep_pictures(self, blocks: Sequence[Block]) -> None:
        """Pictures that cannot stand where they are follow the list, the table or the quotation around them."""
        self._strays.extend(block for block in blocks if isinstance(block, Picture))

    def _picture(self, element: lxml.html.HtmlElement) -> None:
        found = _DATA.match((element.get("src") or "").strip())
        if found is None:
            return
        try:
            data = base64.b64decode(found[2], validate=False)
        except (binascii.Error, ValueError):
            return
        media = Media(sha256=hashlib.sha256(data).hexdigest(), media_type=found[1], data=data)
        self.media.append(media)
        self._add_block(Picture(self._fresh(), media.sha256, element.get("alt") or ""))


def _styled(element: lxml.html.HtmlElement, run: Text, style: str) -> Text:
    """The style of the words in an element, inside words of style ``run``."""
    bold, italic, underline, link = run.bold, run.italic, run.underline, run.link
    match element.tag:
        case "b" | "strong" | "th":
            bold = True
        case "i" | "em" | "cite" | "dfn":
            italic = True
        case "u" | "ins":
            underline = True
        case "a":
            target = (element.get("href") or "").strip()
            link = target if target.lower().startswith(("http://", "https://", "mailto:")) else link
    weight = re.search(r"font-weight:(\w+)", style)
    if weight:
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)
    slant = re.search(r"font-style:(\w+)", style)
    if slant:
        italic = slant[1] in ("italic", "oblique")
    if "text-decoration" in style and element.tag != "a":
        underline = underline or re.search(r"text-decoration[a-z-]*:[^;]*underline", style) is not None
    return Text("", bold, italic, underline and not link, link, run.language)


def trimmed(words: Inlines) -> Inlines:
    """Without blanks and line breaks at both ends, and with single blanks where runs meet."""
    kept: list[Inline] = []
    for inline in words:
        if isinstance(inline, Text):
            last = kept[-1] if kept else None
            at_start = last is None or isinstance(last, LineBreak)
            after_blank = isinstance(last, Text) and last.text.endswith(" ")
            text = inline.text.lstrip(" ") if at_start or after_blank else inline.text
            inline = replace(inline, text=text)
            if not text:
                continue
        elif isinstance(inline, LineBreak) and not kept:
            continue
        kept.append(inline)
    while kept:
        last = kept.pop()
        if isinstance(last, LineBreak) or (isinstance(last, Text) and not last.text.strip()):
            continue
        kept.append(replace(last, text=last.text.rstrip(" ")) if isinstance(last, Text) else last)
        break
    return merge_texts(tuple(kept))


def _style_of(element: lxml.html.HtmlElement) -> str:
    return (element.get("style") or "").lower().replace(" ", "")


def _span(text: str | None) -> int:
    return max(1, min(1000, _number(text)))


def _number(text: str | None) -> int:
    """A small whole number as attributes have it; 1 for anything else."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 1


def _is_numbered(element: lxml.html.HtmlElement) -> bool:
    marker = next(
        (one for one in element.iter() if "mso-list:ignore" in (one.get("style") or "").lower().replace(" ", "")), None
    )
    return marker is not None and re.match(r"\s*[\dA-Za-z]+[.)]", marker.text_content()) is not None


def _join_word_lists(blocks: Sequence[Block], levels: dict[str, tuple[int, bool]], fresh: FreshId) -> list[Block]:
    """Neighbouring paragraphs that a word processor calls list items become lists, nested by their levels."""
    leaves: list[Leaf] = []
    open_frames: list[ListFrame] = []
    for block in blocks:
        if block.id not in levels:
            open_frames = []
            leaves.append(Leaf((), block))
            continue
        level, ordered = levels[block.id]
        depth = min(level, len(open_frames) + 1)
        del open_frames[depth:]
        if len(open_frames) == depth and open_frames[-1].ordered == ordered:
            open_frames[-1] = replace(open_frames[-1], item_id=fresh())
        else:
            del open_frames[depth - 1 :]
            open_frames.append(ListFrame(fresh(), fresh(), ordered))
        leaves.append(Leaf(tuple(open_frames), block))
    return list(assemble(leaves))
