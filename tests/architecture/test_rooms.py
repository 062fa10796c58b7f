"""The import rules hold, a violation is caught, and the core needs no Qt."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOT_A_ROOM = {"__init__", "__main__", "__pycache__", "_data", "py"}
PLANTS = {
    "errors": "briefing_app.model",
    "model": "briefing_app.layout",
    "layout": "briefing_app.storage",
    "checks": "briefing_app.library",
    "readers": "briefing_app.library",
    "work": "briefing_app.readers",
    "library": "briefing_app.storage",
    "storage": "briefing_app.library",
    "export": "briefing_app.provenance",
    "provenance": "briefing_app.library",
    "app": "briefing_app.desktop",
    "desktop": "briefing_app.library",
    "cli": "briefing_app.storage",
}


def _rooms(package: Path) -> set[str]:
    return {
        path.stem
        for path in package.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem not in NOT_A_ROOM
    }


def _contracts(repository: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(repository / ".importlinter", encoding="utf-8")
    return parser


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    shutil.copytree(
        repository / "briefing_app", tmp_path / "briefing_app", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(repository / ".importlinter", tmp_path)
    return tmp_path


def _plant(folder: Path, room: str, line: str) -> None:
    package = folder / "briefing_app"
    file = package / f"{room}.py"
    if not file.exists():
        file = package / room / "planted.py"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{line}\n")


def test_every_room_has_a_contract_that_names_every_other(repository: Path) -> None:
    rooms = _rooms(repository / "briefing_app")
    contracts = _contracts(repository)
    assert rooms == set(PLANTS)
    for room in rooms:
        contract = contracts[f"importlinter:contract:{room}"]
        forbidden = {name.removeprefix("briefing_app.") for name in contract["forbidden_modules"].split()}
        title = contract["name"].partition("imports only ")[2]
        allowed = {name.strip() for name in title.split(",")} - {""}
        assert forbidden | allowed == rooms - {room} | allowed, room
        assert not forbidden & allowed, room
        assert contract["source_modules"].split() == [f"briefing_app.{room}"]


def test_a_planted_import_breaks_the_contract_of_each_room(copy: Path) -> None:
    for room, module in PLANTS.items():
        _plant(copy, room, f"def planted() -> None:\n    import {module}")
    result = _lint(copy)
    contracts = _contracts(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    for room in PLANTS:
        name = contracts[f"importlinter:contract:{room}"]["name"]
        assert f"{name} BROKEN" in " ".join(result.stdout.split()), room


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("layout", "from PySide6 import QtGui", "qt"),
        ("app", "import socket", "offline"),
        ("model", "import random", "pure-model"),
    ],
)
def test_a_planted_library_breaks_its_contract(copy: Path, room: str, line: str, contract: str) -> None:
    _plant(copy, room, line)
    result = _lint(copy)
    name = _contracts(copy)[f"importlinter:contract:{contract}"]["name"]
    assert result.returncode == 1
    assert f"{name} BROKEN" in " ".join(result.stdout.split())


def test_a_planted_cycle_breaks_its_contract(copy: Path) -> None:
    _plant(copy, "readers", "import briefing_app.readers.second")
    second = copy / "briefing_app" / "readers" / "second.py"
    second.write_text("import briefing_app.readers.planted\n", encoding="utf-8")
    result = _lint(copy)
    assert result.returncode == 1
    assert "no import cycles, between rooms or within one BROKEN" in " ".join(result.stdout.split())


WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError("the core must do without Qt: " + name)

sys.meta_path.insert(0, NoQt())
import briefing_app

def names(package):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name in ("briefing_app.desktop", "briefing_app._data"):
            continue
        yield module.name
        if module.ispkg:
            yield from names(importlib.import_module(module.name))

found = list(names(briefing_app))
for name in found:
    importlib.import_module(name)
print(*found)
"""


def test_the_core_imports_without_qt() -> None:
    result = subprocess.run([sys.executable, "-c", WITHOUT_QT], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert {"briefing_app.cli", "briefing_app.app.paths", "briefing_app.model"} <= set(result.stdout.split())


def test_the_package_root_holds_the_version_only(repository: Path) -> None:
    text = (repository / "briefing_app" / "__init__.py").read_text(encoding="utf-8")
    assert [line.partition(" =")[0] for line in text.splitlines() if line] == ["__version__"]
