"""E-books (EPUB): the chapters in the order of the book's spine, with the fields of its package file."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote

from lxml import etree

from briefing_app.errors import UnreadableFile
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.dates import iso_date
from briefing_app.readers.html import html_text
from briefing_app.readers.language import language_of
from briefing_app.readers.ooxml import Package, local
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "epub/2"
_KIND = "an e-book"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>", re.IGNORECASE)


def read_epub(data: bytes, name: str) -> Reading:
    """Read an e-book without its navigation. Raises UnreadableFile, for encrypted chapters too."""
    package = Package(data, name, _KIND)
    path = _package_path(package, name)
    book = _xml(package.read(path), name)
    if book is None:
        raise failures.damaged(name, _KIND, "its list of chapters is missing")
    builder, warnings = TextBuilder(), []
    locked = package.read("META-INF/encryption.xml")
    for chapter in _spine(book, posixpath.dirname(path)):
        if posixpath.basename(chapter).encode() in locked:
            raise failures.encrypted(name, _KIND)
        if not package.has(chapter):
            warnings.append(f"A chapter is missing from the book: “{chapter}”.")
            continue
        _add_chapter(builder, package.read(chapter), chapter, warnings)
    return Reading(
        reader=READER,
        kind=SourceKind.DOCUMENT,
        media_type="application/epub+zip",
        text=builder.text,
        fields=_fields(book, builder.text),
        blocks=builder.blocks,
        no_text=not builder.text,
        warnings=tuple(warnings),
    )


def _add_chapter(builder: TextBuilder, data: bytes, chapter: str, warnings: list[str]) -> None:
    if not data.strip():
        return
    try:
        page = html_text(data)
    except UnreadableFile:
        warnings.append(f"A chapter is damaged and was left out: “{chapter}”.")
        return
    text = page.text
    for block in page.blocks:
        builder.add(block.kind, text[block.start : block.end], block.level)


def _package_path(package: Package, name: str) -> str:
    container = _xml(package.read("META-INF/container.xml"), name)
    for element in container.iter() if container is not None else ():
        path = element.get("full-path") if local(element) == "rootfile" else None
        if path and package.has(path):
            return str(path)
    raise failures.damaged(name, _KIND, "its list of chapters is missing")


def _xml(data: bytes, name: str) -> Any | None:
    """The root of an XML part, its document type taken out and its entities not expanded."""
    if not data.strip():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
    try:
        return etree.fromstring(_DOCTYPE.sub(b"", data, count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise failures.damaged(name, _KIND, "its list of chapters is not well-formed") from error


def _spine(book: Any, folder: str) -> list[str]:
    """The parts in reading order, each once, without the navigation document."""
    items = {element.get("id"): element for element in book.iter() if local(element) == "item"}
    chapters: dict[str, None] = {}
    for element in book.iter():
        item = items.get(element.get("idref")) if local(element) == "itemref" else None
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or "html"):
            path = unquote((item.get("href") or "").split("#", 1)[0])
            chapters.setdefault(posixpath.normpath(posixpath.join(folder, path)))
    return list(chapters)


def _fields(book: Any, text: str) -> Fields:
    found: dict[str, list[str]] = {}
    for element in book.iter():
        tag = local(element)
        if tag in ("title", "creator", "publisher", "date", "language", "identifier", "source"):
            words = one_line(element.text or "")
            found.setdefault(tag, []).extend([words] if words else [])
    first = {tag: words[0] for tag, words in found.items() if words}
    address = next((entry for entry in found.get("source", []) if entry.startswith(("http://", "https://"))), "")
    return Fields(
        title=first.get("title", ""),
        authors=tuple(dict.fromkeys(found.get("creator", []))),
        outlet=first.get("publisher", ""),
        published=iso_date(first.get("date", ""))[:10],
        language=language_of(first.get("language", ""), text),
        url=address,
    )
