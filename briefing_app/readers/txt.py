"""Plain text of any encoding."""

from __future__ import annotations

from briefing_app.model.reading import BlockKind, Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.decoding import decode
from briefing_app.readers.language import detect_language
from briefing_app.readers.plain_text import PlainBlock, plain_blocks, split_mark, title_number
from briefing_app.readers.text_builder import TextBuilder

READER = "txt/1"


def read_txt(data: bytes, name: str) -> Reading:
    """The text as it stands, in blocks; the title is a first line that looks like one."""
    return reading_of_text(decode(data))


def reading_of_text(text: str) -> Reading:
    """A reading of plain text that is decoded already."""
    blocks = plain_blocks(text)
    title = title_number(blocks)
    builder = TextBuilder()
    for number, block in enumerate(blocks):
        _add(builder, block, 1 if number == title else 2 if title >= 0 else 1)
    return Reading(
        reader=READER,
        kind=SourceKind.TEXT,
        media_type="text/plain",
        text=builder.text,
        fields=Fields(title=blocks[title].text.strip() if title >= 0 else "", language=detect_language(builder.text)),
        blocks=builder.blocks,
        no_text=not builder.text,
    )


def _add(builder: TextBuilder, block: PlainBlock, level: int) -> None:
    if block.heading:
        builder.add(BlockKind.HEADING, block.text, level)
    elif block.is_list and all(split_mark(line).is_item for line in block.lines):
        builder.add(BlockKind.LIST_ITEM, block.text)
    elif all(line.lstrip().startswith(">") for line in block.lines):
        builder.add(BlockKind.QUOTATION, block.text)
    else:
        builder.add(BlockKind.PARAGRAPH, block.text)
