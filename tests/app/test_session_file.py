"""The session's file and journal: what is saved, what travels, and what a killed process leaves behind."""

from __future__ import annotations

from pathlib import Path

from briefing_app.app.session import Session
from briefing_app.model.edit import Remove, SetText
from briefing_app.storage.file import load
from briefing_app.storage.recovery import find_recoverable
from tests.samples import full_briefing, words


def test_what_was_cut_from_the_text_does_not_travel_in_the_file(tmp_path: Path) -> None:
    session = Session(full_briefing())
    session.do(Remove("q-ar"), "Delete quotation")
    session.do(SetText("view-ar", words("Cut.")), "Typing")
    session.save(tmp_path / "one.briefing")
    saved = load(tmp_path / "one.briefing").briefing
    assert "s-mina" not in {source.id for source in saved.sources}
    assert "e-normal" not in {excerpt.id for excerpt in saved.excerpts}
    session.undo()
    session.undo()
    session.save()
    assert "s-mina" in {source.id for source in load(tmp_path / "one.briefing").briefing.sources}


def test_saved_is_said_only_of_what_stands_in_the_file(tmp_path: Path) -> None:
    session = Session(full_briefing())
    snapshot = session.briefing
    write = session.writer(tmp_path / "one.briefing")
    session.do(SetText("out-1", words("Typed while the file was written.")), "Typing")
    session.mark_saved(snapshot, tmp_path / "one.briefing", write())
    assert session.is_modified
    session.undo()
    assert session.briefing == snapshot


def test_edits_made_while_saving_are_recovered_after_a_kill(tmp_path: Path) -> None:
    recovery = tmp_path / "recovery"
    session = Session(full_briefing())
    session.start_journal(recovery)
    snapshot = session.briefing
    write = session.writer(tmp_path / "one.briefing")
    session.do(SetText("out-1", words("Typed while the file was written.")), "Typing")
    session.mark_saved(snapshot, tmp_path / "one.briefing", write())
    session.do(SetText("tr-1", words("Typed after it.")), "Typing")
    expected = session.briefing
    session.close(discard=False)  # as a killed process leaves it
    (found,) = find_recoverable(recovery)
    assert found.restore()[0] == expected
