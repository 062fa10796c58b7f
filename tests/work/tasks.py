"""What the tests have worker processes do."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Generator
from pathlib import Path

from briefing_app.errors import BriefingError, NotVerbatim
from briefing_app.work.progress import Progress


def double(number: int) -> int:
    return number * 2


def process_id() -> int:
    return os.getpid()


def length(data: bytes) -> int:
    return len(data)


def steps(count: int) -> Generator[Progress, None, str]:
    for step in range(count):
        yield Progress(step + 1, count, f"step {step + 1}")
    return "all done"


def hang() -> None:
    threading.Event().wait()


def announce_and_hang(path: str) -> Generator[int, None, None]:
    Path(path).write_text(str(os.getpid()))
    yield os.getpid()
    threading.Event().wait()


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def eat(size: int) -> int:
    return len(bytearray(size))


def refuse() -> None:
    raise BriefingError("The file “a.pdf” is encrypted.", "Save it without a password.")


def not_verbatim() -> None:
    raise NotVerbatim("Not there.", nearest="close by", start=3, end=11)


def stumble() -> None:
    raise KeyError("no such key")


def give_what_cannot_be_sent() -> object:
    return lambda: None
