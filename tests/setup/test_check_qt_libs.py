"""The check of Qt's system libraries names what is missing and how to get it."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks them")


@pytest.fixture
def check(repository: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The check, on a system that lacks one library, with apt-get replaced by a list of what it was asked."""
    spec = importlib.util.spec_from_file_location("check_qt_libs", repository / "packaging" / "check_qt_libs.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    asked: list[str] = []
    monkeypatch.setattr(module, "asked", asked, raising=False)
    monkeypatch.setattr(module, "_run", lambda command: asked.append(command) or True)
    monkeypatch.setattr(module, "_loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(module.shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(sys, "argv", ["check_qt_libs.py"])
    return module


def test_nothing_happens_where_all_is_there(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_loads", lambda name: True)
    assert check.main() == 0
    assert check.asked == []


def test_without_rights_the_one_command_is_printed(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert check.main() == 1
    assert check.asked == []
    assert "sudo apt-get install --yes --no-install-recommends libegl1" in capsys.readouterr().err


def test_root_installs_only_what_is_missing(check: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(check, "_loads", lambda name: name != "libEGL.so.1" or bool(check.asked))
    assert check.main() == 0
    assert check.asked == ["apt-get install --yes --no-install-recommends libegl1"]


def test_another_system_is_told_the_libraries(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check.shutil, "which", lambda name: None)
    assert check.main() == 1
    assert "libEGL.so.1" in capsys.readouterr().err
