"""What a query line and its filters ask of the index: what counts as a match, and how much each kind weighs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import tantivy

from briefing_app.library.search.index import LATEST, Index, date_bounds
from briefing_app.library.search.query import FieldTerm, QueryLine, Term
from briefing_app.library.store.records import is_real_date
from briefing_app.library.words.folding import fold_phrase
from briefing_app.library.words.forms import Forms
from briefing_app.library.words.languages import language_codes

_EXPANSIONS = 48  # words that a prefix stands for in the ranking: the most frequent ones
_NAMES_BEGUN = 200  # names, title words or tags that the beginning of one stands for
_EXACT_WEIGHT, _TITLE_WEIGHT, _TITLE_STEM_WEIGHT = 0.5, 0.7, 1.3

_Question = tuple[tantivy.Occur, tantivy.Query]


class Filters(Protocol):
    """What is let through; empty means everything. Names are whole; dates are ISO 8601 and may be partial."""

    @property
    def outlet(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def tag(self) -> str: ...
    @property
    def from_date(self) -> str: ...
    @property
    def to_date(self) -> str: ...


class Asker:
    """Builds the index's query for one search."""

    def __init__(self, index: Index, forms: Forms) -> None:
        self._index = index
        self._schema = index.schema
        self._forms = forms

    def question(self, line: QueryLine, filters: Filters) -> tantivy.Query:
        must: list[_Question] = []
        should: list[_Question] = []
        for term in line.terms:
            if term.excluded:
                must.append((tantivy.Occur.MustNot, self._match(term)))
            else:
                must.append((tantivy.Occur.Must, self._match(term)))
                should.extend(self._bonus(term))
        must.extend(self._fields(line.fields))
        must.extend((tantivy.Occur.Must, filter) for filter in self._filters(filters))
        if not any(occur == tantivy.Occur.Must for occur, _ in must):
            must.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(must + should)

    def _match(self, term: Term) -> tantivy.Query:
        if term.is_phrase:
            return self._phrase(term)
        if term.prefix:
            return self._prefix(term)
        if term.exact:
            return self._any([self._word("body", term.words[0]), self._word("title", term.words[0])])
        return self._any([self._word("stem", stem) for stem in sorted(self._forms(term.words[0]))])

    def _bonus(self, term: Term) -> Iterator[_Question]:
        """What lifts a match without being needed for it: the very word, and the title."""
        if term.is_phrase or term.prefix:
            return
        word = term.words[0]
        if not term.exact:
            yield self._weighted("body", word, _EXACT_WEIGHT)
        yield self._weighted("title", word, _TITLE_WEIGHT)
        for stem in sorted(self._forms(word)):
            yield self._weighted("title_stem", stem, _TITLE_STEM_WEIGHT)

    def _weighted(self, field: str, word: str, weight: float) -> _Question:
        return tantivy.Occur.Should, tantivy.Query.boost_query(self._word(field, word), weight)

    def _phrase(self, term: Term) -> tantivy.Query:
        spoken: list[str | tuple[int, str]] = list(term.words)
        make = tantivy.Query.phrase_prefix_query if term.prefix else tantivy.Query.phrase_query
        title = tantivy.Query.boost_query(make(self._schema, "title", spoken), 1 + _TITLE_WEIGHT)
        return self._any([make(self._schema, "body", spoken), title])

    def _prefix(self, term: Term) -> tantivy.Query:
        """The most frequent words with the prefix, ranked; asked for with a star, the rest of them too."""
        prefix = term.words[0]
        expanded = self._index.searcher.terms_with_prefix("body", prefix, limit=_EXPANSIONS + 1)
        questions = [self._word("body", word) for word, _ in expanded[:_EXPANSIONS]]
        titled = self._index.searcher.terms_with_prefix("title", prefix, limit=_EXPANSIONS)
        questions += [tantivy.Query.boost_query(self._word("title", word), 1 + _TITLE_WEIGHT) for word, _ in titled]
        if term.typing:
            questions += [self._word("stem", stem) for stem in sorted(self._forms(prefix))]
        elif len(expanded) > _EXPANSIONS:
            rest = tantivy.Query.regex_query(self._schema, "body", f"{prefix}.*")
            questions.append(tantivy.Query.const_score_query(rest, 0.01))
        return self._any(questions)

    def _fields(self, fields: tuple[FieldTerm, ...]) -> Iterator[_Question]:
        """One question for each field that is excluded or may be met several times, and one for any of the others."""
        single: dict[str, list[tantivy.Query]] = {}
        for field in fields:
            if field.field in ("before", "after") and not is_real_date(field.value):
                continue  # not finished yet; others were refused
            question = self._field(field)
            if field.term.excluded:
                yield tantivy.Occur.MustNot, question
            elif field.field in ("outlet", "lang"):  # a source has one, so that two of them mean either
                single.setdefault(field.field, []).append(question)
            else:
                yield tantivy.Occur.Must, question
        for questions in single.values():
            yield tantivy.Occur.Must, self._any(questions)

    def _field(self, field: FieldTerm) -> tantivy.Query:
        if field.field == "title":
            return self._titled(field.term)
        if field.field in ("before", "after"):
            earliest, latest = ("", field.value) if field.field == "before" else (field.value, "")
            return self._all(list(self._dates(earliest, latest)))
        if field.field == "lang":
            codes = language_codes(field.value, unfinished=field.typing)
            return self._silent(self._any([self._word("language", code) for code in codes]))
        if field.field == "tag":
            folded = fold_phrase(field.value)
            if not field.term.prefix:
                return self._silent(self._word("tag", folded))
            return self._silent(self._any([self._word("tag", tag) for tag in self._beginning("tag", folded)]))
        return self._silent(self._named({"outlet": "outlet_words"}.get(field.field, field.field), field.term))

    def _titled(self, term: Term) -> tantivy.Query:
        if term.is_phrase or term.exact:
            return self._named("title", term)
        if term.prefix and not term.typing:
            return self._named("title", term)
        forms = [self._word("title_stem", stem) for stem in sorted(self._forms(term.words[0]))]
        return self._any([*forms, self._named("title", term)])

    def _named(self, name: str, term: Term) -> tantivy.Query:
        """The words of a name or title, in order, as they were typed."""
        if term.is_phrase:
            make = tantivy.Query.phrase_prefix_query if term.prefix else tantivy.Query.phrase_query
            return make(self._schema, name, list(term.words))
        wanted = self._beginning(name, term.words[0]) if term.prefix else [term.words[0]]
        return self._any([self._word(name, word) for word in wanted])

    def _beginning(self, name: str, prefix: str) -> list[str]:
        return [word for word, _ in self._index.searcher.terms_with_prefix(name, prefix, limit=_NAMES_BEGUN)]

    def _filters(self, filters: Filters) -> Iterator[tantivy.Query]:
        for name, wanted in (("outlet", filters.outlet), ("tag", filters.tag)):
            if wanted.strip():
                yield self._silent(self._word(name, fold_phrase(wanted)))
        if filters.language.strip():
            codes = language_codes(filters.language)
            yield self._silent(self._any([self._word("language", code) for code in codes]))
        if filters.from_date.strip() or filters.to_date.strip():
            yield from self._dates(filters.from_date.strip(), filters.to_date.strip())

    def _dates(self, earliest: str, latest: str) -> Iterator[tantivy.Query]:
        """Sources whose date, which may be partial, may lie in the range; both its ends count."""
        yield self._between("last", date_bounds(earliest)[0] or 1, LATEST)
        yield self._between("first", 1, date_bounds(latest)[1] or LATEST)

    def _between(self, field: str, low: int, high: int) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return self._silent(tantivy.Query.range_query(self._schema, field, kind, low, high))

    def _word(self, field: str, word: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, word)

    @staticmethod
    def _silent(question: tantivy.Query) -> tantivy.Query:
        """The question as a filter, which adds nothing to the score."""
        return tantivy.Query.const_score_query(question, 0.0)

    @staticmethod
    def _all(questions: list[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, question) for question in questions])

    @staticmethod
    def _any(questions: list[tantivy.Query]) -> tantivy.Query:
        if not questions:
            return tantivy.Query.empty_query()
        if len(questions) == 1:
            return questions[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, question) for question in questions])
