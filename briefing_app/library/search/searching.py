"""The part of the library that lists and searches its sources, and keeps the index."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from briefing_app.errors import StorageError, UsageError
from briefing_app.library.search import known, search
from briefing_app.library.search.facets import Facets
from briefing_app.library.search.groups import Folding
from briefing_app.library.search.index import Index, IndexDamaged
from briefing_app.library.search.indexing import Indexer
from briefing_app.library.search.known import Known, Situation
from briefing_app.library.search.search import Query, SearchResults
from briefing_app.library.source_reading import SourceReading
from briefing_app.library.store import catalogue
from briefing_app.library.store.pages import ORDERS, Pages
from briefing_app.library.store.store import Store, get_number
from briefing_app.model.source import Source
from briefing_app.work.progress import Progress

Answer = TypeVar("Answer")


class Searching(SourceReading):
    """Lists, counts and searches. It changes no source."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._indexer = Indexer(store)
        self._pages = Pages()
        self._known: Known | None = None
        self._folding = Folding()

    def count(self) -> int:
        with self._store.reading() as connection:
            row = connection.execute("SELECT count FROM facet WHERE kind = 'all'").fetchone()
        return int(row[0]) if row else 0

    def rows(self, offset: int, limit: int, *, order: str = "added", oldest_first: bool = False) -> list[Source]:
        """A window of the list: newest import first (``added``), latest date first (``date``), or by ``title``.

        ``oldest_first`` turns each order round (titles from Z to A). Sources without a date stand last when the
        latest is first, and first when it is last.
        """
        if order not in ORDERS:
            raise UsageError(f"Sources cannot be listed by “{order}”.", "List them by added, date or title.")
        with self._store.reading() as connection:
            change = get_number(connection, "change")
            nums = self._pages.nums(connection, change, order, offset, limit, turned=oldest_first)
            found = catalogue.many(connection, nums)
        return [found[num] for num in nums if num in found]

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources each outlet, language and tag has: ``{"outlets": {...}, "languages": ..., "tags": ...}``.

        The most frequent stand first; unknown outlets and languages are left out.
        """
        with self._store.reading() as connection:
            rows = connection.execute(
                "SELECT kind, value, count FROM facet WHERE kind <> 'all' AND value <> '' AND count > 0"
                " ORDER BY count DESC, value"
            ).fetchall()
        return {
            f"{kind}s": {value: count for found, value, count in rows if found == kind}
            for kind in ("outlet", "language", "tag")
        }

    def change_number(self) -> int:
        """Grows with every change to the library, by whichever process; a view refreshes when it has grown."""
        with self._store.reading() as connection:
            return get_number(connection, "change")

    def search(self, query: Query) -> SearchResults:
        """Search, or with an empty text list what passes the filters. Raises UsageError for an impossible filter."""
        situation = self._situation(query)

        def ask(index: Index) -> SearchResults:
            with self._store.reading() as connection:
                return search.run(query, index, connection, situation, self._folding)

        behind = self._indexer.behind()
        return replace(self._ask(ask, SearchResults(0, ())), behind=behind)

    def facets_of(self, query: Query) -> Facets:
        """How many of all answers to a query, folded or not, have which outlet, language, tag, kind, grade and so on.

        ``limit``, ``offset``, ``order`` and ``folded`` change nothing. Raises UsageError as ``search`` does.
        """
        situation = self._situation(query)
        return self._ask(lambda index: search.facets_of(query, index, situation), Facets(total=0))

    def _ask(self, ask: Callable[[Index], Answer], nothing: Answer) -> Answer:
        """Put a question to the index; where that turns out to be damaged, to the one made in its place."""
        for _ in range(2):
            index = self._indexer.current()
            if index is None:
                return nothing
            try:
                return ask(index)
            except IndexDamaged:
                self._indexer.lost()  # a small one is made again at once
        raise StorageError(
            f"The search index of the library {self._store.folder} is damaged.",
            "The sources are safe. Open the library for writing and let the index be made again.",
        )

    def _situation(self, query: Query) -> Situation:
        """What a search goes by; what is known of the library is kept until something changes."""
        change = self.change_number()
        kept = self._known
        if kept is None or kept.change != change:
            with self._store.reading() as connection:
                kept = self._known = known.read(connection, change)
        search.check(query, frozenset(kept.collections))
        return Situation(known=kept, today=query.today or date.today())

    # --- the index ----------------------------------------------------------------------------------------------

    def index_lag(self) -> int:
        """How many changed sources the search does not know yet; ``catch_up`` makes it 0."""
        return self._indexer.behind()

    def catch_up(self) -> Generator[Progress, None, int]:
        """Put every change into the index, and make it anew where it is missing or damaged."""
        return self._indexer.catch_up()

    def rebuild_index(self) -> Generator[Progress, None, int]:
        """Make the index again from the sources; searching goes on with the old one meanwhile."""
        return self._indexer.rebuild()

    def _update_index(self) -> None:
        if self._indexer.behind() <= 2000:  # more is left to catch_up, a job of its own
            for _ in self._indexer.catch_up():
                pass
