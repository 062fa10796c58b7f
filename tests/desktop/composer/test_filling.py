"""A long briefing is opened without holding the window up: what is in sight comes first, the rest in slices."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_app.app.history import Caret
from briefing_app.app.session import Session
from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.composer.theme import DARK
from briefing_app.model.block import Paragraph, Section
from briefing_app.model.edit import Insert, Move, Remove, SetText
from briefing_app.model.inline import Text
from tests import samples
from tests.desktop.composer.page import CTRL, Key, Page

SECTIONS = 60


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    """A long briefing, a moment after it was opened: no event was handled yet."""
    sections = tuple(
        Section(
            f"s{number}",
            (Text(f"Section {number}"),),
            tuple(Paragraph(f"p{number}-{index}", (Text(f"Place {number} " + "word " * 60),)) for index in range(3)),
        )
        for number in range(SECTIONS)
    )
    composer = Composer()
    qtbot.addWidget(composer)
    composer.resize(800, 900)
    composer.show()
    composer.activateWindow()
    QApplication.processEvents()
    session = Session(samples.full_briefing(sections=sections))
    composer.set_session(session)
    made = Page(composer, session)
    assert 0 < len(_made(made)) < 10
    return made


def _finish(page: Page, qtbot: QtBot) -> None:
    """Wait until every section is there, and look whether all is as the briefing says."""
    qtbot.waitUntil(lambda: page.composer.is_whole, timeout=20_000)
    order = [section.id for section, _ in page.briefing.all_sections()]
    tops = {card.section_id: card.mapTo(page.composer, card.rect().topLeft()).y() for card in _made(page)}
    assert sorted(tops, key=lambda id: tops[id]) == order, "cards stand in the order of the sections"
    page.assert_true_view()


def _made(page: Page) -> list[SectionCard]:
    return page.composer.findChildren(SectionCard)


def _caret_height(page: Page) -> int:
    view = page.editor(page.composer.current_section_id())
    return view.mapTo(page.composer, view.cursorRect().topLeft()).y()


def test_the_rest_follows_by_itself(page: Page, qtbot: QtBot) -> None:
    page.go("s0")
    page.type("at once ")
    _finish(page, qtbot)
    assert page.words("p0-0").startswith("at once Place 0")
    assert _caret_height(page) < 300, "nothing moved under the caret"


def test_a_place_far_below_is_reached_and_stays_in_sight(page: Page, qtbot: QtBot) -> None:
    page.go("p40-1", 3)
    assert page.composer.caret() == Caret("p40-1", 3)
    assert len(_made(page)) < SECTIONS, "not all had to be made for it"
    before = _caret_height(page)
    assert 0 <= before <= 900
    page.type("!")
    _finish(page, qtbot)
    assert page.words("p40-1").startswith("Pla!ce 40")
    assert abs(_caret_height(page) - before) <= 2, "nothing jumps while cards are made above"


def test_words_far_below_are_found(page: Page, qtbot: QtBot) -> None:
    page.go("s0")
    found = page.find("Place 57")
    assert found is not None
    assert (found.number, found.total) == (1, 3)
    assert page.composer.current_section_id() == "s57"
    _finish(page, qtbot)


def test_the_end_and_the_neighbours_are_reached_by_keys(page: Page, qtbot: QtBot) -> None:
    page.go("s0")
    page.key(Key.Key_End, modifiers=CTRL)
    assert page.composer.current_section_id() == f"s{SECTIONS - 1}"
    page.go(f"p{SECTIONS - 1}-0", 0)
    page.key(Key.Key_Left)
    page.key(Key.Key_Home)
    page.key(Key.Key_Left)
    assert page.composer.current_section_id() == f"s{SECTIONS - 2}"
    page.key(Key.Key_Home, modifiers=CTRL)
    assert page.composer.caret() == Caret("s0", 0)
    _finish(page, qtbot)


def test_edits_of_what_is_not_made_yet_are_there_at_the_end(page: Page, qtbot: QtBot) -> None:
    words = "new words"
    page.session.do(SetText("p50-0", (Text(words),)), "Change")
    page.session.do(Move("s55", page.briefing.id, 1), "Move section")
    page.session.do(Remove("s30"), "Delete section")
    page.session.do(Insert(page.briefing.id, 20, Section("new", (Text("New"),), ())), "Add section")
    assert page.session.undo_label == "Add section"
    page.session.undo()
    page.session.redo()
    page.composer.set_theme(DARK)
    _finish(page, qtbot)
    assert page.words("p50-0") == words


def test_another_briefing_takes_its_place_meanwhile(page: Page, qtbot: QtBot) -> None:
    page.session = Session(samples.full_briefing())
    page.composer.set_session(page.session)
    _finish(page, qtbot)
    page.composer.set_session(None)
    assert page.composer.is_whole
    assert _made(page) == []
