"""What a merge of a pack has done, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A source of a pack: its id in this library, its id in the pack, and its title."""

    id: str
    pack_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a known source that the pack has otherwise: the value here (before the merge), and there.

    Beside the fields of a source it may be ``star``, ``note``, ``collection``, ``text`` (here and there the readers),
    ``attached to``, ``origin of its reprints``, or what was said of it and another source (``kinship with …``). For
    the grade that an outlet gives its sources ``id`` is empty and ``title`` is the outlet.
    """

    id: str
    title: str
    field: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Every source of a pack, in ``added`` or in ``same``.

    ``taken`` is what the other side has set where this side had nothing; ``conflicts`` is where both sides have set
    something, or read another text: what was here stays, and of two notes both stay, one below the other. ``tagged``
    are ids of known sources that have more tags now.
    """

    added: tuple[Merged, ...] = ()
    same: tuple[Merged, ...] = ()
    taken: tuple[Difference, ...] = ()
    conflicts: tuple[Difference, ...] = ()
    tagged: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Account:
    """A report in the making."""

    def __init__(self) -> None:
        self.added: list[Merged] = []
        self.same: list[Merged] = []
        self.taken: list[Difference] = []
        self.conflicts: list[Difference] = []
        self.tagged: list[str] = []

    def report(self) -> MergeReport:
        return MergeReport(
            tuple(self.added), tuple(self.same), tuple(self.taken), tuple(self.conflicts), tuple(self.tagged)
        )
