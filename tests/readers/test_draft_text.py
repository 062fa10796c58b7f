"""Drafts in plain text: headings by their look, lists, and not a character lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing_app.errors import UnreadableFile
from briefing_app.model.block import ListBlock, Paragraph
from briefing_app.model.draft import Draft, DraftHeading
from briefing_app.model.inline import LineBreak
from briefing_app.model.plain import inline_text
from briefing_app.readers import read_draft
from tests.readers.build import docx, ids, paragraph, pdf, words


def draft_of(text: str, name: str = "draft.txt") -> Draft:
    return read_draft(text.encode("utf-8"), name, ids())


def outline(draft: Draft) -> list[str]:
    return [inline_text(part.content) for part in draft.parts if isinstance(part, DraftHeading)]


@pytest.mark.corpus
def test_the_seed_is_a_lead_and_three_headed_paragraphs(corpus: Path) -> None:
    data = (corpus / "seed" / "000_55c245188ef25330.txt").read_bytes()
    draft = read_draft(data, "seed.txt", ids())
    assert [type(part) for part in draft.parts] == [Paragraph, *[DraftHeading, Paragraph] * 3]
    assert outline(draft) == [
        "Accusations from the Kremlin",
        "Western Military Support for Ukraine",
        "Russian Perspectives and Global Implications",
    ]
    pieces = [inline_text(part.content) for part in draft.parts if isinstance(part, DraftHeading | Paragraph)]
    assert "\n\n".join(pieces) == data.decode("utf-8").strip()
    assert (draft.title, draft.language, draft.warnings) == ("", "en", ())


BODY = {
    "en": "The convoy left the city at dawn, officials said, and reached the border by noon.",
    "ru": "Колонна вышла из города на рассвете, сообщили власти, и к полудню достигла границы.",
    "ar": "غادرت القافلة المدينة عند الفجر، بحسب المسؤولين، ووصلت إلى الحدود ظهرا، ولم تقع إصابات.",
    "zh": "官员们说，车队黎明时分离开城市，中午抵达边境。当地居民表示，没有听到枪声，也没有看到任何军人。",
}
HEADINGS = {"en": "Convoy at the border", "ru": "Колонна у границы", "ar": "القافلة على الحدود", "zh": "边境车队"}


@pytest.mark.parametrize("language", ["en", "ru", "ar", "zh"])
def test_headings_in_any_script(language: str) -> None:
    body, heading = BODY[language], HEADINGS[language]
    draft = draft_of(f"{body}\n\n{heading}\n\n{body}\n{body}\n\n{heading} II\n\n{body}\n")
    assert outline(draft) == [heading, f"{heading} II"]
    assert draft.title == ""
    assert draft.language == language
    assert any(isinstance(inline, LineBreak) for inline in draft.parts[2].content)  # type: ignore[union-attr]


def test_a_title_over_headings() -> None:
    body = BODY["en"]
    draft = draft_of(
        f"A long headline about the convoy and the border\n\n{body}\n\nPosture\n\n{body}\n\nOutlook\n\n{body}"
    )
    assert draft.title == "A long headline about the convoy and the border"
    assert outline(draft) == ["Posture", "Outlook"]
    assert draft_of(f"Title\n\nHeading\n\n{body}").title == "Title"
    assert outline(draft_of(f"Lead\n\n{body}\n\nLonger heading here\n\n{body}")) == ["Lead", "Longer heading here"]


@pytest.mark.parametrize(
    "line",
    [
        "It ended.",
        "Why now?",
        "Item;",
        "Notes:",
        "结束。",
        "ماذا بعد؟",
        "- an item",
        "• an item",
        "word " * 13,
        "***",
        "x" * 81,
    ],
)
def test_what_is_no_heading(line: str) -> None:
    assert outline(draft_of(f"{BODY['en']}\n\n{line}\n\n{BODY['en']}")) == []


def test_a_last_short_line_is_no_heading() -> None:
    draft = draft_of(f"{BODY['en']}\n\nJane Doe")
    assert outline(draft) == []
    assert words(draft).endswith("Jane Doe")


def test_lists_nest_and_count() -> None:
    text = "Points:\n- one\n  - inner\n    goes on\n- two\n\n* three\n\n3. third\n4. fourth\n7. seventh\n"
    draft = draft_of(text)
    assert isinstance(draft.parts[0], Paragraph)
    lists = [part for part in draft.parts if isinstance(part, ListBlock)]
    assert [(block.ordered, block.start, len(block.items)) for block in lists] == [
        (False, 1, 3),
        (True, 3, 2),
        (True, 7, 1),
    ]
    inner = lists[0].items[0].blocks[1]
    assert isinstance(inner, ListBlock)
    assert words(draft).replace("\n", "|") == "Points:oneinner|goes ontwothreethirdfourthseventh"


def test_numbered_headings() -> None:
    body = BODY["en"]
    draft = draft_of(f"{body}\n\n1. Findings\n\n{body}\n\n2. Outlook\n\n{body}")
    assert outline(draft) == ["1. Findings", "2. Outlook"]


def test_a_text_of_long_lines_without_blank_ones() -> None:
    body = BODY["en"] * 4
    draft = draft_of(f"{body}\nA heading between\n{body}\n")
    assert outline(draft) == ["A heading between"]
    assert len(draft.parts) == 3


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30)
MARKED = st.builds(str.__add__, st.sampled_from(["", "- ", "  - ", "* ", "• ", "1. ", "2) ", "    3. ", "\t"]), LINE)
_MARK = re.compile(r"^[ \t]*(?:[-*•‣◦▪●]|[1-9]\d{0,2}[.)])[ \t]+(?=\S)")


@given(st.lists(st.one_of(LINE, MARKED, st.just("")), min_size=1, max_size=14))
@settings(max_examples=400, deadline=None)
def test_every_character_comes_back_in_order(lines: list[str]) -> None:
    """Only the marks of list items may be missing: lists carry them as structure."""
    text = "\n".join(lines)
    try:
        draft = draft_of(text)
    except UnreadableFile:
        assert not text.strip("\ufeff \n\t") or not text.isprintable()
        return
    got = [char for char in words(draft) if not char.isspace()]
    full = [char for char in text if not char.isspace() and char not in "\ufeff\ufffe\uffff"]
    bare = [
        char
        for line in lines
        for char in _MARK.sub("", line)
        if not char.isspace() and char not in "\ufeff\ufffe\uffff"
    ]
    assert _is_part(bare, got)
    assert _is_part(got, full)


def _is_part(inner: list[str], outer: list[str]) -> bool:
    """True where ``inner`` can be had by striking characters out of ``outer``."""
    rest = iter(outer)
    return all(char in rest for char in inner)


@pytest.mark.parametrize(
    ("data", "name"), [(pdf([["Words"]]), "a.pdf"), (b"<!DOCTYPE html><html><p>Words</p></html>", "a.html")]
)
def test_other_formats_are_no_drafts(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile, match=name) as caught:
        read_draft(data, name, ids())
    assert "DOCX, Markdown or text" in caught.value.remedy


def test_a_draft_is_read_as_what_it_is() -> None:
    assert words(read_draft(docx(paragraph("Words of a draft")), "draft.txt", ids())) == "Words of a draft"
