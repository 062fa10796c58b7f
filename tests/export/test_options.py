"""Every option in every format: each file passes its self-test, and shows what was asked for."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from briefing_app.export.docx import write_docx
from briefing_app.export.html.writer import write_html
from briefing_app.export.markdown import write_markdown
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.export.text import write_text
from briefing_app.layout.document import LayoutDocument
from briefing_app.layout.lay_out import lay_out
from briefing_app.provenance.selftest import prove
from tests.export.docx_lint import Package, W, open_package
from tests.export.gallery import OPTIONS, from_the_right
from tests.export_options import options_of
from tests.samples import briefing_of, full_briefing, paragraph


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


def laid(**options: object) -> LayoutDocument:
    return lay_out(full_briefing(), options_of(**options))


def package(**options: object) -> Package:
    return open_package(write_docx(laid(**options)))


@pytest.mark.parametrize("name", OPTIONS)
def test_every_format_proves_itself(name: str, fonts: Path) -> None:
    for briefing in (full_briefing(), from_the_right("ar")):
        document = lay_out(briefing, options_of(**OPTIONS[name]))
        pdf = write_pdf(document, fonts)
        prove(pdf.data, "pdf", document, missing=pdf.missing)
        prove(write_docx(document), "docx", document)
        prove(write_html(document).encode(), "html", document)
        prove(write_markdown(document).encode(), "md", document)
        prove(write_text(document).encode(), "txt", document)


def page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_a_cover_has_the_title_and_the_marking_alone(fonts: Path) -> None:
    document = laid(cover=True, watermark=True)
    texts = page_texts(write_pdf(document, fonts).data)
    assert "The port closed" not in texts[0]
    assert texts[0].count("TLP:AMBER") == 2
    assert "Page 1" not in texts[0]
    assert "DRAFT" in texts[0]
    assert "Contents" in texts[1]
    assert "Page 2 of" in texts[1]
    footer = open_package(write_docx(document)).part("footer2")
    assert not list(footer.iter(f"{W}instrText"))


def test_line_numbers_and_the_watermark_are_no_text_of_the_pdf(fonts: Path) -> None:
    plain = page_texts(write_pdf(laid(), fonts).data)
    numbered = page_texts(write_pdf(laid(line_numbers=True), fonts).data)
    assert numbered == plain
    marked = page_texts(write_pdf(laid(watermark=True), fonts).data)
    assert [text.count("DRAFT") for text in marked] == [2] * len(marked)  # head and foot


def test_columns_are_even_at_the_end_and_turn_pages_together(fonts: Path) -> None:
    briefing = briefing_of(*(paragraph(f"p{n}", f"Paragraph {n}. " + "word " * 60) for n in range(8)))
    document = lay_out(briefing, options_of(columns=2, contents=False))
    pdf = write_pdf(document, fonts)
    assert pdf.pages == 1
    middle = document.page.width / 2
    bottoms = [0.0, 0.0]
    for number in range(8):
        for place in pdf.places[f"p{number}"]:
            bottoms[place.x1 > middle] = max(bottoms[place.x1 > middle], place.y1)
    assert abs(bottoms[0] - bottoms[1]) < 60
    assert max(bottoms) < document.page.height * 0.85


def test_columns_of_a_document_from_the_right_begin_on_the_right(fonts: Path) -> None:
    document = lay_out(from_the_right("ar"), options_of(columns=2, contents=False))
    places = write_pdf(document, fonts).places
    assert places["p1"][0].x0 > places["t"][0].x0
    section = open_package(write_docx(document)).part("document")[0][-1]
    assert section.find(f"{W}bidi") is not None


def test_word_gets_sections_line_numbers_and_numbered_paragraphs() -> None:
    root = package(columns=2, line_numbers=True, numbered_paragraphs=True).part("document")
    sections = list(root.iter(f"{W}sectPr"))
    assert [section.find(f"{W}cols").get(f"{W}num") for section in sections] == ["1", "2", "1"]  # type: ignore[union-attr]
    assert [section.find(f"{W}type") is not None for section in sections] == [False, True, True]
    assert all(section.find(f"{W}lnNumType") is not None for section in sections)
    numbered = [one for one in root.iter(f"{W}numId") if one.get(f"{W}val") == "4"]
    assert len(numbered) > 5


def test_blocks_of_a_review_copy_keep_their_ids_and_a_release_copy_has_none() -> None:
    tags = [str(tag.get(f"{W}val")) for tag in package(review=True).part("document").iter(f"{W}tag")]
    assert tags == [
        str(tag.get(f"{W}val")) for tag in package(review=True, cover=True).part("document").iter(f"{W}tag")
    ]
    assert "block:title" in tags
    assert len(tags) == len(set(tags))
    assert package(review=True).part("settings").find(f"{W}trackRevisions") is not None
    release = package()
    assert not list(release.part("document").iter(f"{W}tag"))
    assert release.part("settings").find(f"{W}trackRevisions") is None


def test_notes_that_name_a_note_follow_it_when_it_is_renumbered() -> None:
    for citations, part in (("footnotes", "footnotes"), ("endnotes", "endnotes")):
        made = package(citations=citations)
        codes = [code.text or "" for code in made.part(part).iter(f"{W}instrText")]
        names = {str(one.get(f"{W}name")) for one in made.part("document").iter(f"{W}bookmarkStart")}
        assert codes
        assert all(code.split()[0] == "NOTEREF" and code.split()[1] in names for code in codes)


def test_numbers_of_the_appendix_read_the_same_in_every_format(fonts: Path) -> None:
    document = laid(excerpts=True)
    made = package(excerpts=True)
    docx = "".join(node.text or "" for node in made.part("document").iter(f"{W}t"))
    pdf = "\n".join(page_texts(write_pdf(document, fonts).data))
    for text in (docx, pdf, write_text(document)):
        appendix = text.rpartition("Excerpts")[2]
        assert "[1]" in appendix
        assert "[2]" in appendix
