"""An import can be held, stopped, left and resumed; its counts add up however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.errors import BriefingError, StorageError, UnreadableFile
from briefing_app.library.importing.control import Control
from briefing_app.library.importing.report import Failed, ImportReport, grouped
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.model.reading import Reading
from briefing_app.readers import Member
from briefing_app.work.progress import Pace
from tests.library.readers import read_simply


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"Text number {number}.")
    return folder


def adds_up(report: ImportReport) -> bool:
    """Every file met is in a list, by itself or by its parts, or was left."""
    told: list[tuple[str, str | None]] = [(item.path, item.member) for item in report.imported]
    told += [(item.path, item.member) for item in report.duplicates]
    told += [(item.path, item.member) for item in report.failed]
    told += [(item.path, None) for item in report.passed_over]
    assert len(told) == len(set(told))
    return len({path for path, _ in told}) + report.left == report.files


def test_a_paused_import_has_kept_what_it_read_and_goes_on(library: Library, inbox: Path) -> None:
    control = Control()
    job = library.import_paths([inbox], workers=False, read=read_simply, control=control)
    for _ in range(5):
        next(job)
    control.pause()
    steps = [next(job) for _ in range(3)]
    assert all(step.paused for step in steps)
    assert 0 < steps[-1].done <= library.count() < 30
    control.resume()
    report = run(job)
    assert len(report.imported) == 30 == library.count()
    assert adds_up(report)
    assert not report.stopped


@pytest.mark.parametrize("how", ["cancel", "leave", "close"])
def test_a_stopped_import_tells_what_it_did_and_only_one_that_was_left_can_go_on(
    library: Library, inbox: Path, how: str
) -> None:
    control = Control()
    job = library.import_paths([inbox], workers=False, read=read_simply, control=control)
    for _ in range(5):
        next(job)
    if how == "close":
        job.close()
    else:
        getattr(control, how)()
        report = run(job)
        assert report.stopped
        assert report.left > 0
        assert adds_up(report)
    there = library.count()
    assert 0 < there < 30
    assert library.search(Query(text="number")).total == there
    interrupted = library.interrupted_runs()
    assert len(interrupted) == (how == "leave")
    if interrupted:
        resumed = run(library.resume_run(interrupted[0].num, workers=False, read=read_simply))
        assert (len(resumed.imported), len(resumed.duplicates)) == (30 - there, there)
        assert library.interrupted_runs() == ()
        with pytest.raises(BriefingError, match="No interrupted import"):
            library.resume_run(interrupted[0].num)


IMPORTER = """
import sys
from pathlib import Path
from briefing_app.library.library import Library
from briefing_app.library.importing import intake
from tests.library.readers import read_simply
intake._BATCH_SOURCES = 5
with Library.open(Path(sys.argv[1]), write=True) as library:
    for step in library.import_paths([Path(sys.argv[2])], workers=False, read=read_simply):
        print(library.count(), flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_an_import_that_was_killed_is_known_and_goes_on(folder: Path, inbox: Path, repository: Path) -> None:
    for number in range(30, 400):
        (inbox / f"{number:03}.txt").write_text(f"Text number {number}.")
    (inbox / "00.bin").write_bytes(b"encrypted")
    writer = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(folder), str(inbox)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(repository)},
    )
    assert writer.stdout is not None
    kept = next(count for line in writer.stdout if (count := int(line)) > 0)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    with Library.open(folder, write=False) as reader:
        assert reader.interrupted_runs() == ()  # it cannot know whether somebody is at it
    with Library.open(folder, write=True) as library:
        assert library.search(Query(text="number")).total == library.count() >= kept
        (interrupted,) = library.interrupted_runs()
        assert interrupted.paths == (inbox,)
        report = run(library.resume_run(interrupted.num, workers=False, read=_never_the_encrypted))
        assert library.count() == 400
        assert len(report.duplicates) >= kept
        assert [(Path(item.path).name, item.kept) for item in report.failed] == [("00.bin", True)]
        assert adds_up(report)


def _never_the_encrypted(data: bytes, name: str) -> Reading:
    assert data != b"encrypted", "what failed in the run itself is not tried again"
    return read_simply(data, name)


def test_what_cannot_be_read_is_kept_and_tried_again(library: Library, inbox: Path) -> None:
    (inbox / "later.bin").write_bytes(b"encrypted")
    (inbox / "both.box").write_bytes(b"box")
    report = run(library.import_paths([inbox], workers=False, read=_boxes))
    assert {(Path(item.path).name, item.member) for item in report.failed} == {
        ("later.bin", None),
        ("both.box", "bad"),
    }
    assert adds_up(report)
    (inbox / "later.bin").unlink()
    unread = {Path(file.path).name: file for file in library.unread()}
    assert unread["later.bin"].reason == "The file is encrypted. Save it without a password."
    assert (unread["both.box"].member, unread["both.box"].size) == ("bad", 9)
    assert not unread["later.bin"].has_newer_reader
    assert run(library.try_again(workers=False, read=_boxes)).imported == ()
    assert len(library.unread()) == 2

    again = run(library.try_again([unread["later.bin"].num], workers=False, read=_reads_anything))
    assert [Path(item.path).name for item in again.imported] == ["later.bin"]
    assert library.original(again.imported[0].id) == b"encrypted"
    assert [Path(file.path).name for file in library.unread()] == ["both.box"]
    library.forget_unread([unread["both.box"].num])
    assert library.unread() == ()
    with pytest.raises(BriefingError, match="no unread file with the number"):
        library.try_again([unread["both.box"].num])
    with library._store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM original WHERE uses < 1").fetchone() == (0,)


def _boxes(data: bytes, name: str) -> Reading | list[Member]:
    if data == b"bad bytes":
        raise UnreadableFile("“bad” is damaged.")
    if data != b"box":
        return read_simply(data, name)
    return [
        Member(name="good", file_name="good", data=b"Good.", reading=read_simply(b"Good.", "good")),
        Member(name="bad", file_name="bad", data=b"bad bytes", problem="“bad” is damaged."),
    ]


def _reads_anything(data: bytes, name: str) -> Reading:
    return read_simply(data, f"{name}.txt")


def test_attachments_know_their_message(library: Library, inbox: Path) -> None:
    mail = (
        "From: a@example.org\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nSee the note.\n--x\nContent-Type: text/plain; name=note.txt\n"
        "Content-Disposition: attachment; filename=note.txt\n\nThe attached note.\n--x--\n"
    )
    (inbox / "one.eml").write_text(mail)
    box = "".join(f"From a@example.org Mon Nov 23 10:00:0{n} 2026\n{mail}\n" for n in range(2))
    (inbox / "two.mbox").write_text(box.replace("the note", "another").replace("attached note", "other note"))
    run(library.import_paths([inbox], workers=False))
    with library._store.reading() as connection:
        rows = connection.execute(
            "SELECT child.member, parent.member FROM source AS child JOIN source AS parent ON parent.num = child.parent"
        ).fetchall()
    assert ("note.txt", None) in rows
    assert ("message 1/note.txt", "message 1") in rows
    assert all(child.rpartition("/")[0] == (parent or "") for child, parent in rows)


def test_a_list_of_references_takes_its_files_with_it(library: Library, inbox: Path) -> None:
    (inbox / "files").mkdir()
    (inbox / "files" / "a.txt").write_text("The text of the article itself, which stands beside the list.")
    (inbox / "zotero.ris").write_text("TY  - JOUR\nTI  - An article\nL1  - files/a.txt\nER  - \n")
    report = run(library.import_paths([inbox], workers=False))
    assert [(Path(item.path).name, Path(item.by).name) for item in report.passed_over] == [("a.txt", "zotero.ris")]
    assert adds_up(report)
    (id,) = [item.id for item in report.imported if item.title == "An article"]
    assert "stands beside the list" in library.text(id)


def test_a_drive_that_goes_away_stops_the_import_which_can_go_on(library: Library, inbox: Path) -> None:
    job = library.import_paths([inbox], workers=False, read=read_simply)
    for _ in range(4):
        next(job)
    away = inbox.with_name("away")
    inbox.rename(away)
    with pytest.raises(StorageError, match="can no longer be reached"):
        run(job)
    away.rename(inbox)
    kept = library.count()
    (interrupted,) = library.interrupted_runs()
    report = run(library.resume_run(interrupted.num, workers=False, read=read_simply))
    assert (len(report.imported), library.count()) == (30 - kept, 30)


def test_a_file_of_many_articles_tells_its_share(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(f'{{"title": "T{n}", "text": "Article {n}."}}' for n in range(120)))
    steps = list(library.import_paths([path], workers=False))
    shares = [step.share for step in steps if step.share is not None]
    assert shares == sorted(shares)
    assert (shares[0] < 0.1, shares[-1], steps[-1].total) == (True, 1.0, 1)


def test_reasons_that_differ_in_names_and_amounts_stand_together() -> None:
    failed = [Failed(f"{n}", None, f"“{n}.pdf” is too large: it has {n} MB.") for n in range(3)]
    groups = grouped([*failed, Failed("x", None, "The file is empty.")])
    assert [(group.text, len(group.failed)) for group in groups] == [
        ("“…” is too large: it has 0 MB.", 3),
        ("The file is empty.", 1),
    ]


@given(st.lists(st.floats(0.3, 5.0), min_size=8, max_size=40))
def test_the_time_to_go_is_right_at_a_steady_pace(waits: list[float]) -> None:
    pace, now, whole = Pace(0.0), 0.0, 2 * sum(waits)
    for wait in waits:
        now += wait
        left = pace.eta(now / whole, now)
        if left is not None:
            assert whole - now - 1e-6 <= left <= whole  # the figure shown follows a little late
    pace.rest(now)
    assert pace.eta(now / whole, now + 0.1) is None
