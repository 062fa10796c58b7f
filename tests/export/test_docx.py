"""The DOCX writer: sound packages, every word in place, and what Word needs to show it well."""

import io
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.export.docx import write_docx
from briefing_app.export.docx.scripts import segments
from briefing_app.layout.document import LayoutDocument, Role, TextLine
from briefing_app.layout.lay_out import lay_out
from briefing_app.layout.words import body_lines, run_text
from briefing_app.model.block import ListBlock, ListItem, Picture, Table
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Text
from briefing_app.model.template import CitationStyle
from tests import strategies
from tests.export.docx_lint import DOC_PR, Package, R, W, lint, open_package, paragraph_text, texts_of
from tests.export_options import options_of
from tests.samples import MAP, briefing_of, full_briefing, media_of, meta, paragraph, template, words

STYLES: tuple[CitationStyle, ...] = ("footnotes", "endnotes", "sources", "none")


def laid(briefing: Briefing, **options: object) -> LayoutDocument:
    return lay_out(briefing, options_of(**options))


def package_of(briefing: Briefing, **options: object) -> Package:
    return open_package(write_docx(laid(briefing, **options)))


def expected(line: TextLine) -> str:
    label = f"[{line.number}]\t" if line.role is Role.SOURCE_ENTRY else ""
    mark = f"({line.mark}) " if line.mark else ""
    return f"{label}{mark}{run_text(line.runs)}"


@pytest.mark.parametrize("style", STYLES)
def test_the_whole_sample_is_sound_and_complete(style: CitationStyle) -> None:
    document = laid(full_briefing(), citations=style)
    data = write_docx(document)
    assert lint(data) == []
    package = open_package(data)
    contents = len(laid(full_briefing(), citations=style, contents=True).blocks) - len(
        laid(full_briefing(), citations=style, contents=False).blocks
    )
    assert contents == 1
    texts = [text for text in texts_of(package) if not re.search(r"\t(–|\d+)$", text) and text != "Contents"]
    lines = [expected(line) for line in body_lines(document)]
    assert texts == [*lines, "Notes"] if style == "endnotes" else texts == lines
    if document.notes:
        kind = "endnotes" if style == "endnotes" else "footnotes"
        assert texts_of(package, kind) == [f" {run_text(line.runs)}" for note in document.notes for line in note.lines]


def test_the_same_document_gives_the_same_bytes() -> None:
    data = write_docx(laid(full_briefing()))
    assert data == write_docx(laid(full_briefing()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_headings_have_levels_and_count_for_themselves() -> None:
    package = package_of(full_briefing(), citations="sources")
    headings = {
        paragraph_text(item): item
        for item in package.part("document").iter(f"{W}p")
        if any(str(style.get(f"{W}val")).startswith("Heading") for style in item.iter(f"{W}pStyle"))
    }
    assert list(headings) == [
        "Situation",
        "Traffic",
        "The harbour",
        "(TLP:GREEN) What others say",
        "Outlook",
        "Sources",
    ]
    assert [style.get(f"{W}val") for style in headings["Sources"].iter(f"{W}pStyle")] == ["HeadingUnnumbered"]
    styles = {style.get(f"{W}styleId"): style for style in package.part("styles").iter(f"{W}style")}
    assert [styles[f"Heading{n}"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") for n in (1, 2, 3, 4)] == list("0123")
    assert styles["Heading1"].find(f"{W}pPr/{W}numPr") is not None
    assert styles["HeadingUnnumbered"].find(f"{W}pPr/{W}numPr") is None
    assert styles["HeadingUnnumbered"].find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"  # type: ignore[union-attr]
    plain = package_of(full_briefing(template=template(numbered_headings=False)))
    assert b"<w:numPr>" not in re.findall(rb'w:styleId="Heading1".*?</w:style>', plain.parts["word/styles.xml"])[0]


@pytest.mark.parametrize("known", [True, False])
def test_contents_are_cached_with_their_pages(known: bool) -> None:
    pages = {"sec-situation": 2, "sec-traffic": 3, "sec-harbour": 3, "sec-views": 4, "sec-outlook": 5}
    package = open_package(write_docx(laid(full_briefing()), pages if known else None))
    entries = [text.split("\t") for text in texts_of(package) if "\t" in text]
    assert [entry[-1] for entry in entries] == (list("23345") if known else ["–"] * 5)
    assert entries[1][:2] == ["1.1", "Traffic"]
    assert b"updateFields" not in package.parts["word/settings.xml"]
    assert package.parts["word/document.xml"].count(b"PAGEREF _Toc") == 5


@pytest.mark.parametrize("draft", [False, True])
def test_the_marking_stands_in_every_header_and_footer(draft: bool) -> None:
    package = package_of(full_briefing(), draft=draft)
    for part in ("header1", "header2", "footer1"):
        assert "\u00a0TLP:AMBER · Members only\u00a0" in texts_of(package, part)
    references = [
        (str(item.tag).removeprefix(W), item.get(f"{W}type"))
        for item in package.part("document").iter(f"{W}headerReference", f"{W}footerReference")
    ]
    assert len(references) == len(set(references)) == 4
    assert texts_of(package, "footer1")[0].endswith("DMA-2026-117\tPage 1 of 1")
    assert ("DRAFT · Velsk: the port reopens" in texts_of(package, "header2")) is draft
    banner = next(s for s in package.part("styles").iter(f"{W}style") if s.get(f"{W}styleId") == "MarkingBanner")
    assert banner.find(f"{W}rPr/{W}sz").get(f"{W}val") == "24"  # type: ignore[union-attr]
    assert banner.find(f"{W}pPr/{W}jc").get(f"{W}val") == "right"  # type: ignore[union-attr]


def test_without_a_marking_there_is_none() -> None:
    package = package_of(briefing_of(paragraph("p", "Words.")))
    assert texts_of(package, "header1") == ["Small"]
    assert texts_of(package, "header2") == []


def test_every_list_counts_for_itself() -> None:
    def numbered(name: str, start: int) -> ListBlock:
        return ListBlock(name, (ListItem(f"{name}-i", (paragraph(f"{name}-p", "One."),)),), ordered=True, start=start)

    package = package_of(briefing_of(numbered("a", 1), paragraph("p", "Between."), numbered("b", 5)))
    used = [item.get(f"{W}val") for item in package.part("document").iter(f"{W}numId")]
    assert len(set(used)) == 2
    starts = {
        num.get(f"{W}numId"): num.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")  # type: ignore[union-attr]
        for num in package.part("numbering").iter(f"{W}num")
        if num.find(f"{W}lvlOverride") is not None
    }
    assert [starts[number] for number in used] == ["1", "5"]


def test_tables_repeat_their_head_and_keep_their_rows() -> None:
    (table,) = package_of(full_briefing()).part("document").iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    merged = [item.get(f"{W}val") for item in table.iter(f"{W}vMerge")]
    assert merged == ["restart", None]
    assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "Calls at Velsk, by berth"  # type: ignore[union-attr]


def test_pictures_have_their_text_alternative_and_one_part_each() -> None:
    blocks = (Picture("a", MAP.sha256, alt='The "old" <map> & more'), Picture("b", MAP.sha256, alt=""))
    package = package_of(briefing_of(*blocks))
    drawings = list(package.part("document").iter(DOC_PR))
    assert [(item.get("id"), item.get("descr")) for item in drawings] == [("1", 'The "old" <map> & more'), ("2", "")]
    assert [name for name in package.parts if "media" in name] == ["word/media/image1.png"]
    assert package.parts["word/media/image1.png"] == MAP.data


def test_a_picture_starts_where_its_caption_does() -> None:
    blocks = (
        Picture("a", MAP.sha256, caption=words("A map")),
        Picture("b", MAP.sha256, caption=words("خريطة الميناء")),
    )
    package = package_of(briefing_of(*blocks))
    shown = [item for item in package.part("document").iter(f"{W}p") if item.find(f".//{DOC_PR}") is not None]
    assert [item.find(f"{W}pPr/{W}bidi") is not None for item in shown] == [False, True]


def test_a_picture_that_word_does_not_know_becomes_a_png() -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (12, 8), (200, 10, 20)).save(buffer, "WEBP", lossless=True)
    media = media_of(buffer.getvalue(), "image/webp")
    package = package_of(briefing_of(Picture("a", media.sha256), media=(media,)))
    with Image.open(io.BytesIO(package.parts["word/media/image1.png"])) as image:
        assert image.size == (12, 8)
        assert image.convert("RGB").getpixel((3, 3)) == (200, 10, 20)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.example/x?a=1&b=2#c", "https://a.example/x?a=1&b=2#c"),
        ("https://a.example/порт a", "https://a.example/%D0%BF%D0%BE%D1%80%D1%82%20a"),
        ("www.a.example", "https://www.a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("#anchor", None),
    ],
)
def test_links_lead_outside_only_where_it_is_safe(url: str, target: str | None) -> None:
    package = package_of(briefing_of(paragraph("p", Text("here", link=url))))
    (relationships,) = [root for name, root in package.roots.items() if name == "word/_rels/document.xml.rels"]
    found = [item.get("Target") for item in relationships if item.get("TargetMode") == "External"]
    assert found == ([target] if target else [])
    assert "here" in texts_of(package)


def test_right_to_left_words_are_told_apart() -> None:
    package = package_of(full_briefing())
    runs = [
        ("".join(run.itertext()), run.find(f"{W}rPr/{W}rtl") is not None, run.find(f"{W}rPr/{W}lang"))
        for run in package.part("document").iter(f"{W}r")
    ]
    (great,) = [run for run in runs if run[0] == "الميناء الكبير"]
    assert great[1]
    assert great[2] is not None
    assert great[2].get(f"{W}bidi") == "ar-SA"
    paragraphs = {paragraph_text(item): item.find(f"{W}pPr/{W}bidi") for item in package.part("document").iter(f"{W}p")}
    assert [text for text, bidi in paragraphs.items() if bidi is not None and "قالت" not in text] == []
    russian = [run[2] for run in runs if run[0].startswith("Порт Вельск")]
    assert [item.get(f"{W}val") for item in russian if item is not None] == ["ru-RU"]


@given(st.text(st.sampled_from("aб1 .,-(אب٣\u200f\U00010900")), st.booleans())
def test_segments_join_to_the_text_and_keep_words_whole(text: str, right_to_left: bool) -> None:
    pieces = segments(text, right_to_left)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    for piece, backwards in pieces:
        assert not re.search("[aб]" if backwards else "[אب\U00010900]", piece)
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


def test_python_docx_opens_it_and_finds_its_properties() -> None:
    document = docx.Document(io.BytesIO(write_docx(laid(full_briefing()))))
    core = document.core_properties
    assert (core.title, core.author, core.identifier) == ("Velsk: the port reopens", "A. Analyst", "DMA-2026-117")
    assert core.created is not None
    assert core.created == core.modified
    assert core.created.isoformat() == "2026-11-25T08:00:00+00:00"
    names = {style.name for style in document.styles}
    assert {"Title", "Heading 1", "List Bullet", "Quote", "Caption", "footnote text", "toc 1", "Hyperlink"} <= names
    section = document.sections[0]
    assert section.page_width is not None
    assert (round(section.page_width.mm), section.different_first_page_header_footer) == (210, True)


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    package = package_of(
        briefing_of(paragraph("p", "a\x00b\x1fc\ud800d\uffffe\x0bf\tg"), meta=meta(title="T\x01<&>", marking=""))
    )
    assert "abcde f\tg" in texts_of(package)
    assert "T<&>" in texts_of(package)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(strategies.briefings(), st.sampled_from(STYLES))
def test_any_draft_gives_a_sound_package_with_its_words(briefing: Briefing, style: CitationStyle) -> None:
    document = laid(replace(briefing, meta=replace(briefing.meta, marking="TLP:RED")), citations=style, draft=True)
    data = write_docx(document)
    assert lint(data) == []
    package = open_package(data)
    squeezed = re.sub(r"\s", "", "".join(texts_of(package)))
    place = 0
    for line in body_lines(document):
        words = re.sub(r"[\s\ud800]", "", expected(line))
        place = squeezed.find(words, place)
        assert place >= 0, words
        place += len(words)


def test_an_empty_briefing_is_a_document_too() -> None:
    data = write_docx(laid(briefing_of(meta=meta(title="", subtitle="", marking=""))))
    assert lint(data) == []


def test_tables_side_by_side_stay_apart() -> None:
    from briefing_app.model.block import Row
    from tests.samples import cell

    tables = tuple(Table(f"t{n}", (Row(f"r{n}", (cell(f"c{n}", "Cell"),)),)) for n in (1, 2))
    body = package_of(briefing_of(*tables)).part("document")[0]
    tags = [str(item.tag).removeprefix(W) for item in body]
    assert tags[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]
    assert R in next(str(name) for item in body[-1] for name in item.attrib if str(name).startswith(R))


def _validator() -> Path | None:
    folder = Path(os.environ.get("VALIDATORS") or Path.home() / ".cache" / "briefing-validators")
    program = folder / "node_modules" / ".bin" / "ooxml-validator"
    return program if program.exists() else None


@pytest.mark.skipif(_validator() is None, reason="the Open XML SDK's validator is not installed")
@pytest.mark.parametrize("style", STYLES)
def test_the_open_xml_sdk_finds_no_error(style: CitationStyle, tmp_path: Path) -> None:
    file = tmp_path / "full.docx"
    file.write_bytes(write_docx(laid(full_briefing(), citations=style)))
    result = subprocess.run([str(_validator()), str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout
