"""The main window: it puts the panels together and passes on what they say. It does no work itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from briefing_app.app.session import Session, SessionEvent
from briefing_app.desktop.actions import Actions
from briefing_app.desktop.composer import theme as composer_theme
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.composer.format import Format
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.documents import Documents
from briefing_app.desktop.find_bar import FindBar
from briefing_app.desktop.imports import Imports
from briefing_app.desktop.insertions import Insertions
from briefing_app.desktop.layout_memory import kept_layout, restore_layout
from briefing_app.desktop.library.panel import LibraryPanel
from briefing_app.desktop.outline.panel import OutlinePanel
from briefing_app.desktop.passages import Passages
from briefing_app.desktop.preview.panel import PreviewPanel
from briefing_app.desktop.reader.pages_pane import PagesPane
from briefing_app.desktop.reader.panel import ReaderPanel
from briefing_app.desktop.shell import Shell
from briefing_app.desktop.start_page import StartPage
from briefing_app.desktop.status import StatusLine
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.top_bar import TopBar
from briefing_app.desktop.widgets import MessageBar
from briefing_app.errors import BriefingError


class MainWindow(Shell):
    """One briefing with the library beside it. Its parts are public: they are what the window consists of."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        colours = desk.theme.colours
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("[*]Briefing Composer")
        self.setWindowIcon(desk.icons.icon("app", "accent"))
        self.actions_ = Actions(self, desk.icons)
        self.messages = MessageBar(desk.icons)
        self.library = LibraryPanel(desk.library, desk.icons, colours)
        self.outline = OutlinePanel(desk.icons, colours)
        self.composer = Composer(self)
        pages = PagesPane(desk.library, desk.source_pages, desk.icons, colours)
        self.reader = ReaderPanel(pages, desk.icons, colours)
        self.preview = PreviewPanel(desk.preview, desk.icons, colours)
        self.start_page = StartPage(desk.icons)
        self.find_bar = FindBar(desk.icons, self.composer.finder)
        self.status = StatusLine()
        self.documents = Documents(self, desk)
        self.passages = Passages(self, desk)
        self.insertions = Insertions(self, desk)
        self.imports = Imports(self, desk)
        self._may_close = False
        self._lay_out()
        self._recount = QTimer(self, singleShot=True, interval=150)
        self._recount.timeout.connect(self._count)
        self._connect()
        self.recolour(colours)
        if desk.library.is_open:
            self._library_opened()
        self._take_session(None)
        restore_layout(self, self.desk.preferences.layout, panes=self.panes, left=self.left)

    # --- putting together

    def _lay_out(self) -> None:
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.addWidget(self.library)
        self.left.addWidget(self.outline)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.start_page)
        self.middle.addWidget(self.composer)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.find_bar)
        column.addWidget(self.middle, 1)
        self.right = QTabWidget()
        self.right.setDocumentMode(True)
        self.right.tabBar().setDrawBase(False)
        self.right.addTab(self.reader, "Reader")
        self.right.addTab(self.preview, "Preview")
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for part, least in ((self.left, 264), (centre, 380), (self.right, 280)):
            part.setMinimumWidth(least)
            self.panes.addWidget(part)
        self.panes.setStretchFactor(1, 1)
        for splitter in (self.left, self.panes):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self.left.setStretchFactor(0, 3)
        self.left.setStretchFactor(1, 2)
        self.actions_.fill(self.menuBar())
        self.top_bar = TopBar(self.actions_)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.panes, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.desk.theme.changed.connect(self.recolour)
        self.desk.recent_changed.connect(self._show_recent)
        self.desk.library.opened.connect(self._library_opened)
        self.documents.session_changed.connect(self._take_session)
        self.find_bar.on_leave(self.composer.setFocus)
        self.documents.saving_changed.connect(self.status.set_saving)
        self.library.source_chosen.connect(self.passages.show_source)
        self.library.import_requested.connect(self.imports.choose)
        self.library.drop_received.connect(self.imports.start)
        self.outline.section_chosen.connect(self.go_to_node)
        self.outline.counted.connect(self._recount.start)
        self.outline.refused.connect(self.messages.show_error)
        self.reader.passage_requested.connect(self.passages.insert)
        self.reader.correction_requested.connect(self.passages.correct)
        self.reader.view.passage_selected.connect(lambda _: self.offer())
        self.preview.node_clicked.connect(self.go_to_node)
        self.start_page.new_requested.connect(self.documents.new)
        self.start_page.open_requested.connect(self.documents.open)
        self.start_page.recent_chosen.connect(lambda path: self.documents.open_path(Path(path)))
        self.status.properties_requested.connect(self.documents.properties)
        self.composer.citation_activated.connect(self.passages.show_excerpt)
        self.composer.section_focused.connect(self.outline.mark_current)
        self.composer.format_changed.connect(self._show_format)
        self.composer.message.connect(self.messages.show_notice)
        self.composer.passage_dropped.connect(self.passages.drop)
        self.composer.note_requested.connect(self.insertions.note)
        self.composer.link_requested.connect(self.insertions.link)
        self.composer.picture_requested.connect(self.insertions.picture)
        self.composer.properties_requested.connect(self.documents.properties)
        self.composer.translation_requested.connect(self.passages.translate)

    def _library_opened(self) -> None:
        self.reader.set_read_only(not self.desk.library.can_write)

    # --- the session

    @property
    def session(self) -> Session | None:
        return self.documents.session

    @property
    def is_free(self) -> bool:
        return self.documents.is_free

    def take(self, session: Session) -> None:
        self.documents.take(session)

    def open_path(self, path: Path) -> None:
        self.documents.open_path(path)

    def new_briefing(self) -> None:
        self.documents.new()

    def secure(self) -> bool:
        return self.documents.secure()

    def _take_session(self, session: Session | None) -> None:
        self.passages.new_briefing()
        self.composer.set_session(session)
        self.outline.set_session(session)
        self.preview.set_session(session)
        self.status.set_session(session)
        self.middle.setCurrentWidget(self.composer if session else self.start_page)
        if session is not None:
            session.subscribe(self._changed)
            self.composer.go_to(self.composer.current_section_id())
        else:
            self._show_recent()
        if session is None:
            self._count()  # otherwise once the outline has counted the sections
        self.offer()

    def _changed(self, event: SessionEvent) -> None:
        session = self.documents.session
        if event.kind != "saved":
            self._recount.start()
        if session is not None and session.journal_problem is not None:
            self.messages.show_error(session.journal_problem)
        self.offer()

    def _count(self) -> None:
        session = self.documents.session
        if session is None:
            self.library.set_used({})
            return
        self.status.set_count(self.outline.tally.briefing(session.briefing))
        self.library.set_used(self.outline.tally.sources(session.briefing))
        self.passages.mark_cited()

    def offer(self) -> None:
        """Let actions, title and names of undo and redo agree with the state."""
        session = self.documents.session
        self.actions_.enable(briefing=session is not None, passage=self.reader.passage() is not None)
        self.actions_.name_history(
            session.undo_label if session else "",
            session.redo_label if session else "",
        )
        title = self.documents.title
        self.setWindowTitle(f"{title}[*] — Briefing Composer" if title else "[*]Briefing Composer")
        self.setWindowModified(session is not None and session.is_modified)

    def _show_format(self, format: Format) -> None:
        states = {
            "bold": format.bold,
            "italic": format.italic,
            "underline": format.underline,
            "bullets": format.list == "bullets",
            "numbers": format.list == "numbers",
            "quotation": format.block == "quotation",
        }
        for name, state in states.items():
            self.actions_[name].setChecked(state)

    # --- showing

    def report(self, error: Exception) -> None:
        """Show what an analyst can understand; what is a fault of the program goes to the last resort."""
        if not isinstance(error, BriefingError):
            raise error
        self.messages.show_error(error)

    def go_to_node(self, node_id: str) -> None:
        """Put the caret into a section or a block."""
        self.composer.go_to(node_id)

    def show_reader(self) -> None:
        """Bring the reader to the front."""
        self.right.show()
        self.right.setCurrentWidget(self.reader)

    def show_preview(self) -> None:
        """Bring the preview to the front, at the section that is being written."""
        self.right.show()
        self.right.setCurrentWidget(self.preview)
        self.preview.reveal(self.composer.current_section_id() or "")

    def recolour(self, colours: Colours) -> None:
        """Take the colours of another look."""
        dark = colours.name == "dark"
        self.composer.set_theme(composer_theme.DARK if dark else composer_theme.LIGHT)
        for part in (self.library, self.outline, self.reader, self.preview):
            part.recolour(colours)
        self.start_page.recolour()
        self.messages.recolour()
        for name in ("system", "light", "dark"):
            self.actions_[f"theme_{name}"].setChecked(self.desk.theme.choice == name)

    def _show_recent(self) -> None:
        recent = self.desk.preferences.recent
        self.start_page.set_recent(recent)
        self.actions_.show_recent(recent, self.open_path)

    # --- closing

    def close_then(self, then: Callable[[], object]) -> None:
        """Close this window after asking for unsaved work, and call ``then`` once it is closed."""

        def close() -> None:
            self._may_close = True
            self.close()
            then()

        self.documents.may_close(close)

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.documents.session
        if session is not None and session.is_modified and not self._may_close:
            event.ignore()
            self.close_then(lambda: None)
            return
        self.imports.stop()
        self.desk.prefer(layout=kept_layout(self, panes=self.panes, left=self.left))
        self.preview.close_lanes()
        self.reader.pages.close_lanes()
        self.documents.release()
        event.accept()
        self.closed.emit()
