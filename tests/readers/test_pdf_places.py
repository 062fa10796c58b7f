"""Where passages of PDFs stand: what lies under the rectangles is the passage, whatever was drawn and however."""

from __future__ import annotations

import ctypes
import io
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from briefing_app.model.reading import PageSpan, Reading
from briefing_app.readers import read
from briefing_app.readers.pdf_lines import Rectangle
from briefing_app.readers.pdf_places import places

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
LATIN = "the first convoy left a flooded office in Velsk before any government denied its understanding of it".split()
CYRILLIC = "первый конвой покинул город до того как правительство успело опровергнуть сообщение о переброске".split()
ARABIC = "قالت موسكو إن الحلف شارك مباشرة في العملية وإن السفن عادت إلى الميناء بعد الحريق".split()
FACES = {"Helvetica": LATIN, "Times-Roman": LATIN, "NotoSerif-Regular": CYRILLIC, "NotoNaskhArabic-Regular": ARABIC}
_NOTHING = re.compile(r"[\s\x00-\x1f\u00ad\-]+")
_LIGATURES = {"\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff"}


def _use(face: str) -> str:
    if face.startswith("Noto") and face not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face, str(FONTS / f"{face}.ttf")))
    return face


def _broken(words: list[str], width: int, hyphens: bool) -> list[str]:
    """Lines of about ``width`` letters, long words broken at their ends where asked."""
    lines: list[str] = []
    line = ""
    for word in words:
        if hyphens and len(line) + len(word) > width and len(word) > 7:
            lines.append(f"{line}{word[:4]}-")
            line = f"{word[4:]} "
        elif len(line) + len(word) > width:
            lines.append(line.strip())
            line = f"{word} "
        else:
            line += f"{word} "
    return [*lines, line.strip()]


def made(chance: random.Random, face: str, turn: int, columns: int, hyphens: bool, pages: int) -> bytes:
    """A PDF of random words: in one or two columns drawn across, on pages that are turned and cropped."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for page in range(pages):
        _upright(canvas, turn)
        canvas.setFont(_use(face), 10)
        width = 70 if columns == 1 else 34
        sides = []
        for _ in range(columns):
            words = chance.choices(FACES[face], k=chance.randint(30, 110))
            lines = _broken(words, width, hyphens)
            sides.append([get_display(line) if "Arabic" in face else line for line in lines])
        canvas.drawString(60, 560, f"Review {page + 1}")
        for number in range(max(map(len, sides))):
            for side, lines in enumerate(sides):
                if number < len(lines):
                    canvas.drawString(60 + 290 * side, 530 - 13 * number, lines[number])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _upright(canvas: Canvas, turn: int) -> None:
    canvas.setPageRotation(turn * 90)
    if turn == 1:
        canvas.transform(0, 1, -1, 0, 792, 0)
    elif turn == 2:
        canvas.transform(-1, 0, 0, -1, 612, 792)
    elif turn == 3:
        canvas.transform(0, -1, 1, 0, 0, 612)


def letters(text: str) -> str:
    for form, plain in _LIGATURES.items():
        text = text.replace(form, plain)
    return _NOTHING.sub("", text)


def under(data: bytes, found: list[tuple[int, Rectangle]]) -> str:
    """The characters whose middle lies in each rectangle in turn, by PDFium's own way from page to picture."""
    seen = []
    with pypdfium2.PdfDocument(data) as document:
        for number, rectangle in found:
            page = document[number - 1]
            text_page = page.get_textpage()
            for index in range(text_page.count_chars()):
                char = chr(raw.FPDFText_GetUnicode(text_page.raw, index))
                place = _shown_middle(page, text_page, index)
                if place and rectangle[0] <= place[0] <= rectangle[2] and rectangle[1] <= place[1] <= rectangle[3]:
                    seen.append(char)
            text_page.close()
            page.close()
    return letters("".join(seen))


def _shown_middle(page: Any, text_page: Any, index: int) -> tuple[float, float] | None:
    sides = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(text_page.raw, index, *map(ctypes.byref, sides)):
        return None
    left, right, bottom, top = (side.value for side in sides)
    if right <= left:
        return None
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    size = (0, 0, round(width * 100), round(height * 100), 0)
    middle = ((left + right) / 2, (bottom + top) / 2)
    raw.FPDF_PageToDevice(page.raw, *size, *middle, ctypes.byref(x), ctypes.byref(y))
    return x.value / 100, height - y.value / 100


def word_range(reading: Reading, chance: random.Random, longest: int) -> tuple[int, int]:
    words = [found.span() for found in re.finditer(r"\S+", reading.text)]
    first = chance.randrange(len(words))
    last = min(len(words) - 1, first + chance.randrange(longest))
    return words[first][0], words[last][1]


@given(
    st.randoms(use_true_random=False),
    st.sampled_from(sorted(FACES)),
    st.integers(0, 3),
    st.integers(1, 2),
    st.booleans(),
    st.integers(1, 4),
)
@settings(max_examples=60)
def test_what_lies_under_the_rectangles_is_the_passage(
    chance: random.Random, face: str, turn: int, columns: int, hyphens: bool, pages: int
) -> None:
    data = made(chance, face, turn, columns, hyphens and "Arabic" not in face, pages)
    reading = read(data, "a.pdf")
    placed = 0
    for _ in range(6):
        start, end = word_range(reading, chance, 40)
        found = places(data, reading.text, reading.pages, start, end)
        if found:
            placed += 1
            assert under(data, found) == letters(reading.text[start:end])
    assert placed == 6


def one(lines: list[str], **about: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for prepare in about.values():
        prepare(canvas)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_rectangle_a_line_and_the_page_of_each() -> None:
    data = made(random.Random(1), "Helvetica", 0, 1, True, 3)
    reading = read(data, "a.pdf")
    one_end = reading.pages[0].end
    found = places(data, reading.text, reading.pages, one_end - 160, one_end + 160)
    assert [page for page, _ in found] == sorted(page for page, _ in found)
    assert {page for page, _ in found} == {1, 2}
    for page in (1, 2):
        tops = [rectangle[3] for number, rectangle in found if number == page]
        assert tops == sorted(tops, reverse=True)
        assert len(tops) == len(set(tops)) > 1


def test_the_same_words_are_told_apart_by_what_stands_around_them() -> None:
    lines = ["The mayor said no.", "The harbour master said yes.", "The mayor said no.", "The pilot left."]
    data = one(lines)
    reading = read(data, "a.pdf")
    first, second = (found.start() for found in re.finditer("The mayor", reading.text))
    one_place = places(data, reading.text, reading.pages, first, first + 9)
    other_place = places(data, reading.text, reading.pages, second, second + 9)
    assert one_place[0][1][1] > other_place[0][1][1]


def test_a_text_of_another_reader_is_placed_by_its_words() -> None:
    data = one(["Northern Review", "The first con-", "voy left the city on", "Tuesday morning."])
    text = "A line that is not there\n\nThe first con- voy left the\ncity on Tuesday morning."
    start = text.index("con-")
    found = places(data, text, (PageSpan(1, 0, len(text)),), start, len(text))
    assert under(data, found) == "convoyleftthecityonTuesdaymorning."
    assert len(found) == 3


@pytest.mark.parametrize("text", ["Words that are not on the page.", "   ", ""])
def test_what_cannot_be_placed_has_no_place(text: str) -> None:
    data = one(["The same words here.", "Other words.", "The same words here."])
    assert places(data, text, (PageSpan(1, 0, len(text)),), 0, len(text)) == []
    alone = "The same words here."  # twice on the page, once in the text, and nothing around it
    assert places(data, alone, (PageSpan(1, 0, len(alone)),), 0, len(alone)) == []
    assert places(b"no PDF", alone, (PageSpan(1, 0, len(alone)),), 0, len(alone)) == []
    assert places(data, alone, (PageSpan(7, 0, len(alone)),), 0, len(alone)) == []


def test_a_cropped_page_is_measured_as_it_is_shown() -> None:
    data = one(["A passage on a cropped page."], crop=lambda canvas: canvas.setCropBox((50, 600, 400, 750)))
    reading = read(data, "a.pdf")
    ((page, rectangle),) = places(data, reading.text, reading.pages, 2, 9)
    assert page == 1
    assert 22 < rectangle[0] < 40
    assert 90 < rectangle[1] < 102 < rectangle[3] < 115
    assert under(data, [(page, rectangle)]) == "passage"
