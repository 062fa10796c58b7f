"""The whole application, offscreen, with a library of its own, driven by real events."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing_app.desktop.desk import Desk
from briefing_app.desktop.start import after_show, open_desk
from briefing_app.desktop.window import MainWindow
from briefing_app.model.reading import Fields

PATIENCE = 30_000  # milliseconds that a test waits for what happens beside the window


class User:
    """What an analyst does with the window: keys, clicks, dialogs. It waits for what must appear."""

    def __init__(self, bot: QtBot, desk: Desk, window: MainWindow) -> None:
        self.bot = bot
        self.desk = desk
        self.window = window

    def wait(self, condition: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def dialog(self, kind: type[QDialog] = QDialog) -> Any:
        """The dialog of this kind that is open, as soon as it is."""
        found: list[QDialog] = []

        def look() -> bool:
            found[:] = [one for one in self.window.findChildren(kind) if one.isVisible()]
            return bool(found)

        self.wait(look)
        return found[-1]

    def dialog_like(self, kind: type[QWidget]) -> Any:
        """The part of the window of this kind that floats over it, as soon as it does."""
        found: list[QWidget] = []

        def look() -> bool:
            found[:] = [one for one in self.window.findChildren(kind) if one.isVisible()]
            return bool(found)

        self.wait(look)
        return found[-1]

    def press(self, dialog: QWidget, words: str) -> None:
        """Click the button with these words."""
        button = next(one for one in dialog.findChildren(QPushButton) if one.text() == words and one.isVisible())
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.return_to_window()

    def return_to_window(self) -> None:
        """Activate the window again once no dialog is open, as a window manager does."""
        if self.window in self.desk.windows and not any(one.isVisible() for one in self.window.findChildren(QDialog)):
            self.window.activateWindow()
            self.wait(self.window.isActiveWindow)

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog that is open and accept it."""
        chooser = self.dialog(QFileDialog)
        field = chooser.findChild(QLineEdit, "fileNameEdit")
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait(lambda: not _alive(chooser))
        self.return_to_window()

    def answer(self, words: str) -> None:
        """Click a button of the question that is open."""
        box = self.dialog(QMessageBox)
        button = next(one for one in box.buttons() if one.text().replace("&", "") == words)
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def act(self, name: str) -> None:
        """Trigger an action, as its menu entry, its button or its keys do."""
        action = self.window.actions_[name]
        assert action.isEnabled(), f"{name} is not offered"
        action.trigger()

    def new_briefing(self, title: str, form: str = "Narrative brief") -> None:
        self.act("new")
        dialog = self.dialog()
        QTest.keyClicks(dialog.title, title)
        dialog.list.setCurrentItem(dialog.list.findItems(form, Qt.MatchFlag.MatchExactly)[0])
        self.press(dialog, "Create")
        self.wait(lambda: self.window.documents.session is not None)

    def search(self, words: str, *, found: int | None = None) -> None:
        """Type into the search field and wait until what is found stands in the list."""
        model = self.window.library.model
        shown: list[object] = []
        model.modelReset.connect(lambda: shown.append(None))
        self.window.library.search.clear()
        if words.isascii():
            QTest.keyClicks(self.window.library.search, words)
        else:  # as an input method does; QTest's keys know Latin letters only
            self.window.library.search.insert(words)
        self.wait(lambda: shown and not self.window.library.is_searching)
        if found is not None:
            assert model.rowCount() == found

    def open_row(self, row: int) -> None:
        """Choose a source of the list and wait until the reader shows it."""
        library, reader = self.window.library, self.window.reader
        self.wait(lambda: library.model.card(row) is not None)
        card = library.model.card(row)
        assert card is not None
        library.list.setCurrentIndex(library.model.index(row, 0))
        self.wait(lambda: reader.source_id == card.source_id and reader.view.is_whole)

    def select(self, words: str) -> None:
        """Select words in the reader."""
        view = self.window.reader.view
        before = view.toPlainText().partition(words)[0]
        units = [len(text.encode("utf-16-le")) // 2 for text in (before, before + words)]
        cursor = view.textCursor()
        cursor.setPosition(units[0])
        cursor.setPosition(units[1], cursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)


def _alive(dialog: QDialog) -> bool:
    try:
        return dialog.isVisible()
    except RuntimeError:  # deleted already
        return False


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def desk(qapp: QApplication, library_folder: Path) -> Iterator[Desk]:
    """The application without a window."""
    made = open_desk(library_folder)
    undo = made.catch_faults()
    undo()  # pytest-qt reports what is raised in event handlers itself
    yield made
    for window in list(made.windows):
        if window.documents.session is not None:
            window.documents.release()
        window.close()
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


@pytest.fixture
def user(qtbot: QtBot, desk: Desk) -> User:
    """An analyst before a window on an empty library."""
    window = desk.open_window()
    window.resize(1480, 920)
    after_show(desk, [])
    window.activateWindow()
    made = User(qtbot, desk, window)
    made.wait(window.isActiveWindow)
    made.wait(lambda: desk.library.is_open)
    return made


@pytest.fixture
def add_source(user: User) -> Callable[..., str]:
    """Put a text into the library and give its source's id."""

    def add(text: str, **fields: Any) -> str:
        added: list[str] = []
        user.desk.library.change(
            lambda library: library.add_text(text, Fields(**fields)).id, added.append, user.window.report
        )
        user.wait(lambda: added)
        return added[0]

    return add
