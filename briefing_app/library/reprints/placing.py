"""Which group a source belongs to, from what its text shares with others and from what the analyst said.

A group stands around its origin, the earliest: every other source of it shares enough with the origin itself. So a
digest that carries two stories never makes one group of them: where it is the later one it is *derived from* each,
and belongs to a group only where most of it is that story. Two groups become one where their origins are the same
story. What the analyst said goes before all of this, and sources that were said to be independent of, or derived
from, one another are never in one group.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from briefing_app.library.reprints.overlap import Overlap
from briefing_app.library.store import kinship

MOSTLY = 0.5  # share of a source from which it is that story, and not something with that story in it

Compare = Callable[[int, int], Overlap]


class Placing:
    """Decides inside one transaction. ``again`` collects sources whose place must be looked for once more."""

    def __init__(self, connection: sqlite3.Connection, compare: Compare) -> None:
        self._connection = connection
        self._compare = compare
        self._anything_said = kinship.said_any(connection)
        self.again: set[int] = set()
        self.changed = 0

    def place(self, num: int, overlaps: Mapping[int, Overlap]) -> None:
        """Put a source where it belongs. ``overlaps`` are the sources that share enough with it, ``one`` its share."""
        barred = self._barred(num)
        said = self._said(num)
        self._leave_if_stranger(num, overlaps, said)
        kin = {other: own for other, own in overlaps.items() if other not in barred}
        groups: dict[int, list[int]] = {}
        for other in kin:
            groups.setdefault(self._origin(other), []).append(other)
        groups.pop(self._origin(num), None)
        with_origin: dict[int, Overlap] = {origin: kin[origin] for origin in groups if origin in kin}
        for origin, members in groups.items():
            if origin not in with_origin:
                found = self._compare(num, origin) if origin not in barred else None
                if found is not None and found.share:
                    with_origin[origin] = found
                else:
                    self._loosen(num, {member: kin[member] for member in members})
        self._join(num, with_origin)

    def _leave_if_stranger(self, num: int, overlaps: Mapping[int, Overlap], said: Mapping[int, kinship.Said]) -> None:
        """Take a source out of a group with whose origin it shares nothing any longer."""
        origin = self._origin(num)
        if origin == num or said.get(origin) == "reprint" or self._is_named(num):
            return
        if origin not in overlaps and not any(other == "reprint" for other in said.values()):
            self._set_apart(num)

    def _join(self, num: int, origins: Mapping[int, Overlap]) -> None:
        """Join the groups of ``origins``, with each of which ``num`` shares enough."""
        ages = kinship.ages(self._connection, [num, *origins])
        earlier: dict[int, Overlap] = {}
        later: dict[int, Overlap] = {}
        for origin, own in origins.items():
            stays = ages[origin] < ages[num] or self._is_named(origin) or self._is_said_origin(origin)
            (earlier if stays else later)[origin] = own
        if len(earlier) == 1 or any(own.one >= MOSTLY for own in earlier.values()):
            self._join_one(num, max(earlier, key=lambda origin: _likeness(earlier[origin])))
        for origin, own in later.items():
            if self._origin(num) == num:
                self._take_over(num, origin, own)
        self._unite(num, origins)

    def _join_one(self, num: int, origin: int) -> None:
        if self._may_unite([num], kinship.group_of(self._connection, origin)):
            followers = kinship.group_of(self._connection, num) if self._origin(num) == num else [num]
            self._merge(origin, followers)

    def _take_over(self, num: int, origin: int, own: Overlap) -> None:
        """Become the origin of a group whose own is later: of all of it, or of those that share the story."""
        members = kinship.group_of(self._connection, origin)
        strangers = [member for member in members if member != origin and not self._belongs(member, num, members)]
        if strangers and own.other < MOSTLY:  # the later origin is a digest: only what is this story comes along
            mine = [member for member in members if member != origin and member not in strangers]
            mine = [member for member in mine if self._compare(member, num).one >= MOSTLY]
            if mine and self._may_unite([num], mine):
                self.changed += kinship.regroup(self._connection, [m for m in members if m not in mine])
                self._regroup([*kinship.group_of(self._connection, num), *mine])
            return
        mine = [member for member in members if member not in strangers]
        if self._may_unite(kinship.group_of(self._connection, num), mine):
            for member in strangers:
                self._set_apart(member)
                self.again.add(member)
            self._regroup([*kinship.group_of(self._connection, num), *mine])

    def _unite(self, num: int, origins: Iterable[int]) -> None:
        """Make one group of those that turn out to have the same story at their origins."""
        for origin in origins:
            own = self._origin(num)
            if own in (num, origin) or self._origin(origin) != origin:
                continue
            if self._compare(own, origin).other >= MOSTLY:  # not a digest, which stays apart
                group = kinship.group_of(self._connection, origin)
                if self._may_unite(kinship.group_of(self._connection, own), group):
                    self._merge(own, group)

    def _merge(self, origin: int, joining: list[int]) -> None:
        """Put ``joining`` into the group of ``origin``, but for what does not share its story."""
        first, *rest = joining
        fitting = [member for member in rest if self._belongs(member, origin, joining)]
        for member in rest:
            if member not in fitting:
                self._set_apart(member)
                self.again.add(member)
        self._regroup([*kinship.group_of(self._connection, origin), first, *fitting])

    def _loosen(self, num: int, members: Mapping[int, Overlap]) -> None:
        """Members of a group that share with ``num`` what their origin does not have: digests leave the group."""
        for member, own in members.items():
            origin = self._origin(member)
            if origin == member or self._compare(member, origin).one >= MOSTLY:
                continue
            if self._said(member).get(origin) == "reprint":
                continue
            self._set_apart(member)
            if own.other >= MOSTLY and self._may_unite([num], [member]):
                self._regroup([*kinship.group_of(self._connection, num), member])

    # --- the database -------------------------------------------------------------------------------------------

    def _origin(self, num: int) -> int:
        return kinship.origin_of(self._connection, num)

    def _said(self, num: int) -> dict[int, kinship.Said]:
        return kinship.said_of(self._connection, num) if self._anything_said else {}

    def _barred(self, num: int) -> set[int]:
        return {other for other, said in self._said(num).items() if said != "reprint"}

    def _is_named(self, num: int) -> bool:
        """True where the analyst named this source as the origin of its group."""
        return self._anything_said and kinship.is_named(self._connection, num)

    def _is_said_origin(self, num: int) -> bool:
        """True where the analyst said of another source of its group that it is a reprint of this one."""
        return self._anything_said and kinship.is_said_origin(self._connection, num)

    def _belongs(self, num: int, origin: int, members: Iterable[int]) -> bool:
        """True for a source that shares the story of ``origin``, or that the analyst has put beside a member."""
        said = self._said(num)
        return any(said.get(member) == "reprint" for member in (origin, *members)) or bool(
            self._compare(num, origin).share
        )

    def _may_unite(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """False where the analyst keeps one of ``some`` apart from one of ``others``."""
        if not self._anything_said:
            return True
        apart = {barred for num in some for barred in self._barred(num)}
        return not apart.intersection(others)

    def _set_apart(self, num: int) -> None:
        self.changed += kinship.leave_group(self._connection, num)

    def _regroup(self, members: Iterable[int]) -> None:
        self.changed += kinship.regroup(self._connection, set(members))


def _likeness(own: Overlap) -> tuple[float, float]:
    """How much of a source another one has, and of two that have it all, which is the same and not a digest."""
    return round(own.one, 1), own.other
