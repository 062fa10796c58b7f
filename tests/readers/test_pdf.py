"""PDF: paragraphs from lines, pages, fields, scans, and mended words."""

from __future__ import annotations

from pathlib import Path

import pytest
from bidi import get_display

from briefing_app.errors import UnreadableFile
from briefing_app.readers import read
from tests.readers.build import pdf
from tests.readers.test_read import check_form

LINES = [
    "The ministry said on Tuesday that the first convoy had left the city and was on",
    "its way to the border, where a second one was expected to join it before the eve-",
    "ning. A well-",
    "known analyst called the well-known move a signal.",
    "",
    "A second paragraph follows after a gap, and it has more than one line of text so",
    "that it must be joined.",
]


def test_lines_become_paragraphs_and_broken_words_are_mended() -> None:
    reading = read(
        pdf([LINES, ["The text of the second page."]], title="A report", author="Jane Doe; Max Roe"), "a.pdf"
    )
    check_form(reading)
    first = reading.text.split("\n\n")
    assert len(first) == 3
    assert "and was on its way to the border" in first[0]
    assert "before the evening. A well-known analyst" in first[0]
    assert first[1].endswith("text so that it must be joined.")
    assert [page.number for page in reading.pages] == [1, 2]
    last = reading.pages[1]
    assert reading.text[last.start : last.end] == "The text of the second page."
    assert reading.fields.title == "A report"
    assert reading.fields.authors == ("Jane Doe", "Max Roe")
    assert reading.fields.language == "en"


def test_ligatures_soft_hyphens_and_other_scripts(repository: Path) -> None:
    font = str(repository / "resources" / "fonts" / "NotoSans-Regular.ttf")
    lines = ["Первая строка русского тек\u00adста, ко\u00ad", "торая продолжается здесь, of\ufb01ce \ufb02ow."]
    text = read(pdf([lines], font=font), "a.pdf").text
    assert text == "Первая строка русского текста, которая продолжается здесь, office flow."


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("قالت موسكو إن الحلف شارك مباشرة", "NotoNaskhArabic-Regular.ttf"),
        ("שלום עולם וברכה", "NotoSerifHebrew-Regular.ttf"),
    ],
)
def test_right_to_left_text_is_in_reading_order(repository: Path, text: str, font: str) -> None:
    shown = get_display(text)
    assert read(pdf([[shown]], font=str(repository / "resources" / "fonts" / font)), "a.pdf").text == text


def test_a_scan_is_sound_and_has_no_text() -> None:
    reading = read(pdf([[], []]), "scan.pdf")
    assert reading.no_text
    assert reading.text == ""
    assert [(page.number, page.start, page.end) for page in reading.pages] == [(1, 0, 0), (2, 0, 0)]


def test_titles_that_programs_make_are_not_taken() -> None:
    assert read(pdf([LINES], title="Microsoft Word - draft3.doc"), "a.pdf").fields.title == ""
    assert read(pdf([LINES], title="untitled", author="user"), "a.pdf").fields.authors == ()


@pytest.mark.corpus
def test_real_files_are_read_or_refused_with_a_reason(corpus: Path) -> None:
    encrypted = 0
    for file in sorted((corpus / "pdf").iterdir()):
        try:
            reading = read(file.read_bytes(), file.name)
        except UnreadableFile as error:
            encrypted += "password" in error.message
            continue
        check_form(reading)
        assert len(reading.pages) >= 1
    assert encrypted == 3
