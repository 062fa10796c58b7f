"""A fault of the program itself, written to a log that the analyst can send on. It never leaves this machine."""

from __future__ import annotations

import contextlib
import datetime
import traceback
from pathlib import Path

from briefing_app import __version__
from briefing_app.app.paths import user_state_dir


def record_fault(error: BaseException) -> Path:
    """Append the error with its traceback to the log of faults, and give the log's path."""
    log = user_state_dir() / "faults.log"
    when = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    text = "".join(traceback.format_exception(error))
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{when} version {__version__}\n{text}\n")
    return log
