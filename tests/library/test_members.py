"""Files with several sources in them: each is kept, found and accounted for by itself."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing_app.library.importing import files, reading_ahead
from briefing_app.library.importing import importer as importing
from briefing_app.library.importing.report import ImportReport
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.readers import Member
from briefing_app.work.limits import Limits
from tests.library.readers import read_simply


def bring_in(library: Library, *paths: Path, workers: bool = False) -> ImportReport:
    report = run(library.import_paths(paths, workers=workers))
    assert isinstance(report, ImportReport)
    met = [(item.path, item.member) for item in (*report.imported, *report.duplicates, *report.failed)]
    assert len(met) == len(set(met))
    return report


def articles(count: int) -> list[str]:
    return [
        json.dumps(
            {"title": f"Article {number}", "text": f"Words of article{number}.", "url": f"https://x.org/{number}"}
        )
        for number in range(count)
    ]


def message(subject: str, attached: bytes = b"") -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "anna@example.org", subject, f"<{subject}@example.org>"
    made.set_content(f"Message about {subject}.")
    if attached:
        made.add_attachment(attached, maintype="text", subtype="plain", filename="note.txt")
    return made.as_bytes()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "archive.jsonl").write_text("\n".join([*articles(40), "{broken", articles(1)[0]]))
    envelope = b"From anna@example.org Tue Nov  3 10:15:00 2026\n"
    mails = [message("harbour", b"An attached note."), message("bridge")]
    (folder / "all.mbox").write_bytes(b"".join(envelope + mail + b"\n\n" for mail in mails))
    (folder / "one.eml").write_bytes(message("ferry", b"Another attached note."))
    with zipfile.ZipFile(folder / "all.zip", "w") as made:
        made.writestr("texts/plain.txt", "Plain words.")
        made.writestr("one.eml", message("ferry", b"Another attached note."))
        made.writestr("picture.gif", b"GIF89a...")
    (folder / "refs.ris").write_text("TY  - JOUR\nTI  - First\nER  -\nTY  - JOUR\nTI  - Second\nER  -\n")
    return folder


@pytest.mark.parametrize("workers", [False, True])
@pytest.mark.parametrize("cut_from", [0, 1 << 30])
def test_every_member_is_in_one_list_and_known_again(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch, workers: bool, cut_from: int
) -> None:
    monkeypatch.setattr(files, "_CUT_FROM", cut_from)
    report = bring_in(library, inbox, workers=workers)
    imported = {(Path(item.path).name, item.member) for item in report.imported}
    assert {(name, member) for name, member in imported if name != "archive.jsonl"} == {
        ("all.mbox", "message 1"),
        ("all.mbox", "message 1/note.txt"),
        ("all.mbox", "message 2"),
        ("all.zip", "texts/plain.txt"),
        ("all.zip", "one.eml"),
        ("all.zip", "one.eml/note.txt"),
        ("refs.ris", "record 1"),
        ("refs.ris", "record 2"),
    }
    assert sum(name == "archive.jsonl" for name, _ in imported) == 40
    assert {(Path(item.path).name, item.member) for item in report.duplicates} == {
        ("archive.jsonl", "line 42"),
        ("one.eml", None),
        ("one.eml", "note.txt"),
    }
    assert {(Path(item.path).name, item.member) for item in report.failed} == {
        ("archive.jsonl", "line 41"),
        ("all.zip", "picture.gif"),
    }
    assert len(report.no_text) == 2
    assert library.count() == len(report.imported)
    assert [hit.source_id for hit in library.search(Query(text="article7")).hits] == [
        item.id for item in report.imported if item.member == "line 8"
    ]
    again = bring_in(library, inbox, workers=workers)
    assert again.imported == ()
    assert len(again.duplicates) == len(report.imported) + len(report.duplicates)
    assert len(again.failed) == 2


def test_the_bytes_of_a_member_are_kept(library: Library, inbox: Path) -> None:
    report = bring_in(library, inbox)
    originals = {item.member: library.original(item.id) for item in report.imported}
    assert originals["line 3"] == articles(3)[2].encode()
    assert originals["message 1/note.txt"] == b"An attached note."
    assert originals["texts/plain.txt"] == b"Plain words."


def test_ids_are_the_same_in_every_library(library: Library, inbox: Path, tmp_path: Path) -> None:
    ids = {(item.path, item.member): item.id for item in bring_in(library, inbox).imported}
    with Library.open(tmp_path / "other", write=True) as other:
        assert {(item.path, item.member): item.id for item in bring_in(other, inbox).imported} == ids


def test_attachments_that_a_killed_import_left_out_come_in_later(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = library.import_paths([inbox / "one.eml"], workers=False, read=_only_the_message)
    run(job)
    assert library.count() == 1
    report = bring_in(library, inbox / "one.eml")
    assert [item.member for item in report.imported] == ["note.txt"]
    assert [item.member for item in report.duplicates] == [None]


def _only_the_message(data: bytes, name: str) -> list[Member]:
    from briefing_app.readers import read_members

    return [next(iter(read_members(data, name)))]


def many_then_crash(data: bytes, name: str) -> Iterator[Member]:
    """Three members, large enough to be sent one by one, and then a crash."""
    for number in range(3):
        text = f"Member {number} of {name}. " + "word " * 60_000
        yield Member(name=f"m{number}", file_name=name, data=text.encode(), reading=read_simply(text.encode(), name))
    read_simply(data, name)


def test_a_crash_after_some_members_keeps_them_and_is_reported_once(library: Library, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, data in (("a.txt", b"fine"), ("b.bin", b"crash"), ("c.txt", b"fine, too")):
        (inbox / name).write_bytes(data)
    report = run(library.import_paths([inbox], read=many_then_crash))
    assert [(Path(item.path).name, item.member) for item in report.imported] == [
        (name, f"m{number}") for name in ("a.txt", "b.bin", "c.txt") for number in range(3)
    ]
    assert [(Path(item.path).name, item.member, item.reason) for item in report.failed] == [
        ("b.bin", None, "“b.bin” made the reader crash.")
    ]
    assert report.duplicates == ()


def test_a_cancelled_import_of_a_large_file_ends_at_once(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text("\n".join(articles(3000)))
    job = library.import_paths([path])
    for _ in range(3):
        next(job)
    job.close()
    assert 0 < library.count() < 3000
    assert len(bring_in(library, path, workers=True).imported) + library.count() > 3000 > 0
    assert library.count() == 3000


def test_a_slow_item_in_a_task_costs_only_itself(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "READING_LIMITS", Limits(seconds=1))
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(reading_ahead._TASK_FILES * 2):
        (inbox / f"{number:03}.txt").write_text(f"Text number {number}.")
    (inbox / "010.bin").write_bytes(b"hang")
    (inbox / "020.bin").write_bytes(b"crash")
    report = run(library.import_paths([inbox], read=read_simply))
    assert {Path(item.path).name: item.reason for item in report.failed} == {
        "010.bin": "Reading “010.bin” took longer than 1 s, and was stopped.",
        "020.bin": "“020.bin” made the reader crash.",
    }
    assert len(report.imported) == reading_ahead._TASK_FILES * 2


def test_a_zip_in_memory_is_not_written_anywhere(library: Library, tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("../../escape.txt", "Words.")
    path = tmp_path / "inbox" / "a.zip"
    path.parent.mkdir()
    path.write_bytes(data.getvalue())
    report = bring_in(library, path)
    assert [item.member for item in report.imported] == ["escape.txt"]
    assert not list(tmp_path.parent.glob("escape*"))
