"""Without a display the window says so, and the demonstration ends well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":98765")  # named, but nothing answers


def test_the_window_without_a_display_is_refused_in_words(run: Run) -> None:
    for words in ((), ("some.briefing",)):
        ran = run(*words)
        assert ran.code == 1
        assert "no display" in ran.err


def test_the_demonstration_composes_and_exports_and_may_run_again(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--out", tmp_path / "out", "--json")
    assert first.code == 0, first.err
    assert "no display" in first.err
    done = first.json
    assert done["sources"] == 15
    assert [Path(one["path"]).suffix for one in done["exports"]] == [".docx", ".pdf"]
    assert all(Path(one["path"]).stat().st_size > 10_000 for one in done["exports"])
    again = run("demo", "--out", tmp_path / "out", "--no-window", "--json")
    assert (again.code, again.json["sources"]) == (0, 15)
    assert run("check", done["briefing"], "--json").json == []
