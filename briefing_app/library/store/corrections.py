"""What an analyst may set on a source, checked with messages that say what would be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefing_app.errors import UsageError
from briefing_app.library.store.records import is_real_date, tidy
from briefing_app.model.grading import Reliability

CORRECTABLE = (
    *("title", "authors", "outlet", "published", "accessed", "language", "url"),
    *("reliability", "descriptor", "marking"),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):\S+")
_SCHEMES = ("http", "https", "ftp", "mailto", "urn", "doi")  # what an address may begin with: none that a click runs
_TAG_LENGTH = 100
_NOTE_LENGTH = 20_000
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def check_corrections(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields in the form in which they are kept. Raises UsageError for an unknown name or impossible value."""
    checked: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in CORRECTABLE:
            raise UsageError(f"A source has no field “{name}” to correct.", f"Fields: {', '.join(CORRECTABLE)}.")
        checked[name] = None if value is None else _check(name, value)
    return checked


def _check(name: str, value: Any) -> Any:
    if name == "authors":
        names = [value] if isinstance(value, str) else list(value)
        return [author for given in names if (author := tidy(str(given)))]
    text = tidy(str(value))
    if name in ("published", "accessed") and not is_real_date(text):
        raise UsageError(f"“{text}” is not a date.", "Write it as 2026-11-03, 2026-11 or 2026, or leave it empty.")
    if name == "language" and text and not _LANGUAGE.fullmatch(text):
        raise UsageError(f"“{text}” is not a language code.", "Write a code such as en, ru or pt-BR.")
    if name == "url" and text and not is_address(text):
        raise UsageError(
            f"“{text}” is not an address that a source can have.",
            f"Write it whole, such as https://example.org/article; it begins with {', '.join(_SCHEMES)}.",
        )
    if name == "reliability" and text and text.upper() not in Reliability.__members__:
        raise UsageError(f"“{text}” is not a reliability.", "Grade a source from A to F, or leave it empty.")
    if name == "language":
        return text.lower() if "-" not in text and "_" not in text else text.replace("_", "-")
    return text.upper() if name == "reliability" else text


def is_address(text: str) -> bool:
    """True for an address by which a reader can come to a source: a page, a file on a server, a mail, a name."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and found[1].lower() in _SCHEMES


def check_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without doubles or empty ones, in order. Raises UsageError for one that is too long."""
    kept: dict[str, str] = {}
    for given in [tags] if isinstance(tags, str) else tags:
        tag = tidy(given)
        if len(tag) > _TAG_LENGTH:
            raise UsageError(f"The tag “{tag[:40]}…” is too long.", f"Keep a tag under {_TAG_LENGTH} characters.")
        if tag:
            kept.setdefault(tag.casefold(), tag)
    return tuple(kept.values())


def check_note(text: str) -> str:
    """A note as it is kept: its lines without control characters and without empty ones around them."""
    lines = [_UNWRITABLE.sub(" ", line).rstrip() for line in text.splitlines()]
    note = "\n".join(lines).strip("\n")
    if len(note) > _NOTE_LENGTH:
        raise UsageError(f"The note is too long ({len(note)} characters).", f"Keep it under {_NOTE_LENGTH} characters.")
    return note
