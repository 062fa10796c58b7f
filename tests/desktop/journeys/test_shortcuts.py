"""Keyboard shortcuts are shown, changed by pressing keys, and kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefing_app.app.preferences import load_preferences
from briefing_app.app.session import Session
from briefing_app.app.shortcuts import assigned, keys_in_force, problem_of, reset
from briefing_app.desktop.actions import default_keys
from briefing_app.desktop.dialogs.shortcuts import ShortcutsDialog
from briefing_app.model.inline import Text
from tests.desktop.conftest import User
from tests.samples import briefing_of, paragraph

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def _dialog(user: User) -> ShortcutsDialog:
    user.act("shortcuts")
    found: ShortcutsDialog = user.dialog(ShortcutsDialog)
    return found


def _keys(user: User, name: str) -> list[str]:
    return [keys.toString() for keys in user.window.actions_[name].shortcuts()]


def test_keys_are_changed_by_pressing_them_and_hold_in_every_window(user: User) -> None:
    other = user.desk.open_window()
    session = Session(briefing_of(paragraph("p", "Velsk")))
    user.window.documents.take(session)
    user.window.activateWindow()
    dialog = _dialog(user)
    QTest.keyClicks(dialog.filter, "bold")
    assert dialog.name() == "bold"
    dialog.keys.setFocus()
    QTest.keyClick(dialog.keys, Key.Key_E, CTRL)
    assert "“Export” has these keys" in dialog.state.text()
    QTest.keyClick(dialog.keys, Key.Key_Return)
    assert _keys(user, "bold") == ["Ctrl+E"]
    assert _keys(user, "export") == []
    assert [one.toString() for one in other.actions_["bold"].shortcuts()] == ["Ctrl+E"]  # type: ignore[attr-defined]
    user.press(dialog, "Close")
    user.window.composer.go_to("p", 0)
    editor = user.window.composer.focusProxy()
    QTest.keyClick(editor, Key.Key_End, SHIFT)
    QTest.keyClick(editor, Key.Key_B, CTRL)
    assert session.undo_label == "", "the old keys mean nothing now"
    QTest.keyClick(editor, Key.Key_E, CTRL)
    assert session.briefing.node("p").content == (Text("Velsk", bold=True),)  # type: ignore[union-attr]
    user.wait(lambda: load_preferences().shortcuts == {"bold": ("Ctrl+E",), "export": ()})
    dialog = _dialog(user)
    dialog.choose("bold")
    user.bot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert _keys(user, "bold") == ["Ctrl+B"]
    user.bot.mouseClick(dialog.reset_all, Qt.MouseButton.LeftButton)
    assert _keys(user, "export") == ["Ctrl+E"]
    user.press(dialog, "Close")
    user.wait(lambda: load_preferences().shortcuts == {})


def test_keys_that_writing_needs_are_refused(user: User) -> None:
    dialog = _dialog(user)
    dialog.choose("export")
    dialog.keys.setFocus()
    for key, modifiers, said in (
        (Key.Key_C, CTRL, "used for writing"),
        (Key.Key_A, SHIFT, "needed for writing"),
        (Key.Key_Z, CTRL, "used for writing"),
    ):
        QTest.keyClick(dialog.keys, key, modifiers)
        assert said in dialog.state.text()
        assert not dialog.assign.isEnabled()
    QTest.keyClick(dialog.keys, Key.Key_F7, SHIFT)
    assert dialog.assign.isEnabled()
    dialog.choose("undo")
    assert not dialog.keys.isEnabled()
    QTest.keyClicks(dialog.filter, "ctrl+e")
    assert dialog.name() == "export", "keys are found, too"
    QTest.keyClick(dialog, Key.Key_Escape)


def test_no_two_actions_have_the_same_keys() -> None:
    defaults = default_keys()
    held = [keys for one in defaults.values() for keys in one]
    assert len(held) == len(set(held))
    assert [keys for keys in held if problem_of(keys)] == ["Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y"]
    changed = assigned(defaults, {}, "about", "Ctrl+N")
    assert changed == {"about": ("Ctrl+N",), "new": ()}
    back = reset(defaults, changed, "new")
    assert back == {}
    assert keys_in_force(defaults, {"gone": ("F2",)}) == defaults
    assert assigned(defaults, changed, "about", "") == {"new": ()}
