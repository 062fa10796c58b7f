"""Restoring work that a killed process left unsaved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from briefing_app.desktop.desk import Desk
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError


class Recovery(QObject):
    """Leads through one list of unsaved work. What is left undecided is offered again at the next start."""

    def __init__(self, desk: Desk, window: Shell) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def offer(self, unsaved: Sequence[Any]) -> None:
        """Show the list."""
        from briefing_app.desktop.dialogs.application import RecoveryDialog

        RecoveryDialog(self._window, unsaved, self._restore, self._discard, self._desk.icons).open()

    def _restore(self, one: Any) -> bool:
        from briefing_app.app.recovering import restore

        try:
            session = restore(one)
        except BriefingError as error:
            self._window.messages.show_error(error)
            return False
        if one.path is not None and (shown := self._desk.window_for(one.path)) is not None:
            window = shown if not shown.isWindowModified() else self._desk.open_window()
        else:
            window = next((open for open in self._desk.windows if open.is_free), None) or (self._desk.open_window())
        window.take(session)
        window.messages.show_notice("Your unsaved work is restored. Save it to keep it in its file.")
        return True

    def _discard(self, one: Any) -> None:
        one.discard()
