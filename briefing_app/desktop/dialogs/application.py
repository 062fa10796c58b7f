"""Dialogs about the application itself: preferences, about, recovery of unsaved work, closing with unsaved work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app import __version__
from briefing_app.app.preferences import Preferences
from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.dialogs.folder_list import FolderList
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

Answer = Literal["save", "discard", "cancel"]


class PreferencesDialog(FormDialog):
    """Asks for the look, the library's folder, and what new briefings carry."""

    def __init__(
        self, parent: QWidget | None, preferences: Preferences, library: Path, watched: Sequence[Path] | None = None
    ) -> None:
        """``watched`` are the folders whose new files appear in the library; None where that cannot be changed."""
        super().__init__(parent, "Preferences", "Save", width=560)
        self._preferences = preferences
        looks = [("As the system has it", "system"), ("Light", "light"), ("Dark", "dark")]
        self.theme = self.add_choice("Appearance", looks, preferences.theme)
        self.library = QLineEdit(str(library))
        self.library.setAccessibleName("Library")
        choose = QPushButton("Choose…", autoDefault=False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.library, 1)
        row.addWidget(choose)
        self.add_row("Library", row)
        self.watched = FolderList(watched or ())
        self.watched.setEnabled(watched is not None)
        self.add_row("Watched folders", self.watched)
        self.author = self.add_line("Author", preferences.author, "for new briefings and translations")
        self.organisation = self.add_line("Organisation", preferences.organisation, "for new briefings")

    def folder(self) -> Path:
        return Path(self.library.text().strip()).expanduser().absolute()

    def check(self) -> str:
        if not self.library.text().strip():
            return "Choose the folder of the library."
        folder = self.folder()
        return f"{folder} is a file. Choose a folder for the library." if folder.is_file() else ""

    def _choose(self) -> None:
        chooser = QFileDialog(self, "Choose the library’s folder", self.library.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(self.library.setText)
        chooser.open()


class AboutDialog(QDialog):
    """Says what the application is, its version, and whose work is in it."""

    def __init__(self, parent: QWidget | None, icons: Icons) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Briefing Composer")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("app", 64, "accent", self.devicePixelRatioF()))
        text = (
            "From saved articles to a briefing in which every sentence can be traced to the passage it rests on."
            "\n\nIt works offline: nothing that you write or read leaves this machine."
            "\n\nMIT licence. Icons: Lucide (ISC). Fonts: Inter and Noto (SIL Open Font License)."
        )
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(picture)
        layout.addWidget(label("Briefing Composer", bold=True, size=18))
        layout.addWidget(label(f"Version {__version__}", muted=True))
        layout.addSpacing(GRID)
        words = label(text, wrap=True)
        words.setFixedWidth(400)  # a wrapped label's height is right only for a width that is fixed
        layout.addWidget(words)
        layout.addSpacing(GRID)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


class RecoveryDialog(QDialog):
    """Lists work that was not saved when the application ended, to restore or to discard, one by one or all."""

    def __init__(
        self,
        parent: QWidget | None,
        unsaved: Sequence[Any],
        restore: Callable[[Any], bool],
        discard: Callable[[Any], None],
        icons: Icons,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unsaved work")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(600, 400)
        self._restore, self._discard = restore, discard
        self.list = QListWidget()
        self.list.setProperty("boxed", True)
        self.list.setAccessibleName("Unsaved work")
        for one in unsaved:
            item = QListWidgetItem(icons.icon("history", "muted"), _unsaved_in_words(one), self.list)
            item.setData(256, one)
            item.setSizeHint(QSize(0, 58 if not one.problem else 78))
        self.list.setCurrentRow(0)
        self.restore_button, self.discard_button = QPushButton("Restore"), QPushButton("Discard")
        self.later_button = QPushButton("Decide later")
        self.restore_button.setDefault(True)
        self.restore_button.clicked.connect(lambda: self._act(restoring=True))
        self.discard_button.clicked.connect(lambda: self._act(restoring=False))
        self.later_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.later_button)
        buttons.addStretch(1)
        buttons.addWidget(self.discard_button)
        buttons.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(label("The application ended with unsaved work", bold=True, size=15))
        layout.addWidget(label("Nothing of it is lost. Restore it to go on where it stood.", muted=True, wrap=True))
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def _act(self, *, restoring: bool) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        one = item.data(256)
        if restoring:
            if not self._restore(one):
                return
        else:
            self._discard(one)
        self.list.takeItem(self.list.row(item))
        if self.list.count() == 0:
            self.accept()


def _unsaved_in_words(one: Any) -> str:
    changed = QLocale().toString(one.changed_at.astimezone(), QLocale.FormatType.ShortFormat)
    steps = "1 change" if one.edits == 1 else f"{one.edits:,} changes"
    place = str(one.path) if one.path else "never saved"
    return "\n".join(
        part
        for part in (f"\u2068{one.title or 'Untitled'}\u2069", f"{changed} · {steps} · {place}", one.problem)
        if part
    )


def ask_to_save(parent: QWidget, title: str, answered: Callable[[Answer], object]) -> QMessageBox:
    """Ask what becomes of unsaved work before a briefing is closed."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Unsaved changes")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Save the changes to “{title}”?")
    box.setInformativeText("They are lost if you do not save them.")
    save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton("Don’t save", QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(cancel)

    def finished() -> None:
        clicked = box.clickedButton()
        answered("save" if clicked is save else "discard" if clicked is discard else "cancel")

    box.finished.connect(lambda: finished())
    box.open()
    return box


def tell_fault(parent: QWidget | None, log: Path, kept: str, closed: Callable[[], object]) -> None:
    """The one plain dialog for a fault of the program itself."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Briefing Composer")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("Something went wrong that is a fault of the program, not yours.")
    box.setInformativeText(f"{kept}\n\nDetails are in {log}.")
    box.finished.connect(lambda: closed())
    box.open()
