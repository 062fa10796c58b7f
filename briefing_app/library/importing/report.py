"""What an import did with each file that it met."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Imported:
    """A file, or the part ``member`` of one, that is a new source now."""

    id: str
    title: str
    path: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file or part that was in the library already, as the source ``id``."""

    id: str
    path: str
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A file or part that could not be imported, and why, in plain words."""

    path: str
    member: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every file met, in exactly one of three lists. ``no_text`` are ids of imported ones without readable text."""

    imported: tuple[Imported, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    failed: tuple[Failed, ...] = ()
    no_text: tuple[str, ...] = ()

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "imported": [asdict(item) for item in self.imported],
            "duplicates": [asdict(item) for item in self.duplicates],
            "failed": [asdict(item) for item in self.failed],
        }
