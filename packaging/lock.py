"""Write the lock files from pyproject.toml: to run, to test (-dev) and to pack the app (-package).

They hold exact versions with hashes for every system and Python that the app runs on, and no address.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--custom-compile-command=make lock",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take newer versions than those locked now")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    compile_lock("requirements.lock", "--extra=install", *upgrade)
    compile_lock("requirements-dev.lock", "--extra=dev", "--constraint=requirements.lock", *upgrade)
    package = "packaging/requirements-package.lock"
    compile_lock(package, "--extra=package", "--constraint=requirements.lock", *upgrade)
    return 0


def compile_lock(name: str, *options: str) -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    command = [uv, "pip", "compile", *OPTIONS, *options, "pyproject.toml", f"--output-file={name}"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
