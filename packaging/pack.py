"""Pack the app with Python, Qt and all else that it needs into dist/briefing-composer, and as a .deb on Debian.

Runs on the system's own Python; the tools come from packaging/requirements-package.lock into build/env.
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV = ROOT / "build" / "env"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> int:
    print("Making build/env from packaging/requirements-package.lock ...", flush=True)
    venv.create(ENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    lock = str(ROOT / "packaging" / "requirements-package.lock")
    _python("pip", "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock)
    _python("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    spec = str(ROOT / "packaging" / "briefing.spec")
    _python("PyInstaller", "--noconfirm", "--log-level=WARN", "--distpath=dist", "--workpath=build/pyinstaller", spec)
    if shutil.which("dpkg-deb"):
        subprocess.run([ROOT / "packaging" / "debian" / "build.sh"], cwd=ROOT, check=True)
    return 0


def _python(module: str, *arguments: str) -> None:
    subprocess.run([PYTHON, "-m", module, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
