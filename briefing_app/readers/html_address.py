"""Where a saved page came from and when it was saved: its own links, what browsers and archives write into it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing_app.readers.dates import iso_date

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)\s*(\S+)", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"Page saved with SingleFile\s+url:\s*(\S+)(?:\s+saved date:\s*([^\n]{4,80}))?", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(.{0,800}?)-->", re.DOTALL)
_BEGINNING = 20_000  # characters in which a browser's comment stands
_ARCHIVED = re.compile(
    r"(?:https?:)?(?://(?:web\.archive\.org|archive\.(?:today|is|ph|li|vn|fo|md)))?/(?:web/)?\d{4,14}(?:[a-z]{2}_)?/(https?:.+)",
    re.IGNORECASE,
)


def page_address(tree: Any, metas: dict[str, list[str]], page: str, url: str) -> str:
    """Canonical address, else where a browser says that it saved the page from, else ``url``, what a wrapper says.

    An address in an archive of the web is that of the archived page. A canonical address that is the site's front page
    is passed over for a page that was saved from elsewhere on it.
    """
    saved = original_address(saved_from(page)[0] or (url if is_web(url) else ""))
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for candidate in (*links, *metas.get("og:url", ())):
        absolute = original_address(_absolute(saved, str(candidate).strip()))
        if is_web(absolute) and not (saved and _is_front(absolute) and not _is_front(saved)):
            return absolute
    return saved


def saved_from(page: str) -> tuple[str, str]:
    """The address and the day that a browser wrote into the page when it saved it; empty where it wrote none."""
    for comment in _COMMENT.findall(page[:_BEGINNING]):
        single = _SINGLE_FILE.search(comment)
        found = single or _SAVED_FROM.search(comment)
        if found and is_web(found.group(1)):
            return str(found.group(1)), iso_date(found.group(2) or "")[:10] if single else ""
    return "", ""


def original_address(url: str) -> str:
    """The address that an archive of the web keeps a copy of; any other address as it is."""
    found = _ARCHIVED.fullmatch(url)
    return found.group(1) if found else url


def is_web(url: str) -> bool:
    """True for a whole address of http or https."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, url))
    except ValueError:
        return False


def _absolute(base: str, url: str) -> str:
    try:
        absolute = urljoin(base, url) if base else url
    except ValueError:
        return ""
    return f"https:{absolute}" if absolute.startswith("//") else absolute


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
