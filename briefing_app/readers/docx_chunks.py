"""Whole files that a Word document includes (``altChunk``): what Word shows in their place."""

from __future__ import annotations

from briefing_app.errors import UnreadableFile
from briefing_app.model.inline import Text
from briefing_app.model.reading import BlockKind, TextBlock
from briefing_app.readers import mime
from briefing_app.readers.decoding import decode
from briefing_app.readers.detection import detect
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_entry import Entry
from briefing_app.readers.html import html_text
from briefing_app.readers.plain_text import plain_blocks
from briefing_app.readers.text_builder import TextBuilder, one_line


def read_chunk(identity: str, context: Context) -> list[Entry]:
    """The words of an included web page, web archive or text; anything else is counted as left out."""
    _, part, outside = context.relations.get(identity, ("", "", True))
    data = context.package.read(part) if not outside else b""
    text = _text(data, part)
    if text is None:
        context.counts["embedded"] += 1
        return []
    return [_entry(line, block) for block in text.blocks for line in _lines(text.text[block.start : block.end], block)]


def _lines(words: str, block: TextBlock) -> list[str]:
    """A table's rows, or all words of another block as one."""
    return words.split("\n") if block.kind is BlockKind.TABLE else [words]


def _text(data: bytes, part: str) -> TextBuilder | None:
    try:
        kind = detect(data, part)
        if kind == "html":
            return html_text(data)
        if kind in ("mhtml", "eml"):
            return _archive(data)
    except UnreadableFile:
        return None
    if kind != "txt":
        return None
    builder = TextBuilder()
    for block in plain_blocks(decode(data)):
        builder.add(BlockKind.PARAGRAPH, block.text)
    return builder


def _archive(data: bytes) -> TextBuilder | None:
    for piece in mime.parts(mime.parse_message(data)):
        if piece.get_content_type() == "text/html":
            return html_text(mime.body(piece), mime.charset(piece))
    return None


def _entry(words: str, block: TextBlock) -> Entry:
    content = (Text(one_line(words)),)
    if block.kind is BlockKind.HEADING:
        return Entry("heading", content, block.level)
    return Entry("quote" if block.kind is BlockKind.QUOTATION else "paragraph", content)
