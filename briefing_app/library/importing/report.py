"""What an import did with each file that it met."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

_NAMED = re.compile("“[^“”]*”")
_AMOUNT = re.compile(r"\d[\d.,]*")


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
    """A file or part that could not be imported, and why, in plain words.

    ``kept`` is true where its bytes are in the library, to be tried again.
    """

    path: str
    member: str | None
    reason: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that was not imported by itself, because ``by`` has taken it in: the record to which it is attached."""

    path: str
    by: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some files failed: what they have in common, and which they are."""

    text: str
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every file met, accounted for in one of the lists, by itself or by its parts.

    ``no_text`` are ids of imported ones without readable text. ``files`` is how many files were met; ``left`` how many
    of them were not looked at, because the import was ``stopped`` before.
    """

    imported: tuple[Imported, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    failed: tuple[Failed, ...] = ()
    no_text: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    files: int = 0
    left: int = 0
    stopped: bool = False

    def by_reason(self) -> tuple[Reason, ...]:
        """What failed, grouped by why; the largest group first."""
        return grouped(self.failed)

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """The three lists, with the same names for what each item has in any of them."""
        return {
            "imported": [asdict(item) for item in self.imported],
            "duplicates": [asdict(item) for item in self.duplicates],
            "failed": [asdict(item) for item in self.failed],
        }


def grouped(failed: Iterable[Failed]) -> tuple[Reason, ...]:
    """Failures with reasons that differ in no more than names and amounts stand together, under the first's words."""
    groups: dict[str, list[Failed]] = {}
    for item in failed:
        groups.setdefault(common(item.reason), []).append(item)
    return tuple(
        Reason(_NAMED.sub("“…”", items[0].reason) if len(items) > 1 else items[0].reason, tuple(items))
        for items in sorted(groups.values(), key=len, reverse=True)
    )


def common(reason: str) -> str:
    """A reason without the names and amounts in it: the same for files that failed in the same way."""
    return _AMOUNT.sub("0", _NAMED.sub("“…”", reason))
