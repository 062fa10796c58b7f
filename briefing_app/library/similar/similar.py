"""The part of the library that finds passages by what they are about, and not by a query line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from briefing_app.library.search.hits import Hit
from briefing_app.library.search.index import Index
from briefing_app.library.search.search import Query
from briefing_app.library.search.searching import Searching
from briefing_app.library.similar import passages, telling
from briefing_app.library.store import kinship

_OF_ONE_OUTLET = 4  # suggestions from one outlet before those of others go first
_CITED, _WRITTEN, _SUBJECT, _TEMPLATE = 1.0, 1.0, 0.6, 0.25  # what the words of each count
_FRESHNESS, _HALF = 0.15, 365  # what the latest of them gains over very old ones; days after which half of it is left
_WHY = 6  # words that a suggestion names


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What a section is about. ``terms`` are words of its template: heading, guidance, questions.

    ``subject`` is what the whole briefing is about, such as its title; ``text`` is what the section says so far, and
    ``cited`` the passages that it rests on. ``source_ids`` are the sources that are used already. ``language`` is the
    code of the language that the section is written in, or empty.
    """

    terms: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    cited: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = field(default=())
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A passage worth reading. ``used``: its source, or a reprint of it, is used already.

    ``why`` are the words that led to it, as they stand in what was asked, the most telling first.
    """

    hit: Hit
    used: bool
    why: tuple[str, ...]


class Similar(Searching):
    """Finds passages that share their telling words with a text. One source of a group of reprints stands for all."""

    def more_like(
        self, text: str, *, language: str = "", exclude: Collection[str] = (), limit: int = 20
    ) -> tuple[Hit, ...]:
        """The passages most like ``text``, best first, each with its range and highlights.

        ``exclude`` are ids of sources that are left out, with their reprints; unknown ones leave out nothing.
        ``language`` is the code of the text's language; without one it is taken for any of the library's.
        """

        def ask(index: Index) -> tuple[Hit, ...]:
            known = telling.Frequencies(index.searcher, languages)
            tellings = telling.telling_words(text, language, known)
            with self._store.reading() as connection:
                left_out = self._groups(exclude)
                ranked = passages.ask(index, tellings, left_out, limit)
                read = passages.Reader(tellings, languages).hits(ranked, limit, connection)
            return tuple(hit for _, hit, _ in read)

        languages = self._situation(Query()).known.languages
        return self._ask(ask, ())

    def suggest(self, wants: Wants, limit: int = 20) -> tuple[Suggestion, ...]:
        """The passages worth reading for a section, best first: what is cited and written counts most.

        What is used already is marked and not left out. Later sources come a little before earlier ones, and no
        outlet has more than four before the others had their turn.
        """

        def ask(index: Index) -> tuple[Suggestion, ...]:
            tellings = _tellings(wants, telling.Frequencies(index.searcher, languages))
            with self._store.reading() as connection:
                ranked = _fresh_first(passages.ask(index, tellings, (), limit))
                ranked = _mixed(ranked, passages.outlets_of(connection, ranked))
                read = passages.Reader(tellings, languages).hits(ranked, limit, connection)
                used = self._groups(wants.source_ids)
            return tuple(Suggestion(hit=hit, used=one.group in used, why=why[:_WHY]) for one, hit, why in read)

        languages = self._situation(Query()).known.languages
        return self._ask(ask, ())

    def _groups(self, ids: Iterable[str]) -> set[int]:
        """The origins of the groups of sources; unknown ids are passed over."""
        found = set()
        with self._store.reading() as connection:
            for id in dict.fromkeys(ids):
                row = connection.execute("SELECT num FROM source WHERE id = ?", (id,)).fetchone()
                if row is not None:
                    found.add(kinship.origin_of(connection, row[0]))
        return found


def _tellings(wants: Wants, library: telling.Frequencies) -> list[telling.Telling]:
    """The words to look for, of all that the section has and asks."""
    parts = [
        (_CITED, "\n".join(wants.cited), ""),
        (_WRITTEN, wants.text, wants.language),
        (_SUBJECT, wants.subject, wants.language),
        (_TEMPLATE, "\n".join(wants.terms), wants.language),
    ]
    weighed = [(weight, telling.telling_words(text, language, library)) for weight, text, language in parts]
    return telling.together(weighed)


def _fresh_first(ranked: list[passages.Found]) -> list[passages.Found]:
    """The same in the order of their scores, to which being late among them adds a little."""
    latest = max((one.moment for one in ranked), default=0)

    def worth(one: passages.Found) -> float:
        return one.score * (1 + _FRESHNESS * 0.5 ** (_days(one.moment, latest) / _HALF)) if one.moment else one.score

    return sorted(ranked, key=worth, reverse=True)


def _days(moment: int, latest: int) -> int:
    """The days between two moments (YYYYMMDDhhmm, of which the month and day may be 0)."""
    first, last = (
        date(max(1, one // 10**8), min(12, max(1, one // 10**6 % 100)), min(28, max(1, one // 10**4 % 100)))
        for one in (moment, latest)
    )
    return (last - first).days


def _mixed(ranked: list[passages.Found], outlets: Mapping[int, str]) -> list[passages.Found]:
    """The same with what is beyond the first few of one outlet behind all others."""
    counts: Counter[str] = Counter()
    first: list[passages.Found] = []
    behind: list[passages.Found] = []
    for one in ranked:
        outlet = outlets.get(one.num, "")
        counts[outlet] += 1
        (behind if outlet and counts[outlet] > _OF_ONE_OUTLET else first).append(one)
    return first + behind
