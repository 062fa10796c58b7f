"""Unsaved work: asked for at closing, kept through a killed process, and safe in a fault of the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from briefing_app.app.composing import section_name
from briefing_app.app.recovering import find_unsaved
from briefing_app.app.session import Session
from briefing_app.desktop.dialogs.application import RecoveryDialog
from briefing_app.desktop.start import offer_unsaved
from briefing_app.model.plain import inline_text
from tests.desktop.conftest import User
from tests.samples import full_briefing

WRITER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from briefing_app.desktop.start import after_show, open_desk
from briefing_app.app.templates import all_templates

desk = open_desk(Path(sys.argv[1]))
window = desk.open_window()
after_show(desk, [])

def type_on():
    session = window.documents.session
    if session is None:
        QTimer.singleShot(20, type_on)
        return
    window.composer.go_to(session.briefing.sections[0].id)
    QTest.keyClicks(desk.app.focusWidget(), "Words that nobody saved.")
    print("typed", flush=True)

window.documents.start(all_templates().templates["narrative"], "Never saved", None)
QTimer.singleShot(0, type_on)
desk.app.exec()
"""


def test_a_killed_process_loses_nothing(user: User, library_folder: Path, tmp_path: Path) -> None:
    _type_and_kill(tmp_path / "other-library")
    unsaved = find_unsaved()
    assert [one.title for one in unsaved] == ["Never saved"]
    offer_unsaved(user.desk, unsaved)
    dialog = user.dialog(RecoveryDialog)
    user.press(dialog, "Restore")
    session = user.window.documents.session
    assert session is not None
    words = [inline_text(node.content) for node in session.briefing.walk() if node.type == "paragraph"]
    assert "Words that nobody saved." in words
    assert session.is_modified
    assert "restored" in user.window.messages.text


def test_discarded_work_is_not_offered_again(user: User, tmp_path: Path) -> None:
    _type_and_kill(tmp_path / "other-library")
    offer_unsaved(user.desk, find_unsaved())
    user.press(user.dialog(RecoveryDialog), "Discard")
    assert find_unsaved() == []
    assert user.window.documents.session is None


def _type_and_kill(library: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(library)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "typed\n"
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.parametrize(
    ("words", "closed", "saved"), [("Save", True, True), ("Don’t save", True, False), ("Cancel", False, False)]
)
def test_closing_asks_for_unsaved_work(user: User, tmp_path: Path, words: str, closed: bool, saved: bool) -> None:
    target = tmp_path / "kept.briefing"
    user.new_briefing("Kept")
    session = user.window.documents.session
    assert session is not None
    session.save(target)
    user.window.outline.add()
    assert user.window.isWindowModified()
    user.act("close")
    user.answer(words)
    if closed:
        user.wait(lambda: not user.desk.windows)
    else:
        assert user.desk.windows == [user.window]
    names = [section_name(section) for section in Session.open(target)[0].briefing.sections]
    assert ("New section" in names) is saved
    assert bool(find_unsaved()) is False


def test_a_fault_of_the_program_keeps_the_work_and_says_so_once(user: User) -> None:
    user.new_briefing("Faulty")
    undo = user.desk.catch_faults()
    try:
        sys.excepthook(RuntimeError, RuntimeError("planted"), None)
        sys.excepthook(RuntimeError, RuntimeError("planted again"), None)
        box = user.dialog()
        assert "fault of the program" in box.text()
        assert "can be restored" in box.informativeText()
        user.answer("OK")
    finally:
        undo()
    session = user.window.documents.session
    assert session is not None
    assert session.secure()


def test_a_file_that_another_program_changed_is_not_overwritten(user: User, tmp_path: Path) -> None:
    target = tmp_path / "shared.briefing"
    user.new_briefing("Shared")
    session = user.window.documents.session
    assert session is not None
    session.save(target)
    other, _ = Session.open(target)
    other.save(tmp_path / "copy.briefing")
    target.write_bytes((tmp_path / "copy.briefing").read_bytes() + b"\0")
    before = target.read_bytes()
    user.window.outline.add()
    user.act("save")
    user.wait(lambda: user.window.messages.isVisible())
    assert target.read_bytes() == before
    assert "shared.briefing" in user.window.messages.text


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_same_file_opens_once(user: User, tmp_path: Path) -> None:
    target = tmp_path / "once.briefing"
    user.new_briefing("Once")
    session = user.window.documents.session
    assert session is not None
    session.save(target)
    user.window.documents.open_path(target)
    QTest.qWait(1)
    assert user.desk.windows == [user.window]


def test_quitting_asks_window_by_window_and_a_cancel_keeps_the_rest(user: User, tmp_path: Path) -> None:
    user.new_briefing("First")
    user.desk.open_window(Session(full_briefing()))
    assert len(user.desk.windows) == 2
    user.desk.quit()
    second = user.desk.windows[-1]
    box = next(one for one in second.findChildren(QMessageBox) if one.isVisible())
    assert "Velsk" in box.text()
    user.bot.mouseClick(next(one for one in box.buttons() if "Don" in one.text()), Qt.MouseButton.LeftButton)
    user.answer("Cancel")
    assert user.desk.windows == [user.window]


def test_a_file_named_at_the_start_is_opened_and_a_missing_one_is_told(user: User, tmp_path: Path) -> None:
    kept = tmp_path / "kept.briefing"
    Session(full_briefing()).save(kept)
    user.desk.open_paths([kept, tmp_path / "missing.briefing"])
    user.wait(lambda: user.window.documents.session is not None)
    user.wait(lambda: len(user.desk.windows) == 2 and user.desk.windows[1].messages.isVisible())
    assert "missing.briefing" in user.desk.windows[1].messages.text
