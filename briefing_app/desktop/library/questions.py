"""What the library's panel asks of the library, and its answers as cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from briefing_app.desktop.library.cards import PAGE, Card
from briefing_app.desktop.library.filters import Filters

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

Question = Callable[["Library"], tuple[int, list[Card]]]


def browse(offset: int) -> Question:
    def question(library: Library) -> tuple[int, list[Card]]:
        return library.count(), [_card_of_source(source) for source in library.rows(offset, PAGE)]

    return question


def find(text: str, filters: Filters, offset: int) -> Question:
    def question(library: Library) -> tuple[int, list[Card]]:
        from briefing_app.app.library_access import Query

        found = library.search(
            Query(
                text=text,
                from_date=filters.from_date,
                to_date=filters.to_date,
                outlet=filters.outlet,
                language=filters.language,
                tag=filters.tag,
                limit=PAGE,
                offset=offset,
                prefix_last=True,
            )
        )
        return found.total, [_card_of_hit(hit) for hit in found.hits]

    return question


def _card_of_source(source: Any) -> Card:
    return Card(
        source.id,
        source.display_title,
        source.outlet,
        source.published,
        source.language,
        str(source.kind),
        source.no_text,
    )


def _card_of_hit(hit: Any) -> Card:
    return Card(
        hit.source_id,
        hit.title,
        hit.outlet,
        hit.date,
        hit.language,
        hit.kind,
        hit.no_text,
        hit.snippet,
        tuple(hit.highlights),
        hit.start,
        hit.end,
    )
