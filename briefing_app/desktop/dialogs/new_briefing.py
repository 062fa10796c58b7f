"""Starting a briefing: which form, which title, and a draft to begin from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.fonts import sized
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label
from briefing_app.model.template import Template

_DRAFTS = "Drafts (*.txt *.md *.markdown *.docx);;All files (*)"
_HOUSE_FORM = "narrative"  # chosen to begin with
_TEMPLATE = Qt.ItemDataRole.UserRole


class NewBriefingDialog(FormDialog):
    """Asks for the template, the title and, if there is one, the draft. It makes no briefing."""

    def __init__(self, parent: QWidget | None, templates: Sequence[Template], problems: Sequence[str] = ()) -> None:
        super().__init__(parent, "New briefing", "Create", width=640)
        self.title = self.add_line("Title", hint="What the briefing is about")
        self.list = QListWidget()
        self.list.setProperty("boxed", True)
        self.list.setAccessibleName("Form of briefing")
        self.list.setFixedWidth(208)
        for template in templates:
            item = QListWidgetItem(template.name, self.list)
            item.setData(_TEMPLATE, template)
            item.setSizeHint(QSize(0, 36))
        self._name: QLabel = label(bold=True, size=15)
        self._about: QLabel = label(wrap=True)
        self._sections: QLabel = label(muted=True, wrap=True)
        about = QVBoxLayout()
        about.setSpacing(GRID)
        for part in (self._name, self._about, self._sections):
            about.addWidget(part)
        about.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(2 * GRID)
        both.addWidget(self.list)
        both.addLayout(about, 1)
        self.add_row("Form", both)
        draft = QHBoxLayout()
        draft.setSpacing(GRID)
        self._draft = QLineEdit()
        self._draft.setPlaceholderText("Optional: a text, Markdown or Word file to lay into the form")
        self._draft.setAccessibleName("Draft")
        choose = QPushButton("Choose…", autoDefault=False)
        choose.clicked.connect(self._choose_draft)
        draft.addWidget(self._draft, 1)
        draft.addWidget(choose)
        self.add_row("From a draft", draft)
        if problems:
            self.say("\n".join(problems))
        self.list.currentItemChanged.connect(lambda: self._describe())
        house = next((row for row, template in enumerate(templates) if template.id == _HOUSE_FORM), 0)
        self.list.setCurrentRow(house)
        self.title.setFocus()

    @property
    def template(self) -> Template | None:
        item: QListWidgetItem | None = self.list.currentItem()
        template: Template | None = item.data(_TEMPLATE) if item is not None else None
        return template

    @property
    def draft_path(self) -> Path | None:
        text = self._draft.text().strip()
        return Path(text).expanduser() if text else None

    def set_draft(self, path: Path) -> None:
        self._draft.setText(str(path))

    def check(self) -> str:
        if self.template is None:
            return "Choose the form of briefing."
        if not self.title.text().strip():
            return "Give the briefing a title; it can be changed later."
        draft = self.draft_path
        if draft is not None and not draft.is_file():
            return f"There is no file {draft}. Choose the draft again, or leave the field empty."
        return ""

    def _describe(self) -> None:
        template = self.template
        if template is None:
            return
        self._name.setText(template.name)
        self._about.setText(template.description)
        names = [section.heading for section in template.sections]
        self._sections.setText("Sections: " + " · ".join(names) if names else "")
        self._name.setFont(sized(15, bold=True))

    def _choose_draft(self) -> None:
        chooser = QFileDialog(self, "Choose a draft", "", _DRAFTS)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self._draft.setText(name))
        chooser.open()
