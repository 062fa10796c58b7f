"""What can be done to the view that is looked at: how far back the inbox goes, changing and removing a collection."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from briefing_app.app.finding import SINCE
from briefing_app.desktop.library.choosers import Choosers
from briefing_app.desktop.library.panel_shell import PanelShell


def view_menu(panel: PanelShell, choosers: Choosers, *, can_write: bool) -> QMenu:
    """The menu of the present view; empty where nothing can be done to it."""
    menu = QMenu(panel)
    view = panel.asked.view
    if view.waiting:
        group = QActionGroup(menu)
        for since, words in SINCE.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(panel.views.since == since)
            action.triggered.connect(partial(_show_inbox, panel, since))
            group.addAction(action)
    elif view.num is not None:
        words = "Rename…" if view.saved is None else "Rename or change the search…"
        menu.addAction(words, lambda: choosers.change_collection(view)).setEnabled(can_write)
        menu.addAction("Remove…", lambda: choosers.remove_collection(view)).setEnabled(can_write)
    return menu


def _show_inbox(panel: PanelShell, since: str, *_: object) -> None:
    panel.show_inbox(since)
