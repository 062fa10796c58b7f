"""PDF pages a second with their text and the rectangle of every word, against ``pdftotext -bbox`` (Poppler).

Processor time of both: of this process, and of one Poppler process for each file, its start included. A long document
shows the ratio where starting costs nothing.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from briefing_app.errors import UnreadableFile
from briefing_app.readers.pdf import read_pdf
from briefing_app.readers.pdf_file import opened, page_of
from briefing_app.readers.pdf_lines import Characters, lines_of
from briefing_app.readers.pdf_places import places
from tests.export.pdf_reading import WORDS

PAGES = int(os.environ.get("BRIEFING_BENCH_PAGES", "200"))
ROUNDS = 3


def _words(data: bytes) -> tuple[int, int]:
    """Pages and words of a PDF, all words with their places."""
    pages = words = 0
    try:
        with opened(data, "") as document:
            for index in range(len(document)):
                with page_of(document, index) as page:
                    pages += 1
                    words += sum(len(line.words) for line in lines_of(page[0], Characters(page[1]))) if page else 0
    except UnreadableFile:
        return 0, 0
    return pages, words


def _ours(files: Iterable[bytes]) -> tuple[float, int, int]:
    started = time.process_time()
    counts = [_words(data) for data in files]
    return time.process_time() - started, sum(pages for pages, _ in counts), sum(words for _, words in counts)


def _theirs(files: Iterable[Path], program: str, out: Path) -> tuple[float, int]:
    before = os.times()
    words = 0
    for file in files:
        subprocess.run([program, "-bbox", str(file), str(out)], capture_output=True, check=False, timeout=60)
        words += out.read_text("utf-8", "replace").count("<word ") if out.exists() else 0
        out.unlink(missing_ok=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, words


def _long() -> bytes:
    chance = random.Random(1)
    out = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    texts = (" ".join(chance.choices(WORDS, k=80)).capitalize() + "." for _ in range(PAGES * 8))
    SimpleDocTemplate(out, invariant=1).build([Paragraph(text, style) for text in texts])
    return out.getvalue()


@pytest.fixture
def pdftotext() -> str:
    program = shutil.which("pdftotext")
    if not program:
        pytest.skip("pdftotext is not here: install poppler-utils to compare with it")
    return program


def bench_pages_of_the_corpus(corpus: Path, tmp_path: Path, pdftotext: str) -> None:
    files = sorted((corpus / "pdf").glob("*.pdf"))
    contents = [file.read_bytes() for file in files]
    _compared("corpus", files, contents, pdftotext, tmp_path)


def bench_pages_of_a_long_document(tmp_path: Path, pdftotext: str) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(_long())
    _compared("one long document", [file], [file.read_bytes()], pdftotext, tmp_path)
    started = time.process_time()
    reading = read_pdf(file.read_bytes(), file.name)
    print(f"read whole, with paragraphs and fields: {len(reading.pages) / (time.process_time() - started):.0f} pages/s")
    middle = len(reading.text) // 2
    started = time.perf_counter()
    found = places(file.read_bytes(), reading.text, reading.pages, middle, middle + 400)
    print(f"places of a passage of 400 letters: {(time.perf_counter() - started) * 1000:.1f} ms, {len(found)} lines")


def _compared(label: str, files: list[Path], contents: list[bytes], program: str, tmp_path: Path) -> None:
    _ours(contents[:5])  # libraries are loaded once in a process
    ours, pages, words = min(_ours(contents) for _ in range(ROUNDS))
    theirs, their_words = min(_theirs(files, program, tmp_path / "words.html") for _ in range(ROUNDS))
    print(f"\n{label}: {len(files)} files, {pages} pages; ours {pages / ours:.0f} pages/s ({words} words with places),")
    print(f"pdftotext -bbox {pages / theirs:.0f} pages/s ({their_words} words), ours/pdftotext {theirs / ours:.2f}")
