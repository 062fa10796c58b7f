"""The title of the article in a page, chosen among what the page says in several places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from briefing_app.readers.html_linked_data import LinkedData
from briefing_app.readers.text_builder import one_line

_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»·•:]+\s+|\s*[|»]\s*")
_AFTER_SITE = re.compile(r"\s*[:|–—-]\s+")
_IN_BRACKETS = re.compile(r"\s*[\[(]([^\[\]()]{2,60})[\])]\s*$")
_LONGEST, _LONGEST_SITE = 500, 60
_HEADINGS = 12  # first headings of a page that are looked at
_DECLARED = ("dc.title", "dcterms.title", "citation_title", "og:title", "twitter:title", "parsely-title",
             "sailthru.title", "weibo:article:title", "weibo:webpage:title", "title", "headline")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageTitle:
    """The article's title, and the site's name where it could be told from what was cut off."""

    text: str
    site: str = ""


def page_title(tree: Any, metas: dict[str, list[str]], data: LinkedData, site: str, host: str = "") -> PageTitle:
    """The first declared title that the page shows too, else the first declared one, else the page's ``<title>``.

    Declared titles are JSON-LD's and those of meta elements; shown is what stands in ``<title>`` or a heading. The
    site's own name is cut off at either end; where the page names no site, its name is told by what ``<title>`` has
    beyond the heading, if the address's ``host`` is like it.
    """
    headings = _headings(tree)
    element = next(iter(tree.iter("title")), None)
    own = _words(element)[:_LONGEST] if element is not None else ""
    site = site or _site_in(own, headings, host)
    declared = [one_line(data.headline), *(one_line(metas[name][0]) for name in _DECLARED if name in metas)]
    declared = [title[:_LONGEST] for title in (*declared, one_line(data.name)) if _folded(title)]
    shown = "\n".join(map(_folded, (own, *headings)))
    title = next((title for title in declared if _folded(title) in shown), "")
    title = title or (declared[0] if declared else "")
    heading = headings[0] if len(set(headings)) == 1 else ""
    if title:
        return PageTitle(_without_site(title, site, headings), site)
    return PageTitle(_shortened(own, site, heading) if own else heading, site)


def _headings(tree: Any) -> list[str]:
    found = (_words(element) for element in islice(tree.iter("h1"), _HEADINGS))
    return [heading for heading in found if _folded(heading)]


def _words(element: Any) -> str:
    return one_line("".join(map(str, element.itertext())))


def _site_in(title: str, headings: list[str], host: str) -> str:
    """What ``<title>`` has after or before the heading, where its letters stand in the host's name too."""
    letters = re.sub(r"\W", "", host.casefold())
    parts = list(_SEPARATOR.finditer(title))
    for rest in (title[parts[-1].end() :], title[: parts[0].start()]) if parts else ():
        folded = _folded(rest).replace(" ", "")
        if len(folded) >= 3 and len(rest) <= _LONGEST_SITE and (folded in letters or letters in folded):
            return rest.strip()
    for heading in headings:
        for part in parts[-1:]:
            if _same(title[: part.start()], heading) and len(title[part.end() :]) <= _LONGEST_SITE:
                return title[part.end() :].strip()
    return ""


def _without_site(title: str, site: str, headings: list[str]) -> str:
    """The title without " | Site", " [Site]" or "Site: " where that is the site's name, or no part of its heading."""
    bracket = _IN_BRACKETS.search(title)
    if bracket and _same(bracket.group(1), site):
        title = title[: bracket.start()]
    first = _AFTER_SITE.search(title)
    if first and _same(title[: first.start()], site) and title[first.end() :].strip():
        return title[first.end() :].strip()
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title
    last = parts[-1]
    for heading in headings:
        if _same(title[: last.start()], heading):
            return heading
    if _same(title[last.end() :], site) and title[: last.start()].strip():
        return title[: last.start()].strip()
    return title


def _shortened(title: str, site: str, heading: str) -> str:
    """``<title>`` cut to the article's own words: at a separator, or to the heading that it contains."""
    cut = _without_site(title, site, [heading] if heading else [])
    if cut != title:
        return cut
    if heading and len(heading.split()) >= 3 and _folded(heading) in _folded(title):
        return heading
    parts = list(_SEPARATOR.finditer(title))
    if parts:
        before = title[: parts[-1].start()].strip()
        after = title[parts[0].end() :].strip()
        if len(before.split()) >= 3:
            return before
        if len(after.split()) >= 3:
            return after
    return title


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _same(one: str, other: str) -> bool:
    left, right = _folded(one), _folded(other)
    return bool(left) and (left == right or left.replace(" ", "") == right.replace(" ", ""))
