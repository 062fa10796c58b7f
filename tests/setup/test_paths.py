"""Shipped files are found from a checkout and from an installed wheel, and a missing one is said plainly."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import platformdirs
import pytest

from briefing_app.app import paths
from briefing_app.errors import BriefingError

ASK = """
import json
from briefing_app.app import paths
print(json.dumps([str(paths.templates_dir()), str(paths.resources_dir())]))
"""


def test_a_checkout_uses_its_own_folders(repository: Path) -> None:
    assert paths.templates_dir() == repository / "templates"
    assert paths.resources_dir() == repository / "resources"


def test_a_missing_folder_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "briefing_app" / "app" / "paths.py"))
    with pytest.raises(BriefingError, match=r"templates.*install the app again"):
        paths.templates_dir()


def test_a_frozen_app_looks_beside_its_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shipped = tmp_path / "frozen" / "briefing_app" / "_data" / "resources"
    shipped.mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "elsewhere" / "briefing_app" / "app" / "paths.py"))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert paths.resources_dir() == shipped


def test_without_a_home_of_its_own_the_systems_custom_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_HOME")
    assert paths.user_data_dir().name == "briefing-composer"
    assert paths.user_state_dir().name == "briefing-composer"


@pytest.mark.parametrize("given", ["relative", "~/there"])
def test_a_home_is_made_absolute(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_HOME", given)
    assert paths.user_data_dir().is_absolute()


def test_an_installed_wheel_brings_its_files(repository: Path, tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    build = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(dist),
        str(repository),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    home = tmp_path / "an env"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, cwd=tmp_path)
    # its dependencies are borrowed from here; the package itself must be the installed one
    here = Path(platformdirs.__file__).parents[1]
    borrowed = f"import sys; sys.path.append({str(here)!r})\n"
    result = subprocess.run(
        [str(python), "-I", "-c", borrowed + ASK], check=True, capture_output=True, text=True, cwd=tmp_path
    )
    templates, resources = (Path(folder) for folder in json.loads(result.stdout))
    assert templates.is_relative_to(home)
    assert resources.is_relative_to(home)
    assert templates.name == "templates"
    assert (resources / "fonts" / "NotoSerif-Regular.ttf").stat().st_size > 100_000
    assert {f.name for f in templates.rglob("*")} >= {f.name for f in (repository / "templates").rglob("*")}
