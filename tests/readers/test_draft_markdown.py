"""Drafts in Markdown: structure kept, nothing lost, nothing fetched."""

from __future__ import annotations

import base64

import pytest

from briefing_app.model.block import ListBlock, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.draft import Draft, DraftHeading
from briefing_app.model.inline import LineBreak, Note, Text
from briefing_app.model.plain import inline_text
from briefing_app.readers import read, read_draft
from tests.readers.build import ids, png, words
from tests.readers.test_read import check_form

FRONT = (
    "---\ntitle: 'Brief: the port'\nauthor: Jane Doe; Max Roe\ndate: 2026-11-03\nlang: en-GB\n"
    "source: The Paper\nurl: https://x.org/a\n---\n"
)


def draft_of(text: str, **options: object) -> Draft:
    return read_draft(text.encode("utf-8"), "draft.md", ids(), **options)  # type: ignore[arg-type]


def only(draft: Draft) -> tuple[object, ...]:
    (part,) = draft.parts
    assert isinstance(part, Paragraph)
    return part.content


def test_inlines() -> None:
    content = only(
        draft_of("a *b* **c *d*** <u>e</u> `f`  \n[g](https://x.org/g) <https://x.org/h> https://x.org/i.\nj")
    )
    assert content == (
        Text("a "), Text("b", italic=True), Text(" "), Text("c ", bold=True), Text("d", bold=True, italic=True),
        Text(" "), Text("e", underline=True), Text(" f"), LineBreak(), Text("g", link="https://x.org/g"), Text(" "),
        Text("https://x.org/h", link="https://x.org/h"), Text(" "), Text("https://x.org/i", link="https://x.org/i"),
        Text(". j"),
    )  # fmt: skip


def test_blocks() -> None:
    draft = draft_of(
        "# Title\n\nLead.\n\n## Part\n\n- a\n  - b\n    1. c\n- d\n\n4. e\n\n> f\n>\n> g\n\n| A | B |\n|---|---|\n"
        "| 1 | 2 |\n\n<!-- pagebreak -->\n\n```\ncode\n  more\n```\n\n### Deep\n\nEnd.\n"
    )
    assert draft.title == "Title"
    kinds = [type(part) for part in draft.parts]
    assert kinds == [
        Paragraph, DraftHeading, ListBlock, ListBlock, Quotation, Table, PageBreak, Paragraph, DraftHeading, Paragraph,
    ]  # fmt: skip
    bullets, numbers = (part for part in draft.parts if isinstance(part, ListBlock))
    assert (len(bullets.items), bullets.ordered, numbers.ordered, numbers.start) == (2, False, True, 4)
    quotation = next(part for part in draft.parts if isinstance(part, Quotation))
    assert [inline_text(inner.content) for inner in quotation.paragraphs] == ["f", "g"]
    table = next(part for part in draft.parts if isinstance(part, Table))
    assert (len(table.rows), table.header_rows) == (2, 1)
    assert [part.level for part in draft.parts if isinstance(part, DraftHeading)] == [2, 3]


def test_notes_and_those_without_a_reference() -> None:
    draft = draft_of(
        "Words[^1] and^[inline *note*] more.\n\n[^1]: The note.\n\n    Its second part.\n[^2]: Nobody refers.\n"
    )
    notes = [
        inline for part in draft.parts if isinstance(part, Paragraph) for inline in part.content
        if isinstance(inline, Note)
    ]  # fmt: skip
    assert [inline_text(note.content) for note in notes] == [
        "The note.\nIts second part.", "inline note", "Nobody refers.",
    ]  # fmt: skip
    assert "nothing refers" in draft.warnings[0]


def test_pictures() -> None:
    inside = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    asked: list[str] = []

    def resolve(name: str) -> bytes | None:
        asked.append(name)
        return png((5, 5), "BMP") if name == "maps/a b.bmp" else None

    draft = draft_of(
        f"Before ![one]({inside}) after.\n\n![two](maps/a%20b.bmp)\n\n![three](gone.png) ![four](https://x.org/p.png)"
        " ![five](/etc/passwd)",
        resolve=resolve,
    )
    pictures = [part for part in draft.parts if isinstance(part, Picture)]
    assert [picture.alt for picture in pictures] == ["one", "two"]
    assert {picture.media for picture in pictures} == {media.sha256 for media in draft.media}
    assert [media.media_type for media in draft.media] == ["image/png", "image/png"]
    assert asked == ["maps/a b.bmp", "gone.png"]
    assert len(draft.warnings) == 3
    assert words(draft).endswith("three (gone.png) four (https://x.org/p.png) five (/etc/passwd)")


def test_front_matter_is_fields_and_no_text() -> None:
    reading = read((FRONT + "# Part\n\nWords of the *text*.\n").encode(), "a.md")
    check_form(reading)
    assert reading.text == "Part\n\nWords of the text."
    fields = reading.fields
    assert (fields.title, fields.authors) == ("Brief: the port", ("Jane Doe", "Max Roe"))
    assert (fields.published, fields.language, fields.outlet) == ("2026-11-03", "en", "The Paper")
    assert fields.url == "https://x.org/a"
    draft = draft_of(FRONT + "Words.")
    assert draft.title == "Brief: the port"
    assert words(draft) == "Brief: the portWords."


@pytest.mark.parametrize(
    "text",
    [
        "---\nno mapping, a rule\n---\nWords",
        "---\na: &x [1]\nb: *x\n---\nWords",
        "<div>raw <b>tags</b></div>\n\nWords",
        "a < b & c > d \\* e ~~f~~ $g$ [h] [i][j]",
        "> - in\n>   1. nested\n>\n> | A |\n> |---|\n> | b |",
        "- item\n\n  > quoted\n\n  ```\n  code\n  ```",
        "<u>never closed\n\nWords",
    ],
)
def test_unusual_source_loses_no_word(text: str) -> None:
    shown = "".join(words(draft_of(text)).split())
    for word in ("".join(char if char.isalnum() else " " for char in text)).split():
        if word not in ("u", "1"):
            assert word in shown


@pytest.mark.parametrize("depth", [50, 95, 103, 400])
def test_words_at_any_depth_are_kept(depth: int) -> None:
    draft = read_draft((">" * depth + " deepest\n\nafter\n").encode(), "deep.md", ids())
    text = repr(draft.parts)
    assert "deepest" in text
    assert "after" in text
    assert bool(draft.warnings) == (depth > 95)
