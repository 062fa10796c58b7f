"""The ReportLab canvas that a document is drawn on: what the file says of itself, its links, outline and places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import RLock

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfgen.canvas import Canvas

from briefing_app.export.pdf.styling import clean
from briefing_app.layout.document import LayoutDocument, Properties

PRODUCT = "Briefing Composer"
_VERSION = (1, 7)  # of PDF
_NOT_IN_URI = re.compile(r"[^!#-;=?-Z_a-z~\[\]%]")
_PRINTED = 4  # the annotation flag: shown on paper as on screen
_NO_BORDER = "[0 0 0]"
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
            lang=clean(properties.language) or None,
        )
        self._doc.signature = hashlib.md5(clean(properties.identifier).encode(), usedforsecurity=False)
        self._describe(properties)

    def _describe(self, properties: Properties) -> None:
        self.setTitle(clean(properties.title))
        self.setAuthor(clean(properties.author or properties.organisation))
        self.setSubject(clean(properties.subject))
        self.setKeywords(clean(properties.keywords))
        self.setCreator(PRODUCT)
        stamp = pdf_date(properties.date)
        self.setDateFormatter(lambda *moment: stamp)
        self.setViewerPreference("DisplayDocTitle", "true" if properties.title else "false")
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

    def link_inside(self, key: str, box: tuple[float, float, float, float]) -> None:
        """A link from the box (left, bottom, right, top) to a place that is marked on some page."""
        self.linkAbsolute("", key, box, Border=_NO_BORDER, F=_PRINTED)

    def link_outside(self, url: str, box: tuple[float, float, float, float]) -> None:
        """A link to an address; what may not stand in one is escaped."""
        self.linkURL(_NOT_IN_URI.sub(_escaped, url), box, Border=_NO_BORDER, F=_PRINTED, Contents=PDFString(clean(url)))

    def outline_of(self, headings: Iterable[Heading]) -> None:
        """The outline, open to its second level; a level that was skipped does no harm."""
        path: list[int] = []
        for heading in headings:
            while path and path[-1] >= heading.level:
                path.pop()
            self.addOutlineEntry(heading.title, heading.key, len(path), closed=len(path) >= _OPEN_LEVELS)
            path.append(heading.level)
            self.showOutline()

    def to_bytes(self) -> bytes:
        """The whole file; nothing can be drawn after that."""
        with plain_streams():
            data: bytes = self.getpdfdata()
        return data


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
