"""Exports without pages, read back for the self-test: HTML by lxml, Markdown by markdown-it, and what HTML must keep.

What is read is all text of the file in its order. It is not a reader of sources, which leave out what is no article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from briefing_app.layout.document import LayoutDocument, PictureBlock
from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind

_INLINE = frozenset(("a", "b", "em", "i", "span", "strong", "sub", "sup", "u"))
_HIDDEN = frozenset(("head", "script", "style"))
_LOADING = {"script", "iframe", "object", "embed", "link", "base", "form"}


def read_plain(data: bytes, format: str) -> Reading:
    """All text of an export in ``format`` html, md or txt."""
    words = data.decode("utf-8")
    if format == "html":
        words = _html_text(words)
    elif format == "md":
        renderer = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)
        words = _html_text(f"<html><body>{renderer.render(words)}</body></html>")
    return Reading(reader=f"{format}/1", kind=SourceKind.TEXT, media_type="text/plain", text=words)


def html_faults(data: bytes, document: LayoutDocument) -> list[str]:
    """What an HTML export must not be: loading anything, leading nowhere, or short of a picture or a marking."""
    root = lxml_html.document_fromstring(data)
    elements = list(root.iter(etree.Element))
    ids = Counter(one.get("id") for one in elements if one.get("id"))
    faults = [f"The place “{id}” stands {count} times in the file." for id, count in ids.items() if count > 1]
    faults += [
        f"A link leads to “{target}”, which is not in the file."
        for one in elements
        if (target := one.get("href", "")).startswith("#") and target[1:] not in ids
    ]
    loading = [str(one.tag) for one in elements if one.tag in _LOADING]
    faults += [f"The file holds <{tag}>, which could load or run something." for tag in loading]
    pictures = [one for one in elements if one.tag == "img"]
    wanted = sum(isinstance(block, PictureBlock) for block in document.blocks)
    if len(pictures) != wanted:
        faults.append(f"The file has {len(pictures)} pictures of {wanted}.")
    faults += ["A picture is not in the file itself." for one in pictures if not one.get("src", "").startswith("data:")]
    if document.banner:
        wanted_words = re.findall(r"\w+", document.banner.text)
        banners = ["".join(map(str, one.itertext())) for one in elements if one.get("class") == "banner"]
        if sum(all(word in banner for word in wanted_words) for banner in banners) < 2:
            faults.append(f"The file does not carry the marking {document.banner.text} at its head and its foot.")
    return faults


def _html_text(words: str) -> str:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    root = lxml_html.document_fromstring(words.encode("utf-8"), parser=parser)
    return "".join(_pieces(root))


def _pieces(element: lxml_html.HtmlElement) -> Iterator[str]:
    """The text of an element; what is no part of a line begins and ends one."""
    if not isinstance(element.tag, str):
        return
    apart = "" if element.tag in _INLINE else "\n"
    if element.tag not in _HIDDEN:
        yield apart + (element.text or "")
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
        yield apart
