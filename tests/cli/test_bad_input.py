"""Bad input on the command line: a message that names the file and what to do, the right code, nothing harmed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from briefing_app.library.library import Library
from tests.cli.conftest import Run


@pytest.fixture
def briefing(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "one.briefing"
    assert run("new", "--template", "sitrep", "--title", "One", "-o", file).code == 0
    return file


def test_wrong_use_is_code_2(run: Run, briefing: Path, tmp_path: Path) -> None:
    assert run("export", briefing, "-o", tmp_path / "out.odt").code == 2
    assert run("export", briefing).code == 2
    assert run("frobnicate").code == 2
    assert run("new", "--template", "narative", "--title", "T", "-o", tmp_path / "x.briefing").code == 2
    assert "narrative" in run("new", "--template", "narative", "--title", "T", "-o", tmp_path / "x.briefing").err
    assert run("export", briefing, "-o", tmp_path / "out.pdf", "--date", "yesterday").code == 2
    assert not (tmp_path / "x.briefing").exists()


def test_a_withdrawn_marking_names_its_successor(run: Run, briefing: Path, tmp_path: Path) -> None:
    ran = run("export", briefing, "-o", tmp_path / "out.pdf", "--marking", "TLP:WHITE")
    assert ran.code == 1
    assert "TLP:CLEAR" in ran.err
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "text", "newer", "folder"])
def test_a_briefing_that_cannot_be_opened_is_named(run: Run, briefing: Path, tmp_path: Path, damage: str) -> None:
    bad = tmp_path / f"{damage}.briefing"
    data = briefing.read_bytes()
    match damage:
        case "empty":
            bad.write_bytes(b"")
        case "truncated":
            bad.write_bytes(data[: len(data) // 2])
        case "text":
            bad.write_text("hello")
        case "folder":
            bad.mkdir()
        case "newer":
            with zipfile.ZipFile(briefing) as old, zipfile.ZipFile(bad, "w") as new:
                for name in old.namelist():
                    body = old.read(name)
                    if name == "briefing.json":
                        body = body.replace(b'"schema_version": 1', b'"schema_version": 99')
                    new.writestr(name, body)
    for words in (("text", bad), ("export", bad, "-o", tmp_path / "out.docx"), ("check", bad)):
        ran = run(*words)
        assert ran.code == 1, words
        assert bad.name in ran.err
    assert not (tmp_path / "out.docx").exists()


def test_a_missing_path_fails_the_import_but_not_the_others(run: Run, saved: Path, tmp_path: Path) -> None:
    ran = run("import", saved / "cable.html", saved / "nowhere.pdf", "--library", tmp_path / "lib", "--json")
    assert ran.code == 1
    assert len(ran.json["imported"]) == 1
    assert "nowhere.pdf" in ran.err


def test_an_unknown_source_and_a_wrong_range_are_told(run: Run, library: Path, briefing: Path) -> None:
    assert run("show", "nosuchsource", "--library", library).code == 1
    source = run("search", "anchor", "--library", library, "--json").json[0]["source_id"]
    words = ("add", briefing, "--section", "situation", "--source", source, "--library", library)
    assert run(*words, "--range", "10:999999").code == 1
    assert run(*words, "--range", "10-20").code == 2
    assert run(*words, "--quote", "").code == 2


def test_new_never_overwrites(run: Run, briefing: Path) -> None:
    before = briefing.read_bytes()
    ran = run("new", "--template", "sitrep", "--title", "Two", "-o", briefing)
    assert ran.code == 1
    assert briefing.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(run: Run, briefing: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    ran = run("export", briefing, "-o", locked / "out.pdf")
    assert ran.code == 1
    assert "out.pdf" in ran.err or "locked" in ran.err


def test_as_a_program_results_and_messages_are_apart(saved: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "briefing_app", "import", str(saved), "--library", str(tmp_path / "lib"), "--json"]
    done = subprocess.run(words, capture_output=True, timeout=90, check=False, env={**os.environ, "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().lstrip().startswith("{")
    assert b"empty.pdf" in done.stderr
    assert b"\r" not in done.stderr  # no progress bar in a pipe


def test_numbers_and_ranges_are_checked_in_words(run: Run, briefing: Path, library: Path) -> None:
    for limit in ("0", "abc", "-1", "9" * 20, "²"):
        ran = run("search", "x", "--limit", limit, "--library", library)
        assert ran.code == 2
        assert "_positive" not in ran.err
        assert "whole number" in ran.err
    words = ("add", briefing, "--section", "situation", "--source", "x", "--library", library)
    for span in ("²:5", "5", ":", "-1:5", f"0:{'9' * 30}"):
        ran = run(*words, f"--range={span}")
        assert ran.code == 2
        assert "_range" not in ran.err
        assert "START:END" in ran.err


def test_dates_the_wrong_way_round_are_told(run: Run, library: Path) -> None:
    words = ("search", "anchor", "--library", library)
    assert run(*words, "--from", "2026", "--to", "2025-12-31").code == 2
    assert run(*words, "--from", "2026-11-03", "--to", "2026").code == 0
    assert run(*words, "--from", "2026", "--to", "2026-01").code == 0
    long = run("search", "xq" * 5000, "--library", library)
    assert long.code == 0
    assert len(long.err) < 300


def test_correcting_nothing_is_wrong_use(run: Run, library: Path) -> None:
    source = run("search", "anchor", "--library", library, "--json").json[0]["source_id"]
    assert run("correct", source, "--library", library).code == 2


def test_new_wants_a_title_and_its_own_ending(run: Run, tmp_path: Path) -> None:
    assert run("new", "--template", "bluf", "--title", "  ", "-o", tmp_path / "a.briefing").code == 2
    ran = run("new", "--template", "bluf", "--title", "T", "-o", tmp_path / "a.docx")
    assert ran.code == 2
    assert ".briefing" in ran.err
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.timeout(30)
def test_a_draft_that_is_no_file_is_named(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    words = ("new", "--template", "bluf", "--title", "T", "-o", tmp_path / "a.briefing", "--from")
    (tmp_path / "long.txt").write_bytes(b"word " * 1_700_000)
    for draft in (tmp_path / "pipe.txt", tmp_path, tmp_path / "none.txt", tmp_path / "long.txt"):
        ran = run(*words, draft)
        assert ran.code == 1
        assert draft.name in ran.err
        assert "Errno" not in ran.err
    assert not (tmp_path / "a.briefing").exists()


def test_an_export_onto_a_folder_or_under_a_file_is_told(run: Run, briefing: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    ran = run("export", briefing, "-o", tmp_path / "folder.pdf")
    assert ran.code == 1
    assert "folder.pdf" in ran.err
    assert "Choose another name" in ran.err
    ran = run("export", briefing, "-o", tmp_path / f"{'x' * 300}.pdf")
    assert ran.code == 1
    assert "too long" in ran.err
    assert run("new", "--template", "bluf", "--title", "T", "-o", tmp_path / f"{'x' * 300}.briefing").code == 1
    ran = run("export", briefing, "-o", briefing / "out.pdf")
    assert ran.code == 1
    assert "is not a folder" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
def test_results_that_cannot_be_written_out_are_no_fault_of_the_program(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "briefing_app", "templates"]
    environment = {**os.environ, "BRIEFING_HOME": str(tmp_path)}
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert ran.returncode == 1
    assert "no room" in ran.stderr
    assert "fault of the program" not in ran.stderr
    closed = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *words], stderr=subprocess.PIPE, text=True, env=environment, check=False
    )
    assert closed.returncode == 0
    assert closed.stderr == ""


def test_a_search_while_another_process_writes_finds_what_the_index_knows(run: Run, library: Path) -> None:
    source = run("search", "anchor", "--library", library, "--json").json[0]["source_id"]
    with Library.open(library, write=True) as writer:
        with contextlib.closing(sqlite3.connect(library / "library.sqlite", isolation_level=None)) as behind:
            behind.execute("UPDATE state SET value = '0' WHERE name = 'indexed'")
        assert writer.index_lag() > 0
        ran = run("search", "strait", "--library", library, "--json")
        assert ran.code == 0
        assert ran.json
        assert run("show", source, "--library", library).code == 0
    assert "cannot be found yet" in ran.err
    assert "cannot be found yet" not in run("search", "strait", "--library", library).err


@pytest.mark.parametrize("query", ["\N{GRINNING FACE}", "(", '""', " - "])
def test_a_query_without_a_word_is_told(run: Run, library: Path, query: str) -> None:
    ran = run("search", f" {query}", "--library", library)
    assert ran.code == 2
    assert "no word" in ran.err
    assert run("search", "", "--library", library, "--json").json
