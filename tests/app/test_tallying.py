"""Counting while one writes: what the counts say, and that they stay right after every edit."""

from __future__ import annotations

from briefing_app.app.tallying import Tally
from briefing_app.model.edit import Remove, SetText, apply
from briefing_app.model.inline import Text
from tests.samples import full_briefing


def test_citations_are_counted_by_source_and_notes_and_quotations_have_theirs() -> None:
    briefing = full_briefing()
    tally = Tally()
    count = tally.briefing(briefing)
    assert count.citations == 12  # ten in the text and in a note, two block quotations of excerpts
    used = tally.sources(briefing)
    assert used["s-herald"] == 3
    assert sum(used.values()) == count.citations
    assert tally.passages(briefing, "s-vestnik") == [
        (excerpt.start, excerpt.end) for excerpt in briefing.excerpts if excerpt.source_id == "s-vestnik"
    ]


def test_a_remembered_count_is_never_an_old_one() -> None:
    briefing = full_briefing()
    tally = Tally()
    before = tally.briefing(briefing).words
    longer = apply(briefing, SetText("empty-p", (Text("Three more words"),))).briefing
    assert tally.briefing(longer).words == before + 3 == Tally().briefing(longer).words
    assert tally.briefing(briefing).words == before
    without = apply(longer, Remove("q-ru")).briefing
    assert tally.briefing(without) == Tally().briefing(without)
    assert tally.sources(without)["s-vestnik"] == tally.sources(longer)["s-vestnik"] - 1


def test_an_empty_section_is_not_filled_and_one_with_a_picture_is() -> None:
    briefing = full_briefing()
    filled = {section.id: Tally().section(briefing, section).filled for section, _ in briefing.all_sections()}
    assert not filled["sec-empty"]
    assert filled["sec-harbour"]
