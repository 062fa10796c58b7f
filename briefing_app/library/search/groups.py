"""Folding of reprints: of each group of reprints among the answers only the best-ranked one is shown.

Which ones those are is found from the top of the answers downwards, and remembered for as long as the index stays as
it is, so that every window of the same search fits to the others.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Hashable

import tantivy

_KEPT = 4  # searches whose folded answers are remembered
_AT_LEAST = 200  # answers that are looked through at a time
_EXACT = 100_000  # reprints among the answers up to which groups are counted one by one

Ranked = tuple[int, float]
Fetch = Callable[[int, int], list[tuple[int, float, int]]]
"""From offset and limit to a window of all answers: row number, score, and number of the group's origin."""


class _Answers:
    """The folded answers of one search, as far down as they were asked for."""

    def __init__(self, key: Hashable, searcher: tantivy.Searcher) -> None:
        self.key, self.searcher = key, searcher
        self.nums, self.scores = array("q"), array("d")
        self._groups: set[int] = set()
        self._passed = 0
        self.ended = False
        self.total: int | None = None

    def reach(self, wanted: int, fetch: Fetch) -> None:
        """Look through the answers until ``wanted`` of them stand folded, or there are no more."""
        while len(self.nums) < wanted and not self.ended:
            limit = max(_AT_LEAST, 2 * (wanted - len(self.nums)), self._passed // 2)
            found = fetch(self._passed, limit)
            for num, score, group in found:
                if group not in self._groups:
                    self._groups.add(group)
                    self.nums.append(num)
                    self.scores.append(score)
            self._passed += len(found)
            self.ended = len(found) < limit


class Folding:
    """The folded answers of the last few searches in one library. It may be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: list[_Answers] = []

    def window(
        self,
        key: Hashable,
        searcher: tantivy.Searcher,
        fetch: Fetch,
        count: Callable[[], int],
        *,
        offset: int,
        limit: int,
    ) -> tuple[int, list[Ranked]]:
        """The number of groups, and those of them from position ``offset`` on, each by its best-ranked source."""
        with self._lock:
            answers = next((one for one in self._known if one.key == key and one.searcher is searcher), None)
            if answers is None:
                answers = _Answers(key, searcher)
            self._known = [answers, *(one for one in self._known if one is not answers and one.searcher is searcher)]
            del self._known[_KEPT:]
            if limit > 0:
                answers.reach(offset + limit, fetch)
            if answers.ended:
                answers.total = len(answers.nums)
            elif answers.total is None:
                answers.total = count()
            places = range(offset, min(offset + max(0, limit), len(answers.nums)))
            return answers.total, [(answers.nums[place], answers.scores[place]) for place in places]


def count_groups(searcher: tantivy.Searcher, schema: tantivy.Schema, question: tantivy.Query) -> int:
    """How many groups the answers to ``question`` have, a source alone being one.

    Exact up to 100,000 reprints among the answers, and within two hundredths beyond.
    """
    reprint = tantivy.Query.term_query(schema, "flag", "reprint")
    total, reprints = count(searcher, question), count(searcher, question, reprint)
    if not reprints:
        return total
    if reprints > _EXACT:
        return min(total, round(searcher.cardinality(question, "group")))
    found = searcher.search(_both(question, reprint), reprints, count=False, order_by_field="num").hits
    groups = set(searcher.fast_field_values("group", [address for _, address in found]))
    with_origin = count(searcher, question, tantivy.Query.term_set_query(schema, "num", list(groups)))
    return total - reprints + len(groups) - with_origin


def count(searcher: tantivy.Searcher, *questions: tantivy.Query) -> int:
    """How many sources answer all of ``questions``."""
    asked = questions[0] if len(questions) == 1 else _both(*questions)
    found = searcher.search(tantivy.Query.const_score_query(asked, 0.0), 1, count=True)
    return int(getattr(found, "count", 0) or 0)  # the wheel's type stub leaves it out


def _both(*questions: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, question) for question in questions])
