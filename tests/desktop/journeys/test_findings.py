"""What the checks find is counted in the status line, listed, and reached by keys, while one writes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefing_app.app.session import Session
from briefing_app.desktop.composer.callout import Callout
from briefing_app.desktop.outline.item_painter import WORDS_ROLE
from briefing_app.desktop.outline.tree import all_items
from briefing_app.desktop.popover import Popover
from briefing_app.model.block import Picture, Section
from briefing_app.model.inline import Text
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


def test_a_long_briefing_is_counted_to_its_end_while_it_is_open(user: User) -> None:
    window = user.window
    sections = tuple(
        Section(f"s{number}", (Text(f"Part {number}"),), (paragraph(f"p{number}", "word " * 300),))
        for number in range(80)
    )
    session = Session(replace(briefing_of(), sections=sections))
    window.documents.take(session)
    user.wait(lambda: "24,000 words" in window.status.state.text())
    window.composer.go_to("p79", 0)
    QTest.keyClicks(window.composer.focusProxy(), "one ")
    user.wait(lambda: "24,001 words" in window.status.state.text())
    items = all_items(window.outline.tree.invisibleRootItem())
    user.wait(lambda: [item.data(0, WORDS_ROLE) for item in items] == [300] * 79 + [301])
