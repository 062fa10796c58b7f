"""The fields at the head of a Markdown file."""

from __future__ import annotations

import datetime
import re
from typing import Any

from briefing_app.model.reading import Fields
from briefing_app.readers.dates import iso_date
from briefing_app.readers.language import language_tag

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_MAX = 65_536


def split_front_matter(text: str) -> tuple[Fields, str]:
    """The fields, and the text after them; empty fields and the whole text where there are none.

    A block that is no mapping (a text that starts with a rule) stays in the text.
    """
    found = _BLOCK.match(text)
    if not found or len(found.group(1)) > _MAX:
        return Fields(), text
    values = _mapping(found.group(1))
    if values is None:
        return Fields(), text
    fields = Fields(
        title=_text(values, "title"),
        authors=_authors(values),
        outlet=_text(values, "outlet", "source", "publisher", "publication", "site"),
        published=iso_date(_text(values, "date", "published", "created")),
        language=language_tag(_text(values, "lang", "language")),
        url=_text(values, "url", "source_url", "canonical_url", "link"),
    )
    return fields, text[found.end() :]


def _mapping(block: str) -> dict[str, Any] | None:
    import yaml

    if re.search(r"(?:^|[\s\[{,:])[&*][\w-]", block):  # aliases can be nested until they fill the memory
        return None
    try:
        values = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _simple(block)
    if not isinstance(values, dict):
        return None
    return {str(key).lower(): value for key, value in values.items()}


def _simple(block: str) -> dict[str, Any] | None:
    """``key: value`` lines that are no YAML, as of an unquoted title with a colon in it."""
    pairs = [re.match(r"(\w[\w -]*):\s*(.*)", line) for line in block.split("\n") if line.strip()]
    if not pairs or not all(pairs):
        return None
    return {pair.group(1).lower(): pair.group(2).strip("\"' ") for pair in pairs if pair}


def _text(values: dict[str, Any], *names: str) -> str:
    for name in names:
        value = values.get(name)
        if isinstance(value, datetime.date | datetime.datetime):
            return value.isoformat()
        if isinstance(value, str | int | float) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    value = values.get("authors", values.get("author"))
    entries = value if isinstance(value, list) else [value]
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    parts = [part for name in names if isinstance(name, str) for part in re.split(r"\s*;\s*|\s+and\s+", name)]
    return tuple(" ".join(part.split()) for part in parts if part.strip())
