"""JSON Lines: one article an object, as scrapers and news archives export them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.dates import iso_date
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Nesting
from briefing_app.readers.records import Record, record_reading
from briefing_app.readers.splitting import split_lines

READER = "jsonl/1"
MEDIA_TYPE = "application/x-ndjson"
# The names under which archives have a field, the commonest first.
_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "publisher", "site_name", "sitename", "site", "domain"),
    "authors": ("author", "authors", "byline"),
    "published": ("date", "published", "published_at", "publishedAt", "date_published", "datePublished", "timestamp"),
    "language": ("language", "lang", "inLanguage"),
    "url": ("url", "link", "uri"),
    "text": ("text", "body", "content", "maintext", "article", "raw_text", "description"),
}


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The articles in order, ``line 1`` and so on; a single article has no name, as it is the whole file.

    Raises UnreadableFile where no line has anything.
    """
    if b"\n" not in data.strip():
        yield Member(file_name=name, reading=article(data, name))
        return
    met = False
    for part in split_lines(io.BytesIO(data), name):
        met = True
        nesting.take(name, len(part.data))
        try:
            if part.problem:
                raise UnreadableFile(part.problem)
            reading = article(part.data, f"{name}, {part.name}")
        except UnreadableFile as error:
            yield Member(name=part.name, file_name=name, data=part.data, problem=str(error))
        else:
            yield Member(name=part.name, file_name=name, data=part.data, reading=reading)
    if not met:
        raise failures.damaged(name, "a JSON Lines file", "there is no line in it")


def article(line: bytes, name: str) -> Reading:
    """One line. Raises UnreadableFile where it is no JSON object or has neither text nor title."""
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"“{name}” is not valid JSON.", "Export the articles again.") from error
    if not isinstance(record, dict):
        raise UnreadableFile(f"“{name}” is no JSON object.", "Every line must be one article, as an object.")
    text, title = _first(record, "text"), _first(record, "title")
    if not text and not title:
        raise UnreadableFile(f"“{name}” has neither a text nor a title.", "Export the articles with their texts.")
    url = _first(record, "url")
    fields = Fields(
        title=title,
        authors=_authors(record),
        outlet=_first(record, "outlet"),
        published=iso_date(_first(record, "published")),
        language=_first(record, "language"),
        url=url,
    )
    kind = SourceKind.WEB if url else SourceKind.TEXT
    return record_reading(Record(fields=fields, text=text, kind=kind), READER, MEDIA_TYPE)


def _first(record: Mapping[str, Any], field: str) -> str:
    """The first of a field's names that has words; of an object, its name."""
    for name in _NAMES[field]:
        words = _words(record.get(name))
        if words:
            return words
    return ""


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    return value.strip() if isinstance(value, str) else ""


def _authors(record: Mapping[str, Any]) -> tuple[str, ...]:
    for name in _NAMES["authors"]:
        value = record.get(name)
        found = tuple(filter(None, map(_words, value if isinstance(value, list) else [value])))
        if found:
            return found
    return ()
