"""One message of a Telegram channel or chat as a source, whichever way it was exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.records import Record, record_reading
from briefing_app.readers.text_builder import one_line

READER = "telegram/2"
_SHOWN_REPLY = 200  # letters of the message that another one answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message with words. ``author`` is empty where the channel itself speaks; ``published`` is ISO 8601.

    ``links`` are pairs of words and the address behind them. ``reply`` are the words of the message that it answers.
    """

    channel: str
    text: str
    author: str = ""
    published: str = ""
    forwarded: str = ""
    reply: str = ""
    links: tuple[tuple[str, str], ...] = ()


def post_reading(post: Post, media_type: str, left_out: int = 0) -> Reading:
    """The message as a reading; ``left_out`` is how many others of the export have no words, told once."""
    warnings = [
        f"Forwarded from “{one_line(post.forwarded)}”." if post.forwarded else "",
        f"It answers the message “{_shortened(post.reply)}”." if post.reply else "",
        f"{left_out} message(s) of the export have no words (pictures, files) and were left out." if left_out else "",
    ]
    record = Record(
        fields=Fields(
            authors=(one_line(post.author),) if post.author and post.author != post.channel else (),
            outlet=one_line(post.channel),
            published=post.published,
        ),
        text=post.text,
        kind=SourceKind.WEB,
        warnings=tuple(filter(None, warnings)),
        notes=tuple(hidden_links(post.links)),
    )
    return record_reading(record, READER, media_type)


def hidden_links(links: Iterable[tuple[str, str]]) -> list[str]:
    """The web addresses that the words of a message do not show themselves."""
    found: dict[str, None] = {}
    for words, address in links:
        shown = words.strip().lower().rstrip("/")
        plain = address.strip()
        if not plain.lower().startswith(("http://", "https://")) or shown[:1] in ("@", "#"):
            continue
        if not shown or shown not in plain.lower():
            found[plain] = None
    return list(found)


def _shortened(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= _SHOWN_REPLY else f"{words[:_SHOWN_REPLY].rsplit(' ', 1)[0]} …"
