"""What all dialogs have in common: a form, a place for what is wrong, and two buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label
from briefing_app.errors import BriefingError


class FormDialog(QDialog):
    """A dialog that asks for some values. It stays open while they cannot be taken, and says why.

    It is opened with ``open`` and does not stop the event loop; ``accepted`` follows when the values are good.
    """

    def __init__(self, parent: QWidget | None, title: str, accept: str, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setHorizontalSpacing(2 * GRID)
        self.form.setVerticalSpacing(GRID)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.problem = label(wrap=True)
        self.problem.setProperty("danger", True)
        self.problem.hide()
        self.accept_button = QPushButton(accept)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.try_accept)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(GRID)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.accept_button)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        self.body.setSpacing(2 * GRID)
        self.body.addLayout(self.form)
        self.body.addWidget(self.problem)
        self.body.addLayout(self.buttons)

    def check(self) -> str:
        """What is wrong with the values, as a sentence for the analyst; empty where nothing is."""
        return ""

    def try_accept(self) -> None:
        """Accept where the values are good."""
        if problem := self.check():
            self.say(problem)
        else:
            self.accept()

    def say(self, problem: str | BriefingError) -> None:
        """Show what is wrong."""
        self.problem.setText(str(problem))
        self.problem.show()

    def add_line(self, name: str, value: str = "", hint: str = "") -> QLineEdit:
        """A field of one line."""
        field = QLineEdit(value)
        field.setCursorPosition(0)
        field.setPlaceholderText(hint)
        self.add_row(name, field)
        return field

    def add_text(self, name: str, value: str = "", *, lines: int = 4) -> QPlainTextEdit:
        """A field of several lines, in which Tab goes on to the next field."""
        field = QPlainTextEdit(value)
        field.setTabChangesFocus(True)
        field.setMinimumHeight(lines * 22 + 14)
        self.add_row(name, field)
        return field

    def add_choice(self, name: str, choices: Sequence[tuple[str, str]], value: str = "") -> QComboBox:
        """A choice among ``(shown, value)``."""
        field = QComboBox()
        for shown, meant in choices:
            field.addItem(shown, meant)
        field.setCurrentIndex(max(0, field.findData(value)))
        self.add_row(name, field)
        return field

    def add_row(self, name: str, field: QWidget | QLayout) -> None:
        caption = label(name, muted=True)
        caption.setMinimumWidth(104)
        if isinstance(field, QWidget):
            field.setAccessibleName(name)
            caption.setBuddy(field)
        self.form.addRow(caption, field)

    def add_note(self, text: str) -> None:
        """A sentence of explanation under the fields."""
        self.body.insertWidget(self.body.count() - 2, label(text, muted=True, wrap=True))


def show_dialog(dialog: FormDialog, accepted: Callable[[], object]) -> None:
    """Open a dialog over its window and call ``accepted`` when its values were taken."""
    dialog.accepted.connect(accepted)
    dialog.open()
