"""The marking of a Word document: in its headers and footers, and in its custom properties, sensitivity labels too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing_app.readers import markings
from briefing_app.readers.ooxml import Package, W, local

_PARTS = ("header", "footer")
_MAX_LINES = 2000
_VML_TEXT = "{urn:schemas-microsoft-com:vml}textpath"


def marking_of_docx(data: bytes, name: str) -> str:
    """The highest marking outside the document's text, as it stands there; empty for none. Raises UnreadableFile."""
    package = Package(data, name)
    root = package.relations("")
    part = root.of_kind("officeDocument") or "word/document.xml"
    lines: list[str] = []
    for kind, target, outside in package.relations(part).values():
        if kind in _PARTS and not outside:
            lines += _lines(package.optional_xml(target))
    custom = package.optional_xml(root.of_kind("custom-properties") or "docProps/custom.xml")
    found = [*markings.in_heads(dict.fromkeys(lines)), *markings.in_properties(_properties(custom))]
    return markings.highest(found)


def _lines(root: Any | None) -> Iterator[str]:
    """The words of each paragraph, and of watermarks, which are drawn words."""
    if root is None:
        return
    for number, paragraph in enumerate(root.iter(W + "p", _VML_TEXT)):
        if number >= _MAX_LINES:
            return
        if paragraph.tag == _VML_TEXT:
            yield str(paragraph.get("string") or "")
            continue
        words = (element.text or "" if local(element) == "t" else "\t" for element in _runs(paragraph))
        text = "".join(words).strip()
        if text:
            yield text


def _runs(paragraph: Any) -> Iterator[Any]:
    """The texts and tabs of a paragraph, deleted ones and those of paragraphs inside it left out."""
    pending = list(paragraph)[::-1]
    while pending:
        element = pending.pop()
        tag = local(element)
        if tag in ("t", "tab", "ptab"):
            yield element
        elif tag not in ("p", "del", "moveFrom", "pPr", "rPr", "tabs"):
            pending += list(element)[::-1]


def _properties(root: Any | None) -> Iterator[tuple[str, str]]:
    for entry in root if root is not None else ():
        if isinstance(entry.tag, str):
            yield str(entry.get("name") or ""), "".join(entry.itertext())
