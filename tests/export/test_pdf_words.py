"""Words in a PDF: in every script, whole at the ends of lines, inside the margins, with no ink but their own."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from briefing_app.export.pdf.result import PdfFile
from briefing_app.export.pdf.writer import missing_characters, write_pdf
from briefing_app.layout.document import (
    Banner,
    QuotationBlock,
    Role,
    Style,
    TextRun,
)
from tests.export.pdf_reading import (
    STYLES,
    boxes,
    document,
    heading,
    line,
    prose,
    read,
    squeeze,
    table,
)

RTL = re.compile("[\u0590-\u08ff]")
ADDRESS = "https://example.org/" + "a-long-path/with_parts/" * 12 + "?query=one&other=two"


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


ARABIC = "ولم تُسجَّل أي خسائر جدًّا في الحكومة الإيرانية"
PERSIAN = "می‌خواهم کتاب‌ها را بخوانم"
HEBREW = "שָׁלוֹם משרד הביטחון הודיע"


@pytest.mark.parametrize("text", [ARABIC, PERSIAN, HEBREW, "Ещё одна строка", "Η κυβέρνηση", "décrit nai\u0308ve"])
def test_a_line_in_any_script_is_read_back_in_reading_order(fonts: Path, text: str) -> None:
    rtl = bool(RTL.search(text))
    file = write_pdf(document(line("p", text, direction="rtl" if rtl else "ltr"), banner=None, header=""), fonts)
    found = read(file.data).pages[0]
    assert squeeze(text) in squeeze(found)
    assert "\u200c" not in text or "\u200c" in found
    assert file.missing == ()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
@pytest.mark.parametrize("text", [ARABIC, PERSIAN, HEBREW, "office — “fluffy” 100\u00a0km"])
def test_poppler_reads_the_same(fonts: Path, tmp_path: Path, text: str) -> None:
    rtl = bool(RTL.search(text))
    file = write_pdf(document(line("p", text, direction="rtl" if rtl else "ltr"), banner=None, header=""), fonts)
    path = tmp_path / "x.pdf"
    path.write_bytes(file.data)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    assert squeeze(text) in squeeze(done.stdout)
    assert done.stderr == ""


LONG = "counter-intelligence-and-counter-terrorism-co-ordination-committee-of-the-northern-alliance-secretariat"


@pytest.mark.parametrize("word", ["long-term", "high-ranking", "and/or", "strike—which", "F-16", "www.a.example"])
def test_words_stay_whole_at_the_ends_of_lines(fonts: Path, word: str) -> None:
    lines = [line(f"p{at}", "i" * at + f" {word}" * 60) for at in range(1, 12)]
    text = "\n".join(read(write_pdf(document(*lines, banner=None, header=""), fonts).data).pages)
    assert len(re.findall(rf"(?<!\S){re.escape(word)}(?!\S)", text)) == 11 * 60


def test_a_word_wider_than_a_third_of_the_line_may_be_parted_at_its_hyphens(fonts: Path) -> None:
    for filler in ("i" * 40, "i" * 60):
        file = write_pdf(document(line("p", f"{filler} {LONG} end"), banner=None, header=""), fonts)
        place = file.places["p"][0]
        assert place.y1 - place.y0 == pytest.approx(2 * Style().size * Style().line_height, abs=1)
        assert squeeze(LONG) in read(file.data).squeezed[0]
    narrow = table("t", 2, 4, "long-term " * 12)
    file = write_pdf(document(narrow, banner=None, header=""), fonts)
    assert read(file.data).squeezed[0].count("long-term") >= 4 * 12


def ink(file: PdfFile) -> bytes:
    """What the first page looks like."""
    with pypdfium2.PdfDocument(file.data) as pdf:
        return bytes(pdf[0].render(scale=2).to_numpy().tobytes())


@pytest.mark.parametrize("mark", ["\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2068\u2069", "\ufeff"])
@pytest.mark.parametrize("words", ["“one”{}, two", "אחת{}, שתיים", "قسم الشحن {}، الميناء"])
def test_characters_that_guide_layout_leave_no_ink(fonts: Path, mark: str, words: str) -> None:
    rtl = "rtl" if RTL.search(words) else "ltr"

    def page(between: str, role: Role) -> bytes:
        laid = document(line("p", words.format(between), direction=rtl, role=role), banner=None, header="")
        return ink(write_pdf(laid, fonts))

    if rtl == "ltr" or mark != "\u200e":  # which turns the comma over in a line from the right
        assert page(mark, Role.BODY) == page("", Role.BODY)
        assert page(mark, Role.HEADING_1) == page("", Role.HEADING_1)


def test_nothing_runs_over_the_margins(fonts: Path) -> None:
    laid = document(
        line("u", "See ", TextRun(ADDRESS, url=ADDRESS), " for more."),
        line("w", "x" * 10_000),
        line("r", "سلام" * 400, direction="rtl"),
        line("c", "港口重新开放" * 80),
        QuotationBlock("q", (line("ql", ADDRESS, role=Role.QUOTATION),)),
        table("t", 3, 12, ADDRESS),
        line("h", ADDRESS.replace("/", "W"), role=Role.HEADING_1, level=1, number="1.1.1.1"),
        header=ADDRESS,
        banner=Banner(
            text="TLP:AMBER+STRICT · " + "restricted to members " * 6, colour="#FFC000", background="#000000"
        ),
    )
    file = write_pdf(laid, fonts)
    for page, left, _, right, _ in boxes(file.data):
        assert left > 72 - 2, page
        assert right < 595.28 - 72 + 2, page
    assert "x" * 10_000 in "".join(re.findall("x+", "".join(read(file.data).squeezed)))


def test_missing_characters_are_named_and_still_read_back(fonts: Path) -> None:
    laid = document(line("p", "Port 港 and \U0001f6a2, 港 again"), header="漢")
    file = write_pdf(laid, fonts)
    assert set(file.missing) == {"港", "\U0001f6a2", "漢"}
    assert set(missing_characters(laid, fonts)) == set(file.missing)
    assert "Port 港 and" in read(file.data).pages[0]


def test_odd_characters_are_printed_or_dropped_but_never_break_the_file(fonts: Path) -> None:
    odd = "a\x00b\x07c\ud83d\ude00d\udc00e\tf\ng\u2028h\u00adi\ufeffj\u202ek\u200bl"
    laid = document(line("p", odd), line("e"), line("s", "   "), heading("h", odd), header=odd, footer=odd)
    file = write_pdf(laid, fonts)
    assert {"p", "e", "s", "h"} <= set(file.places)
    assert read(file.data).outline


def test_justified_lines_reach_both_margins(fonts: Path) -> None:
    styles = STYLES | {Role.BODY: replace(Style(), align="justify")}
    file = write_pdf(document(line("p", prose(200)), styles=styles, banner=None, header=""), fonts)
    ends: dict[float, float] = {}
    for _, _, bottom, right, _ in boxes(file.data):
        ends[round(bottom / 14)] = max(ends.get(round(bottom / 14), 0.0), right)
    assert sum(right > 595.28 - 72 - 2.5 for right in ends.values()) >= 10
