"""The values of fields in the query line: grades, states, kinds of source, days of import.

Every function gives None for what has no meaning. ``unfinished`` is for a value that is still being typed: the
beginning of a single known word stands for it. Nothing here reads a clock.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from briefing_app.library.store.records import is_real_date
from briefing_app.model.grading import Reliability
from briefing_app.model.source import SourceKind

FLAGS = ("starred", "unread", "read", "new", "kept", "dropped", "reprint", "scan", "noted")
KINDS = tuple(str(kind) for kind in SourceKind)
GRADES = tuple(str(grade) for grade in Reliability)
UNGRADED = "none"
_DAYS = ("today", "yesterday", "week", "month")

_RANGE = re.compile(r"\.{2,3}|…")
_GRADES = re.compile(r"([A-F])(?:\s*(?:[-−–—]|\.{2,3}|…)\s*([A-F]))?")

Days = tuple[datetime.date | None, datetime.date | None]
"""The first and the last day of a range, both of which count; None where it is open."""


def flag(value: str, *, unfinished: bool = False) -> str | None:
    """The state that ``is:value`` asks for, one of FLAGS."""
    return _word(value, FLAGS, unfinished)


def kind(value: str, *, unfinished: bool = False) -> str | None:
    """The kind of source that ``kind:value`` asks for, one of KINDS."""
    return _word(value, KINDS, unfinished)


def grades(value: str, *, unfinished: bool = False) -> tuple[str, ...] | None:
    """The grades of ``grade:B``, ``grade:A-C`` or ``grade:A,C``; UNGRADED stands for sources without one."""
    if _word(value, (UNGRADED,), unfinished and len(value) > 1):
        return (UNGRADED,)
    if unfinished:
        value = value.rstrip("-−–—.…, ")
    found: dict[str, None] = {}
    for part in value.upper().split(","):
        bounds = _GRADES.fullmatch(part.strip())
        if bounds is None:
            return None
        first, last = sorted((bounds[1], bounds[2] or bounds[1]))
        found.update(dict.fromkeys(GRADES[GRADES.index(first) : GRADES.index(last) + 1]))
    return tuple(found)


def days(value: str, today: datetime.date, *, unfinished: bool = False) -> Days | None:
    """The days of ``added:``: today, yesterday, week, month (the last 7 and 30 days), a date, or a range ``a..b``.

    A date may stop at the year or the month; either end of a range may be left away.
    """
    parts = _RANGE.split(value.strip())
    if len(parts) == 1:
        return _span(parts[0], today, unfinished)
    if len(parts) != 2:
        return None
    first, last = (part.strip() for part in parts)
    begin = _span(first, today, False) if first else (None, None)
    end = _span(last, today, unfinished) if last else (None, None)
    if end is None and unfinished:
        end = (None, None)
    return None if begin is None or end is None else (begin[0], end[1])


def _span(value: str, today: datetime.date, unfinished: bool) -> Days | None:
    word = _word(value, _DAYS, unfinished)
    if word is not None:
        back = {"today": 0, "yesterday": 1, "week": 6, "month": 29}[word]
        first = today - datetime.timedelta(days=back)
        return first, first if word == "yesterday" else today
    if not value.strip() or not is_real_date(value.strip()):
        return None
    year, month, day = (*[int(part) for part in value.strip()[:10].split("-")], 0, 0)[:3]
    first = datetime.date(year, month or 1, day or 1)
    if day:
        return first, first
    if month == 12 or not month:
        return first, datetime.date(year, 12, 31)
    return first, datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)


def minute(moment: datetime.datetime) -> int:
    """A moment, with its time zone, as the index has it: YYYYMMDDhhmm in UTC."""
    return int(moment.astimezone(datetime.UTC).strftime("%Y%m%d%H%M"))


def minutes(span: Days) -> tuple[int, int]:
    """The first and the last minute of days as they are counted where this machine is; (0, 0) for none at all."""
    low, high = 1, 9999_12_31_23_59
    first, last = span
    try:
        if first is not None:
            low = minute(datetime.datetime.combine(first, datetime.time.min).astimezone())
        if last is not None:
            high = minute(datetime.datetime.combine(last, datetime.time(23, 59)).astimezone())
    except (OverflowError, ValueError, OSError):  # at the very ends of the calendar
        pass
    return (low, high) if low <= high else (0, 0)


def _word(value: str, known: Iterable[str], unfinished: bool) -> str | None:
    wanted = value.strip().casefold()
    if wanted in known:
        return wanted
    begun = [word for word in known if word.startswith(wanted)] if unfinished and wanted else []
    return begun[0] if len(begun) == 1 else None
