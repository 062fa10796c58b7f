"""Web pages: the article without the page around it, and the fields that the page gives about it."""

from __future__ import annotations

import re

from lxml import etree, html

from briefing_app.model.reading import BlockKind, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.decoding import decode_html
from briefing_app.readers.html_article import all_nodes, find_article, shown_nodes
from briefing_app.readers.html_blocks import add_nodes
from briefing_app.readers.html_characters import clean_characters
from briefing_app.readers.html_fields import PageHead, page_fields, page_head
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "html/2"
MAX_PAGE = 64 * 1024 * 1024  # bytes of a page, the pictures that are written into it not counted

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DATA_URI = re.compile(rb"data:[a-z]+/[a-z0-9.+-]+(?:;[a-z0-9=._-]+)*;base64,[A-Za-z0-9+/=\s%]{200,}", re.IGNORECASE)
_DEEP = 400  # levels of nesting
_MANY = 400_000  # beginnings and ends of elements
_SHOWN = 500  # letters of an article in linked data that is taken for the page's text
_TAG = re.compile(r"<[^<>]{1,200}>")


def read_html(data: bytes, name: str, *, charset: str = "", url: str = "") -> Reading:
    """Read a web page. ``charset`` and ``url`` are what a wrapping message says of it. Raises UnreadableFile."""
    data = _DATA_URI.sub(b"data:,", data)
    if len(data) > MAX_PAGE:
        raise failures.too_large(name, "a web page of more than 64 megabytes")
    page = _characters(data, charset)
    tree = _parse(page, name)
    head = page_head(tree, page, url)
    builder = _main_text(tree, head)
    fields = page_fields(tree, head, builder.text)
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
    builder = TextBuilder()
    add_nodes(builder, all_nodes(_parse(_characters(data, charset), "message")))
    return builder


def _characters(data: bytes, charset: str) -> str:
    return _DECLARATION.sub("", decode_html(data, charset)).replace("\x00", "")


def _parse(page: str, name: str) -> html.HtmlElement:
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise failures.damaged(name, "a web page", "no element can be found in it") from error
    return tree


def _main_text(tree: html.HtmlElement, head: PageHead) -> TextBuilder:
    """The article's text; all that the page shows where no article is found, or where its make-up is absurd.

    A page that a script fills shows next to nothing: where its linked data has the article, that is read.
    """
    builder = TextBuilder()
    if _is_for_people(tree):
        add_nodes(builder, find_article(tree, head.title, head.description))
    if not builder.length:
        add_nodes(builder, shown_nodes(tree))
    if len(head.data.body) > _SHOWN and len(head.data.body) > 3 * builder.length:
        builder = TextBuilder()
        for paragraph in head.data.body.splitlines():
            builder.add(BlockKind.PARAGRAPH, one_line(clean_characters(_TAG.sub(" ", paragraph))))
    return builder


def _is_for_people(tree: html.HtmlElement) -> bool:
    """False for a page nested more deeply, or of more elements, than any made for people. Without recursion."""
    depth = 0
    for number, (event, _) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > _DEEP or number > _MANY:
            return False
    return True
