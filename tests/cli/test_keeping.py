"""Stars, tags, triage, notes, collections, saved searches and outlets from the command line, and searches by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def ids(run: Run, library: Path) -> list[str]:
    rows = run("search", "--sort", "title", "--library", library, "--json").json
    assert len(rows) == 3
    return [row["source_id"] for row in rows]


def test_what_is_kept_with_a_source_is_told_and_found(run: Run, library: Path, ids: list[str]) -> None:
    words = ("--star", "--read", "--keep", "--tag", "sea", "--tag", "Порты", "--note", "Ask Olha")
    assert run("source", ids[0], *words, "--library", library).out == "1 source, 1 changed.\n"
    assert run("source", ids[0], "--star", "--library", library).out == "1 source, 0 changed.\n"
    shown = run("source", ids[0], "--library", library)
    assert "starred · kept · read · added " in shown.out
    assert "tags: sea, Порты · note: Ask Olha" in shown.out
    (row,) = run("source", ids[0], "--library", library, "--json").json
    assert (row["id"], row["starred"], row["triage"], row["note"]) == (ids[0], True, "kept", "Ask Olha")
    found = run("search", "is:starred tag:порты is:noted", "--library", library, "--json").json
    assert [(hit["source_id"], hit["read"], hit["tags"]) for hit in found] == [(ids[0], True, ["sea", "Порты"])]
    assert "* " in run("search", "is:starred", "--library", library).out
    run("source", "--query", "is:unread", "--drop", "--untag", "sea", "--library", library)
    assert len(run("search", "is:dropped", "--library", library, "--json").json) == 2


def test_wrong_words_change_nothing(run: Run, library: Path, ids: list[str]) -> None:
    for words, code, told in (
        (("source", "--star"), 2, "No source was named"),
        (("source", ids[0], "nothing", "--star"), 1, "no source with the id “nothing”"),
        (("source", *ids, "--note", "x"), 2, "One note cannot be put on 3 sources"),
        (("source", ids[0], "--star", "--collect", "Nowhere"), 1, "There is no collection “Nowhere”"),
        (("source", ids[0], "--star", "--unstar"), 2, "not allowed"),
        (("search", "is:good"), 2, "“good” after “is:”"),
        (("search", "added:soon"), 2, "is not a day"),
        (("collections", "rename", "A"), 1, "There is no collection"),
        (("collections", "make"), 2, "briefing collections make NAME"),
        (("outlets", "grade", "Ledger"), 2, "briefing outlets grade NAME"),
        (("outlets", "grade", "Ledger", "G"), 2, "not a reliability"),
    ):
        ran = run(*words, "--library", library)
        assert (ran.code, ran.out) == (code, ""), words
        assert told in ran.err
    assert run("search", "is:starred", "--library", library, "--json").json == []


def test_collections_and_saved_searches(run: Run, library: Path, ids: list[str]) -> None:
    assert run("collections", "make", "Strait", "--library", library).out == "      0  Strait\n"
    assert run("collections", "add", "strait", *ids[:2], "--library", library).out == "      2  Strait\n"
    run("collections", "make", "Starred", "--query", "is:starred", "--library", library)
    run("source", ids[2], "--star", "--collect", "Strait", "--library", library)
    assert run("collections", "--library", library).out == "      1  Starred  = is:starred\n      3  Strait\n"
    run("collections", "take", "Strait", ids[0], "--library", library)
    run("collections", "rename", "Strait", "The strait", "--library", library)
    run("collections", "query", "Starred", "is:unread", "--library", library)
    assert run("collections", "--library", library, "--json").json == [
        {"name": "Starred", "query": "is:unread", "count": 3},
        {"name": "The strait", "query": None, "count": 2},
    ]
    found = run("search", 'in:"the strait"', "--library", library, "--json").json
    assert {hit["source_id"] for hit in found} == set(ids[1:])
    assert run("collections", "remove", "The strait", "--library", library).out == "removed  The strait\n"
    assert len(run("collections", "--library", library, "--json").json) == 1


def test_grades_of_outlets(run: Run, library: Path, ids: list[str]) -> None:
    assert "  -  The Northern Ledger\n" in run("outlets", "--library", library).out
    graded = run("outlets", "grade", "The Northern Ledger", "b", "--descriptor", "Daily", "--library", library)
    assert graded.out == "      1  B  The Northern Ledger  Daily\n"
    (hit,) = run("search", "grade:B", "--library", library, "--json").json
    assert (hit["outlet"], hit["grade"]) == ("The Northern Ledger", "B")
    assert run("outlets", "grade", "The Northern Ledger", "none", "--library", library).code == 0
    assert run("search", "grade:A-F", "--library", library, "--json").json == []


def test_searches_sorted_folded_fuzzy_and_counted(run: Run, library: Path, ids: list[str]) -> None:
    turned = run("search", "--sort", "title", "--oldest-first", "--library", library, "--json").json
    assert [row["source_id"] for row in turned] == ids[::-1]
    assert run("search", "cabel", "--fuzzy", "--library", library, "--json").json != []
    assert run("search", "cabel", "--library", library, "--json").json == []
    counted = run("search", "--facets", "--fold", "--limit", "1", "--library", library, "--json").json
    assert (counted["total"], len(counted["hits"])) == (3, 1)
    assert sum(counted["facets"]["kinds"].values()) == 3
    told = run("search", "--facets", "--limit", "2", "--offset", "0", "--library", library)
    assert "\ngrades: none (3)\n" in told.out
    assert "2 of 3 answers" in told.err
