"""A check finds what is wrong, names the source, and changes nothing; counts are what is there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing_app.library.care.checking import check
from briefing_app.library.care.statistics import count
from briefing_app.library.library import Library, run
from briefing_app.library.store.packing import FILE_FROM, pack
from briefing_app.model.reading import Fields


@pytest.fixture
def ids(folder: Path) -> list[str]:
    """A library of four sources, the last with an original that is a file of its own."""
    with Library.open(folder, write=True) as library:
        return [
            library.add_text(text, Fields(title=title, language=language)).id
            for title, language, text in (
                ("Кабель в проливе", "ru", "Кабель перерезан ночью. " * 40),
                ("كابل الإنترنت", "ar", "قُطع كابل الإنترنت في المضيق. " * 40),
                ("Cable cut", "en", "The cable was cut at night. " * 40),
                ("Annex", "en", "cable " * (FILE_FROM // 6 + 1)),
            )
        ]


def _change(folder: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def _everything(folder: Path) -> dict[str, bytes]:
    """Every file but the lock, which names its holder, and the shared memory of the database."""
    passing = ("library.lock", "library.sqlite-shm", "library.sqlite-wal")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in passing
    }


def test_a_sound_library_has_no_problems_and_is_not_changed(folder: Path, ids: list[str]) -> None:
    before = _everything(folder)
    report = run(check(folder))
    assert (report.sources, report.problems) == (4, ())
    assert _everything(folder) == before


def test_a_library_that_is_being_written_is_sound(library: Library, folder: Path) -> None:
    for number in range(30):
        library.add_text(f"Text number {number}")
        if number % 5 == 0:
            library.remove(library.rows(0, 1)[0].id)
    assert run(check(folder)).problems == ()


def _change_text(folder: Path) -> None:
    _change(folder, "UPDATE reading SET text = ? WHERE source = 1", pack("Кабель цел."))


def _lose_text(folder: Path) -> None:
    _change(folder, "DELETE FROM reading WHERE source = 1")


def _break_text(folder: Path) -> None:
    _change(folder, "UPDATE reading SET text = x'00ff' WHERE source = 1")


def _change_original(folder: Path) -> None:
    _change(folder, "UPDATE original SET data = x'00' WHERE sha256 = (SELECT sha256 FROM source WHERE num = 1)")


def _leave_out_of_index(folder: Path) -> None:
    """The source comes back under a number that the index has been told was removed."""
    with Library.open(folder, write=True) as library:
        index = library._indexer.index
        assert index is not None
        index.write([], [1])


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (_change_text, "text"),
        (_lose_text, "text"),
        (_break_text, "text"),
        (_change_original, "original"),
        (_leave_out_of_index, "index"),
    ],
)
def test_what_is_wrong_with_a_source_is_told_with_its_name(
    folder: Path, ids: list[str], damage: Callable[[Path], None], part: str
) -> None:
    damage(folder)
    problems = run(check(folder)).problems
    assert [(problem.part, problem.source_id, problem.title) for problem in problems] == [
        (part, ids[0], "Кабель в проливе")
    ]
    assert problems[0].in_words().startswith(f"{part}: {ids[0]} “Кабель в проливе”: ")


@pytest.mark.parametrize("lost", [False, True])
def test_a_large_original_is_proven_in_its_file(folder: Path, ids: list[str], lost: bool) -> None:
    (file,) = (path for path in (folder / "originals").rglob("*") if path.is_file())
    if lost:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-1] + b"X")
    assert [(one.part, one.source_id) for one in run(check(folder)).problems] == [("original", ids[3])]


def _older_version(folder: Path) -> None:
    """The first source has an older version of its text, which was changed afterwards."""
    copy = "INSERT INTO reading SELECT source, 0, reader, '0', text, blocks, pages, warnings FROM reading"
    _change(folder, f"{copy} WHERE source = 1")


@pytest.mark.parametrize(
    ("statement", "part", "words"),
    [
        ("UPDATE source SET reader = 'html/9' WHERE num = 1", "text", "of two readers"),
        ("UPDATE reading SET version = 2 WHERE source = 1", "text", "Its text is missing"),
        ("UPDATE source SET origin = 1 WHERE num = 1", "database", "reprint of itself"),
        ("UPDATE source SET origin = num % 4 + 1 WHERE num < 3", "database", "of a source that is a reprint"),
        ("UPDATE source SET parent = 2 - num % 2 WHERE num < 3", "database", "attached to itself"),
        ("UPDATE source SET parent = 3 - num WHERE num < 3", "database", "attached to itself"),
    ],
)
def test_a_source_whose_state_cannot_be_is_named(
    folder: Path, ids: list[str], statement: str, part: str, words: str
) -> None:
    _change(folder, statement)
    problems = run(check(folder)).problems
    assert (problems[0].part, problems[0].source_id) == (part, ids[0])
    assert words in problems[0].message


def test_an_older_version_that_was_changed_is_told(folder: Path, ids: list[str]) -> None:
    _older_version(folder)
    (problem,) = run(check(folder)).problems
    assert (problem.part, problem.source_id) == ("text", ids[0])
    assert "Version 0 of its text, which is not in force" in problem.message


@pytest.mark.parametrize("table", ["tag", "collected", "kinship", "source", "source.parent"])
def test_links_that_lead_nowhere_are_told_with_their_table(folder: Path, ids: list[str], table: str) -> None:
    statements = {
        "tag": "INSERT INTO tag VALUES (77, 'x')",
        "collected": "INSERT INTO collected VALUES (77, 1)",
        "kinship": "INSERT INTO kinship VALUES (1, 77, 'derived')",
        "source": "UPDATE source SET origin = 77 WHERE num = 1",
        "source.parent": "UPDATE source SET parent = 77 WHERE num = 1",
    }
    _change(folder, statements[table])
    messages = [problem.message for problem in run(check(folder)).problems]
    assert messages[0].startswith(f"In the table “{table.partition('.')[0]}” links lead to no source")


def test_a_saved_search_with_sources_in_it_is_told(folder: Path, ids: list[str]) -> None:
    with Library.open(folder, write=True) as library:
        found = library.make_collection("Cables", "cable")
    _change(folder, "INSERT INTO collected VALUES (?, 1)", found.num)
    (problem,) = run(check(folder)).problems
    assert "“Cables”" in problem.message


@pytest.mark.parametrize("lost", [False, True])
def test_unread_files_are_proven(folder: Path, ids: list[str], tmp_path: Path, lost: bool) -> None:
    (tmp_path / "сломан.pdf").write_bytes(b"%PDF-1.7 nothing of a PDF")
    with Library.open(folder, write=True) as library:
        report = run(library.import_paths([tmp_path / "сломан.pdf"], workers=False))
        assert report.failed[0].kept
        (file,) = library.unread()
    assert run(check(folder)).problems == ()
    if lost:
        _change(folder, "DELETE FROM original WHERE sha256 = ?", file.sha256)
    else:
        _change(folder, "UPDATE original SET data = x'00', form = 'plain' WHERE sha256 = ?", file.sha256)
    (problem,) = run(check(folder)).problems
    assert (problem.part, "“сломан.pdf”" in problem.message) == ("original", True)


@pytest.mark.parametrize("ending", ["idx", "pos", "term", "fast", "store", "fieldnorm"])
def test_one_changed_byte_of_the_index_is_noticed(folder: Path, ids: list[str], ending: str) -> None:
    file = next((folder / "index").rglob(f"*.{ending}"))
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(data)
    problems = run(check(folder)).problems
    assert [problem.part for problem in problems] == ["index"]
    assert "briefing library rebuild" in problems[0].message


def test_an_index_that_is_missing_or_behind_is_told_and_mended_by_rebuilding(folder: Path, ids: list[str]) -> None:
    shutil.rmtree(folder / "index")
    assert [problem.part for problem in run(check(folder)).problems] == ["index"]
    with Library.open(folder, write=True) as library:
        run(library.rebuild_index())
    assert run(check(folder)).problems == ()
    _change(folder, "UPDATE state SET value = value - 1 WHERE name = 'indexed'")
    (problem,) = run(check(folder)).problems
    assert "behind by 1" in problem.message


@pytest.mark.parametrize("kept", [3, 12])
def test_damage_in_the_database_is_told_and_does_not_stop_the_check(folder: Path, ids: list[str], kept: int) -> None:
    path = folder / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[8192 * kept :] = b"\xff" * (len(data) - 8192 * kept)
    path.write_bytes(data)
    problems = run(check(folder)).problems
    assert problems
    assert problems[0].part == "database"
    assert path.read_bytes() == data


def test_statistics_are_counted_from_what_is_there(folder: Path, ids: list[str]) -> None:
    with Library.open(folder, write=True) as library:
        library.correct(ids[2], outlet="Вестник Залива", reliability="B")
        library.set_tags(ids[2], ["cable", "Кабель"])
        library.add_text("The cable was cut at night. " * 40, Fields(title="Reprint", language="en"))
        library.star(ids[:2])
        library.set_note(ids[0], "Mine")
        library.triage([ids[0]], "kept")
        library.triage([ids[1]], "dropped")
        library.say_kinship(ids[3], ids[2], "reprint")
        library.collect(library.make_collection("Море").num, ids[:2])
        library.make_collection("Empty")
        library.make_collection("Saved", "cable")
        texts = [library.text(source.id) for source in library.rows(0, 10)]
        originals = sum(len(library.original(id)) for id in ids)
    _older_version(folder)
    found = run(count(folder))
    assert (found.sources, found.kinds, found.languages) == (5, {"text": 5}, {"en": 3, "ar": 1, "ru": 1})
    assert (found.outlets, found.tags) == ({"Вестник Залива": 1}, {"cable": 1, "Кабель": 1})
    assert (found.no_text, found.corrected, found.shared_texts, found.index_lag) == (0, 1, 1, 0)
    assert (found.original_bytes, found.text_characters) == (originals, sum(map(len, texts)))
    state = (found.starred, found.noted, found.inbox, found.dropped, found.reprints, found.saved_searches)
    assert (*state, found.collections) == (2, 1, 3, 1, 1, 1, {"Море": 2, "Empty": 0})
    assert (found.unread_files, found.older_versions) == (0, 1)
    assert found.originals_folder_bytes >= FILE_FROM
    assert min(found.database_bytes, found.index_bytes, found.schema_version) > 0
    shutil.rmtree(folder / "index")
    assert run(count(folder)).index_lag == 5
