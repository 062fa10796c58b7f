"""Import of text files, read in worker processes and searchable at the end, against reading them into FTS5."""

from __future__ import annotations

import resource
import sqlite3
import time
from pathlib import Path

from briefing_app.library.library import Library, run
from tests.bench.articles import COUNT, article_file, articles


def bench_import_of_text_files(corpus: Path, tmp_path: Path) -> None:
    count = min(COUNT, 5000)
    folder = tmp_path / "files"
    folder.mkdir()
    for number, article in enumerate(articles(article_file(corpus, tmp_path, count), count)):
        (folder / f"{number}.txt").write_text(article["text"], encoding="utf-8")

    started = time.perf_counter()
    with Library.open(tmp_path / "library", write=True) as library:
        report = run(library.import_paths([folder]))
        ours = time.perf_counter() - started
    assert len(report.imported) + len(report.duplicates) == count

    started = time.perf_counter()
    connection = sqlite3.connect(tmp_path / "fts5.sqlite")
    connection.execute("CREATE VIRTUAL TABLE article USING fts5(body)")
    with connection:
        for path in folder.iterdir():
            connection.execute("INSERT INTO article VALUES (?)", (path.read_text(encoding="utf-8"),))
    connection.close()
    theirs = time.perf_counter() - started
    print(f"\n{count} text files: ours {count / ours:.0f} a second, FTS5 alone {count / theirs:.0f} a second,")
    print(f"ours/FTS5 {theirs / ours:.2f} (FTS5 keeps no originals, hashes, fields, languages or word forms)")


def bench_import_of_json_lines(corpus: Path, tmp_path: Path) -> None:
    """One large file of articles; the memory of this process must not grow with it."""
    path = article_file(corpus, tmp_path, COUNT)
    before = _peak_megabytes()
    started = time.perf_counter()
    with Library.open(tmp_path / "library", write=True) as library:
        report = run(library.import_paths([path]))
    seconds = time.perf_counter() - started
    assert len(report.imported) + len(report.duplicates) == COUNT
    print(f"\n{COUNT} articles of a file of {path.stat().st_size >> 20} MB: {COUNT / seconds:.0f} a second,")
    print(f"peak memory {before} MB before, {_peak_megabytes()} MB after")


def _peak_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
