"""Which function lifts a ``briefing.json`` of one schema version to the next.

A function takes the whole parsed document of version *n* and returns that of version *n + 1*; it reads plain JSON
values and no model class, so that it stays true when the model moves on. Version 1 is the first that was published.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: dict[int, Migration] = {}


def migrate(document: dict[str, Any], version: int, target: int) -> dict[str, Any]:
    """The document lifted from ``version`` to ``target``. Raises LookupError where a step is unknown."""
    while version < target:
        if version not in MIGRATIONS:
            raise LookupError(f"schema version {version} is unknown")
        document = MIGRATIONS[version](document)
        version += 1
        document = {**document, "schema_version": version}
    return document
