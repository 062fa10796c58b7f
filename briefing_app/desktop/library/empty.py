"""What the library's panel says where it has no rows to show."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from briefing_app.app.finding import inbox
from briefing_app.desktop.library.panel_shell import PanelShell
from briefing_app.desktop.widgets import EmptyState


def show_nothing(empty: EmptyState, panel: PanelShell, *, fixed: bool, group: bool, size: int, can_write: bool) -> None:
    """Say why nothing is shown, and what to do."""
    asked = panel.asked
    if group:
        empty.show_state("files", "It stands alone now", "No other source is a reprint of it.")
    elif fixed:
        empty.show_state("lightbulb", "Nothing alike was found", "No other source comes near to this.")
    elif not asked.is_plain:
        _nothing_matches(empty, panel)
    elif asked.view.waiting:
        _inbox_is_empty(empty, panel, size)
    elif asked.view.key == "starred":
        empty.show_state("star", "Nothing is starred yet", "Press S on a source to find it here again.")
    elif asked.view.key == "unread":
        empty.show_state("circle-check", "Everything is read", "What comes in is unread until you open it.")
    elif asked.view.saved is not None:
        empty.show_state("bookmark", "Nothing matches this search now", "What comes in and matches will be here.")
    elif asked.view.num is not None:
        empty.show_state("folder", "Nothing is in this collection yet", "Press C on a source to put it here.")
    else:
        _library_is_empty(empty, panel, can_write)


def _nothing_matches(empty: EmptyState, panel: PanelShell) -> None:
    clear = QPushButton("Clear the search")
    clear.clicked.connect(panel.clear_search)
    typed = panel.asked.typed.strip()
    title = f"Nothing matches “{typed}”" if typed else "Nothing has all that is chosen"
    where = "" if not panel.asked.view.scope else f" in “{panel.asked.view.title}”"
    empty.show_state(
        "search", title + where, "Try fewer words, the beginning of a word, or word~ for near ones.", clear
    )


def _inbox_is_empty(empty: EmptyState, panel: PanelShell, size: int) -> None:
    if panel.asked.view == inbox(""):
        empty.show_state("circle-check", "Nothing waits for you", "Every source that came in is kept or dropped.")
        return
    older = QPushButton("Show everything that waits")
    older.clicked.connect(lambda: panel.show_inbox(""))
    text = "What is saved from now on appears here, to be kept or dropped."
    title = "The inbox is empty. Well done."
    empty.show_state("circle-check", title, text, *((older,) if size else ()))


def _library_is_empty(empty: EmptyState, panel: PanelShell, can_write: bool) -> None:
    files, folder = QPushButton("Import files…"), QPushButton("Import a folder…")
    files.setProperty("primary", True)
    files.clicked.connect(lambda: panel.import_requested.emit(False))
    folder.clicked.connect(lambda: panel.import_requested.emit(True))
    for button in (files, folder):
        button.setEnabled(can_write)
    text = "Drop saved articles here, or import them: web pages, PDF, Word, text and e-mail files."
    empty.show_state("book-open", "Your library is empty", text, files, folder)
