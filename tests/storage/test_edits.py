"""The edits that everything else rests on: undone exactly, all or none, and unharmed by JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from briefing_app.errors import EditRefused
from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.edit import Batch, Edit, Put, Remove, SetMeta, apply
from briefing_app.storage.wire import edit_wire, parse_json
from tests import strategies

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def attempt(briefing: Briefing, edit: Edit) -> Briefing:
    try:
        return apply(briefing, edit).briefing
    except EditRefused:
        assume(False)
        raise


@relaxed
@given(st.data())
def test_an_edit_and_its_inverse_leave_no_trace(data: st.DataObject) -> None:
    before = data.draw(strategies.briefings())
    edit = data.draw(strategies.edits(before))
    after = attempt(before, edit)
    applied = apply(before, edit)
    assert apply(after, applied.inverse).briefing == before
    undone = apply(after, applied.inverse)
    assert apply(before, undone.inverse).briefing == after, "and the undoing can be undone"


@relaxed
@given(st.data())
def test_whatever_is_done_ids_stand_once(data: st.DataObject) -> None:
    _, _, after = data.draw(strategies.histories())
    ids = strategies.all_ids(after)
    assert len(ids) == len(set(ids))


@relaxed
@given(st.data())
def test_what_changed_is_told(data: st.DataObject) -> None:
    before = data.draw(strategies.briefings())
    edit = data.draw(strategies.edits(before))
    after = attempt(before, edit)
    changed = apply(before, edit).changed
    old = {node.id: node for node in before.walk()}
    new = {node.id: node for node in after.walk()}
    assert old.keys() ^ new.keys() <= changed.nodes
    assert (before.meta != after.meta) <= changed.meta
    assert (before.template != after.template) <= changed.template
    kept = {excerpt.id: excerpt for excerpt in before.excerpts}
    assert {one.id for one in after.excerpts if kept.get(one.id) != one} <= changed.kept


@relaxed
@given(st.data())
def test_a_batch_with_one_edit_that_does_not_fit_does_nothing(data: st.DataObject) -> None:
    before = data.draw(strategies.briefings())
    edits = data.draw(st.lists(strategies.single_edits(before), max_size=3))
    with pytest.raises(EditRefused):
        apply(before, Batch("", (SetMeta(replace(before.meta, edition=7)), *edits, Remove("nothing of the kind"))))


@relaxed
@given(st.data())
def test_an_edit_comes_back_from_json_but_for_the_bytes_of_pictures(data: st.DataObject) -> None:
    edit = data.draw(strategies.edits(data.draw(strategies.briefings())))
    written = edit_wire().dump(edit)
    assert b"\n" not in written
    assert edit_wire().load(parse_json(written)) == without_bytes(edit)


def without_bytes(edit: Edit) -> Edit:
    match edit:
        case Put(item=Media() as picture):
            return replace(edit, item=replace(picture, data=b""))
        case Batch():
            return replace(edit, edits=tuple(map(without_bytes, edit.edits)))
    return edit
