"""Libraries on drives of other machines, where nothing may rest on shared memory."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from briefing_app.errors import LibraryBusy, StorageError
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.library.store import drives
from briefing_app.library.store.locks import WriterLock
from tests.library.readers import read_simply

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/Our\040Files /mnt/our\040files cifs rw 0 0
tmpfs /mnt/our\040files tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/library", "ext4"),
        ("/home/anna/library", "nfs4"),
        ("/homes/library", "ext4"),
        ("/home/local/library", "ext4"),
        ("/mnt/our files/library", "tmpfs"),
    ],
)
def test_the_kind_of_drive_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert drives.kind_of_drive(Path(folder), MOUNTS) == kind


@pytest.fixture
def on_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "is_on_network", lambda _: True)


def _files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_library_on_a_network_drive_is_used_without_shared_memory(
    folder: Path, tmp_path: Path, on_network: None
) -> None:
    (tmp_path / "inbox").mkdir()
    for number in range(40):
        (tmp_path / "inbox" / f"{number}.txt").write_text(f"Shared text {number}.")
    with Library.open(folder, write=True) as library:
        for _ in library.import_paths([tmp_path / "inbox"], workers=False, read=read_simply):
            assert not _files(folder) & {"library.sqlite-wal", "library.sqlite-shm"}
        with Library.open(folder, write=False) as reader:
            assert reader.search(Query(text="shared")).total == 40
            library.add_text("One more shared text.")
            assert reader.search(Query(text="shared")).total == 41
        with pytest.raises(LibraryBusy):
            Library.open(folder, write=True)


def test_a_library_that_was_moved_to_a_network_drive_and_back_is_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(folder, write=True) as library:
        id = library.add_text("It travels.").id
    with monkeypatch.context() as patch:
        patch.setattr(drives, "is_on_network", lambda _: True)
        held = WriterLock(folder)
        held.acquire()
        with pytest.raises(StorageError, match="made ready"):
            Library.open(folder, write=False)
        held.release()
        with Library.open(folder, write=False) as reader:
            assert reader.text(id) == "It travels."
            assert not _files(folder) & {"library.sqlite-wal", "library.sqlite-shm"}
    with Library.open(folder, write=True) as library:
        library.add_text("And back.")
        assert (library.count(), library.search(Query(text="travels")).total) == (2, 1)
        assert (folder / "library.sqlite-wal").exists()


def test_a_writer_that_was_killed_on_a_network_drive_leaves_whole_sources(
    folder: Path, tmp_path: Path, on_network: None
) -> None:
    with Library.open(folder, write=True) as library:
        library.add_text("Kept.")
    copy = tmp_path / "copy"
    connection = sqlite3.connect(folder / "library.sqlite", isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE source SET title = 'half done'")
    connection.execute("CREATE TABLE filler AS SELECT zeroblob(2000000) AS data")
    shutil.copytree(folder, copy)  # as the drive stands in the middle of a transaction
    connection.execute("ROLLBACK")
    connection.close()
    with Library.open(copy, write=True) as library:
        assert [source.title for source in library.rows(0, 9)] == ["Kept."]
        assert run(library.catch_up()) == 0
