"""Looking after a library from the command line: stats, check, backup, restore, rebuild."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tests.cli.conftest import Run


def test_from_a_backup_to_the_same_library_elsewhere(run: Run, library: Path, tmp_path: Path) -> None:
    target = tmp_path / "копия.zip"
    made = run("library", "backup", target, "--library", library, "--json")
    assert (made.code, made.json["sources"]) == (0, 3)
    new = tmp_path / "заново"
    restored = run("library", "restore", target, "--library", new)
    assert (restored.code, restored.out) == (0, f"{new}  3 sources restored\n")
    for folder in (library, new):
        checked = run("library", "check", "--library", folder)
        assert checked.code == 0
        assert checked.out.startswith("All is well: 3 sources")
    counts = [run("library", "stats", "--library", folder, "--json").json for folder in (library, new)]
    assert counts[0]["sources"] == counts[1]["sources"] == 3
    assert counts[0]["text_characters"] == counts[1]["text_characters"] > 0
    assert run("search", "кабеля", "--library", new, "--json").json[0]["language"] == "ru"
    again = run("library", "restore", target, "--library", new)
    assert (again.code, again.out) == (1, "")
    assert "nothing is restored over one" in again.err


def test_problems_are_listed_one_a_line_and_are_the_exit_code(run: Run, library: Path) -> None:
    connection = sqlite3.connect(library / "library.sqlite")
    connection.execute("UPDATE original SET data = x'00'")
    connection.commit()
    connection.close()
    shutil.rmtree(library / "index")
    checked = run("library", "check", "--library", library)
    lines = checked.out.splitlines()
    assert (checked.code, [line.partition(":")[0] for line in lines]) == (1, ["original"] * 4 + ["index"])
    assert "unread file" in lines[3]
    assert any("Cable cut in the strait" in line for line in lines)
    told = run("library", "check", "--library", library, "--json")
    assert (told.code, told.json["sound"], len(told.json["problems"])) == (1, False, 5)
    rebuilt = run("library", "rebuild", "--library", library)
    assert (rebuilt.code, rebuilt.out) == (0, "The search index was made again from 3 sources.\n")
    parts = {one["part"] for one in run("library", "check", "--library", library, "--json").json["problems"]}
    assert parts == {"original"}


def test_stats_in_words(run: Run, library: Path) -> None:
    told = run("library", "stats", "--library", library)
    assert told.code == 0
    assert "sources            3\n" in told.out
    assert "The Northern Ledger 1" in told.out


def test_without_a_library_nothing_is_made(run: Run, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for words in (["stats"], ["check"], ["rebuild"], ["backup", tmp_path / "b.zip"]):
        ran = run("library", *words, "--library", nowhere)
        assert (ran.code, ran.out) == (1, "")
        assert "no source library" in ran.err
    assert run("library", "restore", tmp_path / "none.zip", "--library", nowhere).code == 1
    assert run("library").code == run("library", "mend").code == 2
    assert not nowhere.exists()
    assert not (tmp_path / "b.zip").exists()


def test_sources_are_read_again_and_their_versions_are_listed(run: Run, library: Path) -> None:
    assert run("library", "reread", "--library", library).out.startswith("0 read again")
    connection = sqlite3.connect(library / "library.sqlite")
    (id, old) = connection.execute("SELECT id, text_sha256 FROM source WHERE language = 'ru'").fetchone()
    connection.execute("UPDATE source SET reader = 'html/0', text_sha256 = ? WHERE id = ?", ("0" * 64, id))
    connection.commit()
    connection.close()
    report = run("library", "reread", "--library", library, "--json").json
    assert [(one["id"], one["text"], one["version"]) for one in report["read"]] == [(id, True, 2)]
    listed = run("library", "versions", id, "--library", library, "--json").json
    assert [(one["version"], one["text_sha256"], one["in_force"]) for one in listed][1] == (2, old, True)
    assert "in force" in run("library", "versions", id, "--library", library).out.splitlines()[1]
    assert run("library", "versions", id, "--text", 2, "--library", library).out
    assert run("library", "versions", id, "--text", 3, "--library", library).code == 1
    assert run("library", "reread", "--ids", id, "--ocr", "--library", library).code == 1
    assert run("library", "reread", "--all", "--library", library).code == 0
