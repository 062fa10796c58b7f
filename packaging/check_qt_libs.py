"""Check that the system has the libraries that Qt's window needs; install them where that is possible.

A fresh Debian or Ubuntu lacks some of them. As root there they are installed by apt-get; elsewhere the one
command that does it is printed. Exit code 1: the window cannot open until they are there. There is nothing to
check on Windows and macOS, whose Qt brings everything.
"""

import ctypes
import os
import shutil
import subprocess
import sys

# library that Qt or its xcb platform loads -> Debian package
NEEDED = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon-x11-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def main() -> int:
    if "--packages" in sys.argv:  # for the Debian package's Depends
        print(", ".join(sorted(set(NEEDED.values()))))
        return 0
    if not sys.platform.startswith("linux"):
        return 0
    packages = missing_packages()
    if not packages:
        return 0
    names = " ".join(packages)
    command = f"apt-get install --yes --no-install-recommends {names}"
    if shutil.which("apt-get") is None:
        print(
            f"The window needs system libraries that are missing: {', '.join(missing())}.\n"
            "Install them with this system's package manager.",
            file=sys.stderr,
        )
        return 1
    if os.geteuid() == 0:
        print(f"Installing the system libraries that the window needs: {names}", flush=True)
        installed = _run(command) or (_run("apt-get update --quiet") and _run(command))
        if installed and not missing():
            return 0
    print(
        "The window needs system libraries that are missing. This installs them:\n\n"
        f"    sudo apt-get update && sudo {command}\n",
        file=sys.stderr,
    )
    return 1


def missing() -> list[str]:
    return [name for name in NEEDED if not _loads(name)]


def missing_packages() -> list[str]:
    return sorted({NEEDED[name] for name in missing()})


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _run(command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command.split(), env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
