"""Bibliographic fields of a web page: from JSON-LD, meta elements and the page's head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing_app.model.reading import Fields
from briefing_app.readers.dates import address_date, iso_date
from briefing_app.readers.html_linked_data import LinkedData, linked_data
from briefing_app.readers.html_title import page_title
from briefing_app.readers.language import language_of
from briefing_app.readers.text_builder import one_line

_OUTLET = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "citation_journal_title",
    "al:android:app_name",
)
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author",
           "sailthru.author", "byl", "article:author_name", "og:article:author", "twitter:data1:author")  # fmt: skip
_DATE = ("article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dcterms.date",
         "dc.date.issued", "dcterms.created", "dcterms.issued", "pubdate", "publishdate", "publish-date",
         "publication_date", "published_time", "parsely-pub-date", "sailthru.date", "citation_publication_date",
         "citation_date", "article.published", "og:published_time", "ptime", "cxenseparse:recs:publishtime",
         "bt:pubdate", "article_date_original", "rnews:datepublished", "created", "dateline")  # fmt: skip
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)\s*(\S+)", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.{0,600}?)-->", re.DOTALL)
_BY = re.compile(r"^\s*(?:by|von|par|por|di|автор:?|от|بقلم:?)\s+", re.IGNORECASE)
_BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(byline|author|autor|auteur|contributor)(?:$|[\s_-])|rel-author", re.I)
_MAX_AUTHOR = 80


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the page says about itself, apart from its text. ``site`` is its own name for itself."""

    metas: dict[str, list[str]]
    data: LinkedData
    address: str
    site: str
    title: str
    description: str


def page_head(tree: Any, page: str, url: str = "") -> PageHead:
    """Read the page's own description. ``url`` is where a wrapping message says that it came from."""
    metas = _metas(tree)
    data = linked_data(tree)
    site = one_line(_first(metas, _OUTLET[:1]) or data.site or _first(metas, _OUTLET[1:]))
    return PageHead(
        metas,
        data,
        _address(tree, metas, page, url),
        site,
        page_title(tree, metas, data, site),
        one_line(_first(metas, ("og:description", "description", "twitter:description"))),
    )


def page_fields(tree: Any, head: PageHead, text: str) -> Fields:
    """The fields that the page gives; ``text`` is its article, for the language."""
    return Fields(
        title=head.title,
        authors=_authors(tree, head.metas, head.data),
        outlet=_outlet(head.site, head.address),
        published=_published(tree, head.metas, head.data, head.address),
        language=language_of(_language(tree, head.metas), text),
        url=head.address,
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of meta elements by their name in lower case; ``og:`` and the like are among them."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            for label in (meta.get(key) or "").lower().split():
                found.setdefault(label, []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _address(tree: Any, metas: dict[str, list[str]], page: str, url: str) -> str:
    """Canonical address, else where a browser says that it saved the page from, else what the wrapper says."""
    saved = _saved_from(page) or (url if _is_web(url) else "")
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for candidate in (*links, *metas.get("og:url", ()), saved):
        absolute = _absolute(saved, str(candidate).strip())
        if _is_web(absolute):
            return absolute
    return ""


def _absolute(base: str, url: str) -> str:
    try:
        absolute = urljoin(base, url) if base else url
    except ValueError:
        return ""
    return f"https:{absolute}" if absolute.startswith("//") else absolute


def _saved_from(page: str) -> str:
    for comment in _COMMENT.findall(page[:20_000]):
        found = _SAVED_FROM.search(comment) or _SINGLE_FILE.search(comment)
        if found and _is_web(found.group(1)):
            return str(found.group(1))
    return ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, url))


def _outlet(site: str, address: str) -> str:
    if site and len(site) <= 80:
        return site
    host = (urlsplit(address).hostname or "") if address else ""
    return host.removeprefix("www.")


def _language(tree: Any, metas: dict[str, list[str]]) -> str:
    root = tree.getroottree().getroot()
    names = ("content-language", "og:locale", "dc.language", "language", "inlanguage")
    xml = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    return root.get("lang") or xml or _first(metas, names)


def _authors(tree: Any, metas: dict[str, list[str]], data: LinkedData) -> tuple[str, ...]:
    if data.authors:
        return _clean_authors(data.authors)
    for name in _AUTHOR:
        cleaned = _clean_authors(tuple(metas.get(name, ())))
        if cleaned:
            return cleaned
    return _clean_authors(_bylines(tree))


def _bylines(tree: Any) -> tuple[str, ...]:
    """The shortest sensible byline in the page itself."""
    for element in tree.iter("a", "span", "p", "div", "address", "cite"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            name = element.xpath("string(.//*[@itemprop='name'])") or element.text_content()
            if one_line(name):
                return (name,)
    for element in tree.iter("a", "span", "p", "div", "address", "cite"):
        if _BYLINE_CLASS.search(element.get("class") or ""):
            text = one_line(element.text_content())
            if 3 < len(text) <= 60 and not any(char.isdigit() for char in text):
                return (text,)
    return ()


def _clean_authors(names: tuple[str, ...]) -> tuple[str, ...]:
    """Single names, without "By", addresses and repetitions."""
    cleaned: list[str] = []
    for name in names:
        name = _BY.sub("", one_line(name))
        if name.startswith(("http://", "https://", "/", "@", "{")) or "\\u" in name:
            continue
        for part in re.split(r"\s*[;|]\s*|\s+(?:and|und|et|и)\s+|,\s+(?=[^\W\d_]+\s)", name):
            part = part.strip(" ,.·•-–—") if not part.endswith(("Jr.", "Sr.")) else part.strip()
            if part and len(part) <= _MAX_AUTHOR and part not in cleaned and any(map(str.isalpha, part)):
                cleaned.append(part)
    return tuple(cleaned[:20])


def _published(tree: Any, metas: dict[str, list[str]], data: LinkedData, address: str) -> str:
    candidates = [data.published]
    candidates += [value for name in _DATE for value in metas.get(name, ())[:1]]
    candidates += _times(tree)
    for candidate in candidates:
        date = iso_date(one_line(candidate))
        if date:
            return date
    return address_date(urlsplit(address).path) if address else ""


def _times(tree: Any) -> list[str]:
    """Dates of ``time`` elements: those marked as the date of publication first, then one alone in the page."""
    marked, others = [], []
    for element in tree.iter("time", "abbr", "span", "meta"):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else "") or ""
        is_marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if is_marked or "published" in (element.get("class") or "").split():
            marked.append(value or element.get("content") or element.text_content())
        elif element.tag == "time" and value:
            others.append(value)
    return marked + (others[:1] if len({iso_date(value)[:10] for value in others}) == 1 else [])
