"""Dialogs about the library: names of collections, the grade of an outlet, taking sources out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.model.grading import Reliability

GRADES = (("Not graded", ""), *((f"{one.value}  {one.wording}", one.value) for one in Reliability))


class NameDialog(FormDialog):
    """Asks for the name of a collection or a saved search, and with ``query`` for what that looks for."""

    def __init__(
        self, parent: QWidget | None, title: str, accept: str, name: str = "", query: str | None = None
    ) -> None:
        super().__init__(parent, title, accept)
        self.name = self.add_line("Name", name, "such as Baltic ports")
        self.query = self.add_line("Search", query) if query is not None else None
        if self.query is not None:
            self.add_note("It always has what this search finds, now and later.")
        self.name.selectAll()
        self.name.setFocus()

    def check(self) -> str:
        if not self.name.text().strip():
            return "Give it a name."
        return "" if self.query is None or self.query.text().strip() else "Write what it looks for."


class OutletGradeDialog(FormDialog):
    """Asks how reliable an outlet is taken to be: its sources inherit that where they have no grade of their own."""

    def __init__(self, parent: QWidget | None, outlet: str, reliability: str, descriptor: str, count: int) -> None:
        super().__init__(parent, f"Grade {outlet}", "Save", width=520)
        self.reliability = self.add_choice("Reliability", GRADES, reliability)
        self.descriptor = self.add_text("Descriptor", descriptor, lines=3)
        self.descriptor.setFixedHeight(self.descriptor.minimumHeight())
        self.descriptor.setPlaceholderText("What affects its quality: access, motivation, possible bias")
        now = "1 source" if count == 1 else f"{count:,} sources"
        self.add_note(f"Its sources ({now} now), and those to come, have this grade where they have none of their own.")


def ask_to_remove(parent: QWidget, what: str, more: str, words: str, do: Callable[[], object]) -> QMessageBox:
    """Ask before something is taken out of the library for good; ``words`` stand on the button."""
    box = QMessageBox(parent)
    box.setWindowTitle("Remove")
    box.setText(what)
    box.setInformativeText(more)
    remove = box.addButton(words, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.finished.connect(lambda: do() if box.clickedButton() is remove else None)
    box.finished.connect(box.deleteLater)
    box.open()
    return box
