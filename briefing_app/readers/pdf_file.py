"""Opening a PDF: the document behind bytes, with what is wrong with it said in the analyst's words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from briefing_app.readers import failures

_WRONG_PASSWORD = 4
_UNKNOWN_SECURITY = 5


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """The PDFium document of ``data``, which has one page at least. Raises UnreadableFile."""
    import pypdfium2

    start = data.find(b"%PDF-", 0, 1024)
    if start < 0:  # PDFium insists on the first line, and mends the offsets that it shifts
        start, data = 0, b"%PDF-1.4\n" + data
    try:
        document = pypdfium2.PdfDocument(data[start:] if start else data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_WRONG_PASSWORD, _UNKNOWN_SECURITY):
            raise failures.encrypted(name, "a PDF") from error
        raise failures.damaged(name, "a PDF") from error
    try:
        if len(document) == 0:
            raise failures.damaged(name, "a PDF", "there is no page in it")
        yield document
    finally:
        document.close()


@contextmanager
def page_of(document: Any, index: int) -> Iterator[tuple[Any, Any] | None]:
    """A page (from 0) with its text, both closed at the end; None where the page cannot be opened."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        yield None
        return
    try:
        try:
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield None
            return
        try:
            yield page, text_page
        finally:
            text_page.close()
    finally:
        page.close()
