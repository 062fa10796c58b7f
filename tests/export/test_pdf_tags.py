"""The structure of a PDF, read with other code than wrote it: every word in it once, in order, as what it is."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import LaidMedia, LayoutDocument, NoteRun, PictureBlock, Role, TextRun
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.model.template import CitationStyle
from tests.export.pdf_reading import document, heading, line, note, plain, prose, squeeze, table, text_lines
from tests.export.pdf_tags import Node, TaggedPage, tagged_pages
from tests.samples import DATE, full_briefing, png

RTL = re.compile("[\u0590-\u08ff]")


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


def pages_of(laid: LayoutDocument, fonts: Path) -> list[TaggedPage]:
    pages = tagged_pages(write_pdf(laid, fonts).data)
    for page in pages:
        assert not page.unmarked
        assert not page.astray
    return pages


def nodes(pages: list[TaggedPage], kind: str) -> list[Node]:
    return [node for page in pages for node in page.all(kind)]


@pytest.mark.parametrize("citations", get_args(CitationStyle))
def test_the_structure_says_every_word_once_and_in_order(fonts: Path, citations: CitationStyle) -> None:
    laid = lay_out(full_briefing(), LayoutOptions(date=DATE, form=ExportOptions(citations=citations)))
    pages = pages_of(laid, fonts)
    said = squeeze("".join(page.words for page in pages))
    at = 0
    for block in text_lines(laid.blocks):
        words = squeeze(plain(block.runs))
        at = said.find(words, at)
        assert at >= 0, (block.id, words)
    for each in laid.notes:
        for text in (plain(one.runs) for one in each.lines):
            # PDFium turns lines over that begin from the right, whichever way they run
            parts = re.findall(r"\w+", text) if RTL.search(text) else [text]
            assert all(squeeze(part) in said for part in parts), each.number
    assert laid.banner is not None
    assert all(page.outside.count(laid.banner.text) == 2 for page in pages)
    assert laid.banner.text not in "".join(page.words for page in pages)


def test_each_part_of_the_sample_is_what_it_is(fonts: Path) -> None:
    pages = pages_of(lay_out(full_briefing(), LayoutOptions(date=DATE)), fonts)
    for page in pages:
        (root,) = page.roots
        assert (root.kind, root.language) == ("Document", "en")
    heads = {node.words.strip() for kind in ("H1", "H2") for node in nodes(pages, kind)}
    assert {"1 Situation", "1.1 Traffic", "3 Outlook"} <= heads
    assert [node.alt for node in nodes(pages, "Figure")] == [
        "Map of the harbour, with both berths",
        "Ships a day, falling to nought",
    ]
    assert {node.attributes["ListNumbering"] for node in nodes(pages, "L")} == {"Decimal", "Disc"}
    assert all([kid.kind for kid in item.kids] == ["Lbl", "LBody"] for item in nodes(pages, "LI"))
    assert [node.attributes["Scope"] for node in nodes(pages, "TH")] == ["Column"] * 3
    languages = {kind: {node.language for node in nodes(pages, kind)} - {""} for kind in ("P", "Span")}
    assert {"ru", "ar"} <= languages["P"]
    assert {"ru", "el"} <= languages["Span"]
    ids = [node.id for node in nodes(pages, "Note")]
    assert ids == [f"note-{number}" for number in range(1, len(ids) + 1)]
    calls = [node.words.strip() for node in nodes(pages, "Reference") if node.words.strip().isdecimal()]
    assert calls == [str(number) for number in range(1, len(ids) + 1)]


def test_levels_of_headings_are_never_skipped(fonts: Path) -> None:
    blocks = [heading(f"h{at}", f"Heading {level}", level) for at, level in enumerate((3, 4, 1, 4, 2, 3, 1))]
    (page,) = pages_of(document(*blocks), fonts)
    levels = [int(node.kind[1]) for node in page.walk() if node.kind[0] == "H"]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_note_that_goes_on_overleaf_stays_one_and_stands_after_the_block_that_calls_it(fonts: Path) -> None:
    blocks = [line("a", prose(100, "a"), NoteRun("n1", 1)), *(line(f"p{at}", prose(90)) for at in range(6))]
    pages = pages_of(document(*blocks, notes=(note(1, prose(900, "long")), note(2, "never called"))), fonts)
    assert [[node.id for node in page.all("Note")] for page in pages[:2]] == [["note-1"], ["note-1"]]
    first = next(node for node in pages[0].walk() if node.kind == "Document")
    assert [kid.kind for kid in first.kids[:3]] == ["P", "Note", "P"]
    parts = squeeze("".join(node.words for node in nodes(pages, "Note")))
    assert squeeze(prose(900, "long")) in parts
    assert "nevercalled" in parts


def test_a_head_that_is_printed_again_is_said_once(fonts: Path) -> None:
    pages = pages_of(document(table("long", 120, 4, "value")), fonts)
    assert len(pages) > 2
    assert all("head 0.0" in page.outside for page in pages[1:])
    assert [node.words.strip() for node in nodes(pages, "TH")] == [f"head 0.{at}" for at in range(4)]
    assert sum(len(page.all("TD")) for page in pages) == 119 * 4


def test_words_from_right_to_left_are_said_as_they_are_written(fonts: Path) -> None:
    text = "صدر التقرير (TLP) في 14 نوفمبر " * 12
    laid = document(line("p", text, direction="rtl", language="ar"), line("q", "The name ", TextRun("משרד הביטחון")))
    (page,) = pages_of(laid, fonts)
    said = [squeeze(node.words) for node in page.roots[0].kids]
    assert said == [squeeze(text), squeeze("The name משרד הביטחון")]
    assert page.roots[0].kids[0].language == "ar"


def test_links_that_lead_nowhere_and_pictures_that_nobody_describes_are_no_content(fonts: Path) -> None:
    media = {"m": LaidMedia("m", "image/png", png(64, 48), 64, 48)}
    caption = line("c", "The harbour", role=Role.CAPTION)
    laid = document(
        line("l", TextRun("lost", target="nowhere"), " and ", TextRun("found", target="c")),
        PictureBlock("bare", "m", "", 64, 48),
        PictureBlock("named", "m", "", 64, 48, caption),
        media=media,
    )
    (page,) = pages_of(laid, fonts)
    assert [node.words for node in page.all("Link")] == ["found"]
    assert [node.alt for node in page.all("Figure")] == ["The harbour"]
