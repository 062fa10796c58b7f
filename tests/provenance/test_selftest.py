"""The self-test passes what was written whole, and fails what lost a word, a note, or the marking of one page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from briefing_app.errors import ExportError
from briefing_app.export.docx import write_docx
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import LaidBlock, LaidNote, LayoutDocument, Run, TextLine, TextRun
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.model.block import Cell, ListBlock, ListItem, PageBreak, Quotation, Row, Section, Table
from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation, Note, Text
from briefing_app.provenance.selftest import prove
from tests.samples import (
    ARABIC,
    DATE,
    briefing_of,
    excerpt_of,
    full_briefing,
    meta,
    paragraph,
    template,
    text_source,
    words,
)

Write = Callable[[LayoutDocument], bytes]
HEBREW = "רשות הנמל הודיעה כי תנועת האוניות חזרה לסדרה אחרי 14 ימים של השבתה."
TEXTS = {
    "ar": (
        ARABIC,
        "من المتوقع عودة الملاحة إلى الميناء قبل نهاية العام الحالي",
        "صحيفة الميناء",
        ("الوضع", "حركة السفن", "التوقعات"),
        "ارتفعت أقساط التأمين بنسبة 35 في المئة خلال ثلاثة أيام (وفق الهيئة)، ثم تراجعت.",
        "راجع بيان الهيئة الصادر في 18 تشرين الثاني 2026.",
    ),
    "he": (
        HEBREW,
        "רשות הנמל: תנועת האוניות במצר חוזרת לסדרה אחרי שבועיים",
        "עיתון הנמל",
        ("מצב", "תנועת אוניות", "תחזית"),
        "דמי הביטוח עלו ב־35 אחוזים בתוך שלושה ימים (לפי הרשות), ואז ירדו.",
        "ראו את הודעת הרשות מיום 18 בנובמבר 2026.",
    ),
}


def whole(language: str) -> Briefing:
    """A briefing in a language that runs from right to left, with a kind of block in each section."""
    text, title, outlet, heads, words_of, aside = TEXTS[language]
    source = text_source(
        f"s-{language}",
        title=title,
        outlet=outlet,
        published="2026-11-18",
        language=language,
        url="https://port.example/a/18",
    )
    excerpt: Excerpt = replace(excerpt_of("e", source.id, text), language=language)
    item = ListItem("i", (paragraph("ip", words_of),))
    rows = (
        Row("r1", (Cell("c1", (paragraph("c1p", heads[0]),)), Cell("c2", (paragraph("c2p", heads[1]),)))),
        Row("r2", (Cell("c3", (paragraph("c3p", "41"),)), Cell("c4", (paragraph("c4p", outlet),)))),
    )
    sections = (
        Section("s1", words(heads[0]), (paragraph("p1", words_of, Citation("k1", "e")), Quotation("q", "e"))),
        Section("s2", words(heads[1]), (ListBlock("l", (item,)), Table("t", rows, caption=words(title)))),
        Section("s3", words(heads[2]), (PageBreak("b"), paragraph("p3", text, Note("n", (Text(aside),)), ""))),
    )
    return briefing_of(
        sections=sections,
        sources=(source,),
        excerpts=(excerpt,),
        meta=meta(title=title, language=language),
        template=template(),
    )


def pdf(document: LayoutDocument, fonts: Path) -> bytes:
    return write_pdf(document, fonts).data


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


@pytest.fixture(params=["pdf", "docx"])
def format(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def write(format: str, fonts: Path) -> Write:
    return write_docx if format == "docx" else lambda document: pdf(document, fonts)


LAID = {
    "everything": lambda: lay_out(full_briefing(), LayoutOptions(date=DATE)),
    "sources": lambda: lay_out(full_briefing(), LayoutOptions(date=DATE, form=ExportOptions(citations="sources"))),
    "Arabic": lambda: lay_out(whole("ar"), LayoutOptions(date=DATE, marking="TLP:AMBER")),
    "Hebrew": lambda: lay_out(whole("he"), LayoutOptions(date=DATE, marking="TLP:AMBER")),
}


@pytest.mark.parametrize("laid", LAID)
def test_what_was_written_whole_passes(laid: str, format: str, write: Write) -> None:
    document = LAID[laid]()
    prove(write(document), format, document)


def passes(data: bytes, format: str, document: LayoutDocument) -> bool:
    try:
        prove(data, format, document)
    except ExportError as error:
        return not error.problems
    return True


def without(line: TextLine, at: int, word: str) -> TextLine:
    """The line without ``word`` in its run ``at``."""
    run = line.runs[at]
    assert isinstance(run, TextRun)
    runs: list[Run] = list(line.runs)
    runs[at] = replace(run, text=run.text.replace(word, "", 1))
    return replace(line, runs=tuple(runs))


def lacking_a_word(document: LayoutDocument) -> Iterator[tuple[str, LayoutDocument]]:
    """The document with a long word taken away, once for each paragraph and heading that has one."""
    blocks: list[LaidBlock] = list(document.blocks)
    for index, block in enumerate(blocks):
        if not isinstance(block, TextLine):
            continue
        for at, run in enumerate(block.runs):
            word = max(run.text.split(), key=len, default="") if isinstance(run, TextRun) else ""
            titled = block.direction == "rtl" and word in document.header  # the head of each page has it too
            if len(word) > 5 and not titled:
                changed = without(block, at, word)
                yield word, replace(document, blocks=(*blocks[:index], changed, *blocks[index + 1 :]))
                break


@pytest.mark.parametrize("laid", ["everything", "Arabic", "Hebrew"])
def test_a_word_that_is_lacking_fails(laid: str, format: str, write: Write) -> None:
    document = LAID[laid]()
    planted = list(lacking_a_word(document))[::2]
    assert planted
    for word, fault in planted:
        assert not passes(write(fault), format, document), word


@pytest.mark.parametrize("laid", ["everything", "Arabic", "Hebrew"])
def test_a_note_that_is_lacking_fails(laid: str, format: str, write: Write) -> None:
    document = LAID[laid]()
    assert document.notes
    for index, note in enumerate(document.notes):
        emptied = tuple(replace(line, runs=()) for line in note.lines)
        notes = (*document.notes[:index], LaidNote(note.id, note.number, emptied), *document.notes[index + 1 :])
        assert not passes(write(replace(document, notes=notes)), format, document), note.number


def test_a_page_without_its_marking_fails(fonts: Path) -> None:
    document = LAID["everything"]()
    marked = pypdfium2.PdfDocument(pdf(document, fonts))
    bare = pypdfium2.PdfDocument(pdf(replace(document, banner=None), fonts))
    assert len(marked) == len(bare) > 2
    mixed = pypdfium2.PdfDocument.new()
    for index in range(len(marked)):
        mixed.import_pages(bare if index == 1 else marked, [index])
    out = io.BytesIO()
    mixed.save(out)
    for file in (mixed, bare, marked):
        file.close()
    with pytest.raises(ExportError) as caught:
        prove(out.getvalue(), "pdf", document)
    assert any("Page 2 " in problem for problem in caught.value.problems)
    assert not any("Page 1 " in problem or "Page 3 " in problem for problem in caught.value.problems)


def test_what_no_font_has_is_known_to_be_lacking(fonts: Path) -> None:
    document = lay_out(briefing_of(paragraph("p", "Port 港 is open.")), LayoutOptions(date=DATE))
    written = write_pdf(document, fonts)
    assert written.missing == ("港",)
    prove(written.data, "pdf", document, missing=written.missing)
