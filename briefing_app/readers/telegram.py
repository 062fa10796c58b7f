"""Exports of Telegram channels and chats (``result.json``): each message with words is a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.dates import iso_date
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Names, Nesting
from briefing_app.readers.records import Record, record_reading

READER = "telegram/1"
MEDIA_TYPE = "application/json"
_KIND = "an export of a Telegram channel"


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The messages that have words, named by their ids; service messages and bare pictures are passed over.

    Raises UnreadableFile where the file is no export, or no message of it has words.
    """
    try:
        export = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise failures.damaged(name, _KIND, "it is not valid JSON") from error
    names, met = Names(), False
    for chat in _chats(export):
        for message in chat.get("messages") or ():
            reading = _reading(chat, message) if isinstance(message, dict) else None
            if reading is None:
                continue
            met = True
            raw = json.dumps({**_about(chat), "messages": [message]}, ensure_ascii=False, indent=1)
            nesting.take(name, len(raw))
            yield Member(
                name=names.unique(f"message {message.get('id', '')}".strip()),
                file_name=name,
                data=raw.encode("utf-8", "replace"),
                reading=reading,
            )
    if not met:
        raise failures.damaged(name, _KIND, "no message in it has words")


def _chats(export: Any) -> Iterator[Mapping[str, Any]]:
    """The chat of an export, or every chat of the export of an account."""
    if not isinstance(export, dict):
        return
    if isinstance(export.get("messages"), list):
        yield export
    chats = export.get("chats")
    for chat in chats.get("list") or () if isinstance(chats, dict) else ():
        if isinstance(chat, dict) and isinstance(chat.get("messages"), list):
            yield chat


def _about(chat: Mapping[str, Any]) -> dict[str, Any]:
    return {key: chat[key] for key in ("name", "type", "id") if key in chat}


def _reading(chat: Mapping[str, Any], message: Mapping[str, Any]) -> Reading | None:
    text = words_of(message.get("text")) or words_of(message.get("text_entities"))
    if message.get("type", "message") != "message" or not text.strip():
        return None
    channel = chat.get("name") if isinstance(chat.get("name"), str) else ""
    author = message.get("author") or message.get("from")
    forwarded = message.get("forwarded_from")
    fields = Fields(
        authors=(author,) if isinstance(author, str) and author and author != channel else (),
        outlet=str(channel or ""),
        published=iso_date(str(message.get("date") or "")),
    )
    warnings = (f"Forwarded from “{forwarded}”.",) if isinstance(forwarded, str) and forwarded else ()
    return record_reading(Record(fields=fields, text=text, kind=SourceKind.WEB, warnings=warnings), READER, MEDIA_TYPE)


def words_of(value: Any) -> str:
    """The text of a message, which is a string or a list of strings and of entities with a text of their own."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("text") or "") if isinstance(piece, dict) else ""
        for piece in pieces
    )
