"""The lock files pin every package by hash, name no address, and hold what the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)(?: ; (.*?))? ?\\?$")


def _pins(file: Path) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            pins.setdefault(match[1], set()).add(match[2])
    return pins


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_has_pins_and_hashes_and_nothing_else(repository: Path, name: str) -> None:
    text = (repository / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^ *#.*\n", "", text).strip())
    assert len(blocks) > 30
    for block in blocks:
        first, *rest = block.splitlines()
        assert PIN.match(first), first
        assert rest
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in rest), first
    comments = re.findall(r"(?m)^ *#.*$", text)
    assert not [line for line in comments if "/" in line or "://" in line]


def test_the_dev_lock_holds_the_run_lock(repository: Path) -> None:
    run, dev = _pins(repository / "requirements.lock"), _pins(repository / "requirements-dev.lock")
    assert run.items() <= dev.items()


def test_every_dependency_of_the_project_is_locked(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        re.split(r"[\[<>=!~ ;]", line)[0].lower().replace("_", "-")
        for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])
    }
    assert wanted <= set(_pins(repository / "requirements-dev.lock"))


def test_qt_is_a_version_that_keeps_none_alive(repository: Path) -> None:
    (version,) = _pins(repository / "requirements.lock")["pyside6-essentials"]
    assert (6, 8) <= tuple(map(int, version.split(".")))[:2] < (6, 12)
