"""The title of the article in a page, chosen among what the page says in several places."""

from __future__ import annotations

import re
from typing import Any

from briefing_app.readers.html_linked_data import LinkedData
from briefing_app.readers.text_builder import one_line

_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»·•:]+\s+|\s*[|»]\s*")
_LONGEST = 500
_DECLARED = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title",
             "sailthru.title", "weibo:article:title", "weibo:webpage:title", "title", "headline")  # fmt: skip


def page_title(tree: Any, metas: dict[str, list[str]], data: LinkedData, site: str) -> str:
    """The first declared title that the page shows too, else the first declared one, else the page's ``<title>``.

    Declared titles are JSON-LD's and those of meta elements; shown is what stands in ``<title>`` or a heading. The
    site's own name is cut off at either end.
    """
    heading = _only_heading(tree)
    element = next(iter(tree.iter("title")), None)
    own = one_line(element.text_content())[:_LONGEST] if element is not None else ""
    declared = [one_line(data.headline), *(one_line(metas[name][0]) for name in _DECLARED if name in metas)]
    declared = [title[:_LONGEST] for title in (*declared, one_line(data.name)) if title]
    shown = f"{_folded(own)}\n{_folded(heading)}"
    title = next((title for title in declared if _folded(title) and _folded(title) in shown), "")
    title = title or (declared[0] if declared else "")
    if title:
        return _without_site(title, site, heading)
    return _shortened(own, site, heading) if own else heading


def _only_heading(tree: Any) -> str:
    headings = [one_line(element.text_content()) for element in tree.iter("h1")]
    found = [heading for heading in headings if heading]
    return found[0] if len(set(found)) == 1 else ""


def _without_site(title: str, site: str, heading: str) -> str:
    """The title without " | Site" or "Site: " where that is the site's own name."""
    parts = list(_SEPARATOR.finditer(title))
    if parts:
        last, first = parts[-1], parts[0]
        if heading and _same(title[: last.start()], heading):
            return heading
        if _same(title[last.end() :], site) and title[: last.start()].strip():
            return title[: last.start()].strip()
        if _same(title[: first.start()], site) and title[first.end() :].strip():
            return title[first.end() :].strip()
    return title


def _shortened(title: str, site: str, heading: str) -> str:
    """``<title>`` cut to the article's own words: at a separator, or to the heading that it contains."""
    cut = _without_site(title, site, heading)
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
