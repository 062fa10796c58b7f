"""A composer on the made-up briefing, with the app's own fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_app.app.session import Session
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.fonts import load_fonts
from briefing_app.model.block import Block
from briefing_app.model.briefing import Briefing
from tests import samples
from tests.desktop.composer.page import Page


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    qapp.setFont(load_fonts())


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What a test copied must be gone before Python is: the offscreen clipboard outlives it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def open_page(qtbot: QtBot, _fonts: None) -> Callable[..., Page]:
    """Open a briefing, or a small one with the given blocks."""

    def opened(*content: Briefing | Block, **changes: object) -> Page:
        first = content[0] if content else None
        briefing = first if isinstance(first, Briefing) else samples.briefing_of(*content, **changes)  # type: ignore[arg-type]
        composer = Composer()
        qtbot.addWidget(composer)
        composer.resize(800, 900)
        composer.show()
        session = Session(briefing)
        composer.set_session(session)
        composer.activateWindow()
        QApplication.processEvents()
        return Page(composer, session)

    return opened


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The briefing that has everything."""
    return open_page(samples.full_briefing())
