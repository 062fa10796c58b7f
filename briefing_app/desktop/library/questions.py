"""What the library's panel asks of the library, and its answers as cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing_app.desktop.library.cards import PAGE, Card
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.finding import Asked
    from briefing_app.app.library_access import Library

Question = Callable[["Library"], tuple[int, list[Card]]]
FOLDED_UP_TO = 100_000  # sources up to which the list of all of them shows reprints folded
IDS_AT_MOST = 20_000  # sources that are changed at a time
_MANY = 1_000  # rows that are asked for at a time when only their ids are wanted
_ROW_ORDERS = {
    "best": ("added", False),
    "added": ("added", False),
    "added_first": ("added", True),
    "newest": ("date", False),
    "oldest": ("date", True),
    "title": ("title", False),
}


def rows(asked: Asked, offset: int, limit: int = PAGE) -> Question:
    """A window of the rows of what was asked for."""

    def question(library: Library) -> tuple[int, list[Card]]:
        if asked.is_everything:
            count = library.count()
            if not asked.folded or count > FOLDED_UP_TO or library.index_lag():
                order, turned = _ROW_ORDERS[asked.order]
                return count, of_sources(library, library.rows(offset, limit, order=order, oldest_first=turned))
        found = library.search(asked.query(offset=offset, limit=limit))
        with_text = asked.view.waiting or bool(asked.words)
        return found.total, of_hits(library, found.hits, with_text=with_text, folded=asked.folded)

    return question


def ids_between(asked: Asked, first: int, last: int) -> Callable[[Library], list[str]]:
    """The ids of the sources in rows ``first`` to ``last``, for changing them together."""

    def question(library: Library) -> list[str]:
        if last - first >= IDS_AT_MOST:
            raise BriefingError(
                f"{last - first + 1:,} sources are chosen; {IDS_AT_MOST:,} can be changed at a time.",
                "Narrow the search, or choose fewer of them.",
            )
        ids: list[str] = []
        while first + len(ids) <= last:
            wanted = min(_MANY, last - first - len(ids) + 1)
            _, cards = rows(asked, first + len(ids), wanted)(library)
            ids += [card.source_id for card in cards]
            if len(cards) < wanted:
                break
        return ids

    return question


def of_sources(library: Library, sources: Sequence[Any], *, folded: bool = False) -> list[Card]:
    """Cards of sources as they are listed; ``folded`` where each stands for its whole group of reprints."""
    states = states_of(library, [source.id for source in sources])
    cards = [
        Card(
            source.id,
            source.display_title,
            source.outlet,
            source.published,
            source.language,
            str(source.kind),
            source.no_text,
            grade=str(source.reliability or ""),
            marking=source.marking,
        )
        for source in sources
    ]
    return [_with_state(card, states.get(card.source_id), folded) for card in cards]


def of_hits(library: Library, hits: Sequence[Any], *, with_text: bool = True, folded: bool = False) -> list[Card]:
    """Cards of what a search found."""
    states = states_of(library, [hit.source_id for hit in hits])
    cards = [
        Card(
            hit.source_id,
            hit.title,
            hit.outlet,
            hit.date,
            hit.language,
            hit.kind,
            hit.no_text,
            hit.snippet if with_text else "",
            tuple(hit.highlights) if with_text else (),
            hit.start,
            hit.end,
            grade=hit.grade,
            marking=hit.marking,
        )
        for hit in hits
    ]
    return [_with_state(card, states.get(card.source_id), folded) for card in cards]


def states_of(library: Library, ids: list[str]) -> dict[str, Any]:
    """What is known of sources; without those that another process has just removed."""
    try:
        return library.states(ids)
    except BriefingError:
        found = {}
        for id in ids:
            try:
                found.update(library.states([id]))
            except BriefingError:
                continue
        return found


def _with_state(card: Card, state: Any, folded: bool) -> Card:
    if state is None:
        return card
    return replace(
        card,
        starred=state.starred,
        seen=state.seen,
        triage=state.triage,
        tags=state.tags,
        reprints=state.reprints if folded or state.origin is None else 0,
        is_reprint=state.origin is not None and not folded,
        noted=bool(state.note),
    )
