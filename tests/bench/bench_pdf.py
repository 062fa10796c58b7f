"""The PDF writer, in pages a second of processor time, against ReportLab's platypus setting the same words alike."""

from __future__ import annotations

import io
import os
import random
import time
from pathlib import Path

import pypdfium2
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import NoteRun, Style, TextLine
from tests.export.pdf_reading import WORDS, document, heading, line, note

PAGES = int(os.environ.get("BRIEFING_BENCH_PAGES", "200"))
_PER_PAGE = 8  # paragraphs
_FACE = "NotoSerif-Regular"


def _texts() -> list[str]:
    chance = random.Random(1)
    return [" ".join(chance.choices(WORDS, k=62)).capitalize() + "." for _ in range(PAGES * _PER_PAGE)]


def _platypus(texts: list[str], fonts: Path) -> bytes:
    pdfmetrics.registerFont(TTFont(_FACE, str(fonts / f"{_FACE}.ttf")))
    look = Style()
    style = ParagraphStyle(
        "body", fontName=_FACE, fontSize=look.size, leading=look.size * look.line_height, spaceAfter=look.space_after
    )
    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=(595.28, 841.89), pageCompression=1, initialFontName=_FACE)
    template.build([Paragraph(text, style) for text in texts])
    return out.getvalue()


def _with_notes(texts: list[str]) -> tuple[list[TextLine], tuple[str, ...]]:
    """The same words with a heading on each page and a note in each fourth paragraph."""
    blocks: list[TextLine] = []
    called: list[str] = []
    for at, text in enumerate(texts):
        if at % _PER_PAGE == 0:
            blocks.append(heading(f"h{at}", f"Heading {at}", 1 + at // _PER_PAGE % 2))
        if at % 4 == 0:
            called.append(" ".join(text.split()[:18]))
            blocks.append(line(f"p{at}", text, NoteRun(f"n{len(called)}", len(called))))
        else:
            blocks.append(line(f"p{at}", text))
    return blocks, tuple(called)


def bench_pdf(repository: Path) -> None:
    fonts = repository / "resources" / "fonts"
    texts = _texts()
    write_pdf(document(line("warm", texts[0])), fonts)  # fonts are read once in a process
    _platypus(texts[:1], fonts)

    started = time.process_time()
    plain = write_pdf(document(*(line(f"p{at}", text) for at, text in enumerate(texts))), fonts)
    ours = plain.pages / (time.process_time() - started)

    blocks, called = _with_notes(texts)
    notes = tuple(note(number, text) for number, text in enumerate(called, 1))
    started = time.process_time()
    whole = write_pdf(document(*blocks, notes=notes), fonts)
    noted = whole.pages / (time.process_time() - started)

    started = time.process_time()
    peer = _platypus(texts, fonts)
    spent = time.process_time() - started
    with pypdfium2.PdfDocument(peer) as pdf:
        pages = len(pdf)
    theirs = pages / spent
    print(f"\nplain paragraphs: ours {ours:.0f} pages a second ({plain.pages} pages, {len(plain.data) / 1e6:.2f} MB),")
    print(f"platypus {theirs:.0f} ({pages} pages, {len(peer) / 1e6:.2f} MB), ours/platypus {ours / theirs:.2f}")
    print(f"with headings, outline, marking and {len(notes)} notes: ours {noted:.0f} ({whole.pages} pages)")
