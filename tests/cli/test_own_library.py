"""The command line works on the library that was chosen in the preferences, as the window does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing_app.app.paths import default_library_dir
from briefing_app.app.preferences import load_preferences, save_preferences
from briefing_app.cli.main import main


def test_the_chosen_library_is_used_without_naming_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The cable was cut at dawn.", encoding="utf-8")
    save_preferences(replace(load_preferences(), library=str(tmp_path / "chosen")))
    assert main(["import", str(article)]) == 0
    assert (tmp_path / "chosen" / "library.sqlite").is_file()
    assert not default_library_dir().exists()
    assert main(["search", "cable"]) == 0
    assert "dawn" in capsys.readouterr().out
    assert main(["library", "stats"]) == 0
