"""Reads the structure tree of a PDF with other code than wrote it (PDFium), and the words that it leads to."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Node:
    """An element as one page has it. ``words`` are its own and those of all that stands in it, in the tree's order."""

    kind: str
    language: str = ""
    alt: str = ""
    actual: str = ""
    id: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    words: str = ""
    kids: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, kind: str) -> list[Node]:
        return [node for node in self.walk() if node.kind == kind]


@dataclass
class TaggedPage:
    """The tree of a page, the words outside it, and how much of its content is marked in no way, or twice."""

    roots: list[Node]
    outside: str
    unmarked: int
    astray: set[int]  # marked content that no element has, or more than one

    def walk(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()

    def all(self, kind: str) -> list[Node]:
        return [node for node in self.walk() if node.kind == kind]

    @property
    def words(self) -> str:
        return "".join(root.words for root in self.roots)


def tagged_pages(data: bytes) -> list[TaggedPage]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [_page(page) for page in pdf]


def _page(page: pypdfium2.PdfPage) -> TaggedPage:
    words, outside, unmarked = _contents(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    seen: list[int] = []
    roots = [
        _node(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), words, seen)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    pdfium.FPDF_StructTree_Close(tree)
    astray = {one for one in words if seen.count(one) != 1} | {one for one in seen if seen.count(one) > 1}
    return TaggedPage(roots, outside, unmarked, astray)


def _contents(page: pypdfium2.PdfPage) -> tuple[dict[int, str], str, int]:
    """The words of each stretch of marked content, those outside, and the number of objects that nothing marks."""
    text = page.get_textpage()
    words: dict[int, str] = {}
    outside, unmarked = [], 0
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        one = pdfium.FPDFPage_GetObject(page, at)
        said = ""
        if pdfium.FPDFPageObj_GetType(one) == pdfium.FPDF_PAGEOBJ_TEXT:
            said = _utf16(partial(_text_of, one, text))
        number = pdfium.FPDFPageObj_GetMarkedContentID(one)
        if number >= 0:
            words[number] = words.get(number, "") + said
        else:
            outside.append(said)
            unmarked += not pdfium.FPDFPageObj_CountMarks(one)
    return words, " ".join(outside), unmarked


def _text_of(one: Any, text: Any, buffer: Any, size: int) -> int:
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    return int(pdfium.FPDFTextObj_GetText(one, text, units, size))


def _node(element: Any, words: dict[int, str], seen: list[int]) -> Node:
    node = Node(
        _text(pdfium.FPDF_StructElement_GetType, element),
        _text(pdfium.FPDF_StructElement_GetLang, element),
        _text(pdfium.FPDF_StructElement_GetAltText, element),
        _text(pdfium.FPDF_StructElement_GetActualText, element),
        _text(pdfium.FPDF_StructElement_GetID, element),
        {name: found for name in ("Scope", "ListNumbering") if (found := _attribute(element, name))},
    )
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if child:
            node.kids.append(_node(child, words, seen))
            node.words += node.kids[-1].words
        elif number >= 0 and number in words:
            seen.append(number)
            node.words += words[number]
    if node.actual:
        node.words = node.actual
    return node


def _attribute(element: Any, name: str) -> str:
    """A name among the attributes of an element."""
    for at in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, at)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name.encode())
        size, buffer = ctypes.c_ulong(0), ctypes.create_string_buffer(100)
        if value and pdfium.FPDF_StructElement_Attr_GetStringValue(value, buffer, 100, ctypes.byref(size)):
            return buffer.raw[: size.value].decode("utf-16-le").rstrip("\x00")
    return ""


def _text(get: Callable[..., int], element: Any) -> str:
    return _utf16(lambda buffer, size: get(element, buffer, size))


def _utf16(get: Callable[[Any, int], int]) -> str:
    size = get(None, 0)
    if size < 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\x00")
