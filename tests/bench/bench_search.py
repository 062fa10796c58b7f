"""Search times, with snippets, against SQLite's FTS5 over the same articles in the same run.

``make bench ARGS="-k search"``; at 4,000 articles and at BRIEFING_BENCH_COUNT of them (10,000 unless told; 100,000 for
the figures that are kept). Ratios matter, not times: they depend on the machine and on what else it does.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing_app.library.library import Library, run
from briefing_app.library.search.search import Query
from tests.bench.articles import COUNT, article_file, articles, new_source

ROUNDS = 40
Articles = list[dict[str, str]]
_COLUMNS = "title, body, outlet UNINDEXED, day UNINDEXED"
_SELECT = "SELECT title, snippet(article, 1, '[', ']', '...', 32) FROM article WHERE article MATCH ?"


@pytest.fixture(scope="module", params=sorted({4000, COUNT}))
def texts(request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Articles:
    count = request.param
    return list(articles(article_file(corpus, tmp_path_factory.mktemp("articles"), count), count))


@pytest.fixture(scope="module")
def ours(texts: Articles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("ours") / "library", write=True) as library:
        started = time.perf_counter()
        report = run(library.add_many(new_source(article) for article in texts))
        spent = time.perf_counter() - started
        print(f"\n{len(report.imported)} articles kept and searchable: {len(texts) / spent:.0f} a second")
        yield library


@pytest.fixture(scope="module")
def peer(texts: Articles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path_factory.mktemp("peer") / "fts5.sqlite")
    connection.execute(f"CREATE VIRTUAL TABLE article USING fts5({_COLUMNS}, prefix='2 3')")
    rows = [(article["title"], article["text"], article["outlet"], article["date"]) for article in texts]
    started = time.perf_counter()
    with connection:
        connection.executemany("INSERT INTO article VALUES (?, ?, ?, ?)", rows)
    print(f"FTS5: {len(texts) / (time.perf_counter() - started):.0f} a second")
    yield connection
    connection.close()


def measure(ask: Callable[[str], object], questions: list[str]) -> tuple[float, float]:
    """The middle and the 95th percentile of the times, in milliseconds, the first question not counted."""
    ask(questions[0])
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def bench_search_against_fts5(ours: Library, peer: sqlite3.Connection, texts: Articles) -> None:
    rnd = random.Random(11)
    english = [article["text"].split() for article in rnd.sample(texts, 400) if article["language"] == "en"]
    plain = [[word for word in text if word.isalpha() and word.isascii() and len(word) > 3] for text in english]
    common = ["that", "with", "from", "have", "this", "were"]
    kinds: dict[str, list[str]] = {
        "common word": [rnd.choice(common) for _ in range(ROUNDS)],
        "two words": [" ".join(rnd.sample(common, 2)) for _ in range(ROUNDS)],
        "rare word": _rare(peer),
        "any word": [rnd.choice(rnd.choice(plain)) for _ in range(ROUNDS)],
        "phrase": [f'"{" ".join(rnd.choice(plain)[3:5])}"' for _ in range(ROUNDS)],
        "prefix": [f"{rnd.choice(rnd.choice(plain))[:2].lower()}*" for _ in range(ROUNDS)],
    }
    by_rank, by_date = f"{_SELECT} ORDER BY rank LIMIT 50", f"{_SELECT} AND day >= '2020' ORDER BY day DESC LIMIT 50"
    print(f"\n{len(texts)} articles, ms p50/p95        ours          FTS5    FTS5/ours p50  p95")
    for kind, questions in kinds.items():
        mine = measure(lambda text: ours.search(Query(text=text)), questions)
        theirs = measure(lambda text: peer.execute(by_rank, (text,)).fetchall(), questions)
        _show(kind, mine, theirs)
    typed = [text[:length] for text in kinds["any word"] for length in range(2, len(text) + 1, 2)]
    mine = measure(lambda text: ours.search(Query(text=text, prefix_last=True)), typed)
    theirs = measure(lambda text: peer.execute(by_rank, (f"{text}*",)).fetchall(), typed)
    _show("as it is typed", mine, theirs)
    mine = measure(lambda text: ours.search(Query(text=text, from_date="2020", order="date")), kinds["common word"])
    theirs = measure(lambda text: peer.execute(by_date, (text,)).fetchall(), kinds["common word"])
    _show("filter, by date", mine, theirs)


def _rare(peer: sqlite3.Connection) -> list[str]:
    """The words that occur in the fewest articles."""
    peer.execute("CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5vocab(article, 'row')")
    rows = peer.execute(
        "SELECT term FROM word WHERE length(term) > 4 AND term BETWEEN 'a' AND 'zz' ORDER BY doc, term LIMIT ?",
        (ROUNDS,),
    )
    return [row[0] for row in rows]


def _show(kind: str, mine: tuple[float, float], theirs: tuple[float, float]) -> None:
    print(
        f"{kind:26s} {mine[0]:6.1f}/{mine[1]:6.1f} {theirs[0]:6.1f}/{theirs[1]:6.1f} "
        f"{theirs[0] / mine[0]:10.1f}{theirs[1] / mine[1]:8.1f}"
    )


def bench_opening_and_listing(ours: Library) -> None:
    def opened(_: str) -> None:
        Library.open(ours.folder, write=False).close()

    count = ours.count()
    print(f"\nopening the library of {count}: {measure(opened, [''] * 20)[1]:.1f} ms (95th percentile)")
    rnd = random.Random(5)
    jumps = [str(rnd.randrange(count - 50)) for _ in range(100)]
    for order in ("added", "date", "title"):

        def window(place: str, order: str = order) -> None:
            ours.rows(int(place), 50, order=order)

        started = time.perf_counter()
        window(str(count - 50))
        first = (time.perf_counter() - started) * 1000
        spent, scrolled = measure(window, jumps), measure(window, [str(n) for n in range(0, count - 50, 50)][-200:])
        print(
            f"list by {order}: end of it first {first:.1f} ms, any window {spent[1]:.1f}, scrolling {scrolled[1]:.1f}"
        )
