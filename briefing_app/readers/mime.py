"""Messages and their parts: parsing that never raises, header words and bodies decoded by our own rules.

It uses the standard library's ``compat32`` policy, which keeps what a message really says; the newer policies raise
on headers that real messages have.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message

from briefing_app.readers.decoding import decode

_MAX_PARTS = 5000
_ENCODED_GAP = re.compile(r"(\?=)\s+(=\?)")
_MBOX_LINE = re.compile(rb"^>?From [^\r\n]*\r?\n")

MailMessage = Message


def parse_message(data: bytes) -> MailMessage:
    """The message in ``data``; an envelope line of a mailbox and stray blank lines before the headers are passed."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return email.message_from_bytes(_MBOX_LINE.sub(b"", data, count=1), policy=email.policy.compat32)


def parts(message: MailMessage) -> Iterator[MailMessage]:
    """Every part that holds content itself, in order, attached messages not entered."""
    pending, seen = [message], 0
    while pending and seen < _MAX_PARTS:
        part = pending.pop(0)
        seen += 1
        inner = payload_of(part)
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            pending[:0] = [entry for entry in inner if isinstance(entry, Message)]
        else:
            yield part


def header(message: MailMessage, name: str) -> str:
    """A header as text on one line, its encoded words decoded; empty where it is absent."""
    wanted = name.lower()
    raw = (str(value) for label, value in message.raw_items() if label.lower() == wanted)
    return header_text(next(raw, ""))


def header_text(value: str) -> str:
    """Decode encoded words and raw bytes in a header's value."""
    raw = value.encode("utf-8", "surrogateescape")
    if b"=?" not in raw:
        return " ".join(decode(raw).split())
    try:
        words = decode_header(_ENCODED_GAP.sub(r"\1\2", decode(raw)).replace("\n", " ").replace("\r", " "))
    except (ValueError, LookupError, binascii.Error, email.errors.MessageError):
        return " ".join(decode(raw).split())
    text = "".join(decode(word, charset or "") if isinstance(word, bytes) else word for word, charset in words)
    return " ".join(text.split())


def payload_of(part: MailMessage) -> object:
    """A part's payload as it stands: its parts, or its text; without a declared charset that is no name of one."""
    try:
        return part.get_payload()
    except (ValueError, LookupError, TypeError):
        part.del_param("charset")
        return part.get_payload()


def body(part: MailMessage) -> bytes:
    """The bytes of a part with its transfer encoding taken off, as far as it can be."""
    try:
        decoded = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, binascii.Error):
        decoded = None
    if isinstance(decoded, bytes):
        return decoded
    payload = payload_of(part)
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def charset(part: MailMessage) -> str:
    """The charset that a part declares, or an empty string."""
    return parameter(part, "charset")


def parameter(part: MailMessage, name: str, of: str = "content-type") -> str:
    """A parameter of a header, its RFC 2231 form decoded; empty where it is absent or cannot be parsed."""
    try:
        value = part.get_param(name, header=of) if of in part else None
    except (ValueError, TypeError, IndexError, LookupError):
        return ""
    if isinstance(value, tuple):
        label, _, text = value
        return decode(_octets(str(text)), label or "")
    return header_text(str(value)) if value else ""


def _octets(text: str) -> bytes:
    """The bytes behind a percent-decoded parameter, which the library hands over as one character each."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def part_name(part: MailMessage) -> str:
    """The file name of an attachment, or an empty string."""
    name = parameter(part, "filename", "content-disposition") or parameter(part, "name")
    return " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split())


def is_attachment(part: MailMessage) -> bool:
    """True where the part is meant to be saved rather than shown in the message."""
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    return disposition.startswith("attachment")
