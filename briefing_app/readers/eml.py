"""E-mail messages: what was written, with subject, sender and date as its fields."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.utils import getaddresses

from briefing_app.model.reading import BlockKind, Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures, markings, mime
from briefing_app.readers.dates import mail_date
from briefing_app.readers.decoding import decode
from briefing_app.readers.html import html_text
from briefing_app.readers.language import detect_language
from briefing_app.readers.plain_text import plain_blocks
from briefing_app.readers.text_builder import TextBuilder

READER = "eml/2"
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)  # in a mailbox, a line of a message that begins with From
_FLOWED = re.compile(r" \n(?!>|\n)")
_MAX_DEPTH = 5


def read_eml(data: bytes, name: str) -> Reading:
    """Read one message; attachments are named in the warnings and not read. Raises UnreadableFile."""
    reading, attached = read_message(data, name)
    return replace(reading, warnings=tuple(f"An attachment was not read: “{_label(part)}”." for part in attached))


def read_message(data: bytes, name: str) -> tuple[Reading, list[mime.MailMessage]]:
    """One message, and the parts that are attached to it. Raises UnreadableFile."""
    if data.startswith(b"From "):
        data = _ESCAPED.sub(rb"\1", data)
    message = mime.parse_message(data)
    if not message.keys():
        raise failures.damaged(name, "an e-mail message", "it has no headers")
    builder = TextBuilder()
    attached = _add_message(builder, message, 0)
    reading = Reading(
        reader=READER,
        kind=SourceKind.EMAIL,
        media_type="message/rfc822",
        text=builder.text,
        fields=_fields(message, builder.text),
        blocks=builder.blocks,
        no_text=not builder.text,
    )
    return reading, attached


def attachments_of(parts: list[mime.MailMessage]) -> Iterator[tuple[str, bytes | None]]:
    """The names and bytes of attached parts; None for bytes that cannot be had."""
    for number, part in enumerate(parts, 1):
        inner = _inner_message(part)
        if inner is None:
            named = mime.part_name(part)
            yield named or f"attachment {number}", mime.body(part)
            continue
        name = _label(part)
        try:
            data = inner.as_bytes(policy=email.policy.compat32.clone(max_line_length=0))
        except (
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            MessageError,
        ):  # a message too broken to be written again
            data = None
        yield name if name.lower().endswith(".eml") else f"{name}.eml", data


def _fields(message: mime.MailMessage, text: str) -> Fields:
    return Fields(
        title=mime.header(message, "Subject"),
        authors=_senders(message),
        published=mail_date(mime.header(message, "Date")),
        language=detect_language(text),
        marking=_marking(message, text),
    )


def _marking(message: mime.MailMessage, text: str) -> str:
    headers = ((name, mime.header_text(str(value))) for name, value in message.raw_items())
    subject = mime.header(message, "Subject")
    found = (*markings.in_headers(headers), *markings.in_subject(subject), *markings.in_edges(markings.edges_of(text)))
    return markings.highest(found)


def _senders(message: mime.MailMessage) -> tuple[str, ...]:
    value = mime.header(message, "From") or mime.header(message, "Sender")
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, TypeError):
        pairs = []
    names = (" ".join((label or address).split()) for label, address in pairs)
    found = tuple(dict.fromkeys(label for label in names if label))
    return found or ((value,) if value else ())


def _add_message(builder: TextBuilder, message: mime.MailMessage, depth: int) -> list[mime.MailMessage]:
    """Add the words of a message; gives the parts that are attached to it."""
    plain: list[mime.MailMessage] = []
    pages: list[mime.MailMessage] = []
    attached: list[mime.MailMessage] = []
    for part in mime.parts(message):
        kind = part.get_content_type()
        is_body = not mime.is_attachment(part) or (kind.startswith("text/") and not mime.part_name(part))
        if is_body and kind == "text/html":
            pages.append(part)
        elif is_body and kind.startswith(("text/", "multipart/")) and not (mime.part_name(part) and plain):
            plain.append(part)
        else:
            attached.append(part)
    _add_plain(builder, plain)
    if not builder.length:
        _add_pages(builder, pages)
    if not builder.length and depth < _MAX_DEPTH:
        for inner in filter(None, map(_inner_message, attached)):
            _add_message(builder, inner, depth + 1)
    return attached


def _add_plain(builder: TextBuilder, parts: list[mime.MailMessage]) -> None:
    for part in parts:
        text = decode(mime.body(part), mime.charset(part)).replace("\r\n", "\n").replace("\r", "\n")
        if mime.parameter(part, "format").lower() == "flowed":
            text = _FLOWED.sub(" ", text.replace("\n-- \n", "\n--\n"))
        for block in plain_blocks(text):
            quoted = all(line.startswith(">") for line in block.lines)
            builder.add(BlockKind.QUOTATION if quoted else BlockKind.PARAGRAPH, block.text)


def _add_pages(builder: TextBuilder, parts: list[mime.MailMessage]) -> None:
    for part in parts:
        data = mime.body(part)
        if data.strip():
            page = html_text(data, mime.charset(part))
            for block in page.blocks:
                builder.add(block.kind, page.text[block.start : block.end], block.level)


def _inner_message(part: mime.MailMessage) -> mime.MailMessage | None:
    payload = mime.payload_of(part)
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list) and payload:
        return payload[0] if isinstance(payload[0], mime.MailMessage) else None
    return None


def _label(part: mime.MailMessage) -> str:
    inner = _inner_message(part)
    subject = mime.header(inner, "Subject") if inner is not None else ""
    return mime.part_name(part) or subject or part.get_content_type()
