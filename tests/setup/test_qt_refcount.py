"""The locked Qt does not wear out `None` (PySide6 6.12.0 on Python 3.11 does, and aborts while typing)."""

import sys

import pytest
from pytestqt.qtbot import QtBot

CALLS = 1_000
NOISE = 100  # references that other objects take or drop meanwhile


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_calls_that_return_none_keep_its_references(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QPlainTextEdit

    editor = QPlainTextEdit()
    qtbot.addWidget(editor)
    editor.setReadOnly(False)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        editor.setReadOnly(False)
    assert abs(sys.getrefcount(None) - before) < NOISE
