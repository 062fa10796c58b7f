"""Replacing in the whole briefing: every place of the analyst's own words, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.app.replacing import Place, Wanted, flat_text, places, replace_all, replace_at
from briefing_app.errors import UsageError
from briefing_app.model.block import ListBlock, ListItem, Paragraph, Quotation, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import apply
from briefing_app.model.inline import Citation, Inlines, LineBreak, Note, Text
from briefing_app.model.plain import inlines_of
from tests.samples import full_briefing, template


def briefing_of(*paragraphs: Inlines, heading: str = "Heading") -> Briefing:
    blocks = tuple(Paragraph(f"p{number}", content) for number, content in enumerate(paragraphs))
    return Briefing(id="b", template=template(), sections=(Section("s", (Text(heading),), blocks),))


def after(briefing: Briefing, wanted: Wanted, replacement: str) -> list[Inlines]:
    found = replace_all(briefing, wanted, replacement)
    changed = apply(briefing, found.edit).briefing if found.edit else briefing
    return [inlines_of(node) for node in changed.walk()]


def test_headings_text_lists_and_notes_are_searched() -> None:
    note = Note("n", (Text("Velsk again"),))
    blocks = (
        Paragraph("p", (Text("In Velsk", bold=True), note)),
        ListBlock("l", (ListItem("i", (Paragraph("q", (Text("velsk"),)),)),)),
        Quotation("k", paragraphs=(Paragraph("r", (Text("“Velsk”"),)),)),
    )
    briefing = Briefing(id="b", template=template(), sections=(Section("s", (Text("Velsk"),), blocks),))
    found = replace_all(briefing, Wanted("Velsk"), "Wolsk")
    assert (found.count, found.kept) == (5, 0)
    assert found.edit is not None
    changed = apply(briefing, found.edit).briefing
    texts = [inlines_of(node) for node in changed.walk() if inlines_of(node)]
    assert texts == [
        (Text("Wolsk"),),
        (Text("In Wolsk", bold=True), Note("n", (Text("Wolsk again"),))),
        (Text("Wolsk"),),
        (Text("“Wolsk”"),),
    ]
    assert apply(changed, apply(briefing, found.edit).inverse).briefing == briefing


def test_a_quoted_passage_keeps_its_words() -> None:
    briefing = full_briefing()
    words = briefing.excerpts[0].text.split()[0]
    found = replace_all(briefing, Wanted(words), "XXXX")
    changed = apply(briefing, found.edit).briefing if found.edit else briefing
    assert changed.excerpts == briefing.excerpts


def test_what_has_a_citation_in_it_stays_and_is_counted() -> None:
    briefing = briefing_of((Text("cable "), Citation("c", "e"), Text(" cut")))
    found = replace_all(briefing, Wanted("cable.*cut", regular=True), "line")
    assert (found.edit, found.count, found.kept) == (None, 0, 1)


def test_the_new_words_take_the_style_of_the_first_that_they_replace() -> None:
    briefing = briefing_of((Text("a ca"), Text("ble", italic=True), Text(" b")))
    assert after(briefing, Wanted("cable"), "line")[1] == (Text("a line b"),)
    assert after(briefing, Wanted("ble b"), "X")[1] == (Text("a ca"), Text("X", italic=True))


@pytest.mark.parametrize(
    ("wanted", "text", "replacement", "result"),
    [
        (Wanted("Cable"), "cable CABLE", "line", "line line"),
        (Wanted("Cable", match_case=True), "cable Cable", "line", "cable line"),
        (Wanted("кабель", whole_words=True), "Кабель, кабельный", "провод", "провод, кабельный"),
        (Wanted("a.c"), "abc a.c", "x", "abc x"),
        (Wanted(r"(\d+) (km|mi)", regular=True), "12 km, 7 mi", r"\2 \1", "km 12, mi 7"),
        (Wanted("b"), "abc", r"\1", r"a\1c"),
        (Wanted("كابل"), "قُطع كابل الإنترنت", "خط", "قُطع خط الإنترنت"),
    ],
)
def test_ways_of_looking(wanted: Wanted, text: str, replacement: str, result: str) -> None:
    assert flat_text(after(briefing_of((Text(text),)), wanted, replacement)[1]) == result


def test_one_place_is_replaced() -> None:
    briefing = briefing_of((Text("one two one"),))
    first, second = places(briefing, Wanted("one").pattern())
    made = replace_at(briefing, second, Wanted("one"), "three")
    assert made is not None
    edit, length = made
    assert length == 5
    assert flat_text(inlines_of(apply(briefing, edit).briefing.sections[0].blocks[0])) == "one two three"
    assert replace_at(briefing, Place(first.node_id, 1, 3), Wanted("one"), "x") is None


@pytest.mark.parametrize(("words", "replacement"), [("(", "x"), ("a", r"\7"), (r"(.*)(.*)(.*)(.*)(.*)(.*)[!?]\1", "x")])
def test_a_regular_expression_that_cannot_be_is_told(words: str, replacement: str) -> None:
    briefing = briefing_of((Text("a" * 200),))
    with pytest.raises(UsageError) as caught:
        replace_all(briefing, Wanted(words, regular=True), replacement)
    assert caught.value.remedy


_PIECES = st.lists(
    st.one_of(
        st.builds(Text, st.text("abc é𝔘\n".replace("\n", ""), min_size=1, max_size=6), bold=st.booleans()),
        st.just(LineBreak()),
        st.builds(Citation, st.just("c"), st.just("e")),
    ),
    max_size=6,
)


@given(_PIECES, st.text("abc", min_size=1, max_size=2), st.text("abcX", max_size=3))
def test_it_does_what_replacing_in_the_flat_text_does(pieces: list[Text], words: str, new: str) -> None:
    (_, content) = after(briefing_of(tuple(pieces), heading="–"), Wanted(words, match_case=True), new)
    assert flat_text(content) == flat_text(tuple(pieces)).replace(words, new)
    assert [one for one in content if isinstance(one, Citation)] == [one for one in pieces if isinstance(one, Citation)]
