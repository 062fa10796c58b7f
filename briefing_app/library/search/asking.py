"""What the words of a query line ask of the index: what counts as a match, and how much each kind weighs."""

from __future__ import annotations

from collections.abc import Iterator

import tantivy

from briefing_app.library.search.filtering import Filtering, Filters
from briefing_app.library.search.index import BEGINNING, Index, has_beginning
from briefing_app.library.search.known import Situation
from briefing_app.library.search.query import QueryLine, Term
from briefing_app.library.search.spelling import distance_for
from briefing_app.library.words.forms import Forms

_OF_SHORT, _OF_LONG = 16, 160  # words that a prefix stands for in the ranking: the most frequent ones
_REST_WEIGHT = 0.0001
_EXACT_WEIGHT, _TITLE_WEIGHT, _TITLE_STEM_WEIGHT = 0.5, 0.7, 1.3
_SPELLED_SO = 100.0  # what lifts a word as it was typed over all that are spelled nearly so
_NEARLY = (0.5, 0.25)  # what a match is worth at a distance of one and of two letters


class Asker(Filtering):
    """Builds the index's query for one search."""

    def __init__(self, index: Index, forms: Forms, situation: Situation) -> None:
        super().__init__(index, forms, situation)

    def question(self, line: QueryLine, filters: Filters) -> tantivy.Query:
        wanted = [self._any(self._wanted(term)) for term in line.terms if not term.excluded]
        parts = [(tantivy.Occur.Must, question) for question in wanted]
        parts += [(tantivy.Occur.MustNot, self._any(self._match(term))) for term in line.terms if term.excluded]
        parts += self.fields(line.fields, self._saved)
        parts += [(tantivy.Occur.Must, filter) for filter in self.filters(filters)]
        if len(parts) == 1 and wanted:
            return wanted[0]  # words of one kind only, which the index goes through faster
        if not any(occur == tantivy.Occur.Must for occur, _ in parts):
            parts.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(parts)

    def _saved(self, line: QueryLine) -> tantivy.Query:
        """What a saved search asks, as a filter."""
        return self.question(line, _NO_FILTERS)

    def _wanted(self, term: Term) -> list[tantivy.Query]:
        """What counts as the term, and what lifts a match: all of one union, since what lifts matches, too."""
        questions = self._match(term)
        if not (term.is_phrase or term.prefix):
            questions += self._bonus(term)
        near = list(self._near(term)) if term.fuzzy else []
        if near:
            so = tantivy.Query.const_score_query(self._any(questions), _SPELLED_SO)
            return [*questions, so, *near]
        return questions

    def _match(self, term: Term) -> list[tantivy.Query]:
        if term.is_phrase:
            return self._phrase(term)
        if term.prefix:
            return self._prefix(term)
        if term.exact:
            return [self._word("body", term.words[0]), self._word("title", term.words[0])]
        return [self._word("stem", stem) for stem in sorted(self._forms(term.words[0]))]

    def _near(self, term: Term) -> Iterator[tantivy.Query]:
        """Words that differ from the term's in a letter, and stems that differ from its stems in one or two."""
        word = term.words[0]
        if not distance_for(word):
            return
        one = [("body", word, 1), *(("stem", stem, 1) for stem in self._forms(word) if distance_for(stem) == 1)]
        two = [("stem", stem, 2) for stem in self._forms(word) if distance_for(stem) == 2]
        for spellings, worth in zip((one, two), _NEARLY, strict=True):
            asked = [tantivy.Query.fuzzy_term_query(self._schema, *spelling) for spelling in sorted(spellings)]
            if asked:
                yield tantivy.Query.const_score_query(self._any(asked), worth)

    def _bonus(self, term: Term) -> Iterator[tantivy.Query]:
        """What lifts a match: the very word, and the title."""
        word = term.words[0]
        yield self._weighted("title", word, _TITLE_WEIGHT)
        if term.exact:
            return
        yield self._weighted("body", word, _EXACT_WEIGHT)
        for stem in sorted(self._forms(word)):
            yield self._weighted("title_stem", stem, _TITLE_STEM_WEIGHT)

    def _weighted(self, field: str, word: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(self._word(field, word), weight)

    def _phrase(self, term: Term) -> list[tantivy.Query]:
        spoken: list[str | tuple[int, str]] = list(term.words)
        make = tantivy.Query.phrase_prefix_query if term.prefix else tantivy.Query.phrase_query
        title = tantivy.Query.boost_query(make(self._schema, "title", spoken), 1 + _TITLE_WEIGHT)
        return [make(self._schema, "body", spoken), title]

    def _prefix(self, term: Term) -> list[tantivy.Query]:
        """The most frequent words with the prefix, ranked, and the rest of them for next to nothing."""
        prefix = term.words[0]
        is_short = len(prefix) <= BEGINNING and has_beginning(prefix)
        most = _OF_SHORT if is_short else _OF_LONG
        expanded = self._index.searcher.terms_with_prefix("body", prefix, limit=most + 1)
        questions = [self._word("body", word) for word, _ in expanded[:most]]
        titled = self._index.searcher.terms_with_prefix("title", prefix, limit=most)
        questions += [self._weighted("title", word, 1 + _TITLE_WEIGHT) for word, _ in titled]
        if term.typing:
            questions += [self._word("stem", stem) for stem in sorted(self._forms(prefix))]
        if is_short:
            questions.append(self._weighted("beginning", prefix, _REST_WEIGHT))
        elif len(expanded) > most and not term.typing:
            rest = tantivy.Query.regex_query(self._schema, "body", f"{prefix}.*")
            questions.append(tantivy.Query.const_score_query(rest, _REST_WEIGHT))
        return questions


class _Nothing:
    """No filter at all."""

    outlet = language = tag = from_date = to_date = ""


_NO_FILTERS = _Nothing()
