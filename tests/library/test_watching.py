"""What is saved in a watched folder appears in the library, once it is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing_app.errors import BriefingError
from briefing_app.library.importing.report import ImportReport
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from tests.library.readers import read_simply


def look(library: Library) -> ImportReport:
    report = run(library.look_at_watched(workers=False, read=read_simply))
    assert isinstance(report, ImportReport)
    return report


def save(path: Path, text: str, *, rested: bool = True) -> None:
    path.write_text(text)
    if rested:
        os.utime(path, (1_790_000_000, 1_790_000_000 + len(text)))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "на столе"
    folder.mkdir()
    return folder


def test_new_and_changed_files_come_in_once(library: Library, desk: Path, folder: Path) -> None:
    library.watch(desk)
    assert look(library) == ImportReport()
    save(desk / "a.txt", "A first note.")
    (desk / "below").mkdir()
    save(desk / "below" / "заметка.txt", "A second note.")
    assert sorted(Path(item.path).name for item in look(library).imported) == ["a.txt", "заметка.txt"]
    assert library.search(Query(text="note")).total == 2
    assert look(library) == ImportReport()
    save(desk / "a.txt", "The note was changed.")
    assert [Path(item.path).name for item in look(library).imported] == ["a.txt"]
    assert library.interrupted_runs() == ()
    library.close()
    with Library.open(folder, write=True) as again:
        assert [(one.path, one.is_there) for one in again.watched()] == [(desk, True)]
        assert look(again) == ImportReport()


def test_a_file_that_is_being_written_is_left_until_it_rests(library: Library, desk: Path) -> None:
    library.watch(desk)
    for name in ("film.part", "page.html.crdownload", "~$report.docx", ".hidden", "empty.txt"):
        save(desk / name, "" if name == "empty.txt" else "Half a file.")
    save(desk / "new.txt", "Just being", rested=False)
    assert look(library) == ImportReport()
    save(desk / "new.txt", "Just being written.", rested=False)
    assert look(library) == ImportReport()
    assert [Path(item.path).name for item in look(library).imported] == ["new.txt"]


def test_a_file_that_cannot_be_read_is_told_once(library: Library, desk: Path) -> None:
    library.watch(desk)
    save(desk / "bad.bin", "encrypted")
    assert len(look(library).failed) == 1
    assert look(library) == ImportReport()
    assert len(library.unread()) == 1


def test_a_folder_that_is_away_is_waited_for(library: Library, desk: Path) -> None:
    library.watch(desk)
    away = desk.with_name("away")
    desk.rename(away)
    assert [one.is_there for one in library.watched()] == [False]
    assert look(library) == ImportReport()
    save(away / "a.txt", "A note.")
    away.rename(desk)
    assert len(look(library).imported) == 1


def test_what_may_be_watched(library: Library, desk: Path, folder: Path) -> None:
    library.watch(desk)
    library.watch(desk)
    assert len(library.watched()) == 1
    for wrong in (desk / "nowhere", folder, folder / "index"):
        with pytest.raises(BriefingError):
            library.watch(wrong)
    save(desk / "a.txt", "A note.")
    look(library)
    library.unwatch(desk)
    assert library.watched() == ()
    with pytest.raises(BriefingError, match="not watched"):
        library.unwatch(desk)
    library.watch(desk)
    assert [item.id for item in look(library).duplicates] == [library.rows(0, 1)[0].id]
    library.watch(folder.parent)  # the library lies in it, and is left alone
    assert look(library).imported == ()
