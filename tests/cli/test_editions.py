"""Issue, go on, compare, draft: the whole way of an edition from the command line."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.errors import StorageError
from briefing_app.model.block import Paragraph, Section
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.edit import Edit, Insert, Move, SetText, apply
from briefing_app.model.inline import Citation, Text
from briefing_app.model.template import Template
from briefing_app.storage.file import load, save
from tests.cli.conftest import Run
from tests.samples import excerpt_of, text_source

DATE = "2026-11-25T09:00+01:00"
QUOTE = "The port authority closed both berths."


def briefing() -> Briefing:
    first = Paragraph(
        "p1", (Text("Порт закрыт. "), Text("We judge it likely that it opens in May."), Citation("c", "e"))
    )
    second = Paragraph("p2", (Text("Insurers raised their rates by forty per cent within a day."),))
    return Briefing(
        id="nport",
        meta=Meta(title="Порт Вельск", marking="TLP:GREEN"),
        template=Template(id="t", name="Form"),
        sections=(Section("s1", (Text("Lead"),), (first, second)), Section("s2", (Text("Outlook"),))),
        excerpts=(excerpt_of("e", "a", QUOTE),),
        sources=(text_source("a", title="Ledger"),),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "port.briefing"
    save(briefing(), path)
    return path


def change(file: Path, *edits: Edit) -> None:
    loaded = load(file).briefing
    for edit in edits:
        loaded = apply(loaded, edit).briefing
    save(loaded, file)


def test_an_edition_is_frozen_and_the_file_goes_on(run: Run, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "порт.docx"
    words = ("issue", file, "--note", "For the board", "--date", DATE, "-o", out)
    row = run(*words, "--json").json
    assert (row["edition"], row["issued_at"], row["marking"], row["note"], row["supersedes"]) == (
        1,
        "2026-11-25T09:00:00+01:00",
        "TLP:GREEN",
        "For the board",
        None,
    )
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert row["exports"] == [{"name": "порт.docx", "sha256": digest, "size": out.stat().st_size}]
    assert load(file).briefing.meta.edition == 2
    change(file, SetText("p2", (Text("Nothing is known of the insurers."),)))
    assert "edition 2" in run("issue", file, "--date", DATE).out
    rows = run("editions", file, "--json").json
    assert [(one["edition"], one["supersedes"], one["intact"]) for one in rows] == [(1, None, True), (2, 1, True)]
    assert run("editions", "nport", "--json").json == rows == run("editions", "--json").json
    copy = tmp_path / "copy.briefing"
    assert run("editions", file, "--copy", 1, "-o", copy).code == 0
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == rows[0]["sha256"]
    assert load(copy).briefing == briefing()
    assert "is there already" in run("editions", file, "--copy", 1, "-o", copy).err


def test_the_same_briefing_at_the_same_moment_gives_the_same_edition(run: Run, file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.briefing"
    again.write_bytes(file.read_bytes())
    rows = [run("issue", one, "--date", DATE, "--library", tmp_path / one.stem, "--json").json for one in (file, again)]
    assert rows[0] == rows[1]


def test_what_is_wrong_holds_it_back(run: Run, file: Path, tmp_path: Path) -> None:
    loaded = load(file).briefing
    false = replace(loaded.excerpts[0], text="The port authority opened both berths.")
    save(replace(loaded, excerpts=(false,)), file)
    before = file.read_bytes()
    ran = run("issue", file, "-o", tmp_path / "out.pdf")
    assert (ran.code, ran.out) == (1, "")
    assert "was not issued" in ran.err
    assert file.read_bytes() == before
    assert not (tmp_path / "out.pdf").exists()
    assert run("editions").out == "No edition is issued yet.\n"


def test_a_number_is_given_once(run: Run, file: Path, briefing_home: Path) -> None:
    run("issue", file, "--number", 3)
    assert "edition 3 is out already" in run("issue", file, "--number", 3).err
    old = load(file).briefing
    save(replace(old, meta=replace(old.meta, edition=1)), file)  # as after an undo, or in an old copy
    assert run("issue", file, "--json").json["edition"] == 4
    for frozen in briefing_home.rglob("frozen/*/*.briefing"):
        frozen.chmod(0o644)
        frozen.write_bytes(b"other")
    ran = run("editions", file)
    assert ran.code == 1
    assert ran.out.count("DAMAGED") == 2
    assert "was changed since it was issued" in run("compare", 3, file).err


def test_an_export_that_cannot_be_written_issues_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    for out, told in (("nowhere/out.docx", "does not exist"), ("out.xyz", "names no format")):
        assert told in run("issue", file, "-o", tmp_path / out).err
    assert run("editions", "--json").json == []
    assert load(file).briefing.meta.edition == 1


def test_an_edition_stands_where_its_file_cannot_be_saved(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr("briefing_app.app.session.save", full)
    ran = run("issue", file)
    assert ran.code == 0
    assert "Edition 1 is issued, but the file still has its number. The disk is full." in ran.err
    assert len(run("editions", file, "--json").json) == 1


def test_editions_are_compared_and_what_changed_is_drafted(run: Run, file: Path) -> None:
    assert "No edition of this briefing is issued yet" in run("compare", file).err
    run("issue", file, "--date", DATE)
    change(
        file,
        SetText("p1", (Text("Порт закрыт. "), Text("We judge it unlikely that it opens in May."), Citation("c", "e"))),
        Move("p2", "s2", 0),
        Insert("s1", 1, Paragraph("p3", (Text("قالت هيئة الميناء إن الحركة عادت."),))),
    )
    ran = run("compare", file)
    assert ran.code == 0
    assert "[-likely-]{+unlikely+}" in ran.out
    assert "> (moved from “Lead”) Insurers raised" in ran.out
    assert "+ {+قالت هيئة الميناء إن الحركة عادت.+}" in ran.out
    assert run("compare", 1, file).out == ran.out
    run("issue", file, "--date", DATE)
    row = run("compare", 1, 2, "--of", "nport", "--json").json
    lead, outlook = row["sections"]
    assert [(one["id"], one["state"], one["moved"]) for one in (*lead["blocks"], *outlook["blocks"])] == [
        ("p1", "changed", False),
        ("p3", "added", False),
        ("p2", "same", True),
    ]
    assert "Nothing differs" in run("compare", 2, 2, "--of", file).out
    ran = run("compare", 1, file, "--draft")
    assert ran.code == 0
    text = run("text", file).out
    assert "What changed since edition 1" in text
    assert "Changed · Lead: We judge it unlikely that it opens in May." in text


def test_wrong_words(run: Run, file: Path) -> None:
    run("issue", file, "--date", DATE)
    for words, code, told in (
        (("issue", "nowhere.briefing"), 1, "does not exist"),
        (("issue", file, "--date", "soon"), 2, "is no date"),
        (("issue", file, "--number", "0"), 2, "whole number"),
        (("editions", "nothing"), 2, "is no .briefing file"),
        (("editions", file, "--copy", "1"), 2, "where the copy goes"),
        (("compare", "1"), 2, "compares nothing"),
        (("compare", "1", "2"), 2, "of which briefing"),
        (("compare", "7", file), 2, "There is no edition 7"),
        (("compare", file, "1", "--draft"), 2, "An edition is frozen"),
        (("compare", file, "nowhere.briefing"), 1, "does not exist"),
    ):
        ran = run(*words)
        assert (ran.code, ran.out) == (code, ""), words
        assert told in ran.err
