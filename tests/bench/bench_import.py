"""Import of articles, read in worker processes and searchable at the end, against Recoll on the same files.

BRIEFING_BENCH_IMPORT sets how many text files (20,000 by itself), BRIEFING_BENCH_COUNT how many articles of one file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from briefing_app.library.importing.report import ImportReport
from briefing_app.library.library import Library
from briefing_app.library.search.search import Query
from tests.bench.articles import COUNT, article_file, articles
from tests.bench.processes import PeakMemory

FILES = int(os.environ.get("BRIEFING_BENCH_IMPORT", "20000"))
WANTED = 5.0  # times as fast as Recoll


def _text_files(corpus: Path, folder: Path, count: int) -> Path:
    files = folder / "files"
    files.mkdir()
    for number, article in enumerate(articles(article_file(corpus, folder, count), count)):
        (files / f"{number:06}.txt").write_text(article["text"], encoding="utf-8")
    return files


def _imported(path: Path, library: Library) -> tuple[ImportReport, float, float]:
    """The report, the seconds that the import took, and those until a first source was found."""
    started = time.perf_counter()
    first = 0.0
    job = library.import_paths([path])
    while True:
        try:
            next(job)
        except StopIteration as end:
            report: ImportReport = end.value
            return report, time.perf_counter() - started, first or time.perf_counter() - started
        if not first and library.search(Query(text="", limit=1)).total:
            first = time.perf_counter() - started


def bench_import_of_text_files(corpus: Path, tmp_path: Path) -> None:
    """What is compared is everything from the first file to the last being found."""
    files = _text_files(corpus, tmp_path, FILES)
    spent = _processor_seconds()
    with PeakMemory() as memory, Library.open(tmp_path / "library", write=True) as library:
        report, ours, first = _imported(files, library)
        assert len(report.imported) + len(report.duplicates) == FILES
        assert library.search(Query(text="", limit=1)).total == len(report.imported)
    our_work = _processor_seconds() - spent
    print(f"\n{FILES} text files: {FILES / ours:.0f} a second ({ours:.1f} s), the first found after {first:.2f} s,")
    print(f"{our_work / FILES * 1000:.2f} ms of a processor each, at most {memory.megabytes:.0f} MB in all processes")
    if shutil.which("recollindex") is None:
        pytest.skip("recollindex is not here (apt install recollcmd)")
    spent = _processor_seconds()
    theirs = _recoll(files, tmp_path / "recoll")
    their_work = _processor_seconds() - spent
    print(f"recollindex: {FILES / theirs:.0f} a second ({theirs:.1f} s), {their_work / FILES * 1000:.2f} ms each")
    print(f"ours/recollindex {theirs / ours:.2f} (wanted {WANTED:g}), by processor time {their_work / our_work:.2f}")


def _processor_seconds() -> float:
    """What this process and its children that have ended took of the processors, whatever else they did meanwhile."""
    return sum(os.times()[:4])


def _recoll(files: Path, settings: Path) -> float:
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {files}\n")
    started = time.perf_counter()
    subprocess.run(["recollindex", "-c", str(settings), "-z"], check=True, capture_output=True)
    return time.perf_counter() - started


def bench_import_of_json_lines(corpus: Path, tmp_path: Path) -> None:
    """One large file of articles; the memory must not grow with it."""
    path = article_file(corpus, tmp_path, COUNT)
    with PeakMemory() as memory, Library.open(tmp_path / "library", write=True) as library:
        report, seconds, first = _imported(path, library)
    assert len(report.imported) + len(report.duplicates) == COUNT
    print(f"\n{COUNT} articles of a file of {path.stat().st_size >> 20} MB: {COUNT / seconds:.0f} a second,")
    print(f"the first found after {first:.2f} s, at most {memory.megabytes:.0f} MB in all processes (wanted under 900)")


def bench_import_that_goes_on(corpus: Path, tmp_path: Path) -> None:
    """An import that was left when it was nearly done is where it was again after a moment."""
    count = min(FILES, 5000)
    files = _text_files(corpus, tmp_path, count)
    with Library.open(tmp_path / "library", write=True) as library:
        _imported(files, library)
        started = time.perf_counter()
        report, _, _ = _imported(files, library)
        seconds = time.perf_counter() - started
    assert report.imported == ()
    print(f"\n{count} files that are there already are passed in {seconds:.2f} s ({count / seconds:.0f} a second)")
