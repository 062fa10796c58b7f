"""PDF: the text of each page in reading order, re-flowed into paragraphs, with the page that each part stands on."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from briefing_app.model.reading import BlockKind, Fields, PageSpan, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures
from briefing_app.readers.dates import pdf_date
from briefing_app.readers.language import language_of
from briefing_app.readers.pdf_flow import Line, Words, body_height, heading_level, paragraphs
from briefing_app.readers.text_builder import TextBuilder, one_line

READER = "pdf/1"
MAX_PAGES = 20_000

_LINE_ENDS = (10, 13)
_BREAKING_HYPHENS = (0x02, 0xFFFE)
_WRONG_PASSWORD = 4
_UNKNOWN_SECURITY = 5
_JUNK_TITLE = re.compile(
    r"^(?:untitled|unbenannt|без названия|document\d*|microsoft (?:word|powerpoint|excel)\b.*|слайд \d+|"
    r"slide \d+|print|title|\(?anonymous\)?|unspecified|no title|.*\.(?:docx?|pdf|tex|dvi|indd|qxd|rtf|odt|pptx?|"
    r"ps|xls|html?))$",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"^(?:user|admin|administrator|owner|author|unknown|anonymous|\(?unspecified\)?|root|default|пользователь|"
    r"microsoft|.*@.*|.*\\.*)$",
    re.I,
)


def read_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF. A scan without text is sound and has ``no_text`` set. Raises UnreadableFile."""
    with _opened(data, name) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise failures.too_large(name, f"{count} pages")
        pages, unread = _all_lines(document, count)
        fields = _metadata(document)
    if unread and len(unread) == count:
        raise failures.damaged(name, "a PDF", "none of its pages can be opened")
    builder, spans = _flowed(pages)
    has_text = any(map(str.isalnum, builder.text))
    warnings = [f"{_page_words(unread)} could not be read."] if unread else []
    return Reading(
        reader=READER,
        kind=SourceKind.PDF,
        media_type="application/pdf",
        text=builder.text,
        fields=_with_text(fields, pages, builder.text),
        blocks=builder.blocks,
        pages=spans,
        no_text=not has_text,
        warnings=tuple(warnings),
    )


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2

    start = data.find(b"%PDF-", 0, 1024)
    if start < 0:  # PDFium insists on the first line, and mends the offsets that it shifts
        start, data = 0, b"%PDF-1.4\n" + data
    try:
        document = pypdfium2.PdfDocument(data[start:] if start else data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _WRONG_PASSWORD:
            raise failures.encrypted(name, "a PDF") from error
        if code == _UNKNOWN_SECURITY:
            raise failures.encrypted(name, "a PDF") from error
        raise failures.damaged(name, "a PDF") from error
    try:
        if len(document) == 0:
            raise failures.damaged(name, "a PDF", "there is no page in it")
        yield document
    finally:
        document.close()


def _all_lines(document: Any, count: int) -> tuple[list[list[Line]], list[int]]:
    """The lines of each page, and the numbers of pages that cannot be opened."""
    import pypdfium2

    pages: list[list[Line]] = []
    unread: list[int] = []
    for index in range(count):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            unread.append(index + 1)
            pages.append([])
            continue
        try:
            pages.append(list(_page_lines(text_page)))
        finally:
            text_page.close()
            page.close()
    return pages, unread


def _page_lines(text_page: Any) -> Iterator[Line]:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    handle = text_page.raw
    count = text_page.count_chars()
    units = [raw.FPDFText_GetUnicode(handle, index) for index in range(count)]
    start = 0
    for index in range(count + 1):
        at_end = index == count or units[index] in _LINE_ENDS
        if not at_end and units[index] not in _BREAKING_HYPHENS:
            continue
        end = index if at_end else index + 1  # a line end inside a word has a hyphen mark and no line end
        text = _characters(units[start:end])
        if text.strip():
            yield _placed(text, start, end, handle, box)
        start = index + 1


def _characters(units: list[int]) -> str:
    """Code units to text: surrogate pairs joined, what is no character dropped."""
    raw = b"".join(
        unit.to_bytes(2, "little") if unit <= 0xFFFF else chr(unit).encode("utf-16-le")
        for unit in units
        if 0 < unit <= 0x10FFFF
    )
    return raw.decode("utf-16-le", "replace")


def _placed(text: str, start: int, end: int, handle: Any, box: Any) -> Line:
    """The line with its place, in points from the page's lower left corner."""
    from pypdfium2 import raw

    left, right, bottom, top = 0.0, 0.0, 0.0, 0.0
    for indices in (range(start, end), range(end - 1, start - 1, -1)):
        for index in indices:
            fits = raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box))
            if fits and box.right > box.left and box.top > box.bottom:
                if indices.step > 0:
                    left, bottom, top = box.left, box.bottom, box.top
                right = box.right
                break
    return Line(text, left, max(right, left), bottom, top)


def _flowed(pages: list[list[Line]]) -> tuple[TextBuilder, tuple[PageSpan, ...]]:
    words = Words.of(line.text for lines in pages for line in lines)
    height = body_height(pages)
    builder = TextBuilder()
    spans: list[PageSpan] = []
    for number, lines in enumerate(pages, start=1):
        before = len(builder.blocks)
        for paragraph in paragraphs(lines, words):
            level = heading_level(paragraph, height)
            kind = BlockKind.HEADING if level else BlockKind.LIST_ITEM if paragraph.is_item else BlockKind.PARAGRAPH
            builder.add(kind, paragraph.text, level)
        added = builder.blocks[before:]
        start = added[0].start if added else builder.length
        spans.append(PageSpan(number, start, builder.length))
    return builder, tuple(spans)


def _metadata(document: Any) -> Fields:
    """What the document's own information gives; the language here is as declared."""
    import pypdfium2

    def value(key: str) -> str:
        try:
            return one_line(document.get_metadata_value(key) or "")
        except (pypdfium2.PdfiumError, UnicodeError):
            return ""

    author = value("Author")
    authors = [part.strip() for part in re.split(r"\s*;\s*|\s+(?:and|&|и)\s+", author)]
    return Fields(
        title=value("Title"),
        authors=tuple(part for part in authors if 1 < len(part) <= 80 and not _JUNK_AUTHOR.match(part))[:20],
        published=pdf_date(value("CreationDate"))[:10],
        language=_declared_language(document),
    )


def _declared_language(document: Any) -> str:
    from pypdfium2 import raw

    get = getattr(raw, "FPDFCatalog_GetLanguage", None)
    if get is None:
        return ""
    size = get(document.raw, None, 0)
    if not 2 < size <= 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\x00")


def _with_text(fields: Fields, pages: list[list[Line]], text: str) -> Fields:
    """The fields, with the title and the language taken from the text where the information has none."""
    title = fields.title
    if not any(map(str.isalpha, title)) or _JUNK_TITLE.match(title) or len(title) > 300:
        title = _largest(pages[0], body_height(pages)) if pages else ""
    return Fields(
        title=title,
        authors=fields.authors,
        published=fields.published,
        language=language_of(fields.language, text),
    )


def _largest(lines: list[Line], body: float) -> str:
    """The words in the largest letters of the first page, where they stand out from the text: one to three lines."""
    tallest = max((line.height for line in lines if any(map(str.isalpha, line.text))), default=0.0)
    if tallest < body * 1.25:
        return ""
    chosen: list[Line] = []
    for line in lines:
        if line.height > tallest * 0.95 and (not chosen or chosen[-1].bottom - line.bottom < 1.6 * line.height):
            chosen.append(line)
        elif chosen:
            break
    title = one_line(" ".join(line.text for line in chosen))
    return title if len(chosen) <= 3 and 4 <= len(title) <= 200 and any(map(str.isalpha, title)) else ""


def _page_words(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return f"Page {shown}" if len(numbers) == 1 else f"Pages {shown}"
