"""Bibliographic fields of a web page: what it says of itself in its head, its linked data and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing_app.model.reading import Fields
from briefing_app.readers import markings
from briefing_app.readers.html_address import page_address, saved_from
from briefing_app.readers.html_authors import page_authors
from briefing_app.readers.html_linked_data import LinkedData, linked_data
from briefing_app.readers.html_published import published
from briefing_app.readers.html_title import page_title
from briefing_app.readers.language import detect_language, language_of
from briefing_app.readers.text_builder import one_line

_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher", "citation_journal_title",
         "al:android:app_name", "apple-mobile-web-app-title")  # fmt: skip
_HOSTS_OF_MANY = (
    "medium",
    "substack",
    "tumblr",
    "wordpress.com",
    "blogger",
    "livejournal",
    "telegra.ph",
    "дзен",
    "dzen",
)
_DESCRIPTION = ("og:description", "description", "twitter:description")
_LANGUAGE = ("content-language", "og:locale", "dc.language", "language", "inlanguage")
# Languages that a detector takes for each other: what the page declares stands.
_ALIKE = ({"no", "nb", "nn", "da", "sv"}, {"sr", "hr", "bs", "sl", "mk", "bg"}, {"id", "ms"}, {"cs", "sk"},
          {"pt", "gl", "es", "ca"}, {"zh", "zh-Hans", "zh-Hant"}, {"fa", "ar", "ur", "ps"})  # fmt: skip
# Languages that a page's declaration is corrected to: of others a detector knows too little.
_DETECTED = frozenset(
    "en ru uk be de fr es it pt nl pl ar fa he zh ja ko tr cs sk hu ro bg sr el sv no da fi ka hy".split()
)
_CERTAIN = 400  # characters of a text whose language is told for certain
_LONGEST_SITE = 80


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the page says about itself, apart from its text.

    ``site`` is its own name for itself; ``accessed`` the day on which a browser says that it saved the page.
    """

    metas: dict[str, list[str]]
    data: LinkedData
    address: str
    site: str
    title: str
    description: str
    accessed: str


def page_head(tree: Any, page: str, url: str = "") -> PageHead:
    """Read the page's own description. ``url`` is where a wrapping message says that it came from."""
    metas = _metas(tree)
    data = linked_data(tree)
    address = page_address(tree, metas, page, url)
    site = _site(metas, data)
    title = page_title(tree, metas, data, site, _host(address))
    description = one_line(next((metas[name][0] for name in _DESCRIPTION if name in metas), ""))
    return PageHead(metas, data, address, site or title.site, title.text, description, saved_from(page)[1])


def page_fields(tree: Any, head: PageHead, text: str) -> Fields:
    """The fields that the page gives; ``text`` is its article, for the language."""
    return Fields(
        title=head.title,
        authors=page_authors(tree, head.metas, head.data),
        outlet=head.site or _host(head.address),
        published=published(tree, head.metas, head.data, head.address),
        language=_language(_declared_language(tree, head.metas), text),
        url=head.address,
        accessed=head.accessed,
        marking=_marking(head.metas, text),
    )


def _marking(metas: dict[str, list[str]], text: str) -> str:
    """The highest marking of those in the page's meta elements and in the first and last line of its article."""
    pairs = ((name, value) for name, values in metas.items() for value in values)
    return markings.highest((*markings.in_properties(pairs), *markings.in_edges(markings.edges_of(text))))


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of meta elements by their name in lower case; ``og:`` and the like are among them.

    Dublin Core is written with a colon and with a dot: here it has the dot.
    """
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            for label in (meta.get(key) or "").lower().split():
                found.setdefault(re.sub(r"^(dc|dcterms?):", r"\1.", label), []).append(content)
    return found


def _site(metas: dict[str, list[str]], data: LinkedData) -> str:
    """The outlet's name for itself; on a host of many outlets the publisher that it names."""
    declared = one_line(metas.get(_SITE[0], [""])[0])
    if declared.casefold() in _HOSTS_OF_MANY and data.site:
        declared = ""
    names = (declared, data.site, *(metas[name][0] for name in _SITE if name in metas))
    return next((name for name in map(one_line, names) if 0 < len(name) <= _LONGEST_SITE), "")


def _host(address: str) -> str:
    return ((urlsplit(address).hostname or "") if address else "").removeprefix("www.")


def _declared_language(tree: Any, metas: dict[str, list[str]]) -> str:
    root = tree.getroottree().getroot()
    xml = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    return root.get("lang") or xml or next((metas[name][0] for name in _LANGUAGE if name in metas), "")


def _language(declared: str, text: str) -> str:
    """The declared language, unless the text is long enough to show that it is another one."""
    language = language_of(declared, text)
    if not declared or len(text) < _CERTAIN:
        return language
    detected = detect_language(text)
    same = detected == language or any({detected, language} <= alike for alike in _ALIKE)
    return language if same or detected not in _DETECTED else detected
