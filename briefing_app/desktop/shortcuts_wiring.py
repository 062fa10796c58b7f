"""How the keyboard shortcuts of a window follow what its user has chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.app.shortcuts import keys_in_force
from briefing_app.desktop.actions import MENUS, default_keys
from briefing_app.desktop.window import MainWindow

if TYPE_CHECKING:
    from briefing_app.desktop.desk import Desk


def connect_shortcuts(window: MainWindow) -> None:
    """Give the window's actions their keys, and let the dialog change them."""
    window.composer.leave_formats_to_actions()
    window.actions_.connect(
        {"shortcuts": lambda: show_shortcuts(window), "open_at_caret": window.composer.open_at_caret}
    )
    _apply(window.desk, window)


def _apply(desk: Desk, window: MainWindow) -> None:
    window.actions_.set_keys(keys_in_force(default_keys(), desk.preferences.shortcuts))


def show_shortcuts(window: MainWindow) -> None:
    """Open the dialog. What it changes holds in every window at once, and at the next start."""
    from briefing_app.desktop.dialogs.shortcuts import Listed, ShortcutsDialog

    desk = window.desk

    def change(changes: dict[str, tuple[str, ...]]) -> None:
        desk.prefer(shortcuts=changes)
        for one in desk.windows:
            if isinstance(one, MainWindow):
                _apply(desk, one)

    listed = [
        Listed(spec.name, spec.text, title.replace("&", ""))
        for title, specs in MENUS.items()
        for spec in specs
        if spec is not None and spec.name != "recent"
    ]
    ShortcutsDialog(window, listed, default_keys(), desk.preferences.shortcuts, change).open()
