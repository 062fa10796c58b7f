"""What an analyst looks at and looks for, as one query line: a view, the values chosen beside it, and typed words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # the search itself is loaded when something is asked
    from briefing_app.library.search.search import Query

Order = Literal["best", "newest", "oldest", "added", "added_first", "title"]
ORDERS: dict[Order, str] = {
    "best": "Best match",
    "newest": "Newest published",
    "oldest": "Oldest published",
    "added": "Newest added",
    "added_first": "Oldest added",
    "title": "Title",
}
FACETS: dict[str, str] = {
    "outlet": "Outlet",
    "lang": "Language",
    "tag": "Tag",
    "kind": "Kind",
    "grade": "Grade",
    "year": "Year",
    "in": "Collection",
}
EITHER = ("outlet", "lang", "kind", "grade", "year")  # of these a source has one, so that several mean any of them
SINCE: dict[str, str] = {
    "yesterday": "New since yesterday",
    "week": "New in the last 7 days",
    "month": "New in the last 30 days",
    "": "Everything that waits",
}
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»‟❝❞＂', " "))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Values chosen among those that the answers have: pairs of a facet's field and a value."""

    pairs: tuple[tuple[str, str], ...] = ()

    def of(self, field: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.pairs if name == field)

    def toggled(self, field: str, value: str) -> Chosen:
        """The same with the value chosen, or no longer."""
        pair = (field, value)
        others = tuple(one for one in self.pairs if one != pair)
        return Chosen(others if len(others) < len(self.pairs) else (*self.pairs, pair))

    def without(self, field: str) -> Chosen:
        return Chosen(tuple(pair for pair in self.pairs if pair[0] != field))

    @property
    def line(self) -> str:
        """The values as they stand in a query line. Several years mean all from the first to the last."""
        parts = [f'{field}:"{_plain(value)}"' for field, value in self.pairs if field != "year"]
        if years := sorted(self.of("year")):
            parts += [f'after:"{years[0]}"', f'before:"{years[-1]}"']
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class View:
    """A part of the library that is looked at: ``scope`` is the query line of it, empty for all of it.

    ``num`` is set for a collection; a saved search has its ``saved`` line, too. ``waiting`` marks the inbox, whose
    sources wait to be triaged.
    """

    key: str
    title: str
    icon: str
    scope: str = ""
    num: int | None = None
    saved: str | None = None
    waiting: bool = False


ALL = View("all", "All sources", "library")
STARRED = View("starred", "Starred", "star", "is:starred")
UNREAD = View("unread", "Unread", "mail", "is:unread")


def inbox(since: str = "yesterday") -> View:
    """What has come in since then and was neither kept nor dropped; an empty ``since`` means whenever it came."""
    scope = {"": "is:new", "yesterday": "is:new added:yesterday.."}.get(since, f"is:new added:{since}")
    return View("inbox", "Inbox", "inbox", scope, waiting=True)


def collection_view(num: int, name: str, query: str | None) -> View:
    """A collection, or a saved search where it has a query."""
    icon = "folder" if query is None else "bookmark"
    return View(f"collection {num}", name, icon, f'in:"{_plain(name)}"', num, query)


@dataclass(frozen=True, slots=True)
class Asked:
    """All that decides which rows a list shows, and in which order."""

    view: View = ALL
    chosen: Chosen = Chosen()
    typed: str = ""
    order: Order = "best"
    folded: bool = True
    fuzzy: bool = False

    @property
    def is_plain(self) -> bool:
        """True where nothing narrows the view."""
        return not self.chosen.pairs and not self.typed.strip()

    @property
    def is_everything(self) -> bool:
        return self.is_plain and not self.view.scope

    @property
    def line(self) -> str:
        """The whole query line. What is typed stands last, so that its last word may still be unfinished."""
        view = self.view
        scope = view.saved if view.saved is not None and self.is_plain else view.scope
        return " ".join(part for part in (scope, self.chosen.line, self.typed.strip()) if part)

    @property
    def words(self) -> str:
        """What is looked for in the texts, as far as it can be highlighted: typed words, or a saved search's own."""
        return self.typed.strip() or (self.view.saved or "")

    @property
    def has_words(self) -> bool:
        """True where something is looked for in the texts."""
        from briefing_app.library.search.query import parse_line

        return any(not term.excluded for term in parse_line(self.words).terms) if self.words else False

    def without(self, field: str) -> Asked:
        """The same as if no value of this facet were chosen."""
        return replace(self, chosen=self.chosen.without(field))

    def query(self, *, offset: int = 0, limit: int = 50) -> Query:
        """The question to the library for a window of the rows."""
        from briefing_app.library.search.search import Query

        outlets = self.chosen.of("outlet")  # one alone is taken by its whole name, not by the words of it
        alone = outlets[0] if len(outlets) == 1 else ""
        asked = Query(
            text=self.without("outlet").line if alone else self.line,
            outlet=alone,
            offset=offset,
            limit=limit,
            prefix_last=bool(self.typed.strip()),
            folded=self.folded,
            fuzzy=self.fuzzy,
        )
        if self.order == "best":
            return asked if self.has_words else replace(asked, order="added")
        if self.order in ("newest", "oldest"):
            return replace(asked, order="date", oldest_first=self.order == "oldest")
        if self.order == "title":
            return replace(asked, order="title")
        return replace(asked, order="added", oldest_first=self.order == "added_first")


def facets_open(chosen: Chosen) -> Iterable[str]:
    """The facets of which one value is chosen and others could be chosen beside it."""
    return [field for field in EITHER if chosen.of(field)]


def _plain(value: str) -> str:
    return " ".join(value.translate(_QUOTES).split())
