"""Web archives (MHTML): the page in a message with its pictures."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.model.reading import Reading
from briefing_app.readers import failures, mime
from briefing_app.readers.dates import mail_date
from briefing_app.readers.html import read_html

READER = "mhtml/2"
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(data: bytes, name: str) -> Reading:
    """Read the archive's own page. The date of the archive is the day on which it was saved, not of publication."""
    message = mime.parse_message(data)
    part = _root(message)
    if part is None:
        raise failures.damaged(name, "a web archive", "there is no page in it")
    content = mime.body(part)
    if not content.strip():
        raise failures.damaged(name, "a web archive", "the page in it is empty")
    location = mime.header(message, "Snapshot-Content-Location") or mime.header(part, "Content-Location")
    reading = read_html(content, name, charset=mime.charset(part), url=location)
    fields = replace(reading.fields, accessed=mail_date(mime.header(message, "Date"))[:10])
    if not fields.title:
        fields = replace(fields, title=mime.header(message, "Subject"))
    return replace(reading, reader=READER, media_type="multipart/related", fields=fields)


def _root(message: mime.MailMessage) -> mime.MailMessage | None:
    """The part that ``start`` names, or the one at the snapshot's own address, or the first page."""
    pages = [part for part in mime.parts(message) if part.get_content_type() in _PAGES]
    start = mime.parameter(message, "start").strip("<> ")
    location = mime.header(message, "Snapshot-Content-Location")
    for part in pages:
        if start and mime.header(part, "Content-ID").strip("<> ") == start:
            return part
    for part in pages:
        if location and mime.header(part, "Content-Location") == location:
            return part
    return pages[0] if pages else None
