"""Outlook messages as sources: what was written, with subject, sender and date as its fields."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import BlockKind, Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import markings
from briefing_app.readers.html import html_text
from briefing_app.readers.language import detect_language
from briefing_app.readers.outlook import OutlookMessage, parse_msg
from briefing_app.readers.plain_text import plain_blocks
from briefing_app.readers.rtf import rtf_text
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "msg/2"


def read_msg(data: bytes, name: str) -> Reading:
    """Read one message; attachments are named in the warnings and not read. Raises UnreadableFile."""
    message = parse_msg(data, name)
    warnings = tuple(f"An attachment was not read: “{attached}”." for attached, _ in attachments_of(message))
    return replace(message_reading(message), warnings=warnings)


def message_reading(message: OutlookMessage) -> Reading:
    """The message without its attachments."""
    builder = _body(message)
    return Reading(
        reader=READER,
        kind=SourceKind.EMAIL,
        media_type="application/vnd.ms-outlook",
        text=builder.text,
        fields=Fields(
            title=one_line(message.subject),
            authors=tuple(filter(None, (one_line(message.sender),))),
            published=message.sent,
            language=detect_language(builder.text),
            marking=_marking(message.subject, builder.text),
        ),
        blocks=builder.blocks,
        no_text=not builder.text,
    )


def _marking(subject: str, text: str) -> str:
    return markings.highest([*markings.in_subject(subject), *markings.in_edges(markings.edges_of(text))])


def _body(message: OutlookMessage) -> TextBuilder:
    """The plain body where there is one, else the page, else the RTF."""
    builder = TextBuilder()
    for block in plain_blocks(message.body):
        quoted = all(line.startswith(">") for line in block.lines)
        builder.add(BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH, block.text)
    if builder.length:
        return builder
    try:
        if message.html.strip():
            page = html_text(message.html, message.charset)
            if page.length:
                return page
        return rtf_text(message.rtf) if message.rtf.strip() else builder
    except UnreadableFile:
        return builder


def attachments_of(message: OutlookMessage) -> Iterator[tuple[str, bytes | None]]:
    """The names and bytes of what is attached; an attached message as an EML that says the same."""
    yield from message.files
    for inner in message.messages:
        yield f"{one_line(inner.subject)[:100] or 'message'}.eml", as_eml(inner)


def as_eml(message: OutlookMessage) -> bytes:
    """A message that has no file of its own, written as EML with its fields, its words and its attachments."""
    made = EmailMessage()
    if one_line(message.subject):
        made["Subject"] = one_line(message.subject)
    sender = one_line(message.sender)
    if sender:
        made["From"] = sender if "@" in sender else formataddr((sender, "unknown"))
    if message.sent:
        made["Date"] = format_datetime(datetime.datetime.fromisoformat(message.sent))
    made["X-Converted-By"] = "MSG attachment"
    made.set_content(_body(message).text + "\n", charset="utf-8", cte="base64")
    for number, (name, data) in enumerate(attachments_of(message), 1):
        label = one_line(name) or f"attachment {number}"
        made.add_attachment(data or b"", maintype="application", subtype="octet-stream", filename=label)
    if made.is_multipart():
        made.set_boundary("briefing-message")  # the same bytes each time
    return made.as_bytes()
