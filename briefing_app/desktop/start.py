"""Opening the window: what is needed to show it first, everything else after."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from briefing_app.app.preferences import own_library_dir
from briefing_app.desktop import quick_imports  # noqa: F401  # acts by being imported
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.fonts import load_fonts
from briefing_app.desktop.shell import Shell


def run(paths: Sequence[Path], library: Path | None, *, quit_after: float | None = None) -> int:
    """Open the window, on ``paths`` where files are named, and stay until the last window is closed.

    ``library`` is the folder of the source library; None takes the one in the preferences, or the default.
    ``quit_after`` seconds end the application by themselves, for measuring its start. Gives the exit code.
    """
    desk = open_desk(library)
    desk.finished.connect(lambda: desk.app.exit(0))
    restore_hooks = desk.catch_faults()
    desk.open_window()
    QTimer.singleShot(0, lambda: after_show(desk, paths))
    if quit_after is not None:
        QTimer.singleShot(round(quit_after * 1000), desk.app.quit)
    try:
        return desk.app.exec()
    finally:
        restore_hooks()
        desk.close()


def open_desk(library: Path | None) -> Desk:
    """The application with its look, not yet with a window."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("briefing-composer")
    app.setApplicationDisplayName("Briefing Composer")
    app.setDesktopFileName("briefing-composer")
    app.setQuitOnLastWindowClosed(False)
    app.setFont(load_fonts())
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return Desk(app, library or own_library_dir(), _make_window)


def _make_window(desk: Desk) -> Shell:
    from briefing_app.desktop.wiring import make_window

    return make_window(desk)


def after_show(desk: Desk, paths: Sequence[Path]) -> None:
    """What waits until the window stands: the library, the files named, and work that was left unsaved."""
    desk.library.open()
    desk.open_paths(paths)
    desk.files.run(_find_unsaved, lambda unsaved: offer_unsaved(desk, unsaved))


def _find_unsaved() -> list[object]:
    from briefing_app.app.recovering import find_unsaved

    return list(find_unsaved())


def offer_unsaved(desk: Desk, unsaved: Sequence[object]) -> None:
    """Ask what becomes of work that a killed process left."""
    from briefing_app.desktop.recovery import Recovery

    if unsaved and desk.windows:
        Recovery(desk, desk.windows[0]).offer(unsaved)
