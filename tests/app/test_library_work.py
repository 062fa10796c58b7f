"""What the window's library does without the window: query lines put together, completed, triage and its way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.app import triaging
from briefing_app.app.completing import complete
from briefing_app.app.finding import FACETS, Asked, Chosen, collection_view, inbox
from briefing_app.app.reading import whole_passage
from briefing_app.library.library import Library
from briefing_app.model.reading import Fields

_OUTLETS = ("Kyiv Post", "Вестник «Залива»", 'The "Courier"', "المنارة البحرية", "Post")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("work") / "library", write=True) as opened:
        for number in range(10):
            outlet, language = _OUTLETS[number % 5], ("en", "ru", "en", "ar", "fr")[number % 5]
            fields = Fields(
                title=f"Title {number}", outlet=outlet, language=language, published=f"{2020 + number % 4}-05-01"
            )
            source = opened.add_text(f"Words of report {number} on harbour cables. A second sentence!", fields)
            opened.add_tags([source.id], [("ports", "sea lanes")[number % 2]])
        yield opened


def test_every_count_of_a_facet_is_what_choosing_the_value_finds(library: Library) -> None:
    asked = Asked(typed="harbour", folded=False)
    facets = library.facets_of(asked.query())
    attributes = dict(zip(FACETS, ("outlets", "languages", "tags", "kinds", "grades", "years"), strict=False))
    for field, name in attributes.items():
        for value, count in getattr(facets, name):
            chosen = Asked(chosen=Chosen(((field, value),)), typed="harbour", folded=False)
            assert library.search(chosen.query()).total == count, (field, value, chosen.line)


def test_values_of_one_facet_mean_any_of_them_and_years_all_between(library: Library) -> None:
    both = Chosen((("outlet", "Kyiv Post"), ("outlet", _OUTLETS[3]), ("lang", "en"), ("lang", "ar")))
    assert library.search(Asked(chosen=both, folded=False).query()).total == 4
    years = Chosen((("year", "2020"), ("year", "2022")))
    assert library.search(Asked(chosen=years, folded=False).query()).total == 8
    assert Chosen().toggled("tag", "a").toggled("tag", "a") == Chosen()


def test_a_saved_search_is_narrowed_within_what_it_has(library: Library) -> None:
    made = library.make_collection("Either", "outlet:kyiv harbour")
    view = collection_view(made.num, made.name, made.query)
    assert Asked(view).line == "outlet:kyiv harbour"
    narrowed = Asked(view, Chosen((("outlet", _OUTLETS[3]),)))
    assert library.search(narrowed.query()).total == 0, "another outlet beside it would widen it"
    library.remove_collection(made.num)


_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("keep", "drop", "star", "unread", "tag", "untag", "grade")),
        st.sets(st.integers(0, 9), min_size=1, max_size=4),
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_CHANGES)
def test_whatever_was_done_can_be_taken_back(library: Library, changes: list[tuple[str, set[int]]]) -> None:
    ids = [source.id for source in library.rows(0, 20, order="title")]

    def state() -> Any:
        return library.states(ids), [library.source(id) for id in ids]

    before, done = state(), []
    for what, rows in changes:
        some = [ids[row] for row in sorted(rows)]
        do = {
            "keep": lambda some=some: triaging.triage(library, some, "kept"),
            "drop": lambda some=some: triaging.triage(library, some, "dropped"),
            "star": lambda some=some: triaging.star(library, some),
            "unread": lambda some=some: triaging.mark_seen(library, some),
            "tag": lambda some=some: triaging.tag(library, some, ("Ports", "new one")),
            "untag": lambda some=some: triaging.tag(library, some, (), ("sea lanes",)),
            "grade": lambda some=some: triaging.grade(library, some, "B"),
        }
        done.append(do[what]())
    for one in reversed(done):
        one.back(library)
    assert state() == before


def test_the_inbox_goes_back_as_far_as_wanted(library: Library) -> None:
    assert library.search(Asked(inbox("yesterday"), folded=False).query()).total == 10
    assert library.search(Asked(inbox(""), folded=False).query()).total == 10
    first = library.rows(0, 1)[0].id
    step = triaging.triage(library, [first], "dropped")
    assert library.search(Asked(inbox("week"), folded=False).query()).total == 9
    step.back(library)


def test_fields_and_values_complete_themselves(library: Library) -> None:
    def options(line: str) -> list[str]:
        found = complete(library, line, len(line))
        return [option.text for option in found.options] if found else []

    assert options("outl") == ["outlet:"]
    assert options("cable outlet:ky") == ['outlet:"Kyiv Post" ']
    assert options("-tag:se") == ['-tag:"sea lanes" ']
    assert options("grade:")[:2] == ["grade:A ", "grade:B "]
    assert options("is:unr") == ["is:unread "]
    assert options("lang:r") == ["lang:ru "]
    assert options("the cable") == options("") == options("http://x") == []


def test_what_is_sent_is_a_whole_sentence_or_the_first_paragraph(library: Library) -> None:
    id = library.rows(0, 1, order="title")[0].id
    text = library.text(id)
    start = text.index("harbour")
    assert text[slice(*whole_passage(library, id, start, start + 7))] == "Words of report 0 on harbour cables."
    assert text[slice(*whole_passage(library, id, 0, 0))] == text


def test_a_short_first_line_is_no_lead(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", write=True) as opened:
        opened.add_text("One line.\nA longer line that has more than sixty characters in it, as leads have.", Fields())
        id = opened.rows(0, 1)[0].id
        assert opened.text(id)[slice(*whole_passage(opened, id, 0, 0))].startswith("A longer line")
