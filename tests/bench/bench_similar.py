"""How long it takes to find passages like another one, and suggestions for a section. Prints milliseconds.

``make bench ARGS="-k similar"``; with BRIEFING_BENCH_COUNT articles (10,000 unless told; 100,000 for the figures that
are kept). There is no peer: none of the usual search engines gives the best passage of each hit.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing_app.library.library import Library, run
from briefing_app.library.similar.similar import Wants
from briefing_app.model.source import Source
from tests.bench.articles import COUNT, article_file, articles, new_source

_ROUNDS = 60
_ASKED = ("Key judgements", "What has happened, who is affected, and what is likely to come?")


@pytest.fixture(scope="module")
def shelf(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = articles(article_file(corpus, tmp_path_factory.mktemp("articles"), COUNT), COUNT)
    with Library.open(tmp_path_factory.mktemp("similar") / "library", write=True) as library:
        run(library.add_many(new_source(article) for article in made))
        run(library.group_reprints())
        yield library


def bench_passages_and_suggestions(shelf: Library) -> None:
    rnd = random.Random(2)
    count = shelf.count()
    sources = [shelf.rows(rnd.randrange(count), 1)[0] for _ in range(_ROUNDS)]

    def like(source: Source, text: str, passage: str) -> object:
        return shelf.more_like(passage, language=source.language, exclude=[source.id])

    def suggest(source: Source, text: str, passage: str) -> object:
        return shelf.suggest(
            Wants(
                terms=_ASKED, subject=source.title, text=text[:1500], cited=(passage,), source_ids=(source.id,),
                language=source.language,
            )
        )  # fmt: skip

    print(f"\n{count} articles, ms p50/p95")
    for name, ask in (("more like a passage", like), ("suggestions for a section", suggest)):
        middle, worst = _timed(shelf, sources, rnd, ask)
        print(f"  {name:26s} {middle:6.1f}/{worst:6.1f}")


def _timed(
    shelf: Library, sources: list[Source], rnd: random.Random, ask: Callable[[Source, str, str], object]
) -> tuple[float, float]:
    times = []
    for source in sources:
        text = shelf.text(source.id)
        place = rnd.randrange(max(1, len(text) - 500))
        passage = text[place : place + rnd.choice((150, 500))]
        started = time.perf_counter()
        ask(source, text, passage)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]
