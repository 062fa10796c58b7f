"""Sources with the same story are one group around the earliest, and what the analyst says of them stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import BriefingError, UsageError
from briefing_app.library.library import Library, run
from briefing_app.model.reading import Fields
from tests.library.stories import NOTICE, VOCABULARY, edited, joined, story, words_of

Add = Callable[..., str]
COUNTS = {"en": 300, "ru": 300, "ar": 300, "zh": 600}


@pytest.fixture
def add(library: Library) -> Add:
    def add(text: str, title: str = "", *, date: str = "", outlet: str = "", language: str = "en") -> str:
        fields = Fields(title=title or text[:30], published=date, outlet=outlet, language=language)
        return library.add_text(text, fields).id

    return add


def group(library: Library, id: str) -> list[str]:
    return [kin.source_id for kin in library.reprint_group(id)]


def in_groups(library: Library, *ids: str) -> set[frozenset[str]]:
    return {frozenset(group(library, id) or [id]) for id in ids}


@pytest.mark.parametrize("language", list(VOCABULARY))
def test_every_kind_of_change_is_grouped_in_every_script(library: Library, add: Add, language: str) -> None:
    count = COUNTS[language]
    words = words_of(1, count, language)
    whole = add(story(1, count, language), "Whole", date="2026-11-02", language=language)
    other = story(2, count, language)
    changed = [
        add(joined(words[: count * 2 // 5], language), "Cut", date="2026-11-03", language=language),
        add(edited(1, count, language), "Edited", date="2026-11-03", language=language),
        add("New headline\n\n" + story(1, count, language), "Headline", date="2026-11-04", language=language),
        add(other + "\n\n" + joined(words[: count // 3], language) + "\n\n" + story(3, 90, language), "Embedded",
            date="2026-11-05", language=language),
    ]  # fmt: skip
    alone = add(story(4, count, language), "Another story", language=language)
    assert run(library.group_reprints()) == len(changed)
    found = library.reprint_group(changed[-1])
    assert {kin.source_id for kin in found} == {whole, *changed}
    assert [kin.is_origin for kin in found] == [True, False, False, False, False]
    assert found[0].source_id == whole
    assert [kin.date for kin in found] == sorted(kin.date for kin in found)
    assert all(kin.share > 0.2 and kin.how == "found" for kin in found)
    assert group(library, alone) == []
    assert library.states([whole])[whole].reprints == len(changed)
    assert library.index_lag() == 0
    assert run(library.group_reprints()) == 0


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_article_cut_anywhere_is_grouped_and_the_same_footer_groups_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    language = data.draw(st.sampled_from(list(VOCABULARY)))
    count = data.draw(st.integers(220 if language == "zh" else 120, 500))
    size = data.draw(st.integers(-(-count * 3 // 10), count))
    start = data.draw(st.integers(0, count - size))
    footer = joined(words_of(99, data.draw(st.integers(20, 70))))
    one_outlet = data.draw(st.booleans())
    words = words_of(5, count, language)
    with Library.open(tmp_path_factory.mktemp("cut") / "library", write=True) as library:
        whole = library.add_text(joined(words, language), Fields(title="Whole", outlet="A")).id
        cut = library.add_text(joined(words[start : start + size], language), Fields(title="Cut", outlet="B")).id
        footed = [
            library.add_text(
                f"{story(number, max(count // 2, 110))}\n\n{footer}",
                Fields(title=str(number), outlet="C" if one_outlet else str(number)),
            ).id
            for number in (6, 7, 8)
        ]
        run(library.group_reprints())
        assert group(library, cut) == [whole, cut]
        assert [group(library, id) for id in footed] == [[], [], []]


def test_standing_text_groups_nothing_however_much_of_a_text_it_is(library: Library, add: Add) -> None:
    briefs = [add(f"{story(number, 36)}\n\n{NOTICE}", str(number), outlet="Wire") for number in range(30)]
    copy = add(f"{story(29, 36)}\n\nAnother footer of ours.", "copy", outlet="Other")
    run(library.group_reprints())
    late = [briefs[number] for number in range(15, 29)]
    assert [group(library, id) for id in late] == [[]] * len(late)
    assert set(group(library, copy)) == {briefs[29], copy}


def test_short_texts_are_grouped_where_they_are_the_same_but_for_a_few_words(library: Library, add: Add) -> None:
    words = words_of(11, 20)
    first, second = add(joined(words), "a"), add(joined([*words[:19], "indeed"]), "b")
    quoting = add(story(12) + "\n\n" + joined(words), "quotes it")
    tiny = [add(text, text) for text in ("Photo: agency", "Photo: agency 2")]
    run(library.group_reprints())
    assert in_groups(library, first, second, quoting, *tiny) == {
        frozenset({first, second}), frozenset({quoting}), *(frozenset({id}) for id in tiny)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "origin"),
    [
        (("2026-11-03", "2026-11-02", "2026-11"), 1),
        (("", "2026", "2026-11-02"), 2),
        (("2026-11", "2026-11-30T10:00:00Z", "2026-12-01"), 1),
        (("2026-11-03T01:00:00+03:00", "2026-11-02T23:30:00Z", "2026-11-03"), 0),
        (("2026-11-03", "2026-11-03", ""), 0),
        (("", "", ""), 0),
    ],
)
def test_the_origin_is_what_surely_came_first_and_then_what_was_added_first(
    library: Library, add: Add, dates: tuple[str, ...], origin: int
) -> None:
    ids = [add(story(20) + f"\n\nSeen {number}.", str(number), date=date) for number, date in enumerate(dates)]
    run(library.group_reprints())
    assert group(library, ids[0])[0] == ids[origin]


def test_an_earlier_source_that_comes_later_becomes_the_origin(library: Library, add: Add) -> None:
    late, later = add(story(21), "late", date="2026-11-05"), add(edited(21), "later", date="2026-11-06")
    run(library.group_reprints())
    assert group(library, later) == [late, later]
    early = add(story(21) + "\n\nFirst with it.", "early", date="2026-11-04")
    run(library.group_reprints())
    assert group(library, later) == [early, late, later]


def test_a_corrected_date_makes_another_origin(library: Library, add: Add) -> None:
    one, two = add(story(22), "one", date="2026-11-05"), add(edited(22), "two", date="2026-11-06")
    run(library.group_reprints())
    library.correct(two, published="2026-11-01")
    assert run(library.group_reprints()) == 2
    assert group(library, one) == [two, one]
    assert run(library.group_reprints()) == 0


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 2, 1), (1, 2, 0)])
def test_a_digest_of_two_stories_makes_no_group_of_them(library: Library, add: Add, order: tuple[int, ...]) -> None:
    parts = story(31, 180), story(32, 180)
    texts = [*parts, f"{story(33, 120)}\n\n{parts[0]}\n\n{story(34, 120)}\n\n{parts[1]}\n\n{story(35, 120)}"]
    dates = ["2026-11-02", "2026-11-02", "2026-11-03"]
    ids = {}
    for which in order:
        ids[which] = add(texts[which], f"text {which}", date=dates[which])
        run(library.group_reprints())
    assert in_groups(library, *ids.values()) == {frozenset({id}) for id in ids.values()}
    assert {kin.source_id for kin in library.derived_from(ids[2])} == {ids[0], ids[1]}
    assert library.derived_from(ids[0]) == ()
    copy = add(parts[1] + "\n\nOnce more.", "copy", date="2026-11-04")
    run(library.group_reprints())
    assert group(library, copy) == [ids[1], copy]


def test_what_the_analyst_says_wins_and_is_remembered(library: Library, add: Add, folder: Path) -> None:
    ids = [add(story(41) + f"\n\nEdition {number}.", str(number), date=f"2026-11-0{number}") for number in (1, 2, 3)]
    alone = add(story(42), "alone", date="2026-11-09")
    run(library.group_reprints())
    library.say_kinship(ids[1], ids[0], "independent")
    library.say_kinship(alone, ids[2], "reprint")
    assert set(group(library, alone)) == {ids[0], ids[2], alone}
    assert group(library, ids[1]) == []
    library.set_origin(ids[2])
    shutil.rmtree(folder / "reprints")  # everything that is derived
    newer = add(story(41) + "\n\nThe newest edition.", "newer", date="2026-10-01")
    run(library.group_reprints())
    found = library.reprint_group(alone)
    assert found[0].source_id == ids[2]
    assert {kin.source_id for kin in found} == {ids[0], ids[2], alone, newer}
    assert group(library, ids[1]) == []
    assert {kin.source_id: kin.how for kin in found}[alone] == "said"


def test_derived_is_told_and_keeps_two_sources_apart(library: Library, add: Add) -> None:
    wire, report = add(story(43), "wire"), add(edited(43), "report")
    run(library.group_reprints())
    library.say_kinship(report, wire, "derived")
    assert group(library, wire) == []
    (kin,) = library.derived_from(report)
    assert (kin.source_id, kin.how) == (wire, "said")
    library.correct(report, title="The report again")
    run(library.group_reprints())
    assert group(library, report) == []
    library.say_kinship(report, wire, "reprint")
    assert group(library, report) == [wire, report]


def test_a_group_is_repaired_when_its_origin_goes(library: Library, add: Add) -> None:
    words = words_of(51, 400)
    whole = add(joined(words), "whole", date="2026-11-01")
    head, copy = add(joined(words[:200]), "head", date="2026-11-02"), add(joined(words[:190]), "x", date="2026-11-03")
    tail = add(joined(words[220:]), "tail", date="2026-11-03")
    run(library.group_reprints())
    assert set(group(library, tail)) == {whole, head, copy, tail}
    library.remove(whole)
    assert group(library, tail)[0] == head
    run(library.group_reprints())
    assert in_groups(library, head, copy, tail) == {frozenset({head, copy}), frozenset({tail})}


def test_looking_goes_on_where_it_was_stopped_and_begins_anew_where_its_files_are_broken(
    library: Library, add: Add, folder: Path
) -> None:
    ids = [add(story(60 + number // 2) + f"\n\nNo {number}.", str(number)) for number in range(8)]
    job = library.group_reprints()
    next(job)
    job.close()
    run(library.group_reprints())
    pairs = {frozenset(ids[at : at + 2]) for at in range(0, 8, 2)}
    assert in_groups(library, *ids) == pairs
    for path in (folder / "reprints").rglob("*.prints"):
        path.write_bytes(path.read_bytes()[:-3])
    more = add(story(60) + "\n\nOne more.", "more")
    run(library.group_reprints())
    assert set(group(library, more)) == {ids[0], ids[1], more}
    for path in (folder / "reprints").rglob("links.sqlite*"):
        path.write_bytes(b"no database" * 1000)
    assert run(library.group_reprints()) == 0
    assert in_groups(library, *ids[2:]) == pairs - {frozenset(ids[:2])}


def test_tags_and_stars_make_no_work_and_impossible_sayings_are_refused(library: Library, add: Add) -> None:
    one, two = add(story(71), "one"), add(story(72), "two")
    run(library.group_reprints())
    library.star([one, two])
    assert run(library.group_reprints()) == 0
    for said in ("twin", ""):
        with pytest.raises(UsageError):
            library.say_kinship(one, two, said)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        library.say_kinship(one, one, "reprint")
    with pytest.raises(BriefingError):
        library.say_kinship(one, "unknown", "reprint")
    with pytest.raises(BriefingError):
        library.set_origin(one)


@pytest.fixture
def many(library: Library) -> Library:
    for number in range(30):
        library.add_text(story(100 + number % 10, 120) + f"\n\nCopy {number}.", Fields(title=str(number)))
    return library


def test_groups_are_listed_with_those_of_most_reprints_first(many: Library) -> None:
    run(many.group_reprints())
    groups = many.reprint_groups()
    assert [one.reprints for one in groups] == [2] * 10
    assert [one.origin.title for one in groups] == [str(number) for number in range(10)]
    assert many.reprint_groups(8, 5) == groups[8:]
