"""An import accounts for every file that it meets, keeps what can be read, and says why the rest cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing_app.library.importing import importer as importing
from briefing_app.library.importing.report import ImportReport
from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from briefing_app.model.reading import PageSpan
from briefing_app.work.limits import Limits
from tests.library.readers import read_simply


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def bring_in(library: Library, *paths: Path, workers: bool = False) -> ImportReport:
    report = run(library.import_paths(paths, workers=workers, read=read_simply))
    assert isinstance(report, ImportReport)
    return report


def names(items: object) -> list[str]:
    return sorted(Path(item.path).name for item in items)  # type: ignore[attr-defined]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


def test_bad_files_are_reported_with_their_reasons_and_take_nothing_down(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "READING_LIMITS", Limits(seconds=1))
    write(inbox, **{f"good{number}": f"Good text number {number}." for number in range(6)})
    for name in ("encrypted", "crash", "hang", "fault"):
        write(inbox, **{f"{name}.bin": name})
    write(inbox, empty="")
    report = bring_in(library, inbox, inbox / "missing.txt", workers=True)
    assert names(report.imported) == [f"good{number}" for number in range(6)]
    assert {Path(item.path).name: item.reason for item in report.failed} == {
        "encrypted.bin": "The file is encrypted. Save it without a password.",
        "crash.bin": "“crash.bin” made the reader crash.",
        "hang.bin": "Reading “hang.bin” took longer than 1 s, and was stopped.",
        "fault.bin": "Reading “fault.bin” came to an unexpected fault (ZeroDivisionError: by zero).",
        "empty": "The file is empty.",
        "missing.txt": "There is no such file or folder.",
    }
    assert library.count() == library.search(Query(text="good")).total == 6


def test_the_report_says_what_was_there_already(library: Library, inbox: Path) -> None:
    write(inbox, one="title: One\nThe very same words.", again="title: One\nThe very same words.")
    write(
        inbox, same_record="title: One\n\nThe very same words.", reprint="title: One\noutlet: B\nThe very same words."
    )
    report = bring_in(library, inbox)
    assert (len(report.imported), len(report.duplicates), report.failed) == (2, 2, ())
    once_more = bring_in(library, inbox, inbox / "one")
    assert (once_more.imported, len(once_more.duplicates)) == ((), 5)
    assert {item.id for item in once_more.duplicates} == {item.id for item in report.imported}
    assert set(report.to_json()) == {"imported", "duplicates", "failed"}
    assert set(report.to_json()["duplicates"][0]) == {"id", "path", "member"}


def test_the_fields_that_a_file_lacks_are_filled_in(library: Library, inbox: Path) -> None:
    write(
        inbox,
        **{"page.html": "\n\n***\nFirst line with words\n\nMore.", "scan.pdf": "", "note.txt": "published: x\nText"},
    )
    (inbox / "scan.pdf").write_text("title: \n")
    os.utime(inbox / "page.html", (1_790_000_000, 1_790_000_000))
    report = bring_in(library, inbox)
    sources = {source.file_name: source for source in library.rows(0, 9)}
    assert sources["page.html"].title == "First line with words"
    assert sources["page.html"].accessed.startswith("2026-09-2")
    assert (sources["scan.pdf"].title, sources["scan.pdf"].no_text) == ("scan.pdf", True)
    assert report.no_text == (sources["scan.pdf"].id,)
    assert (sources["note.txt"].published, sources["note.txt"].accessed) == ("", "")


def test_pages_and_blocks_are_kept_and_an_excerpt_names_its_pages(library: Library, inbox: Path) -> None:
    write(inbox, **{"paper.pdf": "Page one. Page two begins here."})
    id = bring_in(library, inbox).imported[0].id
    assert library.pages(id) == (PageSpan(1, 0, 10), PageSpan(2, 10, 31))
    assert [(block.start, block.end) for block in library.blocks(id)] == [(0, 31)]
    excerpt = library.excerpt(id, 5, 14, id="x")
    assert (excerpt.page, excerpt.last_page, excerpt.text) == (1, 2, "one. Page")


def test_what_the_system_hides_is_passed_over_unless_it_is_named(library: Library, inbox: Path) -> None:
    write(
        inbox, **{".hidden": "Hidden text", "Thumbs.db": "x", "~$a.docx": "x", ".git__config": "x", "sub__a": "A text"}
    )
    write(inbox, **{"page.html": "A page", "page_files__style.css": "furniture", "other_files__b": "B text"})
    assert names(bring_in(library, inbox).imported) == ["a", "b", "page.html"]
    assert names(bring_in(library, inbox / ".hidden").imported) == [".hidden"]


def test_links_are_followed_once_and_loops_end(library: Library, inbox: Path) -> None:
    write(inbox, sub__a="A text")
    (inbox / "sub" / "up").symlink_to(inbox, target_is_directory=True)
    (inbox / "sub" / "nowhere").symlink_to(inbox / "gone")
    os.mkfifo(inbox / "channel")
    report = bring_in(library, inbox, inbox)
    assert names(report.imported) == ["a"]
    assert {Path(item.path).name for item in report.failed} == {"nowhere", "channel"}


def test_a_library_does_not_swallow_itself(library: Library) -> None:
    library.add_text("Some text.")
    assert bring_in(library, library.folder.parent) == ImportReport()


def test_a_cancelled_import_keeps_what_was_read(library: Library, inbox: Path) -> None:
    write(inbox, **{f"f{number}": f"Text number {number}" for number in range(9)})
    job = library.import_paths([inbox], workers=False, read=read_simply)
    seen = [next(job) for _ in range(4)]
    job.close()
    assert seen[-1].total == 9
    assert 0 < library.count() < 9
    run(library.catch_up())
    assert library.search(Query(text="text")).total == library.count()
    assert len(bring_in(library, inbox).imported) + len(seen) >= 9
    assert library.count() == 9


@pytest.mark.corpus
def test_the_real_readers_account_for_every_file(library: Library, corpus: Path) -> None:
    files = sorted((corpus / "email").glob("*"))[:12] + sorted((corpus / "seed").glob("*"))
    report = run(library.import_paths(files))
    met = [(item.path, item.member) for item in (*report.imported, *report.duplicates, *report.failed)]
    assert len(met) == len(set(met))
    assert {path for path, _ in met} == {str(path) for path in files}
    assert len(report.imported) == library.count()
    for item in report.imported:
        if item.member is None:
            assert library.original(item.id) == Path(item.path).read_bytes()
        else:
            assert library.original(item.id)
