"""Positions agree between Python's and Qt's way of counting."""

from hypothesis import given
from hypothesis import strategies as st

from briefing_app.desktop.utf16 import Positions

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT)
def test_every_position_goes_there_and_back(text: str) -> None:
    positions = Positions(text)
    for point in range(len(text) + 1):
        unit = positions.to_utf16(point)
        assert unit == len(text[:point].encode("utf-16-le")) // 2
        assert positions.to_point(unit) == point


def test_a_position_inside_a_pair_belongs_to_its_beginning() -> None:
    assert [Positions("a😀b").to_point(unit) for unit in range(5)] == [0, 1, 1, 2, 3]
