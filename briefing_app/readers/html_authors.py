"""Who wrote the article of a page: from linked data, meta elements and bylines, as single names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from briefing_app.readers.html_linked_data import LinkedData
from briefing_app.readers.text_builder import one_line

_DECLARED = ("dc.creator", "dcterms.creator", "author", "article:author", "citation_author", "parsely-author",
             "sailthru.author", "byl", "article:author_name", "og:article:author", "twitter:data1:author")  # fmt: skip
_ELEMENTS = ("a", "span", "p", "div", "address", "cite", "em", "strong", "b", "li", "h2", "h3", "h4", "h5")
_NAME_CLASS = re.compile(r"(?:author|byline|writer|contributor)s?[-_]*(?:full)?[-_]?name|by-?author|rel-author", re.I)
_BYLINE_CLASS = re.compile(r"byline|(?<![a-z])(?:author|autor|auteur|avtor|contributor|writtenby)s?(?![a-z])", re.I)
_BY = re.compile(
    r"^\s*(?:(?:written|reported|posted|published|story|text|analysis|opinion|words|edited)\s+by\b|by\b|von\b|par\b|por\b"
    r"|di\b|door\b|av\b|af\b|автор(?:ы)?\b|текст\b|авторка\b|от\b|від\b|بقلم|كتب|كتبت|作者|记者|記者|文)\s*[:：︱|／/]?\s*",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:follow|view|see|more|about|contact|e-?mail|read|all|show|share|written|posted|published|updated|last|все|подробнее)\b"
    r"|^(?:admin|administrator|root|user|null|undefined|none|n/a|unknown|editor|author|автор|default)$|^[@/{]|\\u",
    re.IGNORECASE,
)
_POSTS_BY = re.compile(r"^(?:view|see|show|read)?\s*(?:all|more)?\s*(?:posts|articles|stories)?\s*(?:by|from)\s+", re.I)
_TOGETHER = re.compile(r"\((?:avec|with|mit|con|с|та|и|і)\s+([^()]+)\)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*[;|•·/\n、،]\s*|\s+(?:and|und|et|и|та|og|och|&|with|avec|mit)\s+|\s+(?-i:y|e|i|і)\s+(?=\S+\s+\S)"
    r"|,\s*(?:and\s+)?(?=[^\W\d_]+[\s.])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[(<\[]?(?:https?:|www\.)\S*", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s,(–—-]+)(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\w*\.?,?\s+)*"
    r"\d.*$",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = (
    r"(?:editor|editor-in-chief|reporter|correspondent|writer|columnist|contributor|journalist|producer|analyst|fellow"
    r"|professor|blogger|photographer|bureau chief|redakteur(?:in)?|korrespondent(?:in)?|journaliste|periodista"
    r"|обозреватель|корреспондент|журналист|редактор|колумнист|кореспондент)s?"
)
_ROLE_AFTER = re.compile(
    rf"^(?P<name>.+?)(?:\s*[,–—-]\s*|\s+)(?P<kind>(?:[\w'’&.-]+\s+){{0,4}}){_ROLE}\b.*$", re.IGNORECASE
)
_ROLE_ALONE = re.compile(rf"(?:[\w'’&.-]+\s+){{0,4}}{_ROLE}", re.IGNORECASE)
_LONGEST, _MOST = 80, 20


def page_authors(tree: Any, metas: dict[str, list[str]], data: LinkedData) -> tuple[str, ...]:
    """The names that linked data gives, else meta elements, else a byline that the page shows."""
    for names in (data.authors, *(metas.get(name, ()) for name in _DECLARED)):
        cleaned = single_names(names)
        if cleaned:
            return cleaned
    return single_names(_bylines(tree))


def single_names(bylines: Iterable[str]) -> tuple[str, ...]:
    """Single names of bylines, without "By", roles, dates, addresses, handles and repetitions."""
    found: list[str] = []
    for byline in bylines:
        byline = _ADDRESS.sub("", one_line(byline).replace("\u00a0", " "))
        byline = _TOGETHER.sub(r"; \1", _POSTS_BY.sub("", _BY.sub("", byline)))
        for part in _BETWEEN.split(byline):
            name = _name(part or "")
            if found and _ROLE_ALONE.fullmatch(name):
                continue
            if name and name.casefold() not in map(str.casefold, found):
                found.append(name)
    return tuple(found[:_MOST])


def _name(text: str) -> str:
    """One name out of a part of a byline; empty where it is none."""
    text = re.sub(r"\S+@\S+|(?<!\w)@\w+", "", _DATED.sub("", _BY.sub("", text)))
    role = _ROLE_AFTER.match(text)
    if role:
        text = _without_role(role)
    text = " ".join(text.split()).strip(' ,:·•|–—-"“”')
    text = text if re.search(r"\b(?:jr|sr|[^\W\d_])\.$", text, re.IGNORECASE) else text.rstrip(".")
    if _NO_NAME.search(text) or len(text) > _LONGEST or len(text.split()) > 8 or not any(map(str.isalpha, text)):
        return ""
    return text


def _without_role(found: re.Match[str]) -> str:
    """ "Jane Doe" of "Jane Doe, Moscow correspondent" and of "Jane Doe Games Editor"; a role alone stays as it is."""
    name, kind, text = found["name"].split(), found["kind"].split(), found.string
    if re.search(r"[,–—-]\s*$", text[: found.start("kind")]):
        return found["name"]
    words = [*name, *kind]
    if len(words) < 2 or not all(word[:1].isupper() for word in words[:2]):
        return text
    return " ".join(words[: max(2, len(words) - 1)])


def _bylines(tree: Any) -> list[str]:
    """What the page marks as the author's name, else its first byline that is short."""
    marked, named, lines = [], [], []
    for element in tree.iter(*_ELEMENTS):
        names = element.get("class") or ""
        if element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split():
            inner = element.xpath("string(.//*[@itemprop='name'])")
            marked.append(one_line(inner or _text(element)))
        elif names and _NAME_CLASS.search(names):
            named.append(_text(element))
        elif names and _BYLINE_CLASS.search(names):
            lines.append(_text(element))
    for found in (marked, named, lines):
        sensible = [text for text in found if 3 < len(text) <= _LONGEST and single_names([text])]
        if sensible:
            return sensible[:1]
    return []


def _text(element: Any) -> str:
    return one_line(" ".join(map(str, element.itertext())))
