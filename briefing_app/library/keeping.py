"""The part of the library that changes what the analyst keeps with sources: fields, tags, states, collections."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from briefing_app.errors import UsageError
from briefing_app.library.search import search
from briefing_app.library.search.search import Query
from briefing_app.library.search.searching import Searching
from briefing_app.library.store import catalogue, collecting, outlets, states
from briefing_app.library.store.collecting import Collection
from briefing_app.library.store.corrections import check_corrections, check_note, check_tags
from briefing_app.library.store.outlets import Outlet
from briefing_app.library.store.states import SourceState, Triage
from briefing_app.model.source import Source


class Keeping(Searching):
    """Changes to sources that are there, one or many of them in one transaction, and to collections and outlets.

    Where a method takes ``ids``, an unknown one raises BriefingError before anything is changed. What it changed is
    found when it returns, up to 2,000 sources; more of them are left to ``catch_up``. A change that would leave
    everything as it is costs nothing.
    """

    # --- one source ---------------------------------------------------------------------------------------------

    def correct(self, id: str, **fields: Any) -> Source:
        """Set fields as the analyst knows them; None goes back to what was read.

        Fields: title, authors, outlet, published, accessed, language, url, reliability, descriptor, marking.
        Raises UsageError where a value cannot be (and changes nothing then).
        """
        self.correct_many([id], **fields)
        return self.source(id)

    def set_tags(self, id: str, tags: Iterable[str]) -> tuple[str, ...]:
        """Set all tags of a source; gives them as they are kept."""
        checked = check_tags(tags)
        with self._store.transaction() as connection:
            catalogue.set_tags(connection, id, checked)
        self._update_index()
        return self.tags(id)

    def set_note(self, id: str, text: str) -> None:
        """Set the analyst's own note on a source; empty takes it off. It keeps its lines."""
        note = check_note(text)
        self._change([id], lambda connection, nums: states.set_flag(connection, nums, "note", note))

    def remove(self, id: str) -> None:
        """Take a source out of the library, with its text and its bytes."""
        self.remove_many([id])

    # --- many sources -------------------------------------------------------------------------------------------

    def star(self, ids: Iterable[str], on: bool = True) -> int:
        """Put stars on sources, or take them off. Gives how many were changed."""
        return self._change(ids, lambda connection, nums: states.set_flag(connection, nums, "starred", int(on)))

    def mark_seen(self, ids: Iterable[str], on: bool = True) -> int:
        """Mark sources as read, or as unread. Gives how many were changed."""
        return self._change(ids, lambda connection, nums: states.set_flag(connection, nums, "seen", int(on)))

    def triage(self, ids: Iterable[str], said: Triage) -> int:
        """Say that sources are ``kept`` or ``dropped``, or make them new again with "". Gives how many were changed."""
        if said not in ("", "kept", "dropped"):
            raise UsageError(f"Sources cannot be triaged as “{said}”.", "Say kept or dropped, or leave it empty.")
        return self._change(ids, lambda connection, nums: states.set_flag(connection, nums, "triage", said))

    def add_tags(self, ids: Iterable[str], tags: Iterable[str]) -> int:
        """Add tags to sources, beside those that they have. Gives how many sources were changed."""
        checked = check_tags(tags)
        return self._change(ids, lambda connection, nums: states.add_tags(connection, nums, checked))

    def remove_tags(self, ids: Iterable[str], tags: Iterable[str]) -> int:
        """Take tags off sources, in whatever case they are written. Gives how many sources were changed."""
        checked = check_tags(tags)
        return self._change(ids, lambda connection, nums: states.remove_tags(connection, nums, checked))

    def correct_many(self, ids: Iterable[str], **fields: Any) -> int:
        """Set the same fields on many sources, as ``correct`` does on one. Gives how many sources there were."""
        corrections = check_corrections(fields)

        def change(connection: Connection, nums: Sequence[int]) -> int:
            for num in nums:
                catalogue.correct(connection, num, corrections)
            return len(nums)

        return self._change(ids, change)

    def remove_many(self, ids: Iterable[str]) -> int:
        """Take sources out of the library, with their texts and bytes. Gives how many."""
        left: list[Path] = []

        def change(connection: Connection, nums: Sequence[int]) -> int:
            files = [catalogue.remove(connection, self._originals, num) for num in nums]
            left.extend(file for file in files if file is not None)
            return len(nums)

        removed = self._change(ids, change)
        for file in left:
            with contextlib.suppress(OSError):
                file.unlink()
        return removed

    def states(self, ids: Iterable[str]) -> dict[str, SourceState]:
        """What is known of sources beside their fields, by id. Raises BriefingError for an unknown id."""
        wanted = list(dict.fromkeys(ids))
        with self._store.reading() as connection:
            nums = states.numbers(connection, wanted)
            found = states.states_of(connection, nums)
        return {id: found[num] for id, num in zip(wanted, nums, strict=True) if num in found}

    def _change(self, ids: Iterable[str], change: Callable[[Connection, Sequence[int]], int]) -> int:
        with self._store.transaction() as connection:
            changed = change(connection, states.numbers(connection, ids))
        if changed:
            self._update_index()
        return changed

    # --- collections and saved searches -------------------------------------------------------------------------

    def collections(self, *, counted: bool = True) -> tuple[Collection, ...]:
        """All collections and saved searches by name, with how many sources each has now.

        Without ``counted`` no saved search is run, and the count of each is 0.
        """
        with self._store.reading() as connection:
            every = collecting.every(connection)
        return tuple(self._counted(one) if counted else one for one in every)

    def collection(self, num: int) -> Collection:
        """One collection or saved search. Raises BriefingError where there is none with this number."""
        with self._store.reading() as connection:
            return self._counted(collecting.get(connection, num))

    def _counted(self, collection: Collection) -> Collection:
        if collection.query is None:
            return collection
        try:
            return replace(collection, count=self.search(Query(text=collection.query, limit=0)).total)
        except UsageError:  # it asks for what is no longer there
            return collection

    def make_collection(self, name: str, query: str | None = None) -> Collection:
        """Make an empty collection, or with a query line a saved search.

        Raises UsageError where the name is empty, too long or there already, or the query line is impossible.
        """
        query = None if query is None else _checked_query(query)
        with self._store.transaction() as connection:
            num = collecting.make(connection, name, query)
        return self.collection(num)

    def rename_collection(self, num: int, name: str) -> Collection:
        with self._store.transaction() as connection:
            collecting.rename(connection, num, name)
        return self.collection(num)

    def change_saved_search(self, num: int, query: str) -> Collection:
        """Set what a saved search looks for. Raises UsageError for a collection that is none."""
        with self._store.transaction() as connection:
            collecting.change_query(connection, num, _checked_query(query))
        return self.collection(num)

    def remove_collection(self, num: int) -> None:
        """Remove a collection; its sources stay in the library."""
        with self._store.transaction() as connection:
            collecting.remove(connection, num)

    def collect(self, num: int, ids: Iterable[str]) -> int:
        """Put sources into a collection. Gives how many were not in it. Raises UsageError for a saved search."""
        return self._change(ids, lambda connection, nums: collecting.put_in(connection, num, nums))

    def uncollect(self, num: int, ids: Iterable[str]) -> int:
        """Take sources out of a collection. Gives how many were in it. Raises UsageError for a saved search."""
        return self._change(ids, lambda connection, nums: collecting.take_out(connection, num, nums))

    # --- outlets ------------------------------------------------------------------------------------------------

    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets of the sources, and those that were graded; the ones with most sources first."""
        with self._store.reading() as connection:
            return tuple(outlets.every(connection))

    def grade_outlet(self, name: str, reliability: str | None, descriptor: str = "") -> None:
        """Set the grade and descriptor that an outlet's sources have where they have none of their own.

        ``name`` is the outlet as it stands in the sources; None as the grade takes it back. Raises UsageError for a
        grade that is none.
        """
        with self._store.transaction() as connection:
            outlets.set_grade(connection, name, reliability, descriptor)


def _checked_query(query: str) -> str:
    query = " ".join(query.split())
    if not query:
        raise UsageError("There is nothing to search for.", "Write words or fields, such as tag:ports.")
    search.check(Query(text=query))
    return query
