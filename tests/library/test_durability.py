"""Killed, locked, damaged, full or foreign: nothing that was reported is lost, and the state is told plainly."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from briefing_app.errors import LibraryBusy, NewerVersion, StorageError
from briefing_app.library.library import Library, run
from briefing_app.library.search import indexing
from briefing_app.library.search.search import Query
from briefing_app.library.store.store import Store

WRITER = """
import sys
from pathlib import Path
from briefing_app.library.library import Library
from briefing_app.model.reading import Fields
with Library.open(Path(sys.argv[1]), write=True) as library:
    for number in range(int(sys.argv[2]), 1_000_000):
        source = library.add_text(f"Word{number} stands in this text. " * 20, Fields(outlet=f"Outlet {number % 3}"))
        library.set_tags(source.id, [f"tag{number}"])
        print(source.id, number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_reported(folder: Path, repository: Path) -> None:
    reported: list[tuple[str, int]] = []
    for round in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(round * 1000)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(repository)},
        )
        assert writer.stdout is not None
        for _ in range(4 + round * 3):
            id, number = writer.stdout.readline().split()
            reported.append((id, int(number)))
        writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        writer.wait()
        writer.stdout.close()
        with Library.open(folder, write=round == 1) as library:  # a reader finds them too
            for id, number in reported:
                assert library.text(id).startswith(f"Word{number} stands")
                assert library.original(id).startswith(f"Word{number} stands".encode())
                assert library.tags(id) == (f"tag{number}",)
                assert [hit.source_id for hit in library.search(Query(text=f"word{number}")).hits] == [id]
            assert library.count() == len(library.rows(0, 10_000)) >= len(reported)
            assert sum(library.facets()["outlets"].values()) == library.count()


def test_one_writer_at_a_time_and_the_second_hears_who_has_it(library: Library, folder: Path) -> None:
    with pytest.raises(LibraryBusy, match=f"process {os.getpid()}"):
        Library.open(folder, write=True)
    with Library.open(folder, write=False) as reader:
        library.add_text("Found by the reader.")
        assert reader.search(Query(text="reader")).total == 1
        with pytest.raises(StorageError, match="for reading only"):
            reader.add_text("no")
    library.close()
    Library.open(folder, write=True).close()


def test_the_lock_of_a_dead_process_is_taken_over(folder: Path) -> None:
    Library.open(folder, write=True).close()
    (folder / "library.lock").write_text('{"pid": 1, "host": "elsewhere", "user": "ghost", "since": "yesterday"}')
    Library.open(folder, write=True).close()


@pytest.mark.parametrize("damage", ["missing", "emptied", "no meta", "no positions", "stray"])
def test_a_missing_or_damaged_index_is_made_again(folder: Path, damage: str) -> None:
    with Library.open(folder, write=True) as library:
        id = library.add_text("The index is derived from this text.").id
    (generation,) = (folder / "index").iterdir()
    if damage == "missing":
        shutil.rmtree(folder / "index")
    elif damage == "emptied":
        for file in generation.iterdir():
            file.write_bytes(b"")
    elif damage == "no positions":
        [file.unlink() for file in generation.glob("*.pos")]
    elif damage == "no meta":
        (generation / "meta.json").unlink()
    else:
        (folder / "index" / "stray").mkdir()
    with Library.open(folder, write=True) as library:
        assert [hit.source_id for hit in library.search(Query(text="derived")).hits] == [id]
        assert library.index_lag() == 0
    assert len(list((folder / "index").iterdir())) == 1


def test_a_large_lag_is_a_job_of_its_own_and_told_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(folder, write=True) as library:
        for number in range(5):
            library.add_text(f"Text number {number}")
    shutil.rmtree(folder / "index")
    monkeypatch.setattr(indexing, "AT_ONCE", 3)
    monkeypatch.setattr(indexing, "BATCH", 2)
    with Library.open(folder, write=True) as library:
        assert (library.search(Query(text="number")).total, library.search(Query(text="number")).behind) == (0, 5)
        steps = list(library.catch_up())
        assert [step.done for step in steps] == [2, 4, 5]
        found = library.search(Query(text="number"))
        assert (found.total, found.behind) == (5, 0)


def test_rebuilding_the_index_changes_no_answer(library: Library, folder: Path) -> None:
    for number in range(5):
        library.add_text(f"Text number {number}")
    library.remove(library.rows(0, 1)[0].id)
    before = library.search(Query(text="number"))
    with Library.open(folder, write=False) as reader:
        assert run(library.rebuild_index()) == 4
        for one in (library, reader):
            after = one.search(Query(text="number"))
            assert {hit.source_id for hit in after.hits} == {hit.source_id for hit in before.hits}
    library.add_text("Text number 9")
    assert library.search(Query(text="number")).total == 5


def test_a_library_from_a_newer_version_is_left_untouched(folder: Path) -> None:
    Library.open(folder, write=True).close()
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (folder / "library.sqlite").read_bytes()
    for write in (True, False):
        with pytest.raises(NewerVersion, match="newer version"):
            Library.open(folder, write=write)
    assert (folder / "library.sqlite").read_bytes() == before


def test_what_is_no_library_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no source library"):
        Library.open(tmp_path / "nowhere", write=False)
    with pytest.raises(StorageError, match="no source library"):
        Library.open(tmp_path / "nowhere", write=True, create=False)
    assert not (tmp_path / "nowhere").exists()

    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x")
    with pytest.raises(StorageError, match=r"cat\.jpg"):
        Library.open(tmp_path / "photos", write=True)

    for name, content in (("foreign", None), ("garbage", b"not a database at all" * 400)):
        folder = tmp_path / name
        folder.mkdir()
        if content is None:
            connection = sqlite3.connect(folder / "library.sqlite")
            connection.execute("CREATE TABLE notes (text)")
            connection.close()
        else:
            (folder / "library.sqlite").write_bytes(content)
        before = (folder / "library.sqlite").read_bytes()
        for write in (True, False):
            with pytest.raises(StorageError, match="not a source library"):
                Library.open(folder, write=write)
        assert (folder / "library.sqlite").read_bytes() == before

    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="a file"):
        Library.open(tmp_path / "file", write=True)


def test_a_damaged_database_is_told_and_not_made_worse(folder: Path) -> None:
    with Library.open(folder, write=True) as library:
        ids = [library.add_text(f"Text {number} " + "word " * 3000).id for number in range(20)]
    path = folder / "library.sqlite"
    data = bytearray(path.read_bytes())
    data[8192 * 3 : len(data)] = b"\xff" * (len(data) - 8192 * 3)
    path.write_bytes(data)
    with Library.open(folder, write=False) as library, pytest.raises(StorageError, match="damaged"):
        [library.text(id) for id in ids]
    assert path.read_bytes() == data


def _fill_the_drive(store: Store) -> None:
    with store.transaction() as connection:
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("UPDATE state SET value = 77 WHERE name = 'change'")
        connection.execute("INSERT INTO removed VALUES (1, zeroblob(1000000))")


def test_a_full_drive_keeps_what_was_there(folder: Path) -> None:
    with Library.open(folder, write=True) as library:
        kept = library.add_text("Kept before the drive was full.")
    store = Store(folder, write=True)
    store.open(create=False)
    try:
        with pytest.raises(StorageError, match="no space left"):
            _fill_the_drive(store)
    finally:
        store.close()
    with Library.open(folder, write=True) as library:
        assert library.text(kept.id) == "Kept before the drive was full."
        assert library.change_number() == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom a folder can refuse")
def test_a_read_only_folder_can_be_read_and_says_why_not_written(folder: Path) -> None:
    with Library.open(folder, write=True) as library:
        library.add_text("Readable text.")
    folder.chmod(0o500)
    try:
        with Library.open(folder, write=False) as library:
            assert library.search(Query(text="readable")).total == 1
        with pytest.raises(StorageError, match="read-only"):
            Library.open(folder, write=True)
    finally:
        folder.chmod(0o700)
