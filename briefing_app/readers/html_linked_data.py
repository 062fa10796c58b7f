"""What a page's JSON-LD says about the article in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle",
             "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "TechArticle", "ScholarlyArticle",
             "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "AdvertiserContentArticle",
             "SatiricalArticle", "MedicalScholarlyArticle")  # fmt: skip
_MAX_BYTES = 2_000_000
# What hides scripts from programs that know none: <![CDATA[ ... ]]> and <!-- ... -->, themselves in comments or not.
_WRAPPED = re.compile(r"\A\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*\Z")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """Fields of the first article that the page describes; empty where it describes none."""

    headline: str = ""
    name: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    site: str = ""
    body: str = ""


def linked_data(tree: Any) -> LinkedData:
    """Read the page's JSON-LD; what is no JSON is passed over."""
    objects = list(_objects(tree))
    site = next((_name(entry) for entry in objects if "WebSite" in _types(entry)), "")
    for entry in objects:
        if any(kind in _ARTICLES for kind in _types(entry)):
            return LinkedData(
                headline=_text(entry.get("headline")),
                name=_name(entry),
                authors=tuple(_names(entry.get("author")) or _names(entry.get("creator"))),
                published=_text(entry.get("datePublished")) or _text(entry.get("dateCreated")),
                site=next(iter(_names(entry.get("publisher"))), "") or site,
                body=_text(entry.get("articleBody")),
            )
    return LinkedData(site=site)


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = _WRAPPED.sub("", script.text or "").strip()
        if not text or len(text) > _MAX_BYTES:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _flat(value)


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        entry = pending.pop(0)
        if isinstance(entry, list):
            pending[:0] = entry[:100]
        elif isinstance(entry, dict):
            yield entry
            pending[:0] = [entry[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in entry]


def _types(entry: dict[str, Any]) -> list[str]:
    kind = entry.get("@type")
    return [str(item).rsplit("/", 1)[-1] for item in (kind if isinstance(kind, list) else [kind])]


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _name(entry: dict[str, Any]) -> str:
    return _text(entry.get("name"))


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict):
        found = value.get("name")
        return _names(found) if isinstance(found, list) else [name for name in [_name(value)] if name]
    return [name for name in [_text(value)] if name]
