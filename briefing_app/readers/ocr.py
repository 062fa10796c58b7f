"""Scans read by a Tesseract on this computer: pages of PDFs without a text of their own, and pictures of pages.

It takes seconds a page, so it is no part of reading a file: it is asked for, and runs in a process with its own limits.
What it gives is what a program believes to see: it carries a warning, and quotations are to be checked on the page.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from briefing_app.model.reading import BlockKind, PageSpan, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers import failures, markings, tesseract
from briefing_app.readers.language import language_of
from briefing_app.readers.pdf import read_pdf
from briefing_app.readers.pdf_file import opened, page_of
from briefing_app.readers.pdf_letters import Words, clean, joined, without_marks
from briefing_app.readers.tesseract import GrayPicture, SeenWord
from briefing_app.readers.text_builder import TextBuilder

READER = "ocr-tesseract/1"
DPI = 300
MAX_PIXELS = 50_000_000  # of a page; larger ones are drawn smaller
MAX_PAGES = 2000
_ENOUGH = 20  # letters and digits that make a page's own text one
_SMALL = 1500  # pixels; narrower pictures are enlarged, as letters of screenshots are too small to be told apart
_PICTURES = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}


@dataclass(slots=True)
class _Page:
    """A page's blocks (kind, words, level), the confidence of each word seen on it, and the lines at its edges."""

    blocks: list[tuple[BlockKind, str, int]] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)


def is_available() -> bool:
    """True where Tesseract is installed with a language at least."""
    return any(name != "osd" for name in tesseract.installed_languages())


def recognise(data: bytes, *, languages: Sequence[str] = (), name: str = "scan") -> Reading:
    """Read a scanned PDF, or a picture of a page (PNG, JPEG, TIFF), by optical character recognition.

    Pages of a PDF that have a text keep it. ``languages`` are codes such as "ru"; without any, the common ones among
    those installed. Raises UnreadableFile where the file cannot be opened, and BriefingError where Tesseract is
    missing or fails.
    """
    *_, last = recognising(data, languages=languages, name=name)
    assert isinstance(last, Reading)
    return last


def recognising(
    data: bytes, *, languages: Sequence[str] = (), name: str = "scan"
) -> Iterator[tuple[int, int] | Reading]:
    """As ``recognise``, page by page: the number of pages done and of all, and the reading at the end."""
    chosen = tesseract.chosen_languages(languages)
    turns = "osd" in tesseract.installed_languages()
    media_type = next((kind for magic, kind in _PICTURES.items() if data.startswith(magic)), "")
    reading = _empty(media_type) if media_type else read_pdf(data, name)
    pictures = _frames(data, name) if media_type else _scans(data, name, reading)
    pages: list[_Page] = []
    seen: list[int] = []
    for number, (picture, count) in enumerate(pictures, start=1):
        if picture is None:
            pages.append(_own_text(reading, number))
        else:
            pages.append(_seen(tesseract.seen_words(picture, chosen, turns=turns)))
            seen.append(number)
        yield number, count
    yield _assembled(reading, pages, seen)


def _empty(media_type: str) -> Reading:
    return Reading(reader=READER, kind=SourceKind.DOCUMENT, media_type=media_type, text="")


def _scans(data: bytes, name: str, reading: Reading) -> Iterator[tuple[GrayPicture | None, int]]:
    """For each page its picture, or None where it has a text of its own or cannot be opened."""
    with opened(data, name) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise failures.too_large(name, f"{count} pages are too many for text recognition")
        for index, span in enumerate(reading.pages):
            own = sum(map(str.isalnum, reading.text[span.start : span.end]))
            if own >= _ENOUGH:
                yield None, count
                continue
            with page_of(document, index) as page:
                yield (_drawn(page[0]) if page is not None else None), count


def _drawn(page: Any) -> GrayPicture:
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        raw = bytes(bitmap.buffer)
        rows = (raw[bitmap.stride * row : bitmap.stride * row + bitmap.width] for row in range(bitmap.height))
        return GrayPicture(bitmap.width, bitmap.height, b"".join(rows), max(70, round(scale * 72)))
    finally:
        bitmap.close()


def _frames(data: bytes, name: str) -> Iterator[tuple[GrayPicture | None, int]]:
    """The pages of a picture: a TIFF may have several."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            count = min(getattr(picture, "n_frames", 1), MAX_PAGES)
            for number in range(count):
                picture.seek(number)
                if picture.width * picture.height > MAX_PIXELS * 2:
                    raise failures.too_large(name, f"{picture.width} x {picture.height} pixels")
                gray = ImageOps.exif_transpose(picture).convert("L")
                scale = min(3, -(-_SMALL // gray.width)) if gray.width < _SMALL else 1
                if scale > 1:
                    gray = gray.resize((gray.width * scale, gray.height * scale), Image.Resampling.LANCZOS)
                yield GrayPicture(gray.width, gray.height, gray.tobytes(), DPI), count
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise failures.damaged(name, "a picture") from error


def _own_text(reading: Reading, number: int) -> _Page:
    """The blocks of a page that has a text of its own; a paragraph that went over its ends is cut there."""
    span = reading.pages[number - 1]
    page = _Page()
    for block in reading.blocks:
        start, end = max(block.start, span.start), min(block.end, span.end)
        if start < end:
            page.blocks.append((block.kind, reading.text[start:end], block.level))
    return page


def _seen(words: list[SeenWord]) -> _Page:
    """The words of a page as paragraphs, words broken at line ends mended."""
    page = _Page(confidences=[word.confidence for word in words if word.confidence >= 0])
    paragraphs = [
        [_line(list(line)) for _, line in itertools.groupby(group, key=lambda word: word.line)]
        for _, group in itertools.groupby(words, key=lambda word: word.paragraph)
    ]
    lines = [line for paragraph in paragraphs for line in paragraph]
    known = Words.of(lines)
    for paragraph in paragraphs:
        text = ""
        for line in paragraph:
            text = joined(text, clean(line), known)
        page.blocks.append((BlockKind.PARAGRAPH, without_marks(text), 0))
    page.edges = lines if len(lines) <= 6 else [*lines[:3], *lines[-3:]]
    return page


def _line(words: list[SeenWord]) -> str:
    text = ""
    for word in words:
        apart = text and not (ord(text[-1]) >= 0x3000 and ord(word.text[0]) >= 0x3000)
        text = f"{text} {word.text}" if apart else f"{text}{word.text}"
    return text


def _assembled(reading: Reading, pages: list[_Page], seen: list[int]) -> Reading:
    builder, spans = TextBuilder(), []
    for number, page in enumerate(pages, start=1):
        before = len(builder.blocks)
        for kind, text, level in page.blocks:
            builder.add(kind, text, level)
        added = builder.blocks[before:]
        spans.append(PageSpan(number, added[0].start if added else builder.length, builder.length))
    marked = list(markings.in_edges(edge for page in pages for edge in page.edges))
    fields = reading.fields
    return replace(
        reading,
        reader=READER,
        text=builder.text,
        fields=replace(
            fields,
            language=language_of("", builder.text),
            marking=fields.marking or markings.highest(marked),
        ),
        blocks=builder.blocks,
        pages=tuple(spans),
        no_text=not any(map(str.isalnum, builder.text)),
        warnings=(*reading.warnings, *_warnings(pages, seen)),
    )


def _warnings(pages: list[_Page], seen: list[int]) -> Iterator[str]:
    confidences = [confidence for page in pages for confidence in page.confidences]
    if not confidences:
        return
    mean = sum(confidences) / len(confidences)
    yield (
        "Read by optical character recognition: check quotations against the page. "
        f"The mean confidence of its words is {mean:.0f} %."
    )
    if len(seen) < len(pages):
        shown = ", ".join(map(str, seen[:20])) + (" and others" if len(seen) > 20 else "")
        yield f"Only pages without a text of their own were recognised: {shown}."
