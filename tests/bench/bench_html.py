"""The article of a saved page and its fields, against trafilatura and readability-lxml, each as it comes.

The pages are those of the shared corpus, and of the folder in BRIEFING_BENCH_PAGES where that is set: one folder a
page, with ``source.html``, ``expected.html`` and ``expected-metadata.json``. The corpus is shown in two halves, by a
hash of the page's name, as a sign of how much the figures vary. Pages of both were looked at while the reader was made:
only pages of one's own tell how it does on pages that it was not made with.
readability-lxml is no dependency: it is measured where it can be imported, and said to be absent elsewhere.
"""

from __future__ import annotations

import collections
import functools
import hashlib
import importlib.util
import json
import os
import re
import socket
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from lxml import html

from briefing_app.model.reading import Fields
from briefing_app.readers import read
from briefing_app.readers.language import language_tag

_WORST = int(os.environ.get("BRIEFING_BENCH_WORST", "5"))
_WORD = re.compile(r"\w+")
_FIELDS = ("title", "byline", "siteName", "publishedTime", "lang")


@dataclass(frozen=True)
class Page:
    """A saved page, with the text and the fields that people expect of it."""

    name: str
    data: bytes
    text: str
    fields: dict[str, Any]

    @property
    def in_first_half(self) -> bool:
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2 == 0


def _pages(folder: Path) -> list[Page]:
    found = []
    for place in sorted(folder.iterdir()):
        if (place / "expected.html").is_file():
            expected = html.fromstring((place / "expected.html").read_text("utf-8"))
            fields = place / "expected-metadata.json"
            found.append(
                Page(
                    place.name,
                    (place / "source.html").read_bytes(),
                    " ".join(map(str, expected.itertext())),
                    json.loads(fields.read_text("utf-8")) if fields.is_file() else {},
                )
            )
    return found


@pytest.fixture(scope="module", params=["corpus", "aside"])
def pages(request: pytest.FixtureRequest, corpus: Path) -> list[Page]:
    if request.param == "corpus":
        return _pages(corpus / "html")
    folder = os.environ.get("BRIEFING_BENCH_PAGES")
    if not folder:
        pytest.skip("no pages of one's own: BRIEFING_BENCH_PAGES names no folder")
    return _pages(Path(folder))


def f1(found: str, wanted: str) -> float:
    """The harmonic mean of precision and recall of the words, each counted as often as it stands there."""
    one, other = (collections.Counter(_WORD.findall(text.lower())) for text in (found, wanted))
    if not one and not other:
        return 1.0
    return 2 * (one & other).total() / (one.total() + other.total())


def _ours(data: bytes) -> str:
    return read(data, "page.html").text


@functools.cache
def _trafilatura_extraction() -> Callable[[bytes], str | None]:
    """Its import asks whether a socket can be bound for IPv6; no test opens one, so the question is answered before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "has_ipv6", False)
        from trafilatura import extract
    return extract  # type: ignore[no-any-return,unused-ignore]


def _trafilatura(data: bytes) -> str:
    return _trafilatura_extraction()(data) or ""


def _readability(data: bytes) -> str:
    from readability import Document

    return " ".join(map(str, html.fromstring(Document(data).summary()).itertext()))


def _tried(extract: Callable[[bytes], str], data: bytes) -> str:
    try:
        return extract(data)
    except Exception:  # a peer that fails on a page has found nothing in it
        return ""


def bench_main_text(pages: list[Page]) -> None:
    peers: dict[str, Callable[[bytes], str]] = {"ours": _ours, "trafilatura": functools.partial(_tried, _trafilatura)}
    if importlib.util.find_spec("readability"):
        peers["readability-lxml"] = functools.partial(_tried, _readability)
    else:
        print("\nreadability-lxml is not installed here: it is left out")
    speeds = {}
    print(f"\n{len(pages)} pages: mean F1 of the words (of one half, of the other)")
    for name, extract in peers.items():
        extract(pages[0].data)  # what is loaded once is no page's
        started = time.process_time()
        texts = [extract(page.data) for page in pages]
        speeds[name] = len(pages) / (time.process_time() - started)
        scores = [f1(text, page.text) for text, page in zip(texts, pages, strict=True)]
        scored = sorted(zip(scores, pages, strict=True), key=lambda pair: pair[0])
        halves = [[score for score, page in scored if page.in_first_half is half] for half in (True, False)]
        parts = ", ".join(f"{mean(half):.4f}" if half else "-" for half in halves)
        print(f"{name:17} {mean(scores):.4f} ({parts})  {speeds[name]:.0f} pages a second, {_ratio(speeds, name)}")
        if name == "ours":
            worst = scored[:_WORST]
            print("  lowest: " + ", ".join(f"{page.name} {score:.3f}" for score, page in worst))


def _ratio(speeds: dict[str, float], name: str) -> str:
    return (
        "fields and blocks with it" if name == "ours" else f"ours is {speeds['ours'] / speeds[name]:.2f} times as fast"
    )


def bench_fields(pages: list[Page]) -> None:
    """Fields that are right of those that are expected, strictly and as a person would count.

    Strictly: the same characters but for white space, case and quotation marks; a date by its day, a language by its
    tag. As a person would: a title with or without the site's name or a section at its end; the names of a byline
    without "By", roles and the like; a site by its name or by its address; the same words for the rest. What is
    expected to be absent is not counted: a page may well say more than was noted of it.
    """
    pages = [page for page in pages if page.fields]
    if not pages:
        pytest.skip("no fields are expected of these pages")
    strict, sensible, expected = (collections.Counter[str]() for _ in range(3))
    wrong = []
    for page in pages:
        found = _found(read(page.data, page.name).fields)
        for field in _FIELDS:
            wanted = page.fields.get(field)
            if not wanted:
                continue
            expected[field] += 1
            is_strict = _plain(found[field], field) == _plain(wanted, field)
            strict[field] += is_strict
            accepted = is_strict or _accepted(field, found[field], wanted)
            sensible[field] += accepted
            if not accepted:
                wrong.append(f"  {page.name}: {field} {found[field]!r}, expected {wanted!r}")
    print(f"\n{len(pages)} pages: fields right of those expected, strictly and as a person would count")
    for field in (*_FIELDS, "all"):
        number = expected[field] or expected.total()
        right = [counts[field] if field != "all" else counts.total() for counts in (strict, sensible)]
        print(f"{field:14} {number:4}  {right[0]:4} ({right[0] / number:.3f})  {right[1]:4} ({right[1] / number:.3f})")
    print("\n".join(wrong))


def _found(fields: Fields) -> dict[str, str]:
    return {
        "title": fields.title,
        "byline": ", ".join(fields.authors),
        "siteName": fields.outlet,
        "publishedTime": fields.published,
        "lang": fields.language,
    }


def _plain(text: str, field: str) -> str:
    if field == "publishedTime":
        return text.strip()[:10]
    if field == "lang":
        return language_tag(text)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[\u2018\u2019\u201a\u201b`´]", "'", re.sub("[\u201c-\u201f«»]", '"', text))
    return " ".join(text.split())


def _accepted(field: str, found: str, wanted: str) -> bool:
    one, other = ([*_WORD.findall(_plain(text, field))] for text in (found, wanted))
    if not one or not other:
        return False
    if field == "title":
        shorter, longer = sorted((_plain(found, field), _plain(wanted, field)), key=len)
        rest = longer.removeprefix(shorter).strip()
        return longer.startswith(shorter) and not rest[:1].isalnum()
    if field == "byline":
        return set(one) <= set(other)
    if field == "siteName":
        return "".join(one) in "".join(other) or "".join(other) in "".join(one)
    return one == other
