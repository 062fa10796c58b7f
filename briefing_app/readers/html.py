"""Web pages: the article without the page around it, and the fields that the page gives about it."""

from __future__ import annotations

import copy
import functools
import importlib
import logging
import re
from collections.abc import Callable
from typing import Any

from lxml import etree, html

from briefing_app.model.reading import Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.decoding import decode_html
from briefing_app.readers.html_blocks import add_page, add_tei, is_hidden
from briefing_app.readers.html_fields import page_fields
from briefing_app.readers.text_builder import TextBuilder

READER = "html/1"
MAX_PAGE = 64 * 1024 * 1024

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATA_URI = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s%]{200,}", re.IGNORECASE)
_DEEP = 200  # levels of nesting that the extraction is trusted with


def read_html(data: bytes, name: str, *, charset: str = "", url: str = "") -> Reading:
    """Read a web page. ``charset`` and ``url`` are what a wrapping message says of it. Raises UnreadableFile."""
    if len(data) > MAX_PAGE:
        raise failures.too_large(name, "a web page of more than 64 megabytes")
    page = _DECLARATION.sub("", decode_html(data, charset)).replace("\x00", "")
    page = _DATA_URI.sub("data:,", page)
    tree = _parse(page, name)
    builder = _main_text(tree)
    fields = page_fields(tree, page, builder.text, url)
    return Reading(
        reader=READER,
        kind=SourceKind.WEB,
        media_type="text/html",
        text=builder.text,
        fields=fields,
        blocks=builder.blocks,
        no_text=not builder.text,
    )


def html_text(data: bytes, charset: str = "") -> TextBuilder:
    """Everything that a small page says, as blocks: for the body of a message, which is all main text."""
    page = _DECLARATION.sub("", decode_html(data, charset)).replace("\x00", "")
    builder = TextBuilder()
    add_page(builder, _parse(page, "message"), everything=True)
    return builder


def _parse(page: str, name: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise failures.damaged(name, "a web page", "no element can be found in it") from error
    return tree


def _main_text(tree: html.HtmlElement) -> TextBuilder:
    """The article as trafilatura finds it; all text of the page's body where it finds none."""
    builder = TextBuilder()
    if _depth(tree) <= _DEEP:
        body = _extract(_visible(tree))
        if body is not None:
            add_tei(builder, body)
    if builder.length < 250:
        whole = TextBuilder()
        add_page(whole, tree)
        better_parted = len(whole.blocks) > len(builder.blocks) and whole.length < builder.length * 1.3
        if builder.length == 0 or builder.length * 3 < whole.length or better_parted:
            return whole
    return builder


def _visible(tree: html.HtmlElement) -> html.HtmlElement:
    """A copy of the page without hidden elements, unless most of the page is hidden until a script shows it."""
    shown = copy.deepcopy(tree)
    hidden = [element for element in shown.iter() if isinstance(element.tag, str) and is_hidden(element)]
    whole = len(tree.text_content())
    for element in hidden:
        if element.getparent() is not None and len(element.text_content()) * 3 < whole:
            element.drop_tree()
    return shown


def _extract(page: html.HtmlElement) -> Any | None:
    bare_extraction = _extraction()
    try:
        document = bare_extraction(page, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return None  # a page that trips the extraction is read whole
    return getattr(document, "body", None)


@functools.cache
def _extraction() -> Callable[..., Any]:
    """trafilatura's extraction, imported without what its download code does.

    That code imports urllib3, which binds a local socket to find out about IPv6. Nothing here uses a network, so
    the question is answered with no.
    """
    sockets = importlib.import_module("socket")
    has_ipv6 = sockets.has_ipv6
    sockets.has_ipv6 = False  # type: ignore[attr-defined]
    try:
        from trafilatura import bare_extraction
    finally:
        sockets.has_ipv6 = has_ipv6  # type: ignore[attr-defined]
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return bare_extraction


def _depth(tree: html.HtmlElement) -> int:
    """How deeply elements are nested, counted without recursion."""
    deepest, depth = 0, 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
