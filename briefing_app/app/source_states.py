"""What is kept with sources, as the command line changes and reports it: states, tags, notes, collections, outlets."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from briefing_app.errors import BriefingError, UsageError
from briefing_app.library.library import Library
from briefing_app.library.search.search import Query
from briefing_app.library.store.collecting import Collection
from briefing_app.library.store.outlets import Outlet

_AT_A_TIME = 1000  # answers of a query that are asked for at a time


def chosen_ids(library: Library, words: argparse.Namespace) -> list[str]:
    """The ids that were named, and those that a query finds. Raises UsageError where that is nothing."""
    found: list[str] = []
    while words.query:
        query = Query(text=words.query, order="added", offset=len(found), limit=_AT_A_TIME)
        hits = library.search(query).hits
        found += [hit.source_id for hit in hits]
        if len(hits) < _AT_A_TIME:
            break
    if not words.sources and not words.query:
        raise UsageError("No source was named.", "Give the ids of sources, or --query and a query line.")
    return list(dict.fromkeys([*words.sources, *found]))


def is_change(words: argparse.Namespace) -> bool:
    """True where the words ask for anything to be changed."""
    asked = (words.tag, words.untag, words.note, words.collect, words.uncollect, words.triage, words.star, words.seen)
    return any(value is not None for value in asked)


def change_sources(library: Library, ids: Sequence[str], words: argparse.Namespace) -> int:
    """Change what was asked for on each source; gives how many of them are different now.

    Raises BriefingError for an unknown id or collection, and UsageError for one note on several sources, before
    anything is changed.
    """
    if words.note is not None and len(ids) != 1:
        raise UsageError(f"One note cannot be put on {len(ids)} sources.", "Give the id of a single source.")
    put_into = [collection_named(library, name).num for name in words.collect or ()]
    taken_out_of = [collection_named(library, name).num for name in words.uncollect or ()]
    before = library.states(ids)
    if words.star is not None:
        library.star(ids, words.star)
    if words.seen is not None:
        library.mark_seen(ids, words.seen)
    if words.triage is not None:
        library.triage(ids, words.triage)
    if words.tag:
        library.add_tags(ids, words.tag)
    if words.untag:
        library.remove_tags(ids, words.untag)
    for num in put_into:
        library.collect(num, ids)
    for num in taken_out_of:
        library.uncollect(num, ids)
    if words.note is not None:
        library.set_note(ids[0], words.note)
    after = library.states(ids)
    return sum(before[id] != after[id] for id in after)


def state_rows(library: Library, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The sources with their titles and states. Raises BriefingError for an unknown id."""
    states = library.states(ids)
    return [{"id": id, "title": library.source(id).display_title, **asdict(state)} for id, state in states.items()]


def collection_named(library: Library, name: str) -> Collection:
    """The collection with this name, whatever its case. Raises BriefingError where there is none."""
    wanted = " ".join(name.split()).casefold()
    for collection in library.collections():
        if collection.name.casefold() == wanted:
            return collection
    raise BriefingError(f"There is no collection “{name}”.", "List them with: briefing collections.")


def collection_row(collection: Collection) -> dict[str, Any]:
    return {"name": collection.name, "query": collection.query, "count": collection.count}


def outlet_row(outlet: Outlet) -> dict[str, Any]:
    grade = None if outlet.reliability is None else str(outlet.reliability)
    return {"name": outlet.name, "count": outlet.count, "reliability": grade, "descriptor": outlet.descriptor}
