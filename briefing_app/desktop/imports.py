"""Imports of one window: choosing files, the job beside the window, and its one report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from briefing_app.desktop.background import Done, Ticket
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.dialogs.import_report import ImportReportDialog, in_words
from briefing_app.desktop.shell import Shell

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library
    from briefing_app.app.library_importing import Control

_ENDINGS = (
    *("txt", "text", "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "mhtml", "mht", "pdf"),
    *("docx", "docm", "dotx", "odt", "ott", "fodt", "rtf", "epub", "eml", "msg", "mbox", "mbx"),
    *("ris", "bib", "json", "jsonl", "ndjson", "jsonlines", "zip"),
)
KINDS = f"Sources ({' '.join(f'*.{ending}' for ending in _ENDINGS)});;All files (*)"


class Imports(QObject):
    """Brings files into the library, one job at a time. A job can be held, stopped, and left to be gone on with."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._ticket: Ticket | None = None
        self._control: Control | None = None
        self.show_anew: Callable[[str], object] = lambda source_id: None  # set by the window: shows it in the reader
        bar = window.library.import_bar
        bar.cancel_requested.connect(self.cancel)
        bar.pause_requested.connect(self.pause)

    @property
    def is_running(self) -> bool:
        return self._ticket is not None

    # --- beginning

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
        self._follow(lambda library, control: library.import_paths(list(paths), control=control))

    def resume(self, num: int) -> None:
        """Go on with an import that was interrupted."""
        self._follow(lambda library, control: library.resume_run(num, control=control))

    def try_again(self, nums: Collection[int]) -> None:
        """Read files again that could not be read, by their numbers."""
        self._follow(lambda library, control: library.try_again(list(nums), control=control))

    def read_again(self, ids: Sequence[str], scans: bool) -> None:
        """Read sources again from their kept files; ``scans`` by text recognition."""
        self._follow(lambda library, control: library.read_again(ids, ocr=scans, control=control), self._read_again)

    def _follow(self, job: Callable[[Library, Control], Generator[Any, None, Any]], done: Done | None = None) -> None:
        library = self._desk.library
        if library.busy is not None:
            self._window.messages.show_error(library.busy)
            return
        if self._ticket is not None:
            self._window.messages.show_notice("An import is under way. Start the next one when it has ended.")
            return
        from briefing_app.app.library_importing import Control

        control = self._control = Control()
        bar = self._window.library.import_bar
        bar.begin()
        self._ticket = library.bring_in(
            lambda opened: job(opened, control), bar.advance, done or self._done, self._failed
        )

    # --- while it runs

    def pause(self, paused: bool) -> None:
        """Hold the import, or let it go on."""
        if self._control is not None:
            self._control.pause() if paused else self._control.resume()
            self._window.library.import_bar.show_paused(paused)

    def cancel(self) -> None:
        """Stop the import; what was imported stays."""
        if self._ticket is not None and self._control is not None:
            self._control.cancel()
            self._ticket.cancel()
            self._end()
            self._desk.library.tell_changed()
            self._window.messages.show_notice("The import was stopped. What was imported until then is in the library.")

    def stop(self) -> None:
        """Stop without a word, as when the window closes; the next start offers to go on."""
        if self._ticket is not None and self._control is not None:
            self._control.leave()
            self._ticket.cancel()
            self._end()

    # --- ending

    def _end(self) -> None:
        self._ticket = self._control = None
        self._window.library.import_bar.end()

    def _done(self, report: Any) -> None:
        self._end()
        self._desk.library.tell_changed()
        if report.failed and not self._window.composer.is_being_written_in:
            self.show_report(report)
        self._window.messages.show_done(f"Import: {in_words(report)}", "Show report", lambda: self.show_report(report))

    def _read_again(self, report: Any) -> None:
        self._end()
        self._desk.library.tell_changed()
        shown = self._window.reader.source_id
        if any(one.id == shown for one in report.read):
            self.show_anew(shown)
        words = f"Read again: {len(report.read):,}, of them {len(report.changed):,} with another text than before."
        for reason, ones in report.by_reason():
            words += f" Not read: {len(ones):,} ({reason})"
        self._window.messages.show_done(words)

    def show_report(self, report: Any) -> None:
        """Open the report of an import."""
        self._desk.library.ask(lambda library: library.unread(), lambda unread: self._open(report, unread))

    def _open(self, report: Any, unread: Sequence[Any]) -> None:
        dialog = ImportReportDialog(self._window, report, unread, can_write=self._desk.library.can_write)
        dialog.try_again_wanted.connect(self.try_again)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._desk.library.tell_changed()
        self._window.report(error)

    # --- what an earlier start has left

    def offer_interrupted(self) -> None:
        """Offer to go on with an import that was cut short."""
        if self._desk.library.can_write:
            self._desk.library.ask(lambda library: library.interrupted_runs(), self._offer, self._window.report)

    def _offer(self, runs: Sequence[Any]) -> None:
        if not runs or self.is_running:
            return
        from briefing_app.app.dates import in_words as moment_in_words

        run = runs[0]
        names = ", ".join(f"“{path.name}”" for path in run.paths[:2]) + (" and more" if len(run.paths) > 2 else "")
        begun = moment_in_words(datetime.fromisoformat(run.begun).astimezone().isoformat())
        self._window.messages.show_notice(
            f"The import of {names}, begun {begun}, was interrupted. What it had read is in the library.",
            "Go on",
            lambda: self.resume(run.num),
            "Leave it",
            lambda: self._desk.library.change(lambda library: _forget(library, [one.num for one in runs])),
        )

    def tell_came_in(self, report: Any) -> None:
        """Say what a watched folder brought."""
        count = len(report.imported)
        words = "1 new source" if count == 1 else f"{count:,} new sources"
        failed = f", {len(report.failed):,} could not be read" if report.failed else ""
        self._window.messages.show_done(
            f"From a watched folder: {words}{failed}.", "Show report", lambda: self.show_report(report)
        )


def _forget(library: Library, nums: Sequence[int]) -> None:
    for num in nums:
        library.forget_run(num)
