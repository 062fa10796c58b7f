"""Whether a window can be opened here."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from briefing_app.errors import BriefingError

_LOCAL = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")


def has_display() -> bool:
    """True on Windows and macOS, and elsewhere where a Wayland or X display is named and, if local, answers."""
    if sys.platform in ("win32", "darwin"):
        return True
    return _wayland_answers() or _x_answers()


def require_display() -> None:
    """Raises BriefingError where no window can be opened; a platform that the user chose for Qt is left to Qt."""
    if has_display() or os.environ.get("QT_QPA_PLATFORM"):
        return
    raise BriefingError(
        "There is no display here, so the window cannot open.",
        "Start it in a desktop session. Everything else works on the command line: briefing --help.",
    )


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name).exists()


def _x_answers() -> bool:
    name = os.environ.get("DISPLAY", "")
    local = _LOCAL.fullmatch(name)
    return Path(f"/tmp/.X11-unix/X{local.group(1)}").exists() if local else bool(name)
