"""What re-reading did with each source that it was asked for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from briefing_app.library.importing.report import common


@dataclass(frozen=True, slots=True)
class Reread:
    """A source that was read again. ``before`` and ``reader`` are the readers' names, ``version`` that of its text.

    ``text`` is true where its text differs: then ``version`` is a new one. ``fields`` names the fields that the reading
    has other values for. Without either, only the reader's name is new, or nothing.
    """

    id: str
    title: str
    before: str
    reader: str
    version: int
    text: bool = False
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRead:
    """A source that could not be read again, and why, in plain words; it stays as it was."""

    id: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadAgainReport:
    """Every source that was asked for, in one of the two lists; ``left`` were not looked at before it was stopped."""

    read: tuple[Reread, ...] = ()
    failed: tuple[NotRead, ...] = ()
    left: int = 0
    stopped: bool = False

    @property
    def changed(self) -> tuple[Reread, ...]:
        """Those with another text than before."""
        return tuple(one for one in self.read if one.text)

    def by_reason(self) -> tuple[tuple[str, tuple[NotRead, ...]], ...]:
        """What failed, grouped by why, names and amounts left aside, each under its first reason; the largest first."""
        groups: dict[str, list[NotRead]] = {}
        for one in self.failed:
            groups.setdefault(common(one.reason), []).append(one)
        largest = sorted(groups.values(), key=len, reverse=True)
        return tuple((group[0].reason, tuple(group)) for group in largest)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)
