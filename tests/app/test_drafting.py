"""A draft laid into a form: every word is in the briefing and in what is exported, wherever its heading belongs."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.app.drafting import draft_briefing
from briefing_app.app.templates import template
from briefing_app.app.textual import briefing_text
from briefing_app.model.draft import Draft, DraftHeading, DraftPart
from briefing_app.model.plain import inline_text, inlines_of
from tests.samples import paragraph, words

HEADINGS = ("Accusations", "Western response", "Outlook", "Weather", "Обвинения", "Summary", "A", "")


def _draft(*parts: DraftPart, title: str = "") -> Draft:
    return Draft(parts=parts, title=title, language="en")


def _words_of(draft: Draft) -> list[str]:
    found = [draft.title] if draft.title else []
    for part in draft.parts:
        found.append(inline_text(part.content if isinstance(part, DraftHeading) else inlines_of(part)))
    return sorted(word for text in found for word in text.split())


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    numbers = count(1)
    parts: list[DraftPart] = []
    for _ in range(draw(st.integers(0, 12))):
        number = next(numbers)
        if draw(st.booleans()):
            heading = f"{draw(st.sampled_from(HEADINGS))} H{number}"
            parts.append(DraftHeading(draw(st.integers(1, 4)), words(heading)))
        else:
            parts.append(paragraph(f"p{number}", f"Body{number} of the draft."))
    return _draft(*parts, title=draw(st.sampled_from(["", "Title1 of the draft"])))


@given(drafts(), st.sampled_from(["narrative", "key-judgements", "sitrep", "intsum", "bluf"]))
def test_no_word_is_lost_in_the_briefing_or_in_its_text(draft: Draft, form: str) -> None:
    briefing = draft_briefing(template(form), "T", draft).briefing
    inside = [briefing.meta.subtitle, *(inline_text(inlines_of(node)) for node in briefing.walk())]
    have = [word for text in inside for word in text.split()]
    text = briefing_text(briefing).split()
    for word in _words_of(draft):
        assert word in have
        assert word in text


@pytest.mark.parametrize("heading", ["A long sentence about accusations " * 8, "Accusation of the day"])
def test_a_heading_without_a_body_is_printed(heading: str) -> None:
    draft = _draft(DraftHeading(1, words(heading.strip())), DraftHeading(1, words("Outlook")), paragraph("p", "Fair."))
    text = briefing_text(draft_briefing(template("narrative"), "T", draft).briefing)
    assert heading.strip() in text


def test_a_heading_over_the_whole_draft_is_its_title() -> None:
    draft = _draft(
        DraftHeading(1, words("The cable")),
        paragraph("p", "First."),
        DraftHeading(2, words("Accusations")),
        paragraph("q", "Second."),
    )
    same = draft_briefing(template("narrative"), "The  CABLE", draft)
    assert (same.briefing.meta.subtitle, [one.key for one in same.placed]) == ("", ["lead", "accusation"])
    assert draft_briefing(template("narrative"), "Other", draft).briefing.meta.subtitle == "The cable"


def test_what_fits_nowhere_follows_what_it_followed() -> None:
    draft = _draft(
        DraftHeading(1, words("Outlook")),
        paragraph("p", "One."),
        DraftHeading(1, words("Weather")),
        paragraph("q", "Two."),
        DraftHeading(1, words("Accusations")),
        paragraph("r", "Three."),
    )
    drafted = draft_briefing(template("narrative"), "T", draft)
    names = [inline_text(section.heading) for section in drafted.briefing.sections]
    assert names == ["Lead", "Accusations", "Western posture", "Outlook", "Weather"]
    assert (drafted.kept, drafted.empty) == (("Weather",), ("Lead", "Western posture"))
