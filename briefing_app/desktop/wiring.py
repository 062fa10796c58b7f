"""What each action of a window does: the window is put together here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence

from briefing_app.desktop.desk import Desk
from briefing_app.desktop.editions import connect_editions
from briefing_app.desktop.findings_wiring import connect_findings
from briefing_app.desktop.library.panel import LibraryPanel
from briefing_app.desktop.library_wiring import connect_library
from briefing_app.desktop.shortcuts_wiring import connect_shortcuts
from briefing_app.desktop.window import MainWindow
from briefing_app.errors import BriefingError
from briefing_app.model.plain import inline_text

NATIVE = QKeySequence.SequenceFormat.NativeText

MODES = ("quotation", "citation", "sentence", "translation")


def make_window(desk: Desk) -> MainWindow:
    """A window whose actions do something."""
    window = MainWindow(desk)
    connect_actions(window)
    connect_library(window)
    connect_findings(window)
    connect_shortcuts(window)
    connect_editions(window)
    return window


def connect_actions(window: MainWindow) -> None:
    """Connect every action of ``window``."""
    documents, composer, insertions, desk = window.documents, window.composer, window.insertions, window.desk
    window.actions_.connect(
        {
            "new": documents.new,
            "open": documents.open,
            "save": documents.save,
            "save_as": documents.save_as,
            "import_files": lambda: window.imports.choose(False),
            "import_folder": lambda: window.imports.choose(True),
            "properties": documents.properties,
            "export": documents.export,
            "export_again": documents.export_again,
            "close": window.close,
            "quit": desk.quit,
            "undo": lambda: _history(window, "undo"),
            "redo": lambda: _history(window, "redo"),
            "find_source": lambda: _search(window),
            "preferences": lambda: _preferences(window),
            "bold": composer.toggle_bold,
            "italic": composer.toggle_italic,
            "underline": composer.toggle_underline,
            "bullets": composer.toggle_bullets,
            "numbers": composer.toggle_numbers,
            "indent": composer.indent,
            "outdent": composer.outdent,
            "quotation": composer.make_quotation,
            "page_break": composer.insert_page_break,
            **{
                f"insert_{mode}": _insert(window, mode) for mode in ("quotation", "citation", "sentence", "translation")
            },
            "note": insertions.note,
            "link": composer.request_link,
            "table": insertions.table,
            "picture": insertions.picture,
            "add_section": window.outline.add,
            "show_library": lambda: window.left.setVisible(not window.left.isVisible()),
            "show_source": lambda: window.right.setVisible(not window.right.isVisible()),
            "preview": window.show_preview,
            "reader": window.show_reader,
            "inbox": lambda: _in_library(window, lambda library: library.show_view(library.views.inbox)),
            "views": lambda: _in_library(window, lambda library: library.view_button.click()),
            "narrow": lambda: _in_library(window, lambda library: library.bars.facets.click()),
            "find": window.find_bar.start,
            "replace": lambda: window.find_bar.start(replacing=True),
            "find_next": window.find_bar.next,
            "find_previous": window.find_bar.previous,
            "theme_system": lambda: desk.prefer(theme="system"),
            "theme_light": lambda: desk.prefer(theme="light"),
            "theme_dark": lambda: desk.prefer(theme="dark"),
            "palette": lambda: _palette(window),
            "about": lambda: _about(window),
        }
    )
    for name in ("show_library", "show_source"):
        window.actions_[name].setChecked(True)


def _insert(window: MainWindow, mode: str) -> Callable[[], None]:
    return lambda: window.reader.request(mode)


def _history(window: MainWindow, what: str) -> None:
    session = window.documents.session
    if session is None:
        return
    try:
        session.undo() if what == "undo" else session.redo()
    except BriefingError as error:
        window.messages.show_error(error)


def _search(window: MainWindow) -> None:
    window.left.show()
    window.library.search.setFocus()
    window.library.search.selectAll()


def _in_library(window: MainWindow, do: Callable[[LibraryPanel], object]) -> None:
    """Do something in the library's panel, which is shown for it."""
    window.left.show()
    do(window.library)


def _preferences(window: MainWindow) -> None:
    from briefing_app.app.watching import watch_instead
    from briefing_app.desktop.dialogs.application import PreferencesDialog
    from briefing_app.desktop.dialogs.base import show_dialog

    desk = window.desk

    def ask(watched: list[Path] | None) -> None:
        dialog = PreferencesDialog(window, desk.preferences, desk.library.folder, watched)
        show_dialog(dialog, lambda: change(dialog, watched or []))

    def change(dialog: PreferencesDialog, watched: list[Path]) -> None:
        folder = dialog.folder()
        other = folder != desk.library.folder.absolute()
        desk.prefer(
            theme=str(dialog.theme.currentData()),
            author=dialog.author.text().strip(),
            organisation=dialog.organisation.text().strip(),
            **({"library": str(folder)} if other else {}),
        )
        if other:
            window.messages.show_notice("The other library is used from the next start on.")
        folders = dialog.watched.folders()
        if folders != watched:
            desk.library.change(
                lambda library: watch_instead(library, watched, folders),
                lambda _: desk.housekeeping.look(),
                window.report,
            )

    if desk.library.can_write:
        desk.library.ask(lambda library: [one.path for one in library.watched()], ask, window.report)
    else:
        ask(None)


def _about(window: MainWindow) -> None:
    from briefing_app.desktop.dialogs.application import AboutDialog

    AboutDialog(window, window.desk.icons).open()


def _palette(window: MainWindow) -> None:
    from briefing_app.desktop.palette import Entry, Palette

    entries = [
        Entry(action.text().rstrip("…"), menu, action.shortcut().toString(NATIVE), action.trigger)
        for menu, action in window.actions_.all()
        if action.isEnabled() and action.objectName() != "palette"
    ]
    session = window.documents.session
    for section, _ in session.briefing.all_sections() if session is not None else ():
        entries.append(
            Entry(inline_text(section.heading) or "Section", "Go to", "", partial(window.go_to_node, section.id))
        )
    for path in window.desk.preferences.recent:
        entries.append(Entry(Path(path).name, "Open recent", "", partial(window.open_path, Path(path))))
    palette = Palette(window, window.desk.theme.colours, entries)
    palette.show()
    palette.words.setFocus()
