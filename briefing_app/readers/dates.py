"""Dates as files give them, to ISO 8601 cut to what is known. A date that cannot be told is an empty string."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from briefing_app.model.source import is_partial_date

_ISO = re.compile(
    r"(?<!\d)(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?"
    r"(?:[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_COMPACT = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)?(\d\d)?(?:\d\d)*")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan января январь", "february feb февраля февраль", "march mar марта март",
            "april apr апреля апрель", "may мая май", "june jun июня июнь", "july jul июля июль",
            "august aug августа август", "september sep sept сентября сентябрь",
            "october oct октября октябрь", "november nov ноября ноябрь", "december dec декабря декабрь",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|-го)?\.?\s+(?:of\s+)?([^\W\d_]{3,10})\.?,?\s+(\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,10})\.?,?\s+(\d{4})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-]|$|\.)")


def iso_date(text: str) -> str:
    """``text`` (ISO, RFC 2822, "3 November 2026", "Nov. 3, 2026", compact digits) as a partial ISO date."""
    text = text.strip()
    if not text or len(text) > 200:
        return ""
    iso = _ISO.match(text)
    if iso:
        return _checked(*iso.groups())
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _checked(*compact.groups())
    return _spelled(text) or _rfc_2822(text)


def mail_date(text: str) -> str:
    """A Date header as an ISO date and time with its zone, or what part of it can be read."""
    return _rfc_2822(text) or iso_date(text)


def pdf_date(text: str) -> str:
    """``D:20261103120000+01'00'`` as a date; the clock time of making a file is no date of publication."""
    found = _COMPACT.match(text.strip())
    return _checked(*found.groups()) if found else iso_date(text)


def address_date(url: str) -> str:
    """The date in a path such as ``/2026/11/03/``."""
    found = _IN_ADDRESS.search(url)
    return _checked(*found.groups()) if found else ""


def _spelled(text: str) -> str:
    for pattern, order in ((_DAY_MONTH, (3, 2, 1)), (_MONTH_DAY, (3, 1, 2)), (_MONTH_YEAR, (2, 1, 0))):
        found = pattern.search(text)
        month = _MONTHS.get(found.group(order[1]).lower()) if found else None
        if found and month:
            return _checked(found.group(order[0]), str(month), found.group(order[2]) if order[2] else None)
    return ""


def _rfc_2822(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
    return _checked_moment(moment)


def _checked_moment(moment: datetime) -> str:
    if not 1800 <= moment.year <= 2999:
        return ""
    text = moment.isoformat(timespec="seconds")
    return text if is_partial_date(text) else moment.date().isoformat()


def _checked(
    year: str | None,
    month: str | None = None,
    day: str | None = None,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: str | None = None,
) -> str:
    """The longest leading part that is a true date."""
    if not year or not 1800 <= int(year) <= 2999:
        return ""
    if not month or not 1 <= int(month) <= 12:
        return year
    known = f"{year}-{int(month):02d}"
    if not day:
        return known
    try:
        datetime(int(year), int(month), int(day))
    except ValueError:
        return known
    known += f"-{int(day):02d}"
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return known
    clock = f"{known}T{int(hour):02d}:{minute}" + (f":{second}" if second and int(second) < 60 else "")
    offset = {"UTC": "Z", "GMT": "Z", None: ""}.get(zone, zone) or ""
    if len(offset) == 5:
        offset = f"{offset[:3]}:{offset[3:]}"
    return clock + offset if is_partial_date(clock + offset) else known
