"""Exports of Telegram channels and chats as JSON (``result.json``): each message with words is a source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from briefing_app.readers import failures
from briefing_app.readers.dates import iso_date
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Names, Nesting
from briefing_app.readers.telegram_post import Post, post_reading

MEDIA_TYPE = "application/json"
_KIND = "an export of a Telegram channel"
_REPLY = "reply_to_text"  # our own key, in a message kept by itself: the words of the message that it answers


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
        messages = [entry for entry in chat.get("messages") or () if isinstance(entry, dict)]
        messages = [entry for entry in messages if entry.get("type", "message") == "message"]
        said = {str(entry["id"]): words for entry in messages if "id" in entry and (words := _words(entry)).strip()}
        left_out = sum(1 for entry in messages if not _words(entry).strip())
        for message in messages:
            if not _words(message).strip():
                continue
            met = True
            reply = said.get(str(message.get("reply_to_message_id", "")), "") or str(message.get(_REPLY) or "")
            kept = {**message, _REPLY: reply} if reply else message
            raw = json.dumps({**_about(chat), "messages": [kept]}, ensure_ascii=False, indent=1)
            nesting.take(name, len(raw))
            yield Member(
                name=names.unique(f"message {message.get('id', '')}".strip()),
                file_name=name,
                data=raw.encode("utf-8", "replace"),
                reading=post_reading(_post(chat, message, reply), MEDIA_TYPE, left_out),
            )
            left_out = 0
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


def _post(chat: Mapping[str, Any], message: Mapping[str, Any], reply: str) -> Post:
    author = message.get("author") or message.get("from")
    forwarded = message.get("forwarded_from")
    channel = chat.get("name")
    return Post(
        channel=channel if isinstance(channel, str) else "",
        author=author if isinstance(author, str) else "",
        published=_date(message),
        text=_words(message),
        forwarded=forwarded if isinstance(forwarded, str) else "",
        reply=reply,
        links=tuple(_links(message)),
    )


def _date(message: Mapping[str, Any]) -> str:
    """The local time of the export, with its zone where the time since 1970 tells it."""
    local = iso_date(str(message.get("date") or ""))
    try:
        moment = datetime.fromisoformat(local)
        since = datetime.fromtimestamp(int(str(message.get("date_unixtime"))), UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return local
    ahead = moment.replace(tzinfo=None) - since
    if moment.tzinfo or len(local) < 19 or abs(ahead) > timedelta(hours=14) or ahead.total_seconds() % 900:
        return local
    minutes = int(ahead.total_seconds() // 60)
    return f"{local}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _words(message: Mapping[str, Any]) -> str:
    return words_of(message.get("text")) or words_of(message.get("text_entities"))


def _links(message: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for pieces in (message.get("text"), message.get("text_entities")):
        for piece in pieces if isinstance(pieces, list) else ():
            if isinstance(piece, dict) and isinstance(piece.get("href"), str):
                yield str(piece.get("text") or ""), piece["href"]


def words_of(value: Any) -> str:
    """The text of a message, which is a string or a list of strings and of entities with a text of their own."""
    if isinstance(value, str):
        return value
    pieces = value if isinstance(value, list) else []
    return "".join(
        piece if isinstance(piece, str) else str(piece.get("text") or "") if isinstance(piece, dict) else ""
        for piece in pieces
    )
