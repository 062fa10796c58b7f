"""What an analyst keeps with sources: stars, triage, notes, tags, collections, grades of outlets; one or many."""

from __future__ import annotations

import pytest

from briefing_app.errors import BriefingError, UsageError
from briefing_app.library.library import Library
from briefing_app.library.store.outlets import Outlet
from briefing_app.model.grading import Reliability
from briefing_app.model.reading import Fields


def some(library: Library, *outlets: str) -> list[str]:
    return [
        library.add_text(f"Text {number} on shipping", Fields(title=f"T{number}", outlet=outlet)).id
        for number, outlet in enumerate(outlets)
    ]


def test_states_are_kept_and_told(library: Library) -> None:
    one, two = some(library, "Times", "Times")
    untouched = library.states([one, two])[two]
    assert (untouched.starred, untouched.seen, untouched.triage, untouched.note) == (False, False, "", "")
    assert library.star([one], True) == 1
    assert library.mark_seen([one, two], True) == 2
    assert library.triage([one], "kept") == 1
    library.set_note(one, "  Ask\x07Olha.\r\n\r\nبعد غد  \n")
    state = library.states([one])[one]
    assert (state.starred, state.seen, state.triage, state.note) == (True, True, "kept", "  Ask Olha.\n\nبعد غد")
    assert state.added.endswith("+00:00")
    assert (state.parent, state.origin, state.reprints) == (None, None, 0)
    library.triage([one], "")
    library.star([one, two], False)
    assert (library.states([one])[one].triage, library.states([one])[one].starred) == ("", False)


def test_what_is_so_already_changes_nothing(library: Library) -> None:
    (one,) = some(library, "Times")
    library.star([one], True)
    library.add_tags([one], ["Sea"])
    before = library.change_number()
    assert library.star([one], True) == 0
    assert library.add_tags([one], ["sea"]) == 0
    assert library.remove_tags([one], ["land"]) == 0
    assert library.triage([one], "") == 0
    assert library.change_number() == before


def test_an_unknown_source_stops_everything_before_anything_is_changed(library: Library) -> None:
    (one,) = some(library, "Times")
    shelf = library.make_collection("Shelf")
    changes = (
        lambda ids: library.star(ids, True),
        lambda ids: library.mark_seen(ids, True),
        lambda ids: library.triage(ids, "dropped"),
        lambda ids: library.add_tags(ids, ["sea"]),
        lambda ids: library.remove_tags(ids, ["sea"]),
        lambda ids: library.correct_many(ids, outlet="Post"),
        lambda ids: library.collect(shelf.num, ids),
        lambda ids: library.uncollect(shelf.num, ids),
        library.remove_many,
    )
    before = library.change_number()
    for change in changes:
        with pytest.raises(BriefingError, match="“nothing”"):
            change([one, "nothing"])
    assert library.change_number() == before
    assert library.source(one).outlet == "Times"


def test_tags_and_fields_of_many_at_once(library: Library) -> None:
    ids = some(library, "Times", "Post", "Коммерсантъ")
    library.set_tags(ids[0], ["Порты"])
    assert library.add_tags(ids, ["ПОРТЫ", "sea "]) == 3
    assert library.tags(ids[0]) == ("sea", "Порты")
    assert library.remove_tags(ids, ["порты"]) == 3
    assert [library.tags(id) for id in ids] == [("sea",)] * 3
    assert library.correct_many(ids, outlet="Agency", reliability="b") == 3
    assert {library.source(id).reliability for id in ids} == {Reliability.B}
    with pytest.raises(UsageError):
        library.correct_many(ids, outlet="X", published="yesterday")
    assert library.source(ids[0]).outlet == "Agency"
    assert library.remove_many(ids[:2]) == 2
    assert library.count() == 1


def test_collections_hold_what_was_put_into_them(library: Library) -> None:
    ids = some(library, "Times", "Post", "Post")
    shelf = library.make_collection("  Black   Sea ")
    assert (shelf.name, shelf.query, shelf.count) == ("Black Sea", None, 0)
    assert library.collect(shelf.num, ids[:2]) == 2
    assert library.collect(shelf.num, ids) == 1
    assert library.uncollect(shelf.num, ids[:1]) == 1
    assert library.collections()[0].count == 2
    assert library.states(ids)[ids[1]].collections == ("Black Sea",)
    library.remove(ids[1])
    assert library.collection(shelf.num).count == 1
    for name in ("", " \t", "BLACK SEA", "x" * 200):
        with pytest.raises(UsageError):
            library.make_collection(name)
    assert library.rename_collection(shelf.num, "black sea").name == "black sea"
    library.remove_collection(shelf.num)
    assert library.collections() == ()
    assert library.make_collection("Other").num != shelf.num
    with pytest.raises(BriefingError, match="no collection"):
        library.collect(shelf.num, ids[:1])


def test_a_saved_search_has_what_it_finds(library: Library) -> None:
    ids = some(library, "Times", "Post", "Post")
    saved = library.make_collection("Posts", "outlet:post")
    assert saved.count == 2
    library.correct(ids[0], outlet="The Post")
    assert library.collections() == (library.collection(saved.num),)
    assert library.collection(saved.num).count == 3
    assert library.change_saved_search(saved.num, "outlet:the").count == 1
    shelf = library.make_collection("Shelf")
    for refused in (
        lambda: library.collect(saved.num, ids),
        lambda: library.uncollect(saved.num, ids),
        lambda: library.change_saved_search(shelf.num, "x"),
        lambda: library.change_saved_search(saved.num, "after:tomorrow"),
        lambda: library.make_collection("Nothing", "  "),
    ):
        with pytest.raises(UsageError):
            refused()


def test_an_outlets_grade_is_inherited_until_a_source_has_its_own(library: Library) -> None:
    ids = some(library, "Times", "Times", "Post")
    library.correct(ids[0], reliability="D")
    library.grade_outlet("Times", "b", "Paper of record")
    assert library.outlets() == (
        Outlet(name="Times", count=2, reliability=Reliability.B, descriptor="Paper of record"),
        Outlet(name="Post", count=1, reliability=None, descriptor=""),
    )
    assert [library.source(id).reliability for id in ids] == [Reliability.D, Reliability.B, None]
    assert library.source(ids[0]).descriptor == "Paper of record"
    with pytest.raises(UsageError):
        library.grade_outlet("Times", "Z")
    library.grade_outlet("Times", None)
    assert [library.source(id).reliability for id in ids] == [Reliability.D, None, None]


def test_where_an_origin_goes_the_earliest_reprint_takes_its_place(library: Library) -> None:
    ids = [library.add_text(f"Text {n}", Fields(title=f"T{n}", published=f"2026-11-0{9 - n}")).id for n in range(1, 5)]
    with library._store.transaction() as connection:
        connection.execute("UPDATE source SET origin = 1 WHERE num > 1")
    assert library.states(ids)[ids[0]].reprints == library.states(ids)[ids[3]].reprints == 3
    library.remove(ids[0])
    states = library.states(ids[1:])
    assert [state.origin for state in states.values()] == [ids[3], ids[3], None]
    assert {state.reprints for state in states.values()} == {2}
