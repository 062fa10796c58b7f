"""Synthetic articles for measurements, made by the shared corpus's own generator and kept between runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from briefing_app.library.store.records import NewSource
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind

COUNT = int(os.environ.get("BRIEFING_BENCH_COUNT", "10000"))


def article_file(corpus: Path, folder: Path, count: int) -> Path:
    """A JSON Lines file with ``count`` articles."""
    path = folder / f"articles-{count}.jsonl"
    if not path.exists():
        draft = path.with_suffix(".part")
        subprocess.run([sys.executable, str(corpus / "make_library.py"), str(draft), "--count", str(count)], check=True)
        draft.replace(path)
    return path


def articles(path: Path, count: int) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, count):
            yield json.loads(line)


def new_source(article: dict[str, str]) -> NewSource:
    """An article as a reader would have given it."""
    fields = Fields(
        title=article["title"],
        authors=(article["author"],),
        outlet=article["outlet"],
        published=article["date"],
        language=article["language"],
        url=article["url"],
    )
    reading = Reading(
        reader="bench/1", kind=SourceKind.WEB, media_type="text/plain", text=article["text"], fields=fields
    )
    return NewSource(data=article["text"].encode(), reading=reading, file_name="article.txt", member=article["url"])
