"""Imports of one window: choosing files, the job beside the window, and its one report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from briefing_app.desktop.background import Ticket
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.dialogs.import_report import ImportReportDialog, in_words
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError

_ENDINGS = (
    *("txt", "text", "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "mhtml", "mht", "pdf"),
    *("docx", "docm", "dotx", "odt", "ott", "fodt", "rtf", "epub", "eml", "msg", "mbox", "mbx"),
    *("ris", "bib", "json", "jsonl", "ndjson", "jsonlines", "zip"),
)
KINDS = f"Sources ({' '.join(f'*.{ending}' for ending in _ENDINGS)});;All files (*)"


class Imports(QObject):
    """Brings files into the library, one job at a time."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._ticket: Ticket | None = None
        window.library.import_bar.cancel_requested.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    def choose(self, folder: bool) -> None:
        """Ask for files, or for a folder with all that is in it."""
        chooser = QFileDialog(self._window, "Import a folder" if folder else "Import files", "", KINDS)
        chooser.setOption(QFileDialog.Option.HideNameFilterDetails)
        if folder:
            chooser.setFileMode(QFileDialog.FileMode.Directory)
        else:
            chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(lambda names: self.start([Path(name) for name in names]))
        chooser.open()

    def start(self, paths: Sequence[Path]) -> None:
        """Import these in the background."""
        library = self._desk.library
        if library.busy is not None:
            self._window.messages.show_error(library.busy)
            return
        if self._ticket is not None:
            self._window.messages.show_notice("An import is under way. Start the next one when it has ended.")
            return
        bar = self._window.library.import_bar
        bar.begin()
        self._ticket = library.import_paths(paths, bar.advance, self._done, self._failed)

    def cancel(self) -> None:
        """Stop the import; what was imported stays."""
        if self._ticket is not None:
            self.stop()
            self._desk.library.tell_changed()
            self._window.messages.show_notice("The import was stopped. What was imported until then is in the library.")

    def stop(self) -> None:
        """Stop without a word, as when the window closes."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._end()

    def _end(self) -> None:
        self._ticket = None
        self._window.library.import_bar.end()

    def _done(self, report: Any) -> None:
        self._end()
        self._desk.library.tell_changed()
        if report.failed and not self._window.composer.is_being_written_in:
            ImportReportDialog(self._window, report).open()
        self._window.messages.show_done(
            f"Import: {in_words(report)}",
            "Show report",
            lambda: ImportReportDialog(self._window, report).open(),
        )

    def _failed(self, error: Exception) -> None:
        self._end()
        self._desk.library.tell_changed()
        if not isinstance(error, BriefingError):
            raise error
        self._window.messages.show_error(error)
