"""Pieces of words are found: beginnings of any length, and any piece of a text that is written without spaces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.library.library import Library
from briefing_app.library.search.search import Query
from briefing_app.library.words.folding import is_single
from briefing_app.model.reading import Fields

BEGINNINGS = {"h": 3, "ha": 2, "har": 1, "harb": 1, "с": 1, "制": 1, "а": 0}
PIECES = "制 裁措 新的制 IMF imf报告 NATO北约 2026年 司IMF テスト 국어".split()
MIXED = "理事会于2026年通过了新的制裁措施のテスト한국어航运公司IMF报告NATO北约峰会"
OTHER = "制裁的新措施。公司航运"


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("pieces") / "library", write=True) as library:
        library.add_text(MIXED, Fields(title="whole", language="zh"))
        library.add_text(OTHER, Fields(title="other", language="zh"))
        yield library


@pytest.mark.parametrize(("prefix", "count"), BEGINNINGS.items())
def test_a_beginning_of_any_length_finds_all_words_that_have_it(library: Library, prefix: str, count: int) -> None:
    for text in ("A harbour", "he has it", "h", "санкции", "新制裁", "A title"):
        library.add_text(f"{text}.", Fields(title="T"))
    assert library.search(Query(text=f"{prefix}*")).total == count
    assert library.search(Query(text=prefix, prefix_last=True)).total == count


def test_a_beginning_with_many_words_finds_every_one_of_them(library: Library) -> None:
    words = [f"harbo{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(400)]
    for number in range(0, 400, 40):
        library.add_text(" ".join(words[number : number + 40]), Fields(title="T"))
    for prefix in ("h", "ha", "har", "harb", "harbo"):
        assert library.search(Query(text=f"{prefix}*")).total == 10


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 40), st.integers(1, 9), st.sampled_from(["zh", "ja", "ko", "en", ""]))
def test_any_piece_of_a_text_without_spaces_is_found(pieces: Library, start: int, length: int, language: str) -> None:
    piece = MIXED[start : start + length]
    found = pieces.search(Query(text=piece, limit=9))
    wanted = {title for title in ("whole", "other") if piece in {"whole": MIXED, "other": OTHER}[title]}
    assert {hit.title for hit in found.hits} >= (wanted if all(is_single(char) for char in piece) else set())
    for hit in found.hits:
        assert hit.highlights, piece


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_of_mixed_scripts_is_found(pieces: Library, piece: str) -> None:
    hit = next(hit for hit in pieces.search(Query(text=piece)).hits if hit.title == "whole")
    assert [hit.snippet[start:end].casefold() for start, end in hit.highlights] == [piece.casefold()]
    assert MIXED[hit.start : hit.end].casefold() == piece.casefold()
