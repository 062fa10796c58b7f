"""Grouping of reprints: precision and recall for each kind of change, sources a second, and room on the drive.

``make bench ARGS="-k reprints"``; with BRIEFING_BENCH_COUNT articles (10,000 unless told; 100,000 for the figures that
are kept). The grouping was tuned on articles of another seed than the ones that are measured here. MinHash with
locality-sensitive hashing (datasketch), the usual way to find near-duplicates, is measured beside it where it is there.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from briefing_app.library.library import Library
from briefing_app.library.reprints.finder import FOLDER, Finder
from briefing_app.library.store import catalogue
from briefing_app.library.store.kinship import origin_of
from tests.bench.articles import COUNT, article_file, articles, new_source

_STEP = 500  # sources kept in one transaction
_KINDS = ("verbatim", "new lead", "cut", "edited", "embedded")
_CLOSE = 0.3  # likeness from which the peer takes two articles for the same: the lowest that its tables are made for


@dataclass(frozen=True)
class Truth:
    """What is known of the articles: the story of each source, and for each reprint its original and the change."""

    story: Mapping[int, int]
    reprints: Mapping[int, tuple[int, str]]

    def report(self, group: Mapping[int, int], name: str) -> None:
        """``group`` names the group of each source, by any number."""
        found: Counter[str] = Counter()
        known: Counter[str] = Counter()
        for num, (original, change) in self.reprints.items():
            known[change] += 1
            found[change] += group[num] == group[original]
        wrong: Counter[str] = Counter()
        grouped: Counter[str] = Counter()
        for num, own in group.items():
            if own != num:
                change = self.reprints[num][1] if num in self.reprints else "no reprint"
                grouped[change] += 1
                wrong[change] += self.story[num] != self.story[own]
        print(f"{name:24s} recall  precision")
        for change in _KINDS:
            recall = found[change] / max(1, known[change])
            print(f"  {change:22s} {recall:6.4f} {1 - wrong[change] / max(1, grouped[change]):8.4f}")
        all_found, all_known = sum(found.values()), sum(known.values())
        all_wrong, all_grouped = sum(wrong.values()), sum(grouped.values())
        print(f"  {'all':22s} {all_found / max(1, all_known):6.4f} {1 - all_wrong / max(1, all_grouped):8.4f}")
        print(f"  {grouped['no reprint']} articles that are no reprint were put into a group")


@dataclass(frozen=True)
class Shelf:
    """A library of articles that were kept and not yet looked at, with what is known of them."""

    library: Library
    truth: Truth
    texts: Mapping[int, str]


@pytest.fixture(scope="module")
def shelf(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = list(articles(article_file(corpus, tmp_path_factory.mktemp("articles"), COUNT), COUNT))
    with Library.open(tmp_path_factory.mktemp("reprints") / "library", write=True) as library:
        nums: dict[int, int] = {}
        for start in range(0, len(made), _STEP):
            with library._store.transaction() as connection:  # without the search index, which is not measured here
                for article in made[start : start + _STEP]:
                    id = catalogue.insert(connection, library._originals, new_source(article))
                    nums[int(article["id"])] = catalogue.number(connection, id)
        story = {nums[int(one["id"])]: nums[int(one.get("reprint_of", one["id"]))] for one in made}
        reprints = {
            nums[int(one["id"])]: (nums[int(one["reprint_of"])], one["change"]) for one in made if "reprint_of" in one
        }
        yield Shelf(library, Truth(story, reprints), {nums[int(one["id"])]: one["text"] for one in made})


def bench_grouping_of_reprints(shelf: Shelf) -> None:
    library = shelf.library
    steps = [time.perf_counter()]
    processor = time.process_time()
    for _ in Finder(library._store).run():
        steps.append(time.perf_counter())
    spent, processor = steps[-1] - steps[0], time.process_time() - processor
    longest = max(later - earlier for earlier, later in pairwise(steps))
    print(f"\n{COUNT} articles: {COUNT / spent:.0f} a second ({COUNT / processor:.0f} of processor time),")
    print(f"the longest step {longest * 1000:.0f} ms")
    with library._store.reading() as connection:
        group = {num: origin_of(connection, num) for num in shelf.texts}
    shelf.truth.report(group, "ours")
    size = sum(path.stat().st_size for path in (library.folder / FOLDER).rglob("*") if path.is_file())
    print(f"on the drive {size / 1e6:.1f} MB, {size / COUNT:.0f} bytes an article")
    started = time.perf_counter()
    assert sum(1 for _ in Finder(library._store).run()) <= COUNT // 200 + 1
    again = time.perf_counter() - started
    started = time.perf_counter()
    assert not list(Finder(library._store).run())
    print(f"looking again at what was regrouped {again:.1f} s; with nothing new {time.perf_counter() - started:.3f} s")


def bench_minhash(shelf: Shelf) -> None:
    """The peer as its documentation shows it: 128 permutations of five-word shingles, and a table of candidates."""
    datasketch = pytest.importorskip("datasketch", reason="datasketch is not installed")
    table = datasketch.MinHashLSH(threshold=_CLOSE, num_perm=128)
    group: dict[int, int] = {}
    started = time.perf_counter()
    for num, text in shelf.texts.items():
        words = text.split()
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch({" ".join(words[at : at + 5]).encode() for at in range(max(1, len(words) - 4))})
        like = table.query(sketch)
        group[num] = min((group[other] for other in like), default=num)
        table.insert(num, sketch)
    print(f"\nMinHash LSH: {COUNT / (time.perf_counter() - started):.0f} a second")
    shelf.truth.report(group, "MinHash LSH")
