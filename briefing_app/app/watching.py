"""The folders whose new files appear in the library by themselves."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from briefing_app.errors import BriefingError
from briefing_app.library.library import Library


def watch_instead(library: Library, before: Collection[Path], folders: Collection[Path]) -> None:
    """Watch ``folders`` in place of those of ``before`` that are not among them.

    Raises BriefingError for one that cannot be watched; the others are watched nevertheless.
    """
    for path in before:
        if path not in folders:
            library.unwatch(path)
    refused: BriefingError | None = None
    for path in folders:
        if path not in before:
            try:
                library.watch(path)
            except BriefingError as error:  # raised below, when the others are watched
                refused = error
    if refused is not None:
        raise refused
