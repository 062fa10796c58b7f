"""What the fields of a query line and the filters of a query ask of the index: what is let through, without a score."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import tantivy

from briefing_app.library.search import values
from briefing_app.library.search.index import LATEST, NO_GRADE, Index, date_bounds
from briefing_app.library.search.known import Situation
from briefing_app.library.search.query import FieldTerm, QueryLine, Term, parse_line
from briefing_app.library.store.records import is_real_date
from briefing_app.library.words.folding import fold_phrase
from briefing_app.library.words.forms import Forms
from briefing_app.library.words.languages import language_codes

_NAMES_BEGUN = 200  # names, title words or tags that the beginning of one stands for
_INSIDE = 8  # saved searches inside one another
_EITHER = ("outlet", "lang", "kind", "grade", "marking")  # a source has one, so that two of them mean either
_INDEX_NAMES = {"outlet": "outlet_words"}

Saved = Callable[[QueryLine], tantivy.Query]


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


class Filtering:
    """Builds the parts of one search's question that let sources through or leave them out."""

    def __init__(self, index: Index, forms: Forms, situation: Situation) -> None:
        self._index = index
        self._schema = index.schema
        self._forms = forms
        self._known, self._today = situation.known, situation.today
        self._depth = 0

    def fields(self, fields: tuple[FieldTerm, ...], saved: Saved) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        """One question for each field that is excluded or may be met several times, and one for any of the others."""
        single: dict[str, list[tantivy.Query]] = {}
        for field in fields:
            question = self._field(field, saved)
            if question is None:
                continue  # not finished yet; others were refused
            if field.term.excluded:
                yield tantivy.Occur.MustNot, question
            elif field.field in _EITHER:
                single.setdefault(field.field, []).append(question)
            else:
                yield tantivy.Occur.Must, question
        for questions in single.values():
            yield tantivy.Occur.Must, self._any(questions)

    def _field(self, field: FieldTerm, saved: Saved) -> tantivy.Query | None:
        if field.field == "title":
            return self._titled(field.term)
        question = self._state(field, saved) if field.field in _STATES else self._named_field(field)
        return None if question is None else self._silent(question)

    def _named_field(self, field: FieldTerm) -> tantivy.Query | None:
        if field.field in ("before", "after"):
            if not is_real_date(field.value):
                return None
            earliest, latest = ("", field.value) if field.field == "before" else (field.value, "")
            return self._all(list(self._dates(earliest, latest)))
        if field.field == "lang":
            codes = language_codes(field.value, unfinished=field.typing)
            return self._any([self._word("language", code) for code in codes])
        if field.field == "tag":
            folded = fold_phrase(field.value)
            tags = self._beginning("tag", folded) if field.term.prefix else [folded]
            return self._any([self._word("tag", tag) for tag in tags])
        return self._named(_INDEX_NAMES.get(field.field, field.field), field.term)

    def _state(self, field: FieldTerm, saved: Saved) -> tantivy.Query | None:
        """What is not said by words of the source but by what the analyst and the library know of it."""
        if field.field == "in":
            return self._collected(field, saved)
        if field.field == "grade":
            grades = values.grades(field.value, unfinished=field.typing)
            return None if grades is None else self._graded(grades)
        if field.field == "added":
            span = values.days(field.value, self._today, unfinished=field.typing)
            return None if span is None else self._between("added", *values.minutes(span))
        name, read = ("flag", values.flag) if field.field == "is" else ("kind", values.kind)
        value = read(field.value, unfinished=field.typing or field.term.prefix)
        return None if value is None else self._word(name, value)

    def _graded(self, grades: Iterable[str]) -> tantivy.Query:
        """Sources with a grade of their own, or without one and of an outlet that has it."""
        questions = []
        for grade in grades:
            if grade == values.UNGRADED:
                known = tantivy.Query.term_set_query(self._schema, "outlet_name", list(self._known.grades))
                own = (tantivy.Occur.Must, self._word("grade", NO_GRADE))
                questions.append(tantivy.Query.boolean_query([own, (tantivy.Occur.MustNot, known)]))
                continue
            questions.append(self._word("grade", grade))
            outlets = [name for name, given in self._known.grades.items() if given == grade]
            if outlets:
                of_outlet = tantivy.Query.term_set_query(self._schema, "outlet_name", outlets)
                questions.append(self._all([self._word("grade", NO_GRADE), of_outlet]))
        return self._any(questions)

    def _collected(self, field: FieldTerm, saved: Saved) -> tantivy.Query | None:
        wanted = fold_phrase(field.value)
        names = [wanted] if wanted in self._known.collections else []
        if not names and field.term.prefix:
            names = sorted(name for name in self._known.collections if name.startswith(wanted))[:_NAMES_BEGUN]
        if not names and field.typing:
            return None
        return self._any([self._collection(*self._known.collections[name], saved) for name in names])

    def _collection(self, num: int, query: str | None, saved: Saved) -> tantivy.Query:
        if query is None:
            return self._word("collection", str(num))
        if self._depth >= _INSIDE:  # a saved search that asks for itself has nothing
            return tantivy.Query.empty_query()
        self._depth += 1
        try:
            return saved(parse_line(query))
        finally:
            self._depth -= 1

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

    def filters(self, filters: Filters) -> Iterator[tantivy.Query]:
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


_STATES = ("in", "grade", "added", "is", "kind")
