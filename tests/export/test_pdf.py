"""The PDF of a document: its text read back in order, its pages, notes, links, outline, and what bad input gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from reportlab import rl_config

from briefing_app.errors import Cancelled, ExportError
from briefing_app.export.pdf.result import PdfFile
from briefing_app.export.pdf.writer import write_pdf
from briefing_app.layout.document import (
    BreakBlock,
    CellBlock,
    ContentsBlock,
    ContentsEntry,
    LaidMedia,
    LayoutDocument,
    NoteRun,
    Page,
    PictureBlock,
    Style,
    TableBlock,
    TextLine,
    TextRun,
)
from briefing_app.layout.lay_out import LayoutOptions, lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.model.template import CitationStyle
from tests.export.pdf_reading import (
    calls_of,
    document,
    heading,
    line,
    note,
    plain,
    prose,
    read,
    squeeze,
    table,
    text_lines,
)
from tests.samples import DATE, full_briefing, png

RTL = re.compile("[\u0590-\u08ff]")
ADDRESS = "https://example.org/" + "a-long-path/with_parts/" * 12 + "?query=one&other=two"


@pytest.fixture(scope="module")
def fonts(repository: Path) -> Path:
    return repository / "resources" / "fonts"


def pages_of(file: PdfFile, id: str) -> list[int]:
    return [place.page for place in file.places[id]]


def assert_text_is_there(laid: LayoutDocument, file: PdfFile) -> None:
    """Every word of every block and note stands on the block's pages; left-to-right text stands there whole."""
    read_back = read(file.data).squeezed
    lines = [*text_lines(laid.blocks), *(one for each in laid.notes for one in each.lines)]
    at, page_before = 0, 0
    for one in lines:
        pages = pages_of(file, one.id)
        on_pages = "".join(read_back[page - 1] for page in pages)
        text = plain(one.runs)
        for word in text.split():
            letters = re.sub(r"[^\w]", "", squeeze(word)) if RTL.search(text) else squeeze(word)
            assert not letters or RTL.search(text) or letters in on_pages, (one.id, word)
            for rtl_word in re.findall("[\u0620-\u065f\u05d0-\u05ea]+", word):
                assert squeeze(rtl_word) in on_pages, (one.id, rtl_word)
        if len(pages) == 1 and not RTL.search(text) and one in laid.blocks:
            start = at if pages[0] == page_before else 0
            found = read_back[pages[0] - 1].find(squeeze(text), start)
            assert found >= 0, (one.id, text)
            at, page_before = found, pages[0]


@pytest.mark.parametrize("citations", get_args(CitationStyle))
def test_every_word_of_the_sample_is_read_back_in_order(fonts: Path, citations: CitationStyle) -> None:
    laid = lay_out(full_briefing(), LayoutOptions(date=DATE, form=ExportOptions(citations=citations)))
    file = write_pdf(laid, fonts)
    assert_text_is_there(laid, file)
    assert file.missing == ()
    text = read(file.data).squeezed
    assert laid.banner is not None
    for number, page in enumerate(text, 1):
        assert page.count(squeeze(laid.banner.text)) >= 2
        assert squeeze(laid.words.page.format(page=number, pages=file.pages)) in page


def test_the_same_document_gives_the_same_bytes_and_carries_its_properties(fonts: Path) -> None:
    laid = document(heading("h", "Heading"), line("p", prose(50)))
    one, two = write_pdf(laid, fonts), write_pdf(laid, fonts)
    assert one.data == two.data
    meta = read(one.data).metadata
    assert (meta["Title"], meta["Author"], meta["Subject"], meta["Keywords"]) == (
        "Велск: port",
        "A. Analyst",
        "Subject",
        "one, two",
    )
    assert meta["CreationDate"] == meta["ModDate"] == "D:20261125093000+01'00'"


def test_a_note_stands_at_the_foot_of_the_page_on_which_it_is_called(fonts: Path) -> None:
    notes = tuple(note(number, prose(12 + number * 3, f"n{number}")) for number in range(1, 31))
    blocks = tuple(
        line(f"p{number}", prose(45, f"p{number}"), NoteRun(f"n{number}", number), " ", prose(40, "after"))
        for number in range(1, 31)
    )
    file = write_pdf(document(*blocks, notes=notes), fonts)
    read_back = read(file.data)
    assert file.pages > 3
    for block, run in calls_of(blocks):
        place = file.places[run.note_id][0]
        assert place.page in pages_of(file, block.id)
        assert all(place.y0 >= body.y1 - 0.1 for body in file.places[block.id] if body.page == place.page)
        assert f"{run.number}." in read_back.squeezed[place.page - 1]
    # from the call to the note, and back
    assert len([one for one in read_back.links if not one.url]) == 2 * len(notes)


def test_a_long_note_goes_on_overleaf_and_the_text_with_it(fonts: Path) -> None:
    long = note(1, prose(900, "long"), prose(40, "second"))
    laid = document(
        line("p1", prose(100, "a"), NoteRun("n1", 1)), *(line(f"p{i}", prose(90)) for i in range(2, 9)), notes=(long,)
    )
    file = write_pdf(laid, fonts)
    assert pages_of(file, "n1")[0] == pages_of(file, "p1")[0] == 1
    assert len(pages_of(file, "n1")) >= 2
    assert any(2 in pages_of(file, f"p{i}") for i in range(2, 9))  # the second page is no page of notes only
    assert_text_is_there(laid, file)


def test_notes_at_the_end_and_notes_never_called_are_kept(fonts: Path) -> None:
    notes = (note(1, prose(20, "first")), note(2, prose(20, "uncalled")))
    blocks = (heading("h", "Heading"), line("p", "Text", NoteRun("n1", 1)))
    for place in ("foot", "end"):
        laid = document(*blocks, notes=notes, notes_place=place)
        file = write_pdf(laid, fonts)
        assert_text_is_there(laid, file)
        assert ("Notes" in read(file.data).pages[0]) == (place == "end")


def test_contents_outline_and_links_lead_where_they_say(fonts: Path) -> None:
    chapters = [
        (heading(f"h{at}", f"Chapter {at}", 1 + at % 2, f"{at}"), line(f"p{at}", prose(700, f"c{at}")))
        for at in range(8)
    ]
    heads = [head for head, _ in chapters]
    entries = tuple(ContentsEntry(head.id, head.level, head.number, plain(head.runs)) for head in heads)
    link = line(
        "l", TextRun("see chapter 7", target="h7"), " and ", TextRun("the paper", url="https://a.example/д?x=1")
    )
    lost = line("lost", TextRun("nowhere", target="no-such-id"))
    laid = document(ContentsBlock("contents", "Contents", entries), link, lost, *(b for pair in chapters for b in pair))
    file = write_pdf(laid, fonts)
    got = read(file.data)
    for head in heads:
        page = pages_of(file, head.id)[0]
        assert re.search(rf"{head.number} *{plain(head.runs)}\s*{page}\b", got.pages[0]), head
        assert any(one.page == 1 and one.to_page == page for one in got.links)
    assert [title for _, title, _ in got.outline] == [f"{head.number} {plain(head.runs)}" for head in heads]
    assert [page for _, _, page in got.outline] == [pages_of(file, head.id)[0] for head in heads]
    assert {level for level, _, _ in got.outline} == {0, 1}
    assert [one.url for one in got.links if one.url] == ["https://a.example/%D0%B4?x=1"]
    assert sum(one.to_page == pages_of(file, "h7")[0] for one in got.links) >= 2


def test_headings_stay_with_their_text_and_no_line_of_a_paragraph_stands_alone(fonts: Path) -> None:
    blocks: list[TextLine] = []
    for at in range(60):
        blocks += [heading(f"h{at}", f"Heading {at}", 1 + at % 2), line(f"p{at}", prose(30 + at * 5 % 70, f"k{at}"))]
    file = write_pdf(document(*blocks), fonts)
    height = Style().size * Style().line_height
    for at in range(60):
        text = file.places[f"p{at}"]
        assert file.places[f"h{at}"][-1].page == text[0].page
        if len(text) > 1:
            assert all(place.y1 - place.y0 > 1.9 * height for place in text), at


def test_a_table_prints_its_head_on_each_page_and_small_ones_stay_whole(fonts: Path) -> None:
    fill = [line(f"f{at}", prose(60)) for at in range(9)]
    file = write_pdf(document(*fill, table("small", 5, 3), table("long", 120, 4, "value")), fonts)
    assert len(pages_of(file, "small")) == 1
    pages = pages_of(file, "long")
    assert len(pages) >= 3
    text = read(file.data).squeezed
    assert all("head0.0" in text[page - 1] for page in pages)
    assert sum(page.count("value77.2") for page in text) == 1
    assert file.places["long-77-2"][0].x0 > file.places["long-77-1"][0].x0


def test_cells_span_and_one_taller_than_a_page_is_cut_at_its_lines(fonts: Path) -> None:
    cells = (
        CellBlock("a", 0, 0, (line("ap", "tall left"),), row_span=2),
        CellBlock("b", 0, 1, (line("bp", prose(1500, "b")),), column_span=2),
        CellBlock("c", 1, 1, (line("cp", "under"),)),
        CellBlock("d", 1, 2, (line("dp", "right"), line("dq", "below", NoteRun("n1", 1)))),
    )
    laid = document(TableBlock("t", 2, 3, 0, (0.2, 0.4, 0.4), cells), notes=(note(1, "In a cell"),))
    file = write_pdf(laid, fonts)
    assert len(pages_of(file, "b")) > 1
    assert_text_is_there(laid, file)


def test_the_file_stands_for_itself_and_leaves_reportlab_as_it_was(fonts: Path) -> None:
    before = rl_config.useA85
    media = {"m": LaidMedia("m", "image/png", png(64, 48), 64, 48)}
    laid = document(heading("h", "One"), heading("g", "Deep", 4), PictureBlock("pic", "m", "", 9, 9), media=media)
    file = write_pdf(laid, fonts)
    assert rl_config.useA85 == before
    assert b"ASCII85" not in file.data
    assert file.data.count(b"/FontFile2") == file.data.count(b"/FontDescriptor\n") > 0
    assert not re.search(rb"/Subtype /(?:Type1|TrueType)\b", file.data)  # no font but the embedded ones
    assert b"/Lang (en-GB)" in file.data
    assert b"/DisplayDocTitle true" in file.data
    assert [(level, title) for level, title, _ in read(file.data).outline] == [(0, "One"), (1, "Deep")]
    other = write_pdf(document(heading("h", "Two"), media=media), fonts)
    identifiers = [re.search(rb"/ID \n\[<(\w+)>", one.data) for one in (file, other)]
    assert all(identifiers)
    assert len({found[1] for found in identifiers if found}) == 2


def test_page_breaks_make_no_blank_page(fonts: Path) -> None:
    laid = document(
        BreakBlock("b1"), line("p", "one"), BreakBlock("b2"), BreakBlock("b3"), line("q", "two"), BreakBlock("z")
    )
    file = write_pdf(laid, fonts)
    assert file.pages == 2
    assert (pages_of(file, "p"), pages_of(file, "q")) == ([1], [2])
    assert {"b1", "b2", "b3", "z"} <= set(file.places)
    assert write_pdf(document(), fonts).pages == 1


def test_a_page_without_room_and_a_folder_without_fonts_are_refused(fonts: Path, tmp_path: Path) -> None:
    small = Page(width=200, height=200, top=90, bottom=90, left=20, right=20)
    with pytest.raises(ExportError, match="200 by 200 points"):
        write_pdf(document(line("p", "x"), page=small), fonts)
    with pytest.raises(ExportError, match="NotoSans-Regular"):
        write_pdf(document(line("p", "x")), tmp_path)


def test_progress_is_told_by_page_and_can_stop_the_work(fonts: Path) -> None:
    laid = document(*(line(f"p{at}", prose(300)) for at in range(10)))
    told: list[int] = []
    file = write_pdf(laid, fonts, progress=told.append)
    assert told[: file.pages] == list(range(1, file.pages + 1))

    def stop(page: int) -> None:
        if page == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pdf(laid, fonts, progress=stop)
