"""Exports of Telegram channels and chats as web pages (``messages.html``): each message with words is a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree, html

from briefing_app.readers import failures
from briefing_app.readers.dates import iso_date
from briefing_app.readers.decoding import decode_html
from briefing_app.readers.members import Member, Names, Nesting
from briefing_app.readers.telegram_post import Post, post_reading
from briefing_app.readers.text_builder import one_line

MEDIA_TYPE = "text/html"
_KIND = "an export of a Telegram channel"
_MOMENT = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d(?::\d\d)?)(?: UTC([+-]\d\d:\d\d))?")
_ANSWERED = re.compile(r"#go_to_message(\d+)")
_MAX_DEPTH = 50  # elements inside one another in a message's words


@dataclass(frozen=True, slots=True)
class _Message:
    """A message in the page: its number, its element, who wrote it."""

    number: str
    element: Any
    sender: str
    text: str
    forwarded: str


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The messages that have words, named by their ids; service messages and bare pictures are passed over.

    Raises UnreadableFile where no message of the page has words.
    """
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True, remove_comments=True)
        page = html.document_fromstring(decode_html(data).replace("\x00", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise failures.damaged(name, _KIND, "no element can be found in it") from error
    channel = _channel(page)
    messages = list(_messages(page))
    spoken = [message for message in messages if message.text.strip()]
    if not spoken:
        raise failures.damaged(name, _KIND, "no message in it has words")
    said = {message.number: message.text for message in spoken}
    names, left_out = Names(), len(messages) - len(spoken)
    for message in spoken:
        reply = _reply(message.element, said)
        raw = _alone(channel, message, reply)
        nesting.take(name, len(raw))
        yield Member(
            name=names.unique(f"message {message.number}".strip()),
            file_name=name,
            data=raw.encode("utf-8", "replace"),
            reading=post_reading(_post(channel, message, reply), MEDIA_TYPE, left_out),
        )
        left_out = 0


def _channel(page: Any) -> str:
    """The name in the head of the page."""
    for head in _of_class(page, "page_header"):
        for words in _of_class(head, "text"):
            return one_line(words.text_content())
    return ""


def _of_class(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element.iter("div", "span", "a") if name in (child.get("class") or "").split())


def _messages(page: Any) -> Iterator[_Message]:
    """The messages that are not the service's, each with its sender: a joined one has that of the one before."""
    sender = ""
    for element in page.iter("div"):
        classes = (element.get("class") or "").split()
        body = _own(element, "body") if "message" in classes and "service" not in classes else None
        if body is None:
            continue
        name = _own(body, "from_name")
        if name is not None:
            sender = one_line(name.text or "")
        elif "joined" not in classes:
            sender = ""
        inner = _own(body, "forwarded")
        words, source = _own(body, "text"), _own(inner, "from_name")
        words = words if words is not None else _own(inner, "text")
        yield _Message(
            number=(element.get("id") or "").removeprefix("message"),
            element=element,
            sender=sender,
            text=_words(words) if words is not None else "",
            forwarded=one_line(source.text or "") if source is not None else "",
        )


def _own(body: Any | None, name: str) -> Any | None:
    """The child of a message's body, or of what it forwards, that has a class."""
    children = body if body is not None else ()
    return next((child for child in children if name in (child.get("class") or "").split()), None)


def _words(element: Any, depth: int = 0) -> str:
    """The words of a message with its line ends; the page's own line ends around them mean nothing."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "br":
            pieces.append("\n")
        elif isinstance(child.tag, str) and depth < _MAX_DEPTH:
            pieces.append(_words(child, depth + 1))
        pieces.append(child.tail or "")
    text = "".join(pieces)
    return text if depth else "\n".join(line.strip() for line in text.strip().split("\n"))


def _post(channel: str, message: _Message, reply: str) -> Post:
    links = (
        (link.text_content(), link.get("href") or "")
        for words in _of_class(message.element, "text")
        for link in words.iter("a")
    )
    signature = next((one_line(entry.text_content()) for entry in _of_class(message.element, "signature")), "")
    return Post(
        channel=channel or message.sender,
        author=signature or message.sender,
        published=_date(message.element),
        text=message.text,
        forwarded=message.forwarded,
        reply=reply,
        links=tuple(links),
    )


def _date(element: Any) -> str:
    for entry in _of_class(element, "date"):
        found = _MOMENT.search(entry.get("title") or "")
        if found:
            day, month, year, clock, zone = found.groups()
            return iso_date(f"{year}-{month}-{day}T{clock}{zone or ''}")
    return ""


def _reply(element: Any, said: dict[str, str]) -> str:
    """The words of the message that this one answers, where it is in the page or was kept with this one."""
    for entry in _of_class(element, "reply_to"):
        kept = entry.find(".//q")
        if kept is not None:
            return one_line(kept.text_content())
        for link in entry.iter("a"):
            found = _ANSWERED.search(link.get("href") or "")
            if found:
                return said.get(found.group(1), "")
    return ""


def _alone(channel: str, message: _Message, reply: str) -> str:
    """A page of this one message, which reads as it does among the others."""
    inside = html.tostring(message.element, encoding="unicode", with_tail=False)
    if "joined" in (message.element.get("class") or "").split() and message.sender:
        name = f'<div class="from_name">{escape(message.sender)}</div><div class="pull_right date'
        inside = inside.replace('<div class="pull_right date', name, 1)
    if reply and "<q>" not in inside:
        start = re.search(r'<div class="reply_to[^>]*>', inside)
        inside = inside if start is None else f"{inside[: start.end()]}<q>{escape(reply)}</q>{inside[start.end() :]}"
    head = f'<div class="page_header"><div class="text bold">{escape(channel)}</div></div>'
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body><div class="page_wrap">'
        f'{head}<div class="page_body chat_page"><div class="history">\n{inside}\n</div></div></div></body></html>\n'
    )
