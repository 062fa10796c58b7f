"""Fields of a PDF: what its information says, mended from its text; addresses that browsers print on pages."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from typing import Any

from briefing_app.model.reading import Fields
from briefing_app.readers.dates import pdf_date
from briefing_app.readers.language import language_of
from briefing_app.readers.pdf_letters import clean
from briefing_app.readers.pdf_lines import Line
from briefing_app.readers.text_builder import one_line

_PRINTED_ADDRESS = re.compile(r"https?://[^\s…]{4,2000}[^\s….,;)]", re.IGNORECASE)
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


def metadata(document: Any) -> Fields:
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


def with_text(fields: Fields, first_page: list[Line], body: float, text: str, running: list[str]) -> Fields:
    """The fields, with title and language taken from the text where the information has none.

    ``body`` is the height of most letters in points. ``running`` are the heads and feet of the pages: browsers print
    the page's address there.
    """
    title = fields.title
    if not any(map(str.isalpha, title)) or _JUNK_TITLE.match(title) or len(title) > 300:
        title = _largest(first_page, body)
    addresses = {found.group() for line in running for found in _PRINTED_ADDRESS.finditer(line)}
    url = addresses.pop() if len(addresses) == 1 else ""
    return replace(fields, title=title, language=language_of(fields.language, text), url=url)


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
    title = one_line(" ".join(clean(line.text) for line in chosen))
    return title if len(chosen) <= 3 and 4 <= len(title) <= 200 and any(map(str.isalpha, title)) else ""
