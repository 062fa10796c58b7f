"""Set-up makes the environment once, renews it when a lock changes, and never believes a half-made one."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def setup_env(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, on a checkout of its own, with pip and venv replaced by notes of what they were asked."""
    spec = importlib.util.spec_from_file_location("setup_env", repository / "packaging" / "setup_env.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "a checkout"
    root.mkdir()
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "__init__.py"):
        (root / name).write_text(name, encoding="utf-8")
    values = {
        "ROOT": root,
        "ENV": root / ".venv",
        "STAMP": root / ".venv" / "ready.json",
        "GUARD": root / ".venv.lock",
        "LOCKS": {"run": root / "requirements.lock", "dev": root / "requirements-dev.lock"},
        "PROJECT_FILES": (root / "pyproject.toml", root / "__init__.py"),
        "asked": [],
    }
    for name, value in values.items():
        monkeypatch.setattr(module, name, value, raising=False)

    def create() -> None:
        module.asked.append("create")
        python = module._env_python()
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def pip(*arguments: str) -> None:
        assert not module.STAMP.exists(), "a stamp must not stand while the environment changes"
        module.asked.append(Path(arguments[-1]).name)

    monkeypatch.setattr(module, "_create", create)
    monkeypatch.setattr(module, "_pip", pip)
    return module


def _run(module: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    module.asked.clear()
    monkeypatch.setattr(sys, "argv", ["setup_env.py", *arguments])
    assert module.main() == 0
    return list(module.asked)


def test_the_first_run_makes_it_and_the_second_does_nothing(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _run(setup_env, monkeypatch) == ["create", "requirements.lock", "a checkout"]
    assert _run(setup_env, monkeypatch) == []


def test_the_environment_for_tests_serves_to_run_too(setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(setup_env, monkeypatch, "--dev") == ["create", "requirements-dev.lock", "a checkout"]
    assert _run(setup_env, monkeypatch) == []
    assert _run(setup_env, monkeypatch, "--dev") == []


def test_a_changed_lock_brings_the_packages_up_to_it(setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(setup_env, monkeypatch)
    setup_env.LOCKS["run"].write_text("changed", encoding="utf-8")
    assert _run(setup_env, monkeypatch) == ["requirements.lock", "a checkout"]
    assert _run(setup_env, monkeypatch) == []


def test_a_changed_project_file_only_installs_the_project(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(setup_env, monkeypatch)
    setup_env.PROJECT_FILES[0].write_text("changed", encoding="utf-8")
    assert _run(setup_env, monkeypatch) == ["a checkout"]


@pytest.mark.parametrize("moment", ["requirements.lock", "a checkout"])
def test_an_interrupted_set_up_starts_anew(setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    whole = setup_env._pip

    def interrupted(*arguments: str) -> None:
        whole(*arguments)
        if Path(arguments[-1]).name == moment:
            raise KeyboardInterrupt

    monkeypatch.setattr(setup_env, "_pip", interrupted)
    monkeypatch.setattr(sys, "argv", ["setup_env.py"])
    assert setup_env.main() == 130
    monkeypatch.setattr(setup_env, "_pip", whole)
    assert _run(setup_env, monkeypatch) == ["create", "requirements.lock", "a checkout"]


def test_a_moved_checkout_gets_an_environment_of_its_own(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(setup_env, monkeypatch)
    stamp = setup_env.STAMP.read_text(encoding="utf-8")
    setup_env.STAMP.write_text(stamp.replace("a checkout", "another place"), encoding="utf-8")
    assert _run(setup_env, monkeypatch)[0] == "create"
