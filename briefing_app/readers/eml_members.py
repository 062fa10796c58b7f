"""Messages with what is attached to them: the message is a source, and each readable attachment another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Reading
from briefing_app.readers.detection import detect
from briefing_app.readers.eml import attachments_of, read_message
from briefing_app.readers.failures import UnsupportedFormat
from briefing_app.readers.members import MAX_MESSAGES, Member, Names, Nesting, nested


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a message; ``data`` is None where its bytes cannot be had."""

    name: str
    data: bytes | None = field(repr=False)


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The message, which has no name, and then its attachments by theirs. Raises UnreadableFile."""
    reading, parts = read_message(data, name)
    attached = [Attachment(*entry) for entry in attachments_of(parts)]
    yield from with_attachments(reading, name, attached, nesting)


def with_attachments(reading: Reading, name: str, attached: Sequence[Attachment], nesting: Nesting) -> Iterator[Member]:
    """A message that was read, with warnings for the attachments that have no text, and the others after it."""
    readable: list[Attachment] = []
    left_out: list[str] = []
    for one in attached:
        if nesting.messages < MAX_MESSAGES and _may_be_read(one):
            readable.append(one)
        else:
            left_out.append(f"An attachment was not read: “{one.name}”.")
    yield Member(file_name=name, reading=replace(reading, warnings=(*reading.warnings, *left_out)))
    names = Names()
    nesting.messages += 1
    try:
        for one in readable:
            yield from nested(one.data or b"", names.unique(one.name.replace("/", "_")), one.name, nesting)
    finally:
        nesting.messages -= 1


def _may_be_read(one: Attachment) -> bool:
    if not one.data:
        return False
    try:
        detect(one.data, one.name)
    except UnsupportedFormat:
        return False
    except UnreadableFile:
        return True  # it is of a kind that is read, and its fault is worth a line in the report
    return True
