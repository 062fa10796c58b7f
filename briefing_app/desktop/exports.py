"""Exports of one window's briefing: through the dialog, or once more as they were done last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from briefing_app.app.session import Session
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError


class Exports(QObject):
    """Starts the exports of one window and remembers how each was done. The work is done beside the window."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._running = False

    def lead(self, session: Session, suggested: Path) -> None:
        """Lead an export through its dialog, which begins with what was done last."""
        from briefing_app.app.last_exports import last_export, remember_export
        from briefing_app.desktop.dialogs.export import ExportDialog

        desk, briefing = self._desk, session.briefing
        last = last_export(briefing.id)
        dialog = ExportDialog(
            self._window, briefing, last.target if last else suggested, desk.exports, desk.export, desk.icons, last
        )
        dialog.finding_chosen.connect(self._window.go_to_node)

        def remember(exported: Any) -> None:
            order, profile = dialog.options(), dialog.form_of_export.profile
            desk.exports.run(lambda: remember_export(briefing.id, exported.path, order, profile))

        dialog.exported.connect(remember)
        dialog.open()

    def again(self, session: Session, suggested: Path) -> None:
        """Export once more to the same file in the same form; the first time through the dialog."""
        from briefing_app.app.last_exports import last_export

        if self._running:
            return
        briefing = session.briefing
        last = last_export(briefing.id)
        if last is None:
            self.lead(session, suggested)
            return
        target, order = last.target, last.order
        self._running = True
        self._window.messages.show_notice(f"Exporting {target.name} again…")
        self._desk.exports.follow(
            lambda: self._desk.export(briefing, target, order), lambda _: None, self._done, self._failed
        )

    def _done(self, exported: Any) -> None:
        self._running = False
        pages = f", {exported.pages} page{'s' if exported.pages != 1 else ''}" if exported.pages else ""
        things = len(exported.findings)
        look = f" {things} thing{'s' if things != 1 else ''} to look at: Ctrl+E lists them." if things else ""
        self._window.messages.show_notice(f"Exported again: {exported.path}{pages}.{look}")

    def _failed(self, error: Exception) -> None:
        self._running = False
        if not isinstance(error, BriefingError):
            raise error
        self._window.messages.show_error(error)
