"""What an analyst says of sources, one or many at once, each with the way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # whoever calls has it loaded
    from briefing_app.library.library import Library
    from briefing_app.library.store.states import SourceState, Triage

Value = TypeVar("Value")
Back = Callable[["Library"], object]
TRIAGED = {"kept": "Kept", "dropped": "Dropped", "": "New again"}


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done to ``count`` sources, in words, and what takes it back."""

    words: str
    count: int
    back: Back = field(repr=False)
    ids: tuple[str, ...] = ()


def triage(library: Library, ids: Collection[str], said: Triage) -> Done:
    """Keep or drop sources, or make them new again. Raises BriefingError for an unknown id."""
    before = library.states(ids)
    library.triage(ids, said)

    def back(library: Library) -> None:
        for old, some in _by(before, lambda state: state.triage).items():
            library.triage(some, old)

    return Done(f"{TRIAGED[said]}: {sources(len(before))}", len(before), back, tuple(before))


def with_reprints(library: Library, ids: Collection[str]) -> list[str]:
    """The sources, and the reprints for which each of them stands in a folded list and that were not triaged yet."""
    every = dict.fromkeys(ids)
    for id, state in library.states(ids).items():
        if state.reprints:
            others = [kin.source_id for kin in library.reprint_group(id)]
            every.update(dict.fromkeys(one for one, known in library.states(others).items() if not known.triage))
    return list(every)


def star(library: Library, ids: Collection[str], on: bool | None = None) -> Done:
    """Put stars on sources, or take them off; None puts them on unless all have one."""
    before = library.states(ids)
    on = not all(state.starred for state in before.values()) if on is None else on
    library.star(ids, on)

    def back(library: Library) -> None:
        for old, some in _by(before, lambda state: state.starred).items():
            library.star(some, old)

    return Done(f"{'Starred' if on else 'Star taken off'}: {sources(len(before))}", len(before), back, tuple(before))


def mark_seen(library: Library, ids: Collection[str], on: bool | None = None) -> Done:
    """Mark sources as read or unread; None marks them as unread unless all are."""
    before = library.states(ids)
    on = all(not state.seen for state in before.values()) if on is None else on
    library.mark_seen(ids, on)

    def back(library: Library) -> None:
        for old, some in _by(before, lambda state: state.seen).items():
            library.mark_seen(some, old)

    return Done(f"{'Read' if on else 'Unread'}: {sources(len(before))}", len(before), back, tuple(before))


def tag(library: Library, ids: Collection[str], added: Iterable[str], removed: Iterable[str] = ()) -> Done:
    """Add tags to sources and take others off."""
    before = library.states(ids)
    added, removed = tuple(added), tuple(removed)
    if added:
        library.add_tags(ids, added)
    if removed:
        library.remove_tags(ids, removed)

    def back(library: Library) -> None:
        for old, some in _by(before, lambda state: state.tags).items():
            new = [one for one in added if one.casefold() not in {tag.casefold() for tag in old}]
            if new:
                library.remove_tags(some, new)
            gone = [one for one in old if one.casefold() in {tag.casefold() for tag in removed}]
            if gone:
                library.add_tags(some, gone)

    words = " ".join((*(f"#{one}" for one in added), *(f"not #{one}" for one in removed)))
    return Done(f"{words}: {sources(len(before))}", len(before), back, tuple(before))


def collect(library: Library, ids: Collection[str], num: int, name: str, on: bool = True) -> Done:
    """Put sources into a collection, or take them out. Raises UsageError for a saved search."""
    before = library.states(ids)
    changed = [id for id, state in before.items() if (name in state.collections) is not on]
    put(library, changed, num, on)
    words = f"{'Added to' if on else 'Taken out of'} “{name}”: {sources(len(changed))}"
    return Done(words, len(changed), lambda library: put(library, changed, num, not on), tuple(changed))


def put(library: Library, ids: Collection[str], num: int, on: bool) -> None:
    """Put sources into a collection, or take them out."""
    (library.collect if on else library.uncollect)(num, ids)


def grade(library: Library, ids: Collection[str], reliability: str | None) -> Done:
    """Give sources a grade of their own; None goes back to what their outlet gives them."""
    before = {id: library.corrections(id).get("reliability") for id in ids}
    library.correct_many(ids, reliability=reliability)

    def back(library: Library) -> None:
        for old in set(before.values()):
            library.correct_many([id for id, value in before.items() if value == old], reliability=old)

    words = f"Graded {reliability}" if reliability else "Grade of the outlet"
    return Done(f"{words}: {sources(len(before))}", len(before), back, tuple(before))


def sources(count: int) -> str:
    """A number of sources, in words."""
    return "1 source" if count == 1 else f"{count:,} sources"


def _by(before: dict[str, SourceState], of: Callable[[SourceState], Value]) -> dict[Value, list[str]]:
    """The ids of sources by what they had before."""
    groups: dict[Value, list[str]] = {}
    for id, state in before.items():
        groups.setdefault(of(state), []).append(id)
    return groups
