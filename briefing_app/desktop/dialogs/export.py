"""Exporting: format, marking and date; what to look at before; then the progress, and the finished file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QWidget,
)

from briefing_app.app.export_options import options_from_data, options_to_data
from briefing_app.desktop.background import Lane, Ticket
from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.desktop.dialogs.export_form import ExportForm
from briefing_app.desktop.dialogs.properties import marking_choices
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label
from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.exporting import ExportOrder
    from briefing_app.app.last_exports import LastExport

_FORMATS = {
    "docx": ("Word", "Word documents"),
    "pdf": ("PDF", "PDF files"),
    "html": ("HTML", "Web pages"),
    "md": ("Markdown", "Markdown files"),
    "txt": ("Text", "Plain text files"),
}
Findings = Sequence[dict[str, str]]
StartExport = Callable[[Briefing, Path, "ExportOrder"], Generator[int, None, Any]]


class ExportDialog(FormDialog):
    """Leads one export from its choices to the finished file. The work itself is done beside the window."""

    finding_chosen = Signal(str)
    exported = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        briefing: Briefing,
        suggested: Path,
        lane: Lane,
        start: StartExport,
        icons: Icons,
        last: LastExport | None = None,
    ) -> None:
        super().__init__(parent, "Export", "Export", width=600)
        self._briefing = briefing
        self._lane = lane
        self._start = start
        self._icons = icons
        self._ticket: Ticket | None = None
        self._errors = 0
        self._done: Any = None
        self._add_format()
        self._add_target(suggested)
        self.form_of_export = ExportForm()
        self.form_of_export.problem_found.connect(self.say)
        self.form_of_export.fill(options_to_data(last.order.form) if last else {}, last.profile if last else "")
        self.add_row("Form", self.form_of_export)
        marking = briefing.meta.marking if last is None or last.order.marking is None else last.order.marking
        self.marking = self.add_choice("Marking", marking_choices("No marking"), marking)
        self._add_date()
        self.findings = QListWidget()
        self.findings.setProperty("boxed", True)
        self.findings.setAccessibleName("What to look at before it goes out")
        self.findings.setWordWrap(True)
        self.findings.setMinimumHeight(112)
        self.findings.itemActivated.connect(self._go_to)
        self.findings.itemClicked.connect(self._go_to)
        self._state = label("Checking the briefing…", muted=True, wrap=True)
        self.in_spite = QCheckBox("Export as a draft in spite of the open errors")
        self.in_spite.hide()
        self.in_spite.toggled.connect(lambda: self._enable())
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.hide()
        for number, part in enumerate((self._state, self.findings, self.in_spite, self.progress)):
            self.body.insertWidget(1 + number, part)
        self.open_folder = QPushButton("Open folder", autoDefault=False)
        self.open_folder.clicked.connect(self._open_folder)
        self.open_folder.hide()
        self.buttons.insertWidget(1, self.open_folder)
        self.findings.hide()
        self.accept_button.setEnabled(False)
        self._check_briefing()

    # --- the choices

    def _add_format(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        self.formats = {ending: QRadioButton(shown) for ending, (shown, _) in _FORMATS.items()}
        self.docx, self.pdf = self.formats["docx"], self.formats["pdf"]
        for button in self.formats.values():
            group.addButton(button)
            button.toggled.connect(lambda on: self._set_ending() if on else None)
            row.addWidget(button)
        row.addStretch(1)
        self.add_row("Format", row)

    def _add_target(self, suggested: Path) -> None:
        self.target = QLineEdit(str(suggested))
        self.target.setAccessibleName("File")
        choose = QPushButton("Choose…", autoDefault=False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.target, 1)
        row.addWidget(choose)
        self.add_row("File", row)
        self.formats.get(suggested.suffix.lower().lstrip("."), self.docx).setChecked(True)

    def _add_date(self) -> None:
        self.date = QDateEdit(QDate.currentDate())
        self.date.setDisplayFormat("d MMMM yyyy")
        self.date.setCalendarPopup(True)
        self._today = self.date.date()
        self.add_row("Date", self.date)

    def _set_ending(self) -> None:
        path = Path(self.target.text())
        if path.name:
            self.target.setText(str(path.with_suffix(f".{self._ending()}")))

    def _ending(self) -> str:
        """The ending of the format chosen, without its dot."""
        return next((ending for ending, button in self.formats.items() if button.isChecked()), "docx")

    def _choose(self) -> None:
        ending = self._ending()
        kind = f"{_FORMATS[ending][1]} (*.{ending})"
        chooser = QFileDialog(self, "Export to", self.target.text(), kind)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(ending)
        chooser.fileSelected.connect(self.target.setText)
        chooser.open()

    # --- the findings

    def _check_briefing(self) -> None:
        briefing = self._briefing

        def work() -> Findings:
            from briefing_app.app.checking import check_briefing

            return check_briefing(briefing)

        self._checking = self._lane.run(work, self._show_findings)

    def _show_findings(self, findings: Findings) -> None:
        self._errors = sum(one["severity"] == "error" for one in findings)
        for one in findings:
            item = QListWidgetItem(one["message"], self.findings)
            item.setIcon(
                self._icons.icon("circle-alert", "danger")
                if one["severity"] == "error"
                else self._icons.icon("triangle-alert", "warning")
            )
            item.setData(256, one["node_id"])
        self.findings.setVisible(bool(findings))
        self.in_spite.setVisible(bool(self._errors))
        self._state.setText(_in_words(len(findings), self._errors))
        self.adjustSize()
        self._enable()
        self.accept_button.setFocus()

    def _enable(self) -> None:
        self.accept_button.setEnabled(self._ticket is None and (not self._errors or self.in_spite.isChecked()))

    def _go_to(self, item: QListWidgetItem) -> None:
        if node_id := item.data(256):
            self.finding_chosen.emit(node_id)

    # --- the work

    def check(self) -> str:
        target = self.path()
        ending = f".{self._ending()}"
        if not target.name:
            return "Choose the file to export to."
        if target.suffix.lower() != ending:
            return f"End the file’s name in {ending}, or choose the other format."
        return "" if target.parent.is_dir() else f"There is no folder {target.parent}. Choose another."

    def path(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def options(self) -> ExportOrder:
        from briefing_app.app.dates import parse_date
        from briefing_app.app.exporting import ExportOrder

        chosen = str(self.marking.currentData())
        date = self.date.date()
        return ExportOrder(
            date="" if date == self._today else parse_date(f"{date.year():04}-{date.month():02}-{date.day():02}"),
            marking=None if chosen == self._briefing.meta.marking else chosen,
            force=self.in_spite.isChecked(),
            form=options_from_data(self.form_of_export.data),
        )

    def try_accept(self) -> None:
        if self._done is not None:
            self.accept()
            return
        if problem := self.check():
            self.say(problem)
            return
        self.problem.hide()
        briefing, target, options = self._briefing, self.path(), self.options()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._state.setText("Laying out…")
        self._ticket = self._lane.follow(
            lambda: self._start(briefing, target, options), self._advance, self._finished, self._failed
        )
        self._enable()

    def _advance(self, page: int) -> None:
        self._state.setText(f"Page {page}…")

    def _finished(self, exported: Any) -> None:
        self._ticket, self._done = None, exported
        self.progress.hide()
        self.in_spite.hide()
        pages = f", {exported.pages} page{'s' if exported.pages != 1 else ''}" if exported.pages else ""
        self._state.setText(f"Exported: {exported.path.name}{pages}.\nSHA-256 {exported.sha256}")
        self._show_told(exported.findings)
        self.accept_button.setText("Close")
        self.accept_button.setEnabled(True)
        self.cancel_button.hide()
        self.open_folder.show()
        self.exported.emit(exported)

    def _show_told(self, findings: Sequence[Any]) -> None:
        """Add what was found only on the way, such as options that change nothing."""
        known = {self.findings.item(row).text() for row in range(self.findings.count())}
        for one in findings:
            if one.message not in known:
                QListWidgetItem(one.message, self.findings).setIcon(self._icons.icon("triangle-alert", "warning"))
        self.findings.setVisible(bool(findings) and self.findings.count() > 0)

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self.progress.hide()
        self._state.setText("")
        self._enable()
        if not isinstance(error, BriefingError):
            raise error
        self.say(error)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path().absolute().parent)))

    def reject(self) -> None:
        """Close; work under way is stopped, and the file that stood there stays as it was."""
        for ticket in (self._checking, self._ticket):
            if ticket is not None:
                ticket.cancel()
        super().reject()


def _in_words(findings: int, errors: int) -> str:
    if not findings:
        return "Nothing to look at: the briefing is ready to go out."
    things = "1 thing" if findings == 1 else f"{findings} things"
    if errors:
        return f"{things} to look at, of which {errors} must be mended before it goes out:"
    return f"{things} to look at before it goes out:"
