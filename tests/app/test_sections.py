"""What an outline does to sections: every edit keeps all of them, and is taken back by its inverse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.app import sections
from briefing_app.errors import EditRefused
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit, apply
from briefing_app.model.plain import inline_text
from tests.samples import full_briefing


def _outline(briefing: Briefing) -> list[tuple[str, int]]:
    return [(section.id, depth) for section, depth in briefing.all_sections()]


def _done(briefing: Briefing, edit: Edit | None) -> Briefing:
    assert edit is not None
    applied = apply(briefing, edit)
    assert apply(applied.briefing, applied.inverse).briefing == briefing
    return applied.briefing


def test_demote_and_promote() -> None:
    briefing = full_briefing()
    inside = _done(briefing, sections.demote(briefing, "sec-views"))
    assert sections.place_of(inside, "sec-views").parent_id == "sec-situation"
    assert _outline(_done(inside, sections.promote(inside, "sec-views"))) == _outline(briefing)
    assert sections.demote(briefing, "sec-lead") is None
    assert sections.promote(briefing, "sec-lead") is None


def test_add_rename_remove() -> None:
    briefing = full_briefing()
    section_id, edit = sections.add_after(briefing, "sec-traffic", "Tugs", fresh=lambda: "fresh")
    added = _done(briefing, edit)
    place = sections.place_of(added, section_id)
    assert (place.parent_id, place.index, place.depth) == ("sec-situation", 1, 2)
    renamed = _done(added, sections.rename(section_id, "Pilots"))
    assert inline_text(sections.find(renamed, section_id).heading) == "Pilots"
    assert _outline(_done(renamed, sections.remove(section_id))) == _outline(briefing)


def test_move_among_siblings_stops_at_the_ends() -> None:
    briefing = full_briefing()
    assert sections.move_by(briefing, "sec-lead", -1) is None
    assert sections.move_by(briefing, "sec-outlook", 1) is None
    moved = _done(briefing, sections.move_by(briefing, "sec-lead", 1))
    assert [section.id for section in moved.sections][:2] == ["sec-situation", "sec-lead"]


IDS = [section.id for section, _ in full_briefing().all_sections()]


@given(st.sampled_from(IDS), st.sampled_from(["", *IDS]), st.integers(0, 5))
def test_a_drop_anywhere_keeps_every_section_or_is_refused(section_id: str, parent: str, index: int) -> None:
    briefing = full_briefing()
    parent_id = parent or briefing.id
    index = min(index, len(sections.siblings(briefing, parent_id)))
    before = [section.id for section in sections.siblings(briefing, parent_id)]
    try:
        edit = sections.move(briefing, section_id, parent_id, index)
        moved = _done(briefing, edit) if edit is not None else briefing
    except EditRefused:
        return
    assert sorted(id for id, _ in _outline(moved)) == sorted(IDS)
    expected = [*before[:index], section_id, *before[index:]]
    expected = [id for place, id in enumerate(expected) if id != section_id or place == index]
    assert [section.id for section in sections.siblings(moved, parent_id)] == expected


def test_sections_cannot_be_nested_deeper_than_headings_go() -> None:
    briefing = full_briefing()
    for parent in ("sec-traffic", "a", "b"):
        child = {"sec-traffic": "a", "a": "b", "b": "c"}[parent]
        if parent == "b":
            with pytest.raises(EditRefused, match="4 deep"):
                sections.add_inside(briefing, parent, "too deep")
        else:
            briefing = _done(briefing, sections.add_inside(briefing, parent, child, fresh=lambda id=child: id)[1])
