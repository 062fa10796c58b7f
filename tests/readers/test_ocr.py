"""Scans read by Tesseract, where it is installed: text with pages, a warning with its confidence, plain refusals."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from briefing_app.errors import BriefingError, UnreadableFile
from briefing_app.model.reading import Reading
from briefing_app.readers import ocr, read, tesseract
from tests.readers.build import pdf
from tests.readers.test_read import check_form

LINES = [
    "The first convoy left the city on Tuesday and was on its way",
    "to the border, the ministry said in a state-",
    "ment.",
]
WORDS = "The first convoy left the city on Tuesday and was on its way to the border, the ministry said in a statement."

needs_tesseract = pytest.mark.skipif(
    "eng" not in tesseract.installed_languages(), reason="Tesseract with English is not installed (tesseract-ocr)"
)


def picture(lines: list[str], form: str = "PNG") -> bytes:
    """A picture of a page with the given lines."""
    with pypdfium2.PdfDocument(pdf([lines])) as document:
        image = document[0].render(scale=3, grayscale=True).to_pil()
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def scan(pages: list[list[str]], *, text_on: frozenset[int] = frozenset()) -> bytes:
    """A PDF with pictures of pages; those whose number is in ``text_on`` have a text instead."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number, lines in enumerate(pages, 1):
        if number in text_on:
            for row, line in enumerate(lines):
                canvas.drawString(72, 760 - 14 * row, line)
        else:
            canvas.drawImage(ImageReader(io.BytesIO(picture(lines))), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@needs_tesseract
def test_a_scan_becomes_text_with_pages_and_a_warning() -> None:
    data = scan([LINES, ["A page that has a text of its own, and keeps it."]], text_on=frozenset((2,)))
    steps = list(ocr.recognising(data, languages=("en",)))
    assert steps[:-1] == [(1, 2), (2, 2)]
    reading = steps[-1]
    assert isinstance(reading, Reading)
    check_form(reading)
    first, second = reading.pages
    assert reading.text[first.start : first.end] == WORDS
    assert reading.text[second.start : second.end] == "A page that has a text of its own, and keeps it."
    assert (reading.reader, reading.fields.language, reading.no_text) == ("ocr-tesseract/1", "en", False)
    assert reading.warnings[0].startswith("Read by optical character recognition: check quotations against the page.")
    assert "mean confidence" in reading.warnings[0]
    assert reading.warnings[1] == "Only pages without a text of their own were recognised: 1."


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_pictures_of_pages(form: str) -> None:
    reading = ocr.recognise(picture(LINES, form), languages=("eng",))
    check_form(reading)
    assert reading.text == WORDS
    assert reading.media_type == f"image/{form.lower()}"


@needs_tesseract
def test_nothing_to_see_and_nothing_to_read() -> None:
    assert ocr.recognise(scan([[]]), languages=("en",)).no_text
    with pytest.raises(UnreadableFile):
        ocr.recognise(b"%PDF-1.4 cut off")
    with pytest.raises(UnreadableFile):
        ocr.recognise(picture(LINES)[:200])
    with pytest.raises(BriefingError, match="no data for the language xyz"):
        ocr.recognise(scan([LINES]), languages=("xyz",))


def test_without_tesseract_it_is_refused_and_scans_stay_flagged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    data = scan([LINES])
    assert not ocr.is_available()
    assert read(data, "scan.pdf").no_text
    with pytest.raises(BriefingError, match="Tesseract, which was not found"):
        ocr.recognise(data)


@pytest.mark.skipif(not hasattr(stat, "S_IXUSR") or not Path("/bin/sh").exists(), reason="needs a shell")
def test_a_program_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --list-langs ] && echo List && echo eng && exit 0\necho broken >&2; exit 3\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BriefingError, match="Tesseract failed: broken"):
        ocr.recognise(scan([LINES]))
