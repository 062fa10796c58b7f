"""Fields of the query line that ask for states, orders, near spellings, folded reprints, and counts of the answers."""

from __future__ import annotations

import datetime
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.errors import UsageError
from briefing_app.library.library import Library, run
from briefing_app.library.search import groups
from briefing_app.library.search.facets import Facets
from briefing_app.library.search.index import Entry, Index
from briefing_app.library.search.query import FIELDS, parse_line
from briefing_app.library.search.search import ORDERS, Hit, Query
from briefing_app.library.search.values import FLAGS
from briefing_app.library.store.records import NewSource
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind

TODAY = datetime.date(2026, 11, 25)
COUNT = 60
OUTLETS = ("Kyiv Post", "Коммерсантъ", "Times", "الشرق", "")
KINDS = tuple(SourceKind)
WORDS = ("harbour", "tanker", "cable", "санкции", "عقوبات", "制裁")
LANGUAGES = ("en", "ru", "ar", "")


def source(number: int) -> NewSource:
    text = " ".join(word for place, word in enumerate(WORDS) if number % (place + 2) == 0) + f" item {number}"
    fields = Fields(
        title=f"{'ZMАб'[number % 4]} title {number % 7}",
        outlet=OUTLETS[number % 5],
        published=("", "2024", "2025-03", f"2026-11-{number % 28 + 1:02}")[number % 4],
        language=LANGUAGES[number % 4],
        marking=("", "TLP:AMBER", "TLP:AMBER+STRICT")[number % 3],
    )
    reading = Reading(reader="t/1", kind=KINDS[number % len(KINDS)], media_type="text/plain", text=text, fields=fields)
    return NewSource(data=text.encode(), reading=reading, file_name=f"{number}.txt")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("finding") / "library", write=True) as library:
        run(library.add_many(source(number) for number in range(COUNT)))
        ids = [one.id for one in library.rows(0, COUNT, order="added", oldest_first=True)]
        library.star(ids[::7], True)
        library.mark_seen(ids[::3], True)
        library.triage(ids[::4], "kept")
        library.triage(ids[1::4], "dropped")
        library.set_note(ids[5], "Ask Olha")
        library.add_tags(ids[::6], ["Порты"])
        library.add_tags(ids[::9], ["Ports", "Black Sea"])
        for number, grade in ((3, "A"), (4, "B"), (8, "F")):
            library.correct(ids[number], reliability=grade)
        library.grade_outlet("Times", "B")
        library.grade_outlet("Коммерсантъ", "D")
        library.collect(library.make_collection("Black Sea ports").num, ids[10:25])
        library.collect(library.make_collection("Порты").num, ids[20:30])
        library.make_collection("Starred cables", "is:starred cable")
        library.make_collection("Itself", 'in:itself OR in:"starred cables"')
        with library._store.transaction() as connection:  # as the grouping of reprints does
            for reprint, origin in ((7, 3), (11, 3), (35, 3), (20, 16), (23, 19), (30, 59), (31, 59)):
                connection.execute("UPDATE source SET origin = ?, change = ? WHERE num = ?", (origin, 0, reprint))
            change = connection.execute("SELECT value FROM state WHERE name = 'change'").fetchone()[0]
            for place, num in enumerate((7, 11, 35, 20, 23, 30, 31), int(change) + 1):
                connection.execute("UPDATE source SET change = ? WHERE num = ?", (place, num))
                connection.execute("UPDATE state SET value = ? WHERE name = 'change'", (place,))
        run(library.catch_up())
        yield library


def hits(library: Library, text: str, **more: object) -> list[Hit]:
    query = Query(text=text, limit=COUNT, today=TODAY, **more)  # type: ignore[arg-type]
    found = library.search(query)
    assert found.total == len(found.hits)
    return list(found.hits)


def ids_of(found: Iterable[Hit]) -> set[str]:
    return {hit.source_id for hit in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("is:starred", lambda hit: hit.starred),
        ("-is:starred", lambda hit: not hit.starred),
        ("is:read", lambda hit: hit.seen),
        ("is:unread", lambda hit: not hit.seen),
        ("is:new", lambda hit: hit.triage == ""),
        ("is:kept IS:STARRED", lambda hit: hit.triage == "kept" and hit.starred),
        ("is:dropped", lambda hit: hit.triage == "dropped"),
        ("grade:b", lambda hit: hit.grade == "B"),
        ("grade:A-C", lambda hit: hit.grade in ("A", "B", "C")),
        ("grade:c–a", lambda hit: hit.grade in ("A", "B", "C")),
        ("grade:A grade:d", lambda hit: hit.grade in ("A", "D")),
        ("grade:A,D", lambda hit: hit.grade in ("A", "D")),
        ("grade:none", lambda hit: hit.grade == ""),
        ("-grade:none", lambda hit: hit.grade != ""),
        ("kind:pdf kind:email", lambda hit: hit.kind in ("pdf", "email")),
        ("kind:doc*", lambda hit: hit.kind == "document"),
        ("marking:amber", lambda hit: "AMBER" in hit.marking),
        ("marking:TLP:AMBER+STRICT", lambda hit: "STRICT" in hit.marking),
        ("-marking:strict", lambda hit: "STRICT" not in hit.marking),
        ("tag:ports", lambda hit: "Ports" in hit.tags),
        ("tag:ПОРТЫ", lambda hit: "Порты" in hit.tags),
        ("added:2000..", lambda hit: True),
        ("added:..2000", lambda hit: False),
    ],
)
def test_a_field_lets_through_what_has_it(shelf: Library, text: str, wanted: Callable[[Hit], bool]) -> None:
    everything = hits(shelf, "")
    assert len(everything) == COUNT
    assert ids_of(hits(shelf, text)) == {hit.source_id for hit in everything if wanted(hit)}


def test_states_that_no_hit_tells(shelf: Library) -> None:
    states = shelf.states(ids_of(hits(shelf, "")))
    assert ids_of(hits(shelf, "is:noted")) == {id for id, state in states.items() if state.note}
    assert ids_of(hits(shelf, "is:reprint")) == {id for id, state in states.items() if state.origin}
    assert hits(shelf, "is:scan") == []
    for name in ("Black Sea ports", "Порты"):
        assert ids_of(hits(shelf, f'in:"{name.upper()}"')) == {
            id for id, state in states.items() if name in state.collections
        }
    assert ids_of(hits(shelf, "in:bla", prefix_last=True)) == ids_of(hits(shelf, 'in:"black sea ports"'))
    assert ids_of(hits(shelf, 'in:"starred cables"')) == ids_of(hits(shelf, "is:starred cable"))
    assert hits(shelf, "in:itself") == []


def test_an_outlets_grade_is_found_at_once_and_changes_no_sources(shelf: Library) -> None:
    lag = shelf.index_lag()
    shelf.grade_outlet("Kyiv Post", "A")
    assert shelf.index_lag() == lag == 0
    assert ids_of(hits(shelf, "grade:a")) >= ids_of(hits(shelf, "outlet:kyiv grade:a")) != set()
    shelf.grade_outlet("Kyiv Post", None)
    assert hits(shelf, "outlet:kyiv grade:a") == [hit for hit in hits(shelf, "grade:a") if hit.outlet == "Kyiv Post"]


def test_days_of_import_are_those_of_this_machine(library: Library) -> None:
    moments = ("2026-11-23T12:00:00", "2026-11-24T00:00:30", "2026-11-24T23:59:30", "2026-11-25T09:00:00")
    for number, moment in enumerate(moments):
        id = library.add_text(f"Text {number}", Fields(title=f"T{number}")).id
        utc = datetime.datetime.fromisoformat(moment).astimezone(datetime.UTC).isoformat(timespec="seconds")
        with library._store.transaction() as connection:
            connection.execute("UPDATE source SET added = ? WHERE id = ?", (utc, id))
        library.star([id], True)
    expected = {
        "added:today": "3",
        "added:yesterday": "12",
        "added:yesterday..": "123",
        "added:week": "0123",
        "added:2026-11-23": "0",
        "added:2026-11": "0123",
        "added:2025": "",
        "added:..2026-11-23": "0",
        "added:2026-11-23..2026-11-24": "012",
        "added:2026-11-24..2026-11-23": "",
        "-added:today": "012",
        "added:9999-12-31..": "",
        "added:..0001": "",
    }
    for text, wanted in expected.items():
        assert {hit.title for hit in hits(library, text)} == {f"T{n}" for n in wanted}, text


@pytest.mark.parametrize(
    "text",
    "grade:G|grade:A-|grade:best|is:good|is:star|kind:film|added:soon|added:2026-13|in:nowhere|added:a..b|added:1..2..3"
    '|"is":x is:x|after:soon|in:"no such"|-is:bad'.split("|"),
)
def test_what_means_nothing_is_refused_when_finished_only(shelf: Library, text: str) -> None:
    with pytest.raises(UsageError):
        shelf.search(Query(text=text))
    if '"' not in text:
        shelf.search(Query(text=text, prefix_last=True))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.builds(
                "{}{}:{}".format,
                st.sampled_from(["", "-"]),
                st.sampled_from(FIELDS),
                st.one_of(st.text(max_size=8), st.sampled_from([*FLAGS, "A-C", "today..", "2026-1", "pdf", '"x y"'])),
            ),
            st.text(max_size=12),
            st.sampled_from(["cable~", "制裁~", "«", "a~b", "-~", "~", "harbor~ -tanker", "عقوبا~"]),
        ),
        max_size=4,
    ).map(" ".join),
    st.booleans(),
    st.booleans(),
)
def test_any_line_is_read_and_answered_or_refused_in_words(
    shelf: Library, text: str, prefix_last: bool, fuzzy: bool
) -> None:
    parse_line(text, prefix_last=prefix_last, fuzzy=fuzzy)
    query = Query(text=text, prefix_last=prefix_last, fuzzy=fuzzy, today=TODAY, limit=5)
    try:
        found = shelf.search(query)
    except UsageError:
        return
    assert shelf.facets_of(query).total == found.total


# --- spelling -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [("harbuor~", "harbour"), ("tankr~", "tanker"), ("санкцыи~", "санкции"), ("عقوبت~", "عقوبات"), ("ХАРБУР~", "")],
)
def test_a_word_with_a_tilde_is_found_spelled_nearly_so(shelf: Library, text: str, word: str) -> None:
    found = hits(shelf, text)
    assert ids_of(found) == (ids_of(hits(shelf, word)) if word else set())
    assert ids_of(hits(shelf, text.strip("~"), fuzzy=True)) == ids_of(found)
    for hit in found:
        assert [hit.snippet[start:end] for start, end in hit.highlights] == [word]


def test_words_as_they_were_typed_stand_before_those_spelled_nearly_so(library: Library) -> None:
    for number in range(12):
        library.add_text(f"The harbour {number} is closed. " + "Weather. " * number, Fields(title=f"near{number}"))
    library.add_text("Nothing but weather and once a harbor in a long text. " + "Weather. " * 300, Fields(title="so"))
    library.add_text("The armour", Fields(title="far"))
    found = [hit.title for hit in hits(library, "harbor~")]
    assert found[0] == "so"
    assert "far" not in found
    assert len(found) == 13
    assert [hit.title for hit in hits(library, "harbor")] == ["so"]
    assert hits(library, "ha~") == []


# --- orders -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_answers_come_in_the_order_of_the_list(shelf: Library, turned: bool) -> None:
    for order in ("added", "title"):
        listed = [one.id for one in shelf.rows(0, COUNT, order=order, oldest_first=turned)]
        found = [hit.source_id for hit in hits(shelf, "", order=order, oldest_first=turned)]
        if order == "title":  # equal titles in any order
            titles = {one.id: one.title for one in shelf.rows(0, COUNT)}
            assert [titles[id] for id in found] == [titles[id] for id in listed]
        else:
            assert found == listed
    dates = [hit.date for hit in hits(shelf, "", order="date", oldest_first=turned)]
    dated = [date for date in dates if date]
    assert dates == dated + [""] * (len(dates) - len(dated))
    assert dated == sorted(dated, reverse=not turned)


def test_an_order_that_is_none_is_refused(shelf: Library) -> None:
    with pytest.raises(UsageError, match="colour"):
        shelf.search(Query(order="colour"))  # type: ignore[arg-type]


# --- reprints -----------------------------------------------------------------------------------------------------


def test_the_best_ranked_of_a_group_stands_for_it(shelf: Library) -> None:
    states = shelf.states(ids_of(hits(shelf, "")))
    for order in ORDERS:
        for text in ("", "item", "harbour", "tanker -cable", "is:reprint", "санкции"):
            plain = hits(shelf, text, order=order)
            folded = hits(shelf, text, order=order, folded=True)
            first: dict[str, str] = {}
            for hit in plain:
                first.setdefault(states[hit.source_id].origin or hit.source_id, hit.source_id)
            assert [hit.source_id for hit in folded] == list(first.values())
    assert {hit.reprints for hit in hits(shelf, "", folded=True)} == {0, 1, 2, 3}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["", "item", "harbour", "is:reprint", "item is:new", "санкции"]),
    st.sampled_from(ORDERS),
    st.integers(1, 25),
    st.randoms(use_true_random=False),
)
def test_folded_windows_are_parts_of_one_list(shelf: Library, text: str, order: str, size: int, rnd: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "_AT_LEAST", 3)
        shelf._folding = groups.Folding()
        windows = list(range(0, COUNT, size))
        rnd.shuffle(windows)  # type: ignore[attr-defined]
        found = {}
        for offset in windows:
            query = Query(text=text, order=order, folded=True, offset=offset, limit=size)  # type: ignore[arg-type]
            answers = shelf.search(query)
            found[offset] = [hit.source_id for hit in answers.hits]
            total = answers.total
        whole = [id for offset in sorted(found) for id in found[offset]]
        assert len(whole) == len(set(whole)) == total
        assert whole == [hit.source_id for hit in hits(shelf, text, order=order, folded=True)]


# --- facets -------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["item", "tanker", "-cable", "is:new", "grade:B", "is:read", "kind:pdf", "制裁"]), max_size=3
    ),
    st.booleans(),
)
def test_facets_are_what_counting_the_answers_gives(shelf: Library, parts: list[str], folded: bool) -> None:
    query = Query(text=" ".join(parts), limit=COUNT, folded=folded)
    found = shelf.search(Query(text=query.text, limit=COUNT)).hits
    states = shelf.states(ids_of(found))

    def counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
        counts = Counter(value for value in values if value)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    assert shelf.facets_of(query) == Facets(
        total=len(found),
        outlets=counted(hit.outlet for hit in found),
        languages=counted(hit.language for hit in found),
        tags=counted(tag for hit in found for tag in hit.tags),
        kinds=counted(hit.kind for hit in found),
        grades=counted(hit.grade or "none" for hit in found),
        years=counted(hit.date[:4] for hit in found),
        collections=counted(name for state in states.values() for name in state.collections),
    )


def test_a_removed_collection_is_counted_no_more(library: Library) -> None:
    id = library.add_text("Text", Fields(title="T")).id
    shelf = library.make_collection("Shelf")
    library.collect(shelf.num, [id])
    assert library.facets_of(Query()).collections == (("Shelf", 1),)
    library.remove_collection(shelf.num)
    assert library.facets_of(Query()).collections == ()


def test_a_library_without_anything(folder: Path) -> None:
    with Library.open(folder, write=True) as library:
        assert library.facets_of(Query(text="x")) == Facets(total=0)
        assert library.search(Query(text="x", folded=True)).total == 0


def test_a_search_does_not_wait_for_a_batch_that_is_being_indexed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [library.add_text(f"Harbour {number}", Fields(title=f"T{number}")).id for number in range(20)]
    reached, go_on = threading.Event(), threading.Event()
    write = Index.write

    def slow(index: Index, entries: Iterable[Entry], removed: Iterable[int]) -> None:
        reached.set()
        assert go_on.wait(60)
        write(index, entries, removed)

    monkeypatch.setattr(Index, "write", slow)
    with ThreadPoolExecutor(1) as threads:
        starring = threads.submit(library.star, ids, True)
        try:
            assert reached.wait(60)
            assert library.search(Query(text="harbour")).total == 20
            assert library.search(Query(text="is:starred")).total == 0
            assert library.facets_of(Query()).total == 20
        finally:
            go_on.set()
        assert starring.result() == 20
    assert library.search(Query(text="is:starred")).total == 20
