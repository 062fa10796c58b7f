"""A DOCX taken apart, with the words of its paragraphs; its faults are told by the self-test's lint."""

from __future__ import annotations

from lxml import etree

from briefing_app.provenance.docx_lint import DOC_PR, RELS, Package, R, W, lint, open_package

__all__ = ["DOC_PR", "RELS", "Package", "R", "W", "lint", "open_package", "paragraph_text", "texts_of"]


def texts_of(package: Package, name: str = "document") -> list[str]:
    """The words of each paragraph that has any, fields' codes left out."""
    return [text for paragraph in package.part(name).iter(f"{W}p") if (text := paragraph_text(paragraph))]


def paragraph_text(paragraph: etree._Element) -> str:
    shapes = {f"{W}tab": "\t", f"{W}br": "\n"}
    pieces = (
        shapes.get(str(element.tag), element.text or "")
        for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")
        if element.getparent().tag == f"{W}r"  # type: ignore[union-attr]
    )
    return "".join(pieces)
