"""A library of an older version is brought to this one when it is opened, with everything that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from briefing_app.errors import NewerVersion
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.library.store import schema
from briefing_app.model.grading import Reliability

VERSION_1 = Path(__file__).with_name("version_1.sql")


@pytest.fixture
def old(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(folder / "library.sqlite") as connection:
        connection.executescript(VERSION_1.read_text("utf-8"))
    connection.close()
    return folder


@pytest.mark.parametrize("write", [True, False])
def test_a_library_of_version_1_opens_with_all_that_is_in_it(old: Path, write: bool) -> None:
    with Library.open(old, write=write) as library:
        if write:
            run(library.catch_up())
        titles = [source.title for source in library.rows(0, 10, order="title")]
        assert titles == ["The strait is closed", "Кабель"]
        (hit,) = library.search(Query(text="кабели", language="ru")).hits
        assert library.tags(hit.source_id) == ("cable", "strait")
        assert "обвинили" in library.text(hit.source_id)
        (closed,) = [source for source in library.rows(0, 10) if source.title == "The strait is closed"]
        assert closed.reliability is Reliability.B
        assert library.facets()["outlets"] == {"Sample Wire": 1, "Вестник": 1}
    with sqlite3.connect(old / "library.sqlite") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    connection.close()


def test_an_upgraded_library_has_the_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    for folder in (old, tmp_path / "new"):
        Library.open(folder, write=True).close()
    assert _tables(old) == _tables(tmp_path / "new")


def _tables(folder: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(folder / "library.sqlite")
    names = connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
    columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for (name,) in names}
    connection.close()
    return columns


def test_a_newer_library_is_left_alone(old: Path) -> None:
    connection = sqlite3.connect(old / "library.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (old / "library.sqlite").read_bytes()
    with pytest.raises(NewerVersion):
        Library.open(old, write=True)
    assert (old / "library.sqlite").read_bytes() == before
