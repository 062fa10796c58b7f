"""Any window of the list is what the whole list has there, whatever was looked at before and changed since."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing_app.library.library import Library
from briefing_app.library.store import pages
from briefing_app.model.reading import Fields

COUNT = 23


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "_STEP", 4)
        with Library.open(tmp_path_factory.mktemp("list") / "library", write=True) as library:
            for number in range(COUNT):
                fields = Fields(title=f"T{number * 7 % 5}", published=f"202{number % 3}")
                library.add_text(f"Text {number}", fields)
            yield library


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["added", "date", "title"]), st.integers(-2, COUNT + 9), st.integers(-1, COUNT), st.booleans())
def test_a_window_is_a_part_of_the_list(long_list: Library, order: str, offset: int, limit: int, change: bool) -> None:
    if change:
        first = long_list.rows(0, 1)[0]
        long_list.correct(first.id, title=f"{order}{abs(offset)}")
    whole = long_list.rows(0, 3, order=order) + long_list.rows(3, COUNT, order=order)
    assert len({source.id for source in whole}) == COUNT
    keys = {"date": [source.published for source in whole], "title": [source.title.casefold() for source in whole]}
    assert order == "added" or keys[order] == sorted(keys[order], reverse=order == "date")
    begin = max(0, offset)
    assert long_list.rows(offset, limit, order=order) == whole[begin : begin + max(0, limit)]
