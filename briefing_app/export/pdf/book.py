"""The ReportLab canvas that a document is drawn on: what the file says of itself, its links, outline and places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import RLock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

from briefing_app.export.pdf.metadata import PRODUCT, About, Info, describe
from briefing_app.export.pdf.packing import packed_file
from briefing_app.export.pdf.structure import UNKNOWN, Element, language_tag
from briefing_app.export.pdf.styling import clean
from briefing_app.export.pdf.tree import Owner, TreeWriter
from briefing_app.layout.document import LayoutDocument

_VERSION = (1, 7)  # of PDF
_NOT_IN_URI = re.compile(r"[^!#-;=?-Z_a-z~\[\]%]")
_PRINTED = 4  # the annotation flag: shown on paper as on screen
_OPEN_LEVELS = 1  # of the outline, whose entries show those below them
_packing = RLock()


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline: its words, the bookmark that it leads to, and its level, from 1."""

    title: str
    key: str
    level: int


class Book(Canvas):  # type: ignore[misc]
    """A canvas for one document, from its first page to its bytes. Not a typesetter: it knows no fonts and no lines."""

    def __init__(self, document: LayoutDocument) -> None:
        page, properties = document.page, document.properties
        super().__init__(
            "",
            pagesize=(page.width, page.height),
            pageCompression=1,
            invariant=1,
            pdfVersion=_VERSION,
            lang=language_tag(properties.language) or UNKNOWN,
        )
        self._owners: list[Owner] = []
        self._page_key = 0
        self._doc.signature = hashlib.md5(clean(properties.identifier).encode(), usedforsecurity=False)
        about = _about(document)
        self._doc.info = Info(about)
        describe(self._doc, about)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.addPageLabel(0, style="ARABIC")

    def _make_preamble(self) -> None:
        """No page begins with a font of ReportLab's, which would stand in the file without being embedded."""
        self._preamble = ""

    def showPage(self) -> None:  # noqa: N802 (ReportLab's name)
        """End the page. Its drawing becomes part of the file's identifier."""
        self._doc.updateSignature("\n".join(self._code))
        super().showPage()

    def mark_place(self, key: str, left: float, top: float) -> None:
        """A point of this page that links and the outline may lead to, in points from its bottom left."""
        self.bookmarkPage(key, fit="XYZ", left=left, top=top)

    def begin_page(self, elements: list[Element]) -> None:
        """``elements`` will be those of the page's marked content, by its numbers, when the page ends."""
        self._page_key = self._key_of(elements)

    def _key_of(self, owner: Owner) -> int:
        self._owners.append(owner)
        return len(self._owners) - 1

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (ReportLab's name)
        """What ReportLab calls when a page is made: the page's way back to its elements."""
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self._page_key, PDFName("S")

    def link_inside(self, key: str, box: tuple[float, float, float, float], words: str, element: Element) -> Any:
        """A link from the box (left, bottom, right, top) to a place that is marked on some page; ReportLab's reference.

        ``words`` say what it is, ``element`` is its node of the structure tree.
        """
        return self._link(box, words, element, Dest=self._bookmarkReference(key))

    def link_outside(self, url: str, box: tuple[float, float, float, float], element: Element) -> Any:
        """A link to an address; what may not stand in one is escaped."""
        address = PDFString(_NOT_IN_URI.sub(_escaped, url))
        action = PDFDictionary({"Type": PDFName("Action"), "S": PDFName("URI"), "URI": address})
        return self._link(box, clean(url), element, A=action)

    def _link(self, box: tuple[float, float, float, float], words: str, element: Element, **leads: Any) -> Any:
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(box),
            "Border": PDFArray([0, 0, 0]),
            "F": _PRINTED,
            "Contents": PDFString(words),
            "StructParent": self._key_of(element),
        }
        self._addAnnotation(PDFDictionary(entries | leads))
        return self._annotationrefs[-1]

    def outline_of(self, headings: Iterable[Heading]) -> None:
        """The outline, open to its second level; a level that was skipped does no harm."""
        path: list[int] = []
        for heading in headings:
            while path and path[-1] >= heading.level:
                path.pop()
            self.addOutlineEntry(heading.title, heading.key, len(path), closed=len(path) >= _OPEN_LEVELS)
            path.append(heading.level)
            self.showOutline()

    def to_bytes(self, root: Element) -> bytes:
        """The whole file with the structure tree under ``root``; nothing can be drawn after that."""
        self._doc.Catalog.StructTreeRoot = TreeWriter(self._doc, self._owners).write(root)
        document = self._doc
        document.info.digest(document.signature)
        document.Outlines.prepare(document, self)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        with plain_streams():
            return packed_file(document)


@contextmanager
def plain_streams() -> Iterator[None]:
    """ReportLab packs streams by deflate alone, not as ASCII on top of it: its setting is one of the whole process."""
    with _packing:
        before = rl_config.useA85
        rl_config.useA85 = 0
        try:
            yield
        finally:
            rl_config.useA85 = before


def _about(document: LayoutDocument) -> About:
    properties = document.properties
    title = _line(properties.title) or _line(document.header) or _line(properties.identifier) or PRODUCT
    stamp = pdf_date(properties.date)
    return About(
        title=title,
        author=_line(properties.author or properties.organisation),
        subject=_line(properties.subject),
        keywords=_line(properties.keywords),
        language=language_tag(properties.language),
        stamp=datetime.fromisoformat(properties.date).isoformat(timespec="seconds") if stamp else "",
        pdf_stamp=stamp,
    )


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def pdf_date(text: str) -> str:
    """An ISO 8601 time as PDF writes it; empty where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    stamp = f"D:{moment:%Y%m%d%H%M%S}"
    offset = moment.utcoffset()
    if offset is None:
        return stamp
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return stamp + "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{stamp}{'+' if minutes > 0 else '-'}{hours:02d}'{rest:02d}'"


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))
