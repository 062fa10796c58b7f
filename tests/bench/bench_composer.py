"""How long a briefing holds the window up when it is opened, and a keystroke, in small and in large ones.

Prints milliseconds.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing_app.app.session import Session
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.fonts import load_fonts
from briefing_app.model.block import Paragraph, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Citation, Text
from tests import samples
from tests.desktop.composer.page import CTRL, Key, Page

_WORDS = "The port authority of Velsk closed both berths and insurers raised their rates within a day ".split()


def _briefing(sections: int, words: int) -> Briefing:
    made = []
    for number in range(sections):
        paragraphs = []
        for index in range(max(1, words // 50)):
            text = " ".join(_WORDS[(index + step) % len(_WORDS)] for step in range(50))
            content = (Text(text), Citation(f"c{number}-{index}", "e-rates"), Text("."))
            paragraphs.append(Paragraph(f"p{number}-{index}", content))
        made.append(Section(f"s{number}", (Text(f"Section {number}"),), tuple(paragraphs)))
    return samples.full_briefing(sections=tuple(made))


def _timed(step: Callable[[], object], times: int) -> tuple[float, float]:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        step()
        QApplication.processEvents()
        spent.append(1000 * (time.perf_counter() - started))
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def bench_keystrokes(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setFont(load_fonts())
    print()
    for sections, words in ((1, 1_000), (20, 1_000), (100, 1_000), (1, 20_000)):
        composer = Composer()
        qtbot.addWidget(composer)
        composer.resize(820, 900)
        composer.show()
        session = Session(_briefing(sections, words))
        started = time.perf_counter()
        composer.set_session(session)
        QApplication.processEvents()
        opened, longest = 1000 * (time.perf_counter() - started), 0.0
        while not composer.is_whole:
            time.sleep(0.001)
            longest = max(longest, _timed(lambda: None, 1)[0])
        whole = 1000 * (time.perf_counter() - started)
        page = Page(composer, session)
        page.go(f"p{sections // 2}-{words // 100}", 20)
        shown = ", ".join(f"{name} {median:.1f}/{worst:.1f}" for name, (median, worst) in _keys(page).items())
        print(f"{sections} x {words} words: open {opened:.0f} ms", end=", ")
        print(f"whole {whole:.0f} ms, longest {longest:.0f} ms; p50/p95: {shown}")
        composer.close()


def _keys(page: Page) -> dict[str, tuple[float, float]]:
    return {
        "type": _timed(lambda: page.type("a"), 150),
        "enter": _timed(lambda: page.key(Key.Key_Return), 30),
        "backspace": _timed(lambda: page.key(Key.Key_Backspace), 30),
        "undo": _timed(lambda: page.key(Key.Key_Z, modifiers=CTRL), 40),
    }
