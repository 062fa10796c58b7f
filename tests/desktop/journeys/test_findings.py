"""What the checks find is counted in the status line, listed, and reached by keys, while one writes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefing_app.app.session import Session
from briefing_app.desktop.composer.callout import Callout
from briefing_app.desktop.popover import Popover
from briefing_app.model.block import Picture
from tests.desktop.conftest import User
from tests.samples import briefing_of, paragraph

Key = Qt.Key


def test_findings_are_counted_listed_and_reached(user: User) -> None:
    window = user.window
    briefing = briefing_of(paragraph("p", "Velsk"), Picture("x", "0" * 64), paragraph("q", "Later"))
    session = Session(replace(briefing, template=replace(briefing.template, sections=())))
    window.documents.take(session)
    user.wait(lambda: window.status.findings.text() == "1 warning")
    window.composer.go_to("q", 2)
    QTest.keyClick(window.composer.focusProxy(), Key.Key_F8)
    callout = window.composer.findChild(Callout)
    user.wait(callout.isVisible)
    assert "no alternative text" in callout.words.text()
    user.bot.mouseClick(window.status.findings, Qt.MouseButton.LeftButton)
    popover = window.findChild(Popover)
    assert popover.list.count() == 2
    QTest.keyClick(popover.list, Key.Key_Return)
    user.wait(callout.isVisible)
    window.composer.set_picture_alt("x", "The harbour")
    user.wait(lambda: window.status.findings.text() == "No findings")
    user.act("next_finding")
    assert not callout.isVisible()
    assert window.messages.isVisible()
