"""The library's panel: search as you type over all sources, as cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.card_list import card_list
from briefing_app.desktop.library.card_painter import BROWSE_HEIGHT, SEARCH_HEIGHT, CardPainter
from briefing_app.desktop.library.cards import Card, CardModel
from briefing_app.desktop.library.filters import FilterRow, Filters
from briefing_app.desktop.library.importing import ImportBar
from briefing_app.desktop.library.questions import browse, find
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.theme import GRID, Colours
from briefing_app.desktop.widgets import EmptyState, label, tool_button
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

TYPING_PAUSE = 120  # milliseconds after the last key before a search starts


class LibraryPanel(QWidget):
    """Finds sources and hands out which one was chosen. It shows no source and inserts nothing."""

    source_chosen = Signal(str, int, int, str)  # source, start and end of the best passage, words searched for
    import_requested = Signal(bool)  # True for a folder
    drop_received = Signal(list)

    def __init__(self, service: LibraryService, icons: Icons, colours: Colours) -> None:
        super().__init__()
        self._service = service
        self._icons = icons
        self._size = 0
        self._asked = self._answered = 0
        self.search = QLineEdit()
        self._search_action = self.search.addAction(
            icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        icons.bind(self._search_action, "search", "muted")
        self.search.setPlaceholderText("Search the library")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("Search the library")
        self.search.installEventFilter(self)
        self.filters = FilterRow()
        self.filters.hide()
        self._filter_button = tool_button(icons, "filter", "Filter by outlet, language, tag or date")
        self._filter_button.setCheckable(True)
        self._filter_button.toggled.connect(self.filters.setVisible)
        self._found: QLabel = label(muted=True)
        self._read_only: QLabel = label(wrap=True)
        self._read_only.hide()
        self.model = CardModel(self)
        self._painter = CardPainter(colours, icons)
        self.list = card_list(self.model, self._painter)
        self.list.selectionModel().currentRowChanged.connect(self._row_changed)
        self._empty = EmptyState(icons)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.import_bar = ImportBar(icons)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda: self._pause.start())
        self.filters.changed.connect(self.refresh)
        service.opened.connect(self._opened)
        service.failed.connect(self._failed)
        service.changed.connect(self._library_changed)
        self.setAcceptDrops(True)
        self._empty.show_state("loader-circle", "Opening the library…", "")
        self._stack.setCurrentWidget(self._empty)
        if service.is_open:  # another window had it opened
            self._opened()
        elif service.failure is not None:
            self._failed(service.failure)

    def _lay_out(self) -> None:
        add = tool_button(self._icons, "plus", "Add sources to the library")
        menu = QMenu(add)
        menu.addAction("Import files…", lambda: self.import_requested.emit(False))
        menu.addAction("Import a folder…", lambda: self.import_requested.emit(True))
        add.setMenu(menu)
        add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add_button = add
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self.search, 1)
        row.addWidget(self._filter_button)
        row.addWidget(add)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, GRID // 2)
        top.setSpacing(GRID)
        top.addLayout(row)
        top.addWidget(self.filters)
        top.addWidget(self._read_only)
        top.addWidget(self._found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.import_bar)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    # --- what is shown

    @property
    def is_searching(self) -> bool:
        """True while what is shown is not yet the answer to what stands in the fields."""
        return self._pause.isActive() or self._asked != self._answered

    def set_used(self, used: Mapping[str, int]) -> None:
        self.model.set_used(used)

    def recolour(self, colours: Colours) -> None:
        self._painter.recolour(colours)
        self._empty.recolour()
        self.list.viewport().update()

    def _opened(self) -> None:
        busy = self._service.busy
        self._read_only.setVisible(busy is not None)
        if busy is not None:
            self._read_only.setText(f"For reading only. {busy.message}")
        self.add_button.setEnabled(self._service.can_write)
        self._library_changed()

    def _failed(self, error: BriefingError) -> None:
        self._found.setText("")
        self._empty.show_state("circle-alert", "The library cannot be opened", str(error))
        self._stack.setCurrentWidget(self._empty)
        self.add_button.setEnabled(False)

    def _library_changed(self) -> None:
        self._service.ask(lambda library: (library.count(), library.facets()), self._counted)
        self.refresh()

    def _counted(self, answer: tuple[int, Any]) -> None:
        self._size, facets = answer
        self.search.setPlaceholderText(f"Search {self._size:,} sources" if self._size != 1 else "Search 1 source")
        self.filters.offer(*(list(facets[kind].items()) for kind in ("outlets", "languages", "tags")))

    def refresh(self) -> None:
        """Search again with what is in the fields; the newest search wins."""
        self._pause.stop()
        if not self._service.is_open:
            return
        self._asked += 1
        number, text, filters = self._asked, self.search.text().strip(), self.filters.value()
        browsing = not text and filters == Filters()
        question = browse(0) if browsing else find(text, filters, 0)

        def stale_or_ask(library: Library) -> Any:
            return question(library) if number == self._asked else None

        def show(answer: tuple[int, list[Card]] | None) -> None:
            if answer is not None and number == self._asked:
                self._answered = number
                self._show(answer[0], answer[1], text, filters, browsing)

        def refuse(error: Exception) -> None:
            if number == self._asked:
                self._answered = number
                self._refused(error)

        self._service.ask(stale_or_ask, show, refuse)

    def _show(self, total: int, first: list[Card], text: str, filters: Filters, browsing: bool) -> None:
        def fetch(offset: int, limit: int, arrived: Callable[[list[Card]], None]) -> None:
            question = browse(offset) if browsing else find(text, filters, offset)
            self._service.ask(lambda library: question(library)[1], arrived)

        self.list.verticalHeader().setDefaultSectionSize(SEARCH_HEIGHT if text else BROWSE_HEIGHT)
        self.model.show(total, fetch, first)
        self._found.setText("" if browsing else _count_words(total))
        self._found.setVisible(not browsing)
        if total:
            self._stack.setCurrentWidget(self.list)
        elif browsing:
            self._show_first_start()
        else:
            self._show_nothing_found(text)

    def _show_first_start(self) -> None:
        files, folder = QPushButton("Import files…"), QPushButton("Import a folder…")
        files.setProperty("primary", True)
        files.clicked.connect(lambda: self.import_requested.emit(False))
        folder.clicked.connect(lambda: self.import_requested.emit(True))
        for button in (files, folder):
            button.setEnabled(self._service.can_write)
        text = "Drop saved articles here, or import them: web pages, PDF, Word, text and e-mail files."
        self._empty.show_state("book-open", "Your library is empty", text, files, folder)
        self._stack.setCurrentWidget(self._empty)

    def _show_nothing_found(self, text: str) -> None:
        clear = QPushButton("Clear the search")
        clear.clicked.connect(self.clear_search)
        title = f"Nothing matches “{text}”" if text else "Nothing passes the filters"
        self._empty.show_state("search", title, "Try fewer words, the beginning of a word, or other filters.", clear)
        self._stack.setCurrentWidget(self._empty)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, BriefingError):
            raise error
        self._empty.show_state("circle-alert", error.message, error.remedy)
        self._stack.setCurrentWidget(self._empty)

    def clear_search(self) -> None:
        self.filters.clear()
        self.search.clear()
        self.search.setFocus()
        self.refresh()

    # --- choosing

    def _row_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        card = self.model.card(current.row())
        if card is not None:
            self.source_chosen.emit(card.source_id, card.start, card.end, self.search.text().strip())

    def eventFilter(self, watched: object, event: object) -> bool:
        """In the search field, Down goes to the list and Enter opens the first source."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.model.rowCount():
                if self._pause.isActive():
                    self.refresh()
                elif not self.list.currentIndex().isValid():
                    self.list.setCurrentIndex(self.model.index(0, 0))
                if event.key() == Qt.Key.Key_Down:
                    self.list.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.clear_search()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._service.can_write and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.drop_received.emit(files)


def _count_words(total: int) -> str:
    return "1 source found" if total == 1 else f"{total:,} sources found"
