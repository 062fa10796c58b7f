"""Make the environment `.venv` ready from a lock file: `setup_env.py` to run the app, `--dev` to test it.

Runs on the system's own Python with nothing but the standard library. A stamp inside the environment holds
the hashes of the lock files that it was made from. It is taken away before anything changes and written last,
so an interrupted set-up never looks finished: with no stamp the environment is made anew, with an old one the
packages are brought up to the lock.
"""

import argparse
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = ROOT / ".venv"
STAMP = ENV / "ready.json"
GUARD = ROOT / ".venv.lock"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
# What an editable install is made from, besides the lock.
PROJECT_FILES = (ROOT / "pyproject.toml", ROOT / "briefing_app" / "__init__.py")


class SetupFailed(Exception):
    """The environment cannot be made; the text says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="with the tools for testing")
    kind = "dev" if parser.parse_args().dev else "run"
    try:
        with _alone():
            _make_ready(kind)
    except SetupFailed as problem:
        print(f"\nSet-up stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up interrupted. Start it again to finish it.", file=sys.stderr)
        return 130
    return 0


def _make_ready(kind: str) -> None:
    # The dev lock holds every package of the run lock, at the same version: it serves both.
    locks = ("run", "dev") if kind == "dev" else ("run",)
    wanted = {"python": _python(), "project": _digest(*PROJECT_FILES)}
    wanted |= {name: _digest(LOCKS[name]) for name in locks}
    have = _read_stamp()
    if wanted.items() <= have.items():
        return
    STAMP.unlink(missing_ok=True)
    if have.get("python") != wanted["python"]:
        have = {}
        _create()
    if any(have.get(name) != wanted[name] for name in locks):
        print("Installing the locked packages; the first time this takes a minute or two ...", flush=True)
        _pip("--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[kind]))
    _pip("--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(have | wanted, indent=1) + "\n", encoding="utf-8")
    draft.replace(STAMP)


def _create() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian takes it out of python3)
        import venv
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupFailed(
            f"this Python ({sys.executable}) cannot make environments. "
            f"On Debian and Ubuntu: apt-get install python3-venv (or python{version}-venv)"
        ) from None
    print(f"Making {ENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    shutil.rmtree(ENV, ignore_errors=True)
    try:
        venv.create(ENV, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupFailed(f"the environment cannot be made in {ENV}: {error}") from error


def _pip(*arguments: str) -> None:
    command = [str(_env_python()), "-m", "pip", "install", "--quiet", "--no-input", *arguments]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    environment.pop("PYTHONPATH", None)
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SetupFailed("a package could not be installed; what pip said stands above.")


def _env_python() -> Path:
    return ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _python() -> str:
    """The interpreter and the place that the environment is tied to: a moved checkout needs a new one."""
    return f"{sys.version.split()[0]} {os.path.realpath(sys.executable)} {ROOT}"


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and _env_python().exists() else {}


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let two set-ups of one checkout wait for each other."""
    with GUARD.open("w") as guard:
        try:
            import fcntl
        except ImportError:  # Windows: no waiting
            pass
        else:
            fcntl.flock(guard, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
