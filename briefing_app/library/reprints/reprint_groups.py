"""The part of the library that knows reprints: finding them, showing a group, and what the analyst says of it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing_app.errors import BriefingError, UsageError
from briefing_app.library.search.searching import Searching
from briefing_app.library.store import catalogue, kinship, sayings
from briefing_app.library.store.kinship import Said
from briefing_app.library.store.store import Store
from briefing_app.model.source import Source
from briefing_app.work.progress import Progress

if TYPE_CHECKING:
    from briefing_app.library.reprints.overlap import Overlap

_SAYINGS: tuple[Said, ...] = ("reprint", "derived", "independent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """One source of a group of reprints, or one that a digest was derived from.

    ``share`` is how much of the shorter of the two stories it has in common with the origin (with the digest), 0 to 1;
    1 for the origin itself. ``how`` is "said" where the analyst said so, else "found".
    """

    source_id: str
    title: str
    outlet: str
    date: str
    share: float
    is_origin: bool
    how: Literal["found", "said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintGroup:
    """A group in a list of them: its origin, and how many reprints it has."""

    origin: Source
    reprints: int


class Reprints(Searching):
    """Groups of sources that carry the same story. The earliest is proposed as the origin; the analyst has the word.

    Every method raises BriefingError for an unknown id.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._grouping = threading.Lock()

    def group_reprints(self) -> Generator[Progress, None, int]:
        """Look at the sources that were not looked at yet; gives how many sources were put into another group.

        It goes behind an import in steps of about a third of a second, writes for some milliseconds of it, and can
        be closed at any step: the next run goes on from there. While another thread is at it this does nothing.
        What it changed is brought into the index at its end, or by ``catch_up``.
        """
        from briefing_app.library.reprints.finder import Finder  # loads numpy

        if not self._grouping.acquire(blocking=False):
            return 0
        try:
            changed = yield from Finder(self._store).run()
        finally:
            self._grouping.release()
        if changed:
            yield from self._indexer.catch_up()
        return changed

    def reprint_group(self, id: str) -> tuple[Kin, ...]:
        """The group of a source, the origin first and then by date; empty where it is alone."""
        with self._store.reading() as connection:
            nums = kinship.group_of(connection, catalogue.number(connection, id))
            if len(nums) < 2:
                return ()
            ages = kinship.ages(connection, nums)
            nums = [nums[0], *sorted(nums[1:], key=ages.__getitem__)]
            return tuple(self._kin(connection, nums[0], nums))

    def derived_from(self, id: str) -> tuple[Kin, ...]:
        """What a source has taken over without being its reprint: a digest's stories, the earliest first."""
        with self._store.reading() as connection:
            num = catalogue.number(connection, id)
            sayings = kinship.said_of(connection, num)
            origin = kinship.origin_of(connection, num)
            nums = kinship.said_derived(connection, num)
            found = {
                kinship.origin_of(connection, other) for other in self._found_overlaps(num).keys() - sayings.keys()
            }
            nums |= found - {origin} - sayings.keys()
            ages = kinship.ages(connection, [num, *nums])
            earlier = [other for other in nums if other in ages and (other in sayings or ages[other] < ages[num])]
            return tuple(self._kin(connection, num, sorted(earlier, key=ages.__getitem__)))

    def reprint_groups(self, offset: int = 0, limit: int = 200) -> tuple[ReprintGroup, ...]:
        """A window of all groups, those with most reprints first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT origin, count(*) FROM source WHERE origin IS NOT NULL GROUP BY origin"
                " ORDER BY 2 DESC, 1 LIMIT ? OFFSET ?",
                (max(0, limit), max(0, offset)),
            ).fetchall()
            sources = catalogue.many(connection, [num for num, _ in rows])
        return tuple(ReprintGroup(origin=sources[num], reprints=count) for num, count in rows if num in sources)

    # --- what the analyst says ----------------------------------------------------------------------------------

    def say_kinship(self, id: str, other: str, said: Said) -> None:
        """Say that ``id`` is a reprint of ``other``, only derived from it, or independent of it. It is remembered.

        A reprint joins the group of ``other``, with its own reprints; otherwise ``id`` leaves the group that both are
        in, and they will not be in one again. Said anew, it replaces what was said of the two. Raises UsageError for
        anything else, and for a source and itself.
        """
        if said not in _SAYINGS:
            raise UsageError(f"“{said}” says nothing of two sources.", "Say reprint, derived or independent.")
        with self._store.transaction() as connection:
            num, second = catalogue.number(connection, id), catalogue.number(connection, other)
            if num == second:
                raise UsageError("Both ids name the same source.", "Name two sources.")
            sayings.settle(connection, num, second, said)
        self._update_index()

    def set_origin(self, id: str) -> None:
        """Say that a source is the origin of its group, whatever the dates are. It is remembered.

        Raises BriefingError where the source is alone.
        """
        with self._store.transaction() as connection:
            num = catalogue.number(connection, id)
            group = kinship.group_of(connection, num)
            if len(group) < 2:
                title = catalogue.get(connection, id).display_title
                raise BriefingError(
                    f"“{title}” ({id}) is in no group of reprints.", "Say first which source it is a reprint of."
                )
            sayings.settle_origin(connection, num)
        self._update_index()

    # --- reading ------------------------------------------------------------------------------------------------

    def _kin(self, connection: sqlite3.Connection, origin: int, nums: Iterable[int]) -> Iterable[Kin]:
        nums = list(nums)
        sources, shares = catalogue.many(connection, nums), _shares(connection, origin, nums)
        said = kinship.said_of(connection, origin)
        for num in (num for num in nums if num in sources):
            named = kinship.is_named(connection, num) if num == origin else said.get(num) in ("reprint", "derived")
            source = sources[num]
            yield Kin(
                source_id=source.id,
                title=source.display_title,
                outlet=source.outlet,
                date=source.published,
                share=1.0 if num == origin else shares.get(num, 0.0),
                is_origin=num == origin,
                how="said" if named else "found",
            )

    def _found_overlaps(self, num: int) -> dict[int, Overlap]:
        from briefing_app.library.reprints.finder import remembered_overlaps

        return remembered_overlaps(self._store.folder, num)


def _shares(connection: sqlite3.Connection, origin: int, nums: Iterable[int]) -> dict[int, float]:
    """How much of the shorter story each source shares with ``origin``, from the texts as they are now."""
    from briefing_app.library.reprints.overlap import shared
    from briefing_app.library.reprints.shingles import Shingler

    shingler = Shingler()
    first = shingler.shingled(catalogue.text_of(connection, origin))
    texts = catalogue.texts_of(connection, nums)
    return {num: round(shared(first, shingler.shingled(text)), 3) for num, text in texts.items() if num != origin}
