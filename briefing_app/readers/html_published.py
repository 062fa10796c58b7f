"""When the article of a page was published: linked data, meta elements, time elements, dates that stand by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from briefing_app.readers.dates import address_date, iso_date
from briefing_app.readers.html_linked_data import LinkedData
from briefing_app.readers.text_builder import one_line

_DECLARED = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
         "dc.date.issued", "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date",
         "publication_date", "published_time", "parsely-pub-date", "sailthru.date", "citation_publication_date",
         "citation_date", "article.published", "og:published_time", "ptime", "cxenseparse:recs:publishtime",
         "bt:pubdate", "article_date_original", "rnews:datepublished", "mediator_published_time", "created",
         "dateline", "publication-date", "originalpublicationdate", "_pubtime", "weibo:article:create_at")  # fmt: skip
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|time|timestamp|dateline|pub-?date|published|posted-?on|entry-date|data|fecha|datum)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AROUND = ("nav", "aside", "footer")
_LONGEST = 80  # characters of an element that is a date


def published(tree: Any, metas: dict[str, list[str]], data: LinkedData, address: str) -> str:
    """A partial ISO date, with the time and the zone where they are given; empty where no date is.

    Of several ways in which the page gives the same moment, the one with the outlet's own zone is taken.
    """
    declared = [date for date in map(_date, (data.published, *_metas(metas))) if date]
    if declared:
        return _with_own_zone(declared)
    for candidate in _times(tree):
        if _date(candidate):
            return _date(candidate)
    in_address = address_date(urlsplit(address).path) if address else ""
    if len(in_address) == 10:
        return in_address
    return next(filter(None, map(_date, _shown(tree))), "") or in_address


def _metas(metas: dict[str, list[str]]) -> Iterator[str]:
    for name in _DECLARED:
        yield from metas.get(name, ())[:1]


def _date(text: str) -> str:
    return iso_date(one_line(text))


def _with_own_zone(dates: list[str]) -> str:
    """The first date, or another that is the same moment and names a zone other than UTC."""
    moment = _moment(dates[0])
    for other in dates[1:]:
        if moment and other[-6:-5] in ("+", "-") and other[-6:] != "+00:00" and _moment(other) == moment:
            return other
    return dates[0]


def _moment(date: str) -> datetime | None:
    """The moment of a date with a time and a zone."""
    if "T" not in date or not (date.endswith("Z") or date[-6:-5] in ("+", "-")):
        return None
    try:
        return datetime.fromisoformat(date)
    except ValueError:
        return None


def _times(tree: Any) -> list[str]:
    """Dates of marked elements, then of the first ``time`` element that stands in the article itself."""
    marked, others = [], []
    for element in tree.iter("time", "abbr", "span", "meta", "p", "div"):
        value = element.get("datetime") or element.get("content") or ""
        if element.tag == "abbr":
            value = element.get("title") or ""
        if _is_marked(element):
            marked.append(value or _text(element))
        elif element.tag == "time" and value and not _is_around(element):
            others.append(value)
    return [*marked, *others[:1]]


def _is_marked(element: Any) -> bool:
    """True where microdata or a microformat calls it the date of publication."""
    if "datePublished" in (element.get("itemprop") or "").split() or element.get("pubdate") is not None:
        return True
    return element.tag in ("time", "abbr") and "published" in (element.get("class") or "").split()


def _shown(tree: Any) -> Iterator[str]:
    """The text of short elements whose class calls them a date, in document order."""
    for element in tree.iter("span", "div", "p", "time", "li", "em", "small", "td"):
        if _DATE_CLASS.search(element.get("class") or "") and not _is_around(element):
            text = _text(element)
            if text and len(text) <= _LONGEST:
                yield text


def _is_around(element: Any) -> bool:
    """True for what stands beside the article, or is not shown."""
    return any(above.tag in _AROUND or "none" in (above.get("style") or "") for above in element.iterancestors())


def _text(element: Any) -> str:
    return one_line(" ".join(map(str, element.itertext())))
