"""What a command gives out: results on standard output, messages and progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from briefing_app.app.library_access import Progress

Result = TypeVar("Result")


def speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def silence() -> None:
    """What is still to be written out goes nowhere, so that the end of the process does not try it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(text: str) -> None:
    print(f"briefing: {text}", file=sys.stderr)


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def follow(job: Generator[Progress, None, Result]) -> Result:
    """Run a job to its end, with a progress bar on a terminal and none in a pipe."""
    from tqdm import tqdm

    with tqdm(disable=not sys.stderr.isatty(), file=sys.stderr, unit="", leave=False) as bar:
        while True:
            try:
                progress = next(job)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            bar.total = progress.total
            bar.n = progress.done
            bar.set_description(progress.label[:40])
