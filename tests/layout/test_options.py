"""The options of an export: what each makes of the layout, what cannot be, and what changes nothing."""

from dataclasses import replace
from typing import Any

import pytest

from briefing_app.errors import UsageError
from briefing_app.layout.advice import without_effect
from briefing_app.layout.document import (
    BreakBlock,
    ContentsBlock,
    LayoutDocument,
    PictureBlock,
    QuotationBlock,
    Role,
    TextLine,
    TextRun,
)
from briefing_app.layout.lay_out import lay_out
from briefing_app.layout.options import ExportOptions
from briefing_app.layout.pages import column_width
from briefing_app.layout.words import body_lines, run_text
from briefing_app.model.briefing import Briefing
from tests.export_options import options_of
from tests.samples import briefing_of, excerpts, full_briefing, paragraph, template


def laid(briefing: Briefing | None = None, **options: object) -> LayoutDocument:
    return lay_out(briefing or full_briefing(), options_of(**options))


def lines_of(document: LayoutDocument, *roles: Role) -> list[TextLine]:
    return [block for block in document.blocks if isinstance(block, TextLine) and block.role in roles]


def test_options_that_say_nothing_change_nothing() -> None:
    assert laid() == laid(contents=True, numbered_headings=True, columns=1, watermark=False, paper="A4")


@pytest.mark.parametrize(
    ("of_template", "asked"),
    [
        ({"cover": True}, {"cover": True}),
        ({"columns": 2, "contents": False}, {"columns": 2, "contents": False}),
        ({"line_numbers": True}, {"line_numbers": True}),
        ({"numbered_paragraphs": True}, {"numbered_paragraphs": True}),
        ({"excerpts": True}, {"excerpts": True}),
        ({"numbered_headings": False}, {"numbered_headings": False}),
        ({"citation_style": "sources"}, {"citations": "sources"}),
    ],
)
def test_the_template_says_what_nobody_asks_for(of_template: dict[str, Any], asked: dict[str, Any]) -> None:
    plain = full_briefing()
    told = replace(plain, template=replace(plain.template, **of_template))
    assert laid(told).blocks == laid(plain, **asked).blocks
    usual = {name: getattr(ExportOptions(), name) for name in asked}
    assert all(value is None for value in usual.values())


def test_a_cover_stands_alone_and_the_contents_after_it() -> None:
    document = laid(cover=True)
    kinds = [type(block) for block in document.blocks]
    contents = kinds.index(ContentsBlock)
    assert document.cover
    assert kinds[contents - 1] is kinds[contents + 1] is BreakBlock
    assert {block.role for block in document.blocks[: contents - 1] if isinstance(block, TextLine)} <= {
        Role.TITLE,
        Role.SUBTITLE,
        Role.META,
    }
    assert not laid(
        briefing_of(paragraph("p", "Words."), meta=replace(full_briefing().meta, title="Only")), cover=None
    ).cover


def test_paragraphs_are_numbered_through_all_sections() -> None:
    document = laid(numbered_paragraphs=True)
    numbers = [line.number for line in lines_of(document, Role.LEAD, Role.BODY)]
    assert numbers == [f"{number}." for number in range(1, len(numbers) + 1)]
    assert len(numbers) > 5
    quoted = [line for line in body_lines(document) if line.role in (Role.LIST, Role.QUOTATION, Role.TABLE_CELL)]
    assert quoted
    assert not any(line.number for line in quoted)


def test_the_appendix_has_each_passage_once_with_its_place_hash_and_translation() -> None:
    document = laid(excerpts=True)
    ids = [block.id for block in document.blocks]
    begin = ids.index("excerpts")
    assert isinstance(document.blocks[begin - 1], BreakBlock)
    appendix = document.blocks[begin + 1 :]
    entries = [block for block in appendix if isinstance(block, TextLine)]
    assert [entry.number for entry in entries] == [str(number) for number in range(1, len(entries) + 1)]
    by_id = {excerpt.id: excerpt for excerpt in excerpts()}
    for entry in entries:
        excerpt = by_id[entry.id.removeprefix("passage-")]
        words = next(block for block in appendix if block.id == f"{entry.id}-words")
        assert isinstance(words, QuotationBlock)
        assert words.attribution is not None
        assert "".join("".join(run_text(line.runs) for line in words.lines).split()) == "".join(excerpt.text.split())
        place = run_text(words.attribution.runs)
        assert f"Characters {excerpt.start + 1}–{excerpt.end}" in place
        assert excerpt.sha256 in place
        assert excerpt.text_sha256 in place
        translated = [block for block in appendix if block.id == f"{entry.id}-translation"]
        assert bool(translated) == bool(excerpt.translation)
    linked = {
        run.target for note in document.notes for line in note.lines for run in line.runs if isinstance(run, TextRun)
    }
    assert {entry.id for entry in entries} <= linked  # each citation names its passage


def test_no_appendix_without_being_asked_and_none_that_is_empty() -> None:
    assert "excerpts" not in {block.id for block in laid().blocks}
    plain = briefing_of(paragraph("p", "Words."))
    document = laid(plain, excerpts=True)
    assert "excerpts" not in {block.id for block in document.blocks}
    assert without_effect(ExportOptions(excerpts=True), document, "pdf") == (
        "There is no appendix of excerpts, because the briefing rests on no passage.",
    )


def test_draft_stands_across_the_page_when_asked_and_on_every_draft() -> None:
    assert laid().watermark == ""
    for document in (laid(watermark=True), laid(draft=True), laid(draft=True, watermark=False)):
        assert document.watermark == "DRAFT"
        assert document.header.startswith("DRAFT")
    told = without_effect(ExportOptions(watermark=False), laid(draft=True, watermark=False), "pdf")
    assert told == ("DRAFT stands on every page all the same, because errors are open.",)


def test_columns_narrow_what_stands_in_them_and_the_front_goes_across() -> None:
    document = laid(columns=2)
    width = column_width(document.page)
    assert all(block.width <= width + 0.01 for block in document.blocks if isinstance(block, PictureBlock))
    assert isinstance(document.blocks[document.across - 1], ContentsBlock)
    assert laid(columns=1).across == 0


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"left": 4.0}, "The left margin is 4 mm"),
        ({"top": 81.0}, "The top margin is 81 mm"),
        ({"paper": "A5", "left": 60.0, "right": 60.0}, "leave 28 mm for the text"),
        ({"columns": 2, "left": 60.0, "right": 60.0}, "each of the two columns"),
        ({"paper": "A5", "top": 79.0, "bottom": 79.0}, "less than 60 mm"),
        ({"line_numbers": True, "left": 8.0}, "Line numbers stand in the margin"),
        ({"columns": 2, "citations": "endnotes"}, "Notes at the end cannot be combined with two columns"),
    ],
)
def test_what_cannot_be_is_refused_in_words(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        laid(**options)


def test_what_a_format_cannot_show_is_told() -> None:
    asked = ExportOptions(line_numbers=True, columns=2, paper="Letter", left=20, right=20, review=True)
    told = without_effect(asked, laid(), "md")
    assert len(told) == 5
    assert all("Markdown" in sentence for sentence in told)
    assert without_effect(asked, laid(), "docx") == ()
    assert without_effect(ExportOptions(columns=1), laid(briefing_of(template=template())), "md") == ()
