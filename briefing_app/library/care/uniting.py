"""Uniting a source of a pack with the same one in the library: what the analyst has set here is never overwritten.

Every function works inside the caller's connection and transaction, and tells the account what it did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from briefing_app.errors import UsageError
from briefing_app.library.care.merge_report import Account, Difference
from briefing_app.library.care.pack import PackedSource
from briefing_app.library.store import catalogue, collecting, states
from briefing_app.library.store.corrections import check_note, check_tags
from briefing_app.model.source import Source

_INHERITED = ("reliability", "descriptor")  # from the outlet, where the source has none of its own


def unite(connection: sqlite3.Connection, id: str, source: PackedSource, pack_name: str, account: Account) -> None:
    """Tags, stars and collections of both sides; corrections of the other side where there is none here; both notes."""
    here, num = catalogue.get(connection, id), catalogue.number(connection, id)
    _unite_fields(connection, num, here, source, account)
    if here.text_sha256 != source.text_sha256:
        account.conflicts.append(Difference(id, here.display_title, "text", here.reader, source.reader))
    tags = catalogue.tags_of(connection, num)
    united = check_tags((*tags, *source.tags))
    if len(united) > len(tags):
        catalogue.set_tags(connection, id, united)
        account.tagged.append(id)
    if source.starred and states.set_flag(connection, [num], "starred", 1):
        account.taken.append(Difference(id, here.display_title, "star", "no", "yes"))
    _unite_notes(connection, num, here, source.note, pack_name, account)
    for name in collect(connection, num, source.collections):
        account.taken.append(Difference(id, here.display_title, "collection", "", name))


def _unite_fields(
    connection: sqlite3.Connection, num: int, here: Source, source: PackedSource, account: Account
) -> None:
    corrected = catalogue.corrections_of(connection, here.id)
    take: dict[str, Any] = {}
    for field, there in source.corrected.items():
        value = corrected.get(field, "" if field in _INHERITED else _plain(getattr(here, field)))
        if value == there:
            continue
        difference = Difference(here.id, here.display_title, field, _shown(value), _shown(there))
        if field in corrected:
            account.conflicts.append(difference)
        else:
            take[field] = there
            account.taken.append(difference)
    if take:
        catalogue.correct(connection, num, take)


def _unite_notes(
    connection: sqlite3.Connection, num: int, here: Source, there: str, pack_name: str, account: Account
) -> None:
    note = states.states_of(connection, [num])[num].note
    if not there or there in note:
        return
    difference = Difference(here.id, here.display_title, "note", note, there)
    if note in there:  # none here, or the one there has grown out of it
        states.set_flag(connection, [num], "note", there)
        account.taken.append(difference)
        return
    try:
        both = check_note(f"{note}\n\nFrom the pack “{pack_name}”:\n{there}")
    except UsageError:
        account.conflicts.append(replace(difference, field="note (too long to keep both)"))
        return
    states.set_flag(connection, [num], "note", both)
    account.conflicts.append(difference)


def collect(connection: sqlite3.Connection, num: int, names: Iterable[str]) -> list[str]:
    """Put a source into the collections with these names, which are made where there are none; gives the new ones.

    Where a saved search has the name here, the collection gets another beside it.
    """
    put: list[str] = []
    for name in names:
        there = {one.name.casefold(): one for one in collecting.every(connection)}
        wanted, number = name, 1
        while (found := there.get(wanted.casefold())) is not None and found.query is not None:
            number += 1
            wanted = f"{name[:100]} (pack)" if number == 2 else f"{name[:100]} (pack {number})"
        collection = found.num if found is not None else collecting.make(connection, wanted, None)
        if collecting.put_in(connection, collection, [num]):
            put.append(wanted)
    return put


def _plain(value: Any) -> Any:
    """A field in force in the form in which corrections are kept."""
    if isinstance(value, tuple):
        return list(value)
    return "" if value is None else str(value)


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
