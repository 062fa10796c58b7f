"""One record of a list of sources (an article of an archive, a reference) as a reading, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing_app.model.reading import BlockKind, Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.language import language_of
from briefing_app.readers.plain_text import plain_blocks
from briefing_app.readers.text_builder import TextBuilder, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a record says: its fields as given and its text, which may be empty (``no_text`` then).

    ``notes`` are lines that follow the text, such as the addresses of its links.
    """

    fields: Fields
    text: str
    kind: SourceKind
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def record_reading(record: Record, reader: str, media_type: str) -> Reading:
    """The record in the normal form of a reading; its title is a field and not put into the text."""
    builder = TextBuilder()
    for block in plain_blocks(record.text):
        builder.add(BlockKind.PARAGRAPH, block.text)
    fields = record.fields
    spoken = builder.text or fields.title
    if builder.text:
        builder.add(BlockKind.NOTE, "\n".join(record.notes))
    return Reading(
        reader=reader,
        kind=record.kind,
        media_type=media_type,
        text=builder.text,
        fields=replace(fields, title=one_line(fields.title), language=language_of(fields.language, spoken)),
        blocks=builder.blocks,
        no_text=not builder.text,
        warnings=record.warnings,
    )
