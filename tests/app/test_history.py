"""Undo and redo: what was done is taken back exactly, and typing is one step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing_app.app.history import Caret
from briefing_app.app.session import Session, SessionEvent
from briefing_app.errors import EditRefused
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Insert, Remove, SetText
from briefing_app.model.template import Template
from tests.samples import paragraph, words


def _session() -> Session:
    section = Section("s", words("Lead"), (paragraph("p", "one"),))
    return Session(Briefing(id="b", template=Template(id="t", name="T"), sections=(section,)))


def test_typing_in_one_paragraph_is_one_step_until_it_is_broken() -> None:
    session = _session()
    start = session.briefing
    for text in ("one t", "one tw", "one two"):
        session.do(SetText("p", words(text)), "Typing", merge="typing:p")
    session.break_merge()
    session.do(SetText("p", words("one two three")), "Typing", merge="typing:p")
    session.undo()
    assert session.briefing.sections[0].blocks[0] == paragraph("p", "one two")
    session.undo()
    assert session.briefing == start
    session.redo()
    session.redo()
    assert session.briefing.sections[0].blocks[0] == paragraph("p", "one two three")


def test_a_refused_edit_changes_nothing_and_is_no_step() -> None:
    session = _session()
    before = session.briefing
    with pytest.raises(EditRefused):
        session.do(Remove("nowhere"), "Delete")
    assert session.briefing is before
    assert session.undo_label == ""


def test_listeners_hear_what_changed_who_did_it_and_where_the_caret_belongs() -> None:
    session = _session()
    heard: list[SessionEvent] = []
    stop = session.subscribe(heard.append)
    view = object()
    session.do(SetText("p", words("two")), "Typing", origin=view, before=Caret("p", 3), after=Caret("p", 1))
    session.undo()
    stop()
    session.redo()
    assert [(event.kind, event.caret) for event in heard] == [("edited", None), ("undone", Caret("p", 3))]
    assert heard[0].origin is view
    assert heard[0].changed.nodes == {"p"}


@given(st.lists(st.sampled_from(["type", "insert", "remove", "undo", "redo"]), max_size=40))
def test_any_work_undone_to_the_start_gives_the_start(actions: list[str]) -> None:
    session = _session()
    start = session.briefing
    for number, action in enumerate(actions):
        blocks = session.briefing.sections[0].blocks
        if action == "type" and blocks:
            session.do(SetText(blocks[0].id, words(f"text {number}")), "Typing", merge="typing")
        elif action == "insert":
            session.do(Insert("s", 0, paragraph(f"n{number}", "new")), "Insert", merge="insert")
        elif action == "remove" and blocks:
            session.do(Remove(blocks[-1].id), "Delete")
        elif action == "undo":
            session.undo()
        elif action == "redo":
            session.redo()
    end = session.briefing
    steps = 0
    while session.undo() is not None:
        steps += 1
    assert session.briefing == start
    for _ in range(steps):
        session.redo()
    if "undo" not in actions:
        assert session.briefing == end
