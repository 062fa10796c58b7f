"""A source as it was: the pages of its PDF, with the passages marked that the briefing cites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from briefing_app.desktop.background import Done, Failed, Lane, Ticket
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.page_bar import PageBar
from briefing_app.desktop.page_view import PageView
from briefing_app.desktop.reader.view import Range
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.widgets import EmptyState
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.reading import OpenedSource
    from briefing_app.app.source_pages import Box, SourcePages


class Originals(Protocol):
    """Where original bytes come from, as the library's service gives them."""

    def ask(self, question: Callable[[Any], Any], done: Done | None = None, failed: Failed | None = None) -> Ticket: ...


class PagesPane(QWidget):
    """Shows the pages of one source at a time. It opens and draws nothing itself, and selects no passages."""

    placed = Signal()  # the marks of what was asked for last are drawn

    def __init__(
        self, originals: Originals, open_pages: Callable[[str, bytes], SourcePages], icons: Icons, colours: Colours
    ) -> None:
        super().__init__()
        self._originals = originals
        self._open_pages = open_pages
        self._lane = Lane("source-pages", self)
        self._opened: OpenedSource | None = None
        self._pages: SourcePages | None = None
        self._cited: tuple[Range, ...] = ()
        self._focus: Range | None = None
        self._asked: Ticket | None = None
        self._placing: Ticket | None = None
        self.view = PageView(colours, "Pages of the source")
        self._bar = PageBar(self.view, icons, 20)
        self._empty = EmptyState(icons)
        self._stack = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)

    # --- showing

    def show_source(self, opened: OpenedSource, focus: Range | None = None) -> None:
        """Show the pages of a source, at the passage ``focus`` where there is one."""
        same = self._opened is not None and self._opened.source.sha256 == opened.source.sha256
        self._opened, self._focus = opened, focus
        if same and self._pages is not None:
            self._place(go=True)
            return
        self._pages = None
        self.view.show_pages(None)
        self._say("loader-circle", "Opening the pages…", "")
        if self._asked is not None:
            self._asked.cancel()
        source = opened.source
        self._asked = self._originals.ask(
            lambda library: library.original(source.id), lambda data: self._draw(source.sha256, data), self._failed
        )

    def set_cited(self, cited: Sequence[Range]) -> None:
        """The ranges of this source that the briefing cites now."""
        if tuple(cited) != self._cited:
            self._cited = tuple(cited)
            if self.isVisible():
                self._place(go=False)

    def recolour(self, colours: Colours) -> None:
        self.view.recolour(colours)
        self._empty.recolour()

    def close_lanes(self) -> None:
        self._lane.close()
        self.view.close_lane()

    def _draw(self, key: str, data: bytes) -> None:
        self._asked = self._lane.run(lambda: self._open_pages(key, data), self._drawn, self._failed)

    def _drawn(self, pages: SourcePages) -> None:
        self._pages = pages
        self.view.show_pages(pages)
        self.view.go_to(1)
        self._stack.setCurrentWidget(self.view)
        self._place(go=True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, BriefingError):
            raise error
        self._say("circle-alert", "The pages cannot be shown", f"{error.message} {error.remedy}".strip())

    def _say(self, icon: str, title: str, text: str) -> None:
        self._empty.show_state(icon, title, text)
        self._stack.setCurrentWidget(self._empty)
        self._bar.say("")

    # --- marks

    def _place(self, *, go: bool) -> None:
        """Ask where the passages stand, and show it."""
        opened, pages = self._opened, self._pages
        if opened is None or pages is None:
            return
        focus = self._focus
        ranges = list(dict.fromkeys((*self._cited, *((focus,) if focus else ()))))
        if self._placing is not None:
            self._placing.cancel()
        self._placing = self._lane.run(
            lambda: pages.marks(opened.text, opened.pages, ranges),
            lambda found: self._mark(found, focus if go else None),
            self._failed,
        )

    def _mark(self, found: dict[Range, dict[int, list[Box]]], focus: Range | None) -> None:
        marks: dict[int, list[tuple[Box, bool]]] = {}
        for one, boxes in found.items():
            for page, lines in boxes.items():
                marks.setdefault(page, []).extend((line, one in self._cited) for line in lines)
        self.view.set_marks(marks)
        if focus is not None:
            self._go_to(focus, found.get(focus, {}))
        self.placed.emit()

    def _go_to(self, focus: Range, boxes: dict[int, list[Box]]) -> None:
        first = next(iter(boxes.items()), None)
        self._bar.say("" if first else "The passage cannot be placed on its page for certain")
        if first is not None:
            self.view.go_to(first[0], max(0.0, first[1][0][1] - 72.0))
        else:
            self.view.go_to(self._page_of(focus[0]) or 1)

    def _page_of(self, start: int) -> int | None:
        spans = self._opened.pages if self._opened is not None else ()
        return next((span.number for span in spans if span.start <= start < span.end), None)
