"""Reprints, likeness and suggestions on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.library.stories import story


@pytest.fixture
def ids(run: Run, tmp_path: Path) -> dict[str, str]:
    """A wire story, two reprints of it, and another story, imported from files."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {
        "wire": story(1, 240),
        "copy": f"Our headline\n\n{story(1, 240)}",
        "cut": story(1, 120),
        "other": story(2, 240),
        "velsk": "The port of Velsk closed both of its berths, and insurers raised their rates for tankers.",
        "garden": "The gardeners of the museum watered roses while an orchestra played.",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    ran = run("import", folder, "--json")
    assert ran.code == 0
    return {Path(one["path"]).stem: one["id"] for one in ran.json["imported"]}


def test_reprints_are_grouped_by_the_import_and_shown(run: Run, ids: dict[str, str]) -> None:
    (group,) = run("library", "reprints", "--json").json
    assert group["reprints"] == 2
    found = run("reprints", ids["cut"], "--json").json["group"]
    assert {kin["source_id"] for kin in found} == {ids[name] for name in ("wire", "copy", "cut")}
    assert "origin" in run("reprints", ids["cut"]).out
    assert "+2 reprints" in run("library", "reprints").out
    assert "no reprints" in run("reprints", ids["other"]).out


def test_what_is_said_of_a_source_is_kept(run: Run, ids: dict[str, str]) -> None:
    assert run("reprints", ids["cut"], "--origin").code == 0
    found = run("reprints", ids["wire"], "--json").json["group"]
    assert (found[0]["source_id"], found[0]["how"]) == (ids["cut"], "said")
    assert run("reprints", ids["copy"], "--not", ids["cut"]).code == 0
    assert "no reprints" in run("reprints", ids["copy"]).out
    assert run("reprints", ids["other"], "--of", ids["wire"], "--json").json["group"][0]["source_id"] == ids["cut"]
    report = run("reprints", ids["other"], "--derived-from", ids["wire"], "--json").json
    assert [kin["source_id"] for kin in report["derived_from"]] == [ids["wire"]]
    (group,) = run("library", "reprints", "--json").json
    assert group["reprints"] == 1


def test_passages_like_another_one_are_found(run: Run, ids: dict[str, str]) -> None:
    rows = run("similar", "--text", "insurers fear for the berths of Velsk", "--json").json
    assert rows[0]["source_id"] == ids["velsk"]
    assert rows[0]["end"] > rows[0]["start"]
    assert ids["velsk"] not in [row["source_id"] for row in run("similar", ids["velsk"], "--json").json]
    assert run("similar", ids["velsk"], "--range", "0:20").code == 0


def test_suggestions_for_a_section_say_why_and_what_is_used(run: Run, ids: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "velsk.briefing"
    assert run("new", "--template", "bluf", "--title", "Berths at Velsk closed", "-o", file).code == 0
    section = run("text", file).out and "bluf"
    rows = run("suggest", file, section, "--json").json
    assert rows[0]["source_id"] == ids["velsk"]
    assert not rows[0]["used"]
    assert "Velsk" in rows[0]["why"]
    added = run("add", file, "--section", section, "--source", ids["velsk"], "--quote", "closed both of its berths")
    assert added.code == 0
    rows = run("suggest", file, section, "--json").json
    assert (rows[0]["source_id"], rows[0]["used"]) == (ids["velsk"], True)
    assert "for: " in run("suggest", file, section).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reprints", "unknown"), 1),
        (("reprints", "unknown", "--origin"), 1),
        (("reprints", "unknown", "--of", "other"), 1),
        (("similar",), 2),
        (("similar", "unknown"), 1),
        (("suggest", "missing.briefing", "bluf"), 1),
    ],
)
def test_wrong_use_is_told_plainly(run: Run, ids: dict[str, str], words: tuple[str, ...], code: int) -> None:
    ran = run(*words)
    assert ran.code == code
    assert ran.err.startswith("briefing: ")
