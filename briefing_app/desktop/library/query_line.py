"""The line in which one searches: fields and their values complete themselves, and a help shows what can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.overlay import Overlay
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label

if TYPE_CHECKING:
    from briefing_app.app.completing import Completion

_ROW = 28  # pixels


class QueryLine(QLineEdit):
    """A query line. Completions are offered under it and taken with Tab, or with Down and Enter."""

    left_downwards = Signal()
    accepted = Signal()
    escaped = Signal()

    def __init__(self, service: LibraryService, icons: Icons) -> None:
        super().__init__()
        self._service = service
        self._asked = 0
        self._completion: Completion | None = None
        search = self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        icons.bind(search, "search", "muted")
        help = self.addAction(icons.icon("circle-question-mark", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        icons.bind(help, "circle-question-mark", "muted")
        help.setToolTip("What can be written here")
        help.triggered.connect(lambda: self.show_help())
        self._bound = (search, help)
        self.setPlaceholderText("Search the library")
        self.setClearButtonEnabled(True)
        self.setAccessibleName("Search the library")
        self.options = QListWidget()
        self.options.setObjectName("completions")
        self.options.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.options.hide()
        self.options.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.options.setAccessibleName("Completions")
        self.options.itemClicked.connect(self._take)
        self.textEdited.connect(lambda _: self._complete())

    # --- completing

    def _complete(self) -> None:
        """Ask for ways to go on; the newest question wins."""
        self._asked += 1
        number, line, cursor = self._asked, self.text(), self.cursorPosition()

        def show(completion: Completion | None) -> None:
            if number == self._asked and self.hasFocus():
                self._offer(completion)

        def ask(library: object) -> Completion | None:
            from briefing_app.app.completing import complete

            return complete(library, line, cursor) if number == self._asked else None  # type: ignore[arg-type]

        if line:
            self._service.ask(ask, show, lambda _: self._offer(None))
        else:
            self._offer(None)

    def _offer(self, completion: Completion | None) -> None:
        self._completion = completion
        self.options.clear()
        if completion is None:
            self.options.hide()
            return
        for option in completion.options:
            words = option.text.strip() + (f"  ·  {option.about}" if option.about else "")
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, _ROW))
            self.options.addItem(item)
        self.options.setFixedSize(self.width(), _ROW * self.options.count() + GRID + 2)
        if self.options.parentWidget() is not self.window():
            self.options.setParent(self.window())
        self.options.move(self.mapTo(self.window(), QPoint(0, self.height() + 2)))
        self.options.show()
        self.options.raise_()

    def _take(self, item: QListWidgetItem | None) -> None:
        completion = self._completion
        if completion is None or item is None:
            return
        option = completion.options[self.options.row(item)]
        line = self.text()
        self.setText(line[: completion.start] + option.text + line[completion.end :].lstrip())
        self.setCursorPosition(completion.start + len(option.text))
        self._offer(None)
        if option.text.endswith(":"):
            self._complete()

    # --- Qt's side

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.options.isVisible()
        ):
            self._take(self.options.item(max(0, self.options.currentRow())))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, offered = event.key(), self.options.isVisible()
        if offered and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.options.setCurrentRow((self.options.currentRow() + step) % self.options.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if offered and self.options.currentItem() is not None:
                self._take(self.options.currentItem())
            else:
                self._offer(None)
                self.accepted.emit()
        elif key == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif key == Qt.Key.Key_Escape:
            if offered:
                self._offer(None)
            else:
                self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._offer(None)
        super().focusOutEvent(event)

    # --- help

    def show_help(self) -> SyntaxHelp:
        """Open what can be written, under the line."""
        help = SyntaxHelp(self)
        help.open_under(self)
        return help


class SyntaxHelp(Overlay):
    """What can be written in the query line, at a glance. Any key or click closes it."""

    def __init__(self, line: QueryLine) -> None:
        from briefing_app.app.completing import SYNTAX

        super().__init__(line, "What can be written in a search")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(6)
        for number, (written, meant) in enumerate(SYNTAX):
            sample = label(written)
            sample.setFont(sized(12, bold=True))
            grid.addWidget(sample, number, 0)
            grid.addWidget(label(meant, muted=True), number, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.close()
