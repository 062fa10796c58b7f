"""Dates as exports print them and the window says them: the clock is read here and handed down, never below."""

from __future__ import annotations

import datetime

from briefing_app.errors import UsageError


def now() -> str:
    """The present time, to the minute, ISO 8601 with the local zone."""
    return datetime.datetime.now().astimezone().replace(second=0, microsecond=0).isoformat()


def parse_date(text: str) -> str:
    """``text`` (ISO 8601: a day, or a day and a time) as a time with a zone; UTC where it names none.

    Raises UsageError for anything else.
    """
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"“{text}” is no date.", "Write it as 2026-11-25, or 2026-11-25T14:30+01:00 with a time."
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.isoformat()


def in_words(text: str) -> str:
    """A time (ISO 8601) as the window says it, such as "17 Nov 2026 18:00 UTC"; empty where it is none."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{moment.day} {moment:%b %Y %H:%M} {moment:%Z}".rstrip()
