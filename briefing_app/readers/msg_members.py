"""Outlook messages with what is attached to them."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_app.readers.eml_members import Attachment, with_attachments
from briefing_app.readers.members import Member, Nesting
from briefing_app.readers.msg import attachments_of, message_reading
from briefing_app.readers.outlook import parse_msg


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The message, which has no name, and then its attachments by theirs. Raises UnreadableFile."""
    message = parse_msg(data, name)
    attached = [Attachment(*entry) for entry in attachments_of(message)]
    yield from with_attachments(message_reading(message), name, attached, nesting)
