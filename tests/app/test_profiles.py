"""Profiles of export options, and the last export of a briefing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.app.export_options import (
    OPTIONS,
    Choice,
    Margin,
    options_from_data,
    options_in_words,
    options_to_data,
    read_options,
)
from briefing_app.app.exporting import ExportOrder
from briefing_app.app.last_exports import last_export, remember_export
from briefing_app.app.profiles import load_profiles, profile, profiles_file, remove_profile, save_profile
from briefing_app.errors import StorageError, UsageError
from briefing_app.layout.options import ExportOptions


def _values(name: str) -> st.SearchStrategy[object]:
    option = OPTIONS[name]
    if isinstance(option, Choice):
        return st.sampled_from(option.values)
    return st.integers(5, 80).map(float) if isinstance(option, Margin) else st.booleans()


chosen = st.builds(ExportOptions, **{name: st.none() | _values(name) for name in OPTIONS})


@given(chosen)
def test_options_come_back_from_data_and_from_words(options: ExportOptions) -> None:
    assert options_from_data(json.loads(json.dumps(options_to_data(options)))) == options
    words = options_in_words(options)
    assert read_options([] if words == "as the template says" else words.split()) == options


def test_options_as_they_are_written() -> None:
    read = read_options(["cover", "no-contents", "columns=2", "margins=20", "Citations=Endnotes", "top=12,5mm"])
    assert read == ExportOptions(
        cover=True, contents=False, columns=2, top=12.5, bottom=20.0, left=20.0, right=20.0, citations="endnotes"
    )
    assert read_options(["cover=template"], read).cover is None


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("colums=2", "Did you mean columns"),
        ("columns=3", "one of 1, 2"),
        ("left=99", "5 to 80 millimetres"),
        ("left=nan", "5 to 80 millimetres"),
        ("cover=perhaps", "yes or no"),
        ("paper=B5", "one of A4"),
        ("", "no export option"),
    ],
)
def test_what_is_no_option_is_told(word: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_options([word])


def test_profiles_are_kept_replaced_and_removed() -> None:
    assert load_profiles() == {}
    review, release = ExportOptions(review=True, line_numbers=True), ExportOptions(cover=True, left=30.0)
    assert not save_profile("Review  copy ", review)
    assert not save_profile("Выпуск", release)
    assert load_profiles() == {"Review copy": review, "Выпуск": release}
    assert save_profile("Review copy", release)
    assert profile("Review copy") == release
    remove_profile("Review copy")
    with pytest.raises(UsageError, match="Did you mean “Выпуск”"):
        profile("Выпуски")
    with pytest.raises(UsageError):
        remove_profile("Review copy")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\u202eb", "a\x00b"])
def test_a_name_that_nobody_could_read_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        save_profile(name, ExportOptions())


@pytest.mark.parametrize(
    "written",
    [
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"profiles": []}',
        b'{"version": 9, "profiles": {}}',
        b'{"version": 1, "profiles": {"a": {"colour": "red"}}}',
        b'{"version": 1, "profiles": {"a": {"columns": 7}}}',
        b'{"version": 1, "profiles": {"a": {"cover": 1}}}',
        b'{"version": 1, "profiles": {"a": 3}}',
        b"[" * 200_000,
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_is(written: bytes) -> None:
    profiles_file().parent.mkdir(parents=True)
    profiles_file().write_bytes(written)
    with pytest.raises(StorageError, match=r"export-profiles\.json"):
        load_profiles()
    with pytest.raises(StorageError):
        save_profile("New", ExportOptions())
    assert profiles_file().read_bytes() == written


def test_the_last_export_is_remembered_without_its_date(tmp_path: Path) -> None:
    assert last_export("b-1") is None
    order = ExportOrder(date="2026-11-25", marking="TLP:RED", force=True, form=ExportOptions(columns=2))
    remember_export("b-1", tmp_path / "a.pdf", order, "One-pager")
    remember_export("b-2", tmp_path / "b.docx", ExportOrder())
    last = last_export("b-1")
    assert last is not None
    assert (last.target, last.profile) == (tmp_path / "a.pdf", "One-pager")
    assert last.order == ExportOrder(marking="TLP:RED", form=ExportOptions(columns=2))
    state = next(profiles_file().parents[1].rglob("last-exports.json"))
    state.write_text('{"b-1": {"target": 3}}')
    assert last_export("b-1") is None
