"""A backup is one moment of the library, whole and proven, or it is not there; restoring harms nothing."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from briefing_app.errors import NewerVersion, StorageError
from briefing_app.library.care import backup as backups
from briefing_app.library.care.backup import back_up
from briefing_app.library.care.backup_reading import verify_backup
from briefing_app.library.care.checking import check
from briefing_app.library.care.restoring import restore
from briefing_app.library.library import Library, run
from briefing_app.library.register.record import EditionRecord
from briefing_app.library.register.register import Register
from briefing_app.library.search.search import Query
from briefing_app.library.store.packing import FILE_FROM
from briefing_app.model.reading import Fields


@pytest.fixture
def filled(folder: Path) -> Path:
    with Library.open(folder, write=True) as library:
        first = library.add_text("Кабель перерезан ночью. " * 40, Fields(title="Кабель", outlet="Вестник"))
        library.add_text("قُطع كابل الإنترنت في المضيق.", Fields(title="كابل"))
        library.add_text("annex " * (FILE_FROM // 6 + 1), Fields(title="Annex"))
        library.correct(first.id, published="2026-11-03", reliability="B")
        library.set_tags(first.id, ["кабель"])
    return folder


def _contents(folder: Path) -> list[tuple[Any, ...]]:
    with Library.open(folder, write=False) as library:
        return [
            (source, library.text(source.id), library.original(source.id), library.tags(source.id))
            for source in library.rows(0, 10_000)
        ]


def test_a_library_comes_back_from_its_backup(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "копия كابل.zip"
    report = run(back_up(filled, target))
    assert (report.path, report.sources, report.problems) == (str(target), 3, ())
    assert [path.name for path in tmp_path.iterdir() if path != filled] == [target.name]
    restored = tmp_path / "deeper" / "новая библиотека"
    again = run(restore(target, restored))
    assert (again.sources, again.problems) == (3, ())
    assert _contents(restored) == _contents(filled)
    with Library.open(restored, write=True) as library:
        assert library.index_lag() == 0
        assert [hit.title for hit in library.search(Query(text="кабелю")).hits] == ["Кабель"]
        library.add_text("It goes on here.")


def test_a_backup_unpacked_by_another_program_is_a_library(filled: Path, tmp_path: Path) -> None:
    run(back_up(filled, tmp_path / "b.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    (tmp_path / "unpacked" / "manifest.json").unlink()
    assert _contents(tmp_path / "unpacked") == _contents(filled)


WRITER = """
import sys
from pathlib import Path
from briefing_app.library.library import Library
with Library.open(Path(sys.argv[1]), write=True) as library:
    for number in range(1_000_000):
        size = 1 << 20 if number % 10 == 0 else 20
        print(library.add_text(f"Word{number} stands here. " + "x" * size).id, flush=True)
"""


def _start(repository: Path, code: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(repository)},
    )


def _kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_a_backup_while_another_process_imports_is_of_one_moment(
    folder: Path, tmp_path: Path, repository: Path
) -> None:
    writer = _start(repository, WRITER, folder)
    assert writer.stdout is not None
    reported: list[str] = []
    try:
        for round in range(3):
            reported += [writer.stdout.readline().strip() for _ in range(8)]
            report = run(back_up(folder, tmp_path / f"{round}.zip"))
            assert report.problems == ()
            assert report.sources >= len(reported)
            again = run(restore(tmp_path / f"{round}.zip", tmp_path / f"restored {round}"))
            assert (again.sources, again.problems) == (report.sources, ())
            with Library.open(tmp_path / f"restored {round}", write=False) as library:
                assert all(library.source(id) for id in reported)
    finally:
        _kill(writer)


BACKING_UP = """
import sys
from pathlib import Path
from briefing_app.library.care.backup import back_up
for step in back_up(Path(sys.argv[1]), Path(sys.argv[2])):
    print(step.label, flush=True)
"""


@pytest.mark.parametrize("label", ["Copying", "Writing", "Reading"])
def test_a_killed_backup_leaves_no_half_file_and_the_one_that_was_there(
    filled: Path, tmp_path: Path, repository: Path, label: str
) -> None:
    target = tmp_path / "backup.zip"
    for earlier in (False, True):
        before = target.read_bytes() if earlier else b""
        process = _start(repository, BACKING_UP, filled, target)
        assert process.stdout is not None
        while not process.stdout.readline().startswith(label):
            assert process.poll() is None
        _kill(process)
        if target.exists() and target.read_bytes() != before:
            run(verify_backup(target))  # it was quicker than the kill: then it is whole
        else:
            assert target.exists() == earlier
        run(back_up(filled, target))  # nothing is in its way, and what was left is cleared
        assert {path for path in tmp_path.iterdir() if path != filled} == {target}
        run(verify_backup(target))


def test_a_cancelled_backup_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    for steps in range(1, 5):
        job = back_up(filled, tmp_path / "backup.zip")
        for _ in range(steps):
            next(job)
        job.close()
        assert list(tmp_path.iterdir()) == [filled]


def test_two_backups_into_one_file_do_not_mix(filled: Path, tmp_path: Path) -> None:
    first = back_up(filled, tmp_path / "backup.zip")
    next(first)
    with pytest.raises(StorageError, match="being written by another program"):
        run(back_up(filled, tmp_path / "backup.zip"))
    run(first)
    run(verify_backup(tmp_path / "backup.zip"))


def test_a_large_source_removed_meanwhile_makes_it_begin_again(filled: Path, tmp_path: Path) -> None:
    job = back_up(filled, tmp_path / "backup.zip")
    while next(job).label != "Writing the backup":
        pass
    with Library.open(filled, write=True) as library:
        (annex,) = (source for source in library.rows(0, 10) if source.title == "Annex")
        library.remove(annex.id)
    report = run(job)
    assert (report.sources, report.problems) == (2, ())
    assert run(restore(tmp_path / "backup.zip", tmp_path / "restored")).sources == 2


def test_what_is_damaged_already_is_kept_and_told(filled: Path, tmp_path: Path) -> None:
    (annex,) = (path for path in (filled / "originals").rglob("*") if path.is_file())
    annex.unlink()
    report = run(back_up(filled, tmp_path / "backup.zip"))
    assert [(problem.part, problem.title) for problem in report.problems] == [("original", "Annex")]
    again = run(restore(tmp_path / "backup.zip", tmp_path / "restored"))
    assert [(problem.part, problem.title) for problem in again.problems] == [("original", "Annex")]


def test_nothing_is_restored_over_what_is_there(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    run(back_up(filled, target))
    before = _contents(filled)
    with pytest.raises(StorageError, match=r"library in .* already"):
        run(restore(target, filled))
    assert _contents(filled) == before
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "кот.jpg").write_bytes(b"x")
    with pytest.raises(StorageError, match=r"not empty.*кот\.jpg"):
        run(restore(target, tmp_path / "photos"))
    with pytest.raises(StorageError, match="a file"):
        run(restore(target, target))
    (tmp_path / "empty").mkdir()
    assert run(restore(target, tmp_path / "empty")).problems == ()


def _rewritten(path: Path, change: dict[str, bytes | None], **manifest: object) -> Path:
    """A copy of the backup with members replaced, added or (None) left out, and its manifest altered."""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        members = {name: old.read(name) for name in old.namelist()} | change
        if manifest:
            members["manifest.json"] = json.dumps(json.loads(members["manifest.json"] or b"") | manifest).encode()
        for name, data in members.items():
            if data is not None:
                new.writestr(name, data)
    return changed


def test_a_damaged_foreign_or_newer_backup_is_refused_and_leaves_the_folder_as_it_was(
    filled: Path, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    run(back_up(filled, path))
    with zipfile.ZipFile(path) as archive:
        (large,) = (name for name in archive.namelist() if name.startswith("originals/"))
        database = archive.read("library.sqlite")
    flipped = bytearray(path.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    changes: list[tuple[dict[str, bytes | None], dict[str, object], type[StorageError], str]] = [
        ({large: b"annex"}, {}, StorageError, "damaged or was changed"),
        ({large: None}, {}, StorageError, "damaged or was changed"),
        ({"library.sqlite": database[:-8192]}, {}, StorageError, "damaged or was changed"),
        ({"../evil": b"x"}, {}, StorageError, "damaged or was changed"),
        ({}, {"version": 99}, NewerVersion, "newer version"),
        ({}, {"schema": 999}, NewerVersion, "newer version"),
        ({"manifest.json": None}, {}, StorageError, "no backup"),
        ({"manifest.json": b"[]"}, {}, StorageError, "damaged or was changed"),
    ]
    for change, manifest, kind, words in changes:
        _is_refused(_rewritten(path, change, **manifest), tmp_path, kind, words)
    for data, words in (
        (bytes(flipped), "damaged or was changed"),
        (path.read_bytes()[:-1000], "no backup"),
        (b"", "no backup"),
    ):
        (tmp_path / "broken.zip").write_bytes(data)
        _is_refused(tmp_path / "broken.zip", tmp_path, StorageError, words)
    _is_refused(tmp_path / "nowhere.zip", tmp_path, StorageError, "does not exist")


def _is_refused(backup: Path, room: Path, kind: type[StorageError], words: str) -> None:
    (room / "there").mkdir(exist_ok=True)
    for folder in (room / "new", room / "there"):
        with pytest.raises(kind, match=words):
            run(restore(backup, folder))
    assert not (room / "new").exists()
    assert list((room / "there").iterdir()) == []


RESTORING = """
import sys
from pathlib import Path
from briefing_app.library.care.restoring import restore
for step in restore(Path(sys.argv[1]), Path(sys.argv[2])):
    print(step.label, flush=True)
"""


def test_a_killed_restore_can_be_done_again(filled: Path, tmp_path: Path, repository: Path) -> None:
    run(back_up(filled, tmp_path / "b.zip"))
    restored = tmp_path / "restored"
    process = _start(repository, RESTORING, tmp_path / "b.zip", restored)
    assert process.stdout is not None
    process.stdout.readline()
    _kill(process)
    if not (restored / "library.sqlite").exists():
        assert run(restore(tmp_path / "b.zip", restored)).problems == ()
    assert run(check(restored)).problems == ()
    assert _contents(restored) == _contents(filled)


def test_a_drive_with_too_little_space_is_told_before_anything_is_written(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(back_up(filled, tmp_path / "b.zip"))
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(StorageError, match="MB are free"):
        run(back_up(filled, tmp_path / "c.zip"))
    with pytest.raises(StorageError, match="MB are free"):
        run(restore(tmp_path / "b.zip", tmp_path / "new"))
    assert {path.name for path in tmp_path.iterdir()} == {"library", "b.zip"}


def test_a_backup_goes_neither_into_the_library_nor_nowhere(filled: Path, tmp_path: Path) -> None:
    for target, words in (
        (filled / "b.zip", "inside the library"),
        (tmp_path / "no such folder" / "b.zip", "does not exist"),
        (tmp_path, "a folder"),
    ):
        with pytest.raises(StorageError, match=words):
            run(back_up(filled, target))


def _edition(number: int, data: bytes) -> EditionRecord:
    return EditionRecord(
        briefing_id="br-1",
        title="Cable",
        edition=number,
        issued_at="2026-11-25T09:00:00+01:00",
        marking="",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )


def test_issued_editions_are_in_the_backup_and_come_back(filled: Path, tmp_path: Path) -> None:
    data = b"the frozen bytes"
    record = _edition(3, data)
    Register(filled).add(record, data)
    (filled / "register" / "frozen" / "left-over.part").write_bytes(b"half")
    run(back_up(filled, tmp_path / "b.zip"))
    run(restore(tmp_path / "b.zip", tmp_path / "again"))
    restored = Register(tmp_path / "again")
    assert restored.editions("br-1").records == (record,)
    assert restored.read(record) == data
    assert not (tmp_path / "again" / "register" / "frozen" / "left-over.part").exists()


def test_a_library_can_be_made_where_editions_are_kept_already(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    Register(folder).add(_edition(1, b"frozen"), b"frozen")
    with Library.open(folder, write=True) as library:
        assert library.count() == 0
