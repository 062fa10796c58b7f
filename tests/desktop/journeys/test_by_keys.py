"""What the keyboard alone reaches: the palette, and finding and replacing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefing_app.app.session import Session
from briefing_app.desktop.palette import Palette
from briefing_app.model.plain import inline_text, inlines_of
from tests.desktop.conftest import User
from tests.samples import full_briefing

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def _palette(user: User) -> Palette:
    QTest.keyClick(user.window, Key.Key_A, Modifier.ControlModifier | Modifier.ShiftModifier)
    palette: Palette = user.dialog(Palette)
    return palette


def test_the_palette_does_what_a_few_letters_name_and_goes_to_sections(user: User) -> None:
    user.window.documents.take(Session(full_briefing()))
    palette = _palette(user)
    QTest.keyClicks(palette.words, "situ")
    QTest.keyClick(palette.words, Key.Key_Return)
    user.return_to_window()
    assert user.window.composer.current_section_id() == "sec-situation"
    palette = _palette(user)
    assert not palette.list.findItems("Undo", Qt.MatchFlag.MatchExactly), "what cannot be done is not offered"
    QTest.keyClicks(palette.words, "replace bri")
    assert palette.list.count() == 1
    QTest.keyClick(palette.words, Key.Key_Return)
    user.return_to_window()
    assert user.window.find_bar.replacement.isVisible()


def test_words_are_found_and_replaced_by_keys(user: User) -> None:
    session = Session(full_briefing())
    user.window.documents.take(session)
    user.act("replace")
    bar = user.window.find_bar
    QTest.keyClicks(bar.words, "velsk")
    QTest.keyClick(bar.words, Key.Key_Return)
    QTest.keyClick(bar.words, Key.Key_Return, Modifier.ShiftModifier)
    QTest.keyClicks(bar.replacement, "Wolsk")
    bar.match_case.click()
    bar.replace_all()
    texts = [inline_text(inlines_of(node)) for node in session.briefing.walk()]
    assert not any("velsk" in text for text in texts)
    assert any("Velsk" in text for text in texts)
    bar.match_case.click()
    bar.replace_all()
    texts = [inline_text(inlines_of(node)) for node in session.briefing.walk()]
    assert any("Wolsk reopened" in text for text in texts)
    assert session.briefing.excerpts == full_briefing().excerpts
    bar.regular.click()
    bar.words.setText("(")
    bar.next()
    QTest.keyClick(bar.words, Key.Key_Escape)
    assert not bar.isVisible()
    assert user.window.composer.is_being_written_in
    user.act("undo")
    assert session.briefing.sections == full_briefing().sections
