"""The reader: a source with its fields, its text, and what of it the briefing cites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.reader.pages_pane import PagesPane
from briefing_app.desktop.reader.passage_bar import PassageBar
from briefing_app.desktop.reader.view import PART, Passage, Range, ReaderView
from briefing_app.desktop.theme import GRID, Colours
from briefing_app.desktop.widgets import ElidedLabel, EmptyState, label, tool_button
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source, SourceKind

if TYPE_CHECKING:
    from briefing_app.app.reading import OpenedSource


class ReaderPanel(QWidget):
    """Shows one source, or an excerpt of one that is not in the library. It inserts nothing: it asks to."""

    passage_requested = Signal(str, object)  # mode, Passage
    similar_requested = Signal(object)  # Passage
    correction_requested = Signal(object)  # OpenedSource

    def __init__(self, pages: PagesPane, icons: Icons, colours: Colours) -> None:
        super().__init__()
        self._opened: OpenedSource | None = None
        self._parts: list[Range] = []
        self._part = 0
        self._cited: tuple[Range, ...] = ()
        self._read_only = False
        self.view = ReaderView(colours)
        self.pages = pages
        self._bodies = QStackedWidget()
        self._as_pages = QPushButton("Pages")
        self._as_pages.setCheckable(True)
        self._as_pages.setToolTip("Show the pages as they were saved, or the text from which passages are taken")
        self._as_pages.toggled.connect(self._show_body)
        self._focus: Range | None = None
        self.bar = PassageBar(self.view.viewport(), icons, colours)
        self._title = label(bold=True, size=16, wrap=True)
        self._about = label(muted=True, wrap=True)
        self._url = ElidedLabel()
        self._url.setProperty("muted", True)
        self._tags = label(muted=True, wrap=True)
        self._note = label(wrap=True)
        self._notice = label(wrap=True)
        self._correct = QPushButton("Correct…")
        self._correct.setToolTip("Correct the title, outlet, date and the other fields, and set tags")
        self._correct.clicked.connect(self._ask_correction)
        self._part_label: QLabel = label(muted=True)
        self._part_row = QWidget()
        self._empty = EmptyState(icons)
        self._stack = QStackedWidget()
        self._lay_out(icons)
        self.bar.requested.connect(self.request)
        self.view.selectionChanged.connect(self._place_bar)
        self.view.verticalScrollBar().valueChanged.connect(lambda: self._place_bar())
        self.clear()

    def _lay_out(self, icons: Icons) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(20, 2 * GRID, 2 * GRID, 12)
        head.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(GRID)
        first.addWidget(self._title, 1)
        first.addWidget(self._as_pages, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._correct, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(first)
        for part in (self._about, self._url, self._tags, self._note, self._notice):
            head.addWidget(part)
        parts = QHBoxLayout(self._part_row)
        parts.setContentsMargins(20, 0, 2 * GRID, GRID // 2)
        parts.addWidget(tool_button(icons, "chevron-left", "Previous part", lambda: self.show_part(self._part - 1)))
        parts.addWidget(self._part_label)
        parts.addWidget(tool_button(icons, "chevron-right", "Next part", lambda: self.show_part(self._part + 1)))
        parts.addStretch(1)
        line = QFrame()
        line.setFixedHeight(1)
        line.setObjectName("rule")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._part_row)
        layout.addWidget(line)
        self._bodies.addWidget(self.view)
        self._bodies.addWidget(self.pages)
        layout.addWidget(self._bodies, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    # --- showing

    @property
    def source_id(self) -> str:
        return self._opened.source.id if self._opened else ""

    def clear(self) -> None:
        """Show that no source is chosen."""
        self._opened = None
        self._empty.show_state(
            "book-open",
            "No source is open",
            "Choose a source in the library. Then select a passage in it and press Ctrl+Shift+E to quote it,"
            " or drag it into the briefing.",
        )
        self._stack.setCurrentWidget(self._empty)

    def show_source(self, opened: OpenedSource, start: int = 0, end: int = 0, *, select: bool = False) -> None:
        """Show a source, at a passage of it where there is one."""
        self._opened = opened
        self._fill_head(opened.source, opened.tags, opened.note)
        self._correct.show()
        self._as_pages.setVisible(opened.source.kind is SourceKind.PDF)
        self._focus = (start, end) if end > start else None
        self._say_state(opened)
        self._parts = split(opened.text)
        self._part = next((n for n, (first, last) in enumerate(self._parts) if first <= start < last), 0)
        self._load_part()
        if end > start:
            self.view.reveal(start, end, select=select)
        self._show_body()
        self._stack.setCurrentIndex(0)

    def _show_body(self) -> None:
        """Show the text, or the pages where they are wanted and there are any."""
        opened = self._opened
        if opened is not None and opened.source.kind is SourceKind.PDF and self._as_pages.isChecked():
            self.bar.hide()
            self.pages.show_source(opened, self._focus)
            self._bodies.setCurrentWidget(self.pages)
            self._part_row.hide()
        else:
            self._bodies.setCurrentWidget(self.view)
            self._part_row.setVisible(opened is not None and len(self._parts) > 1)

    def show_excerpt(self, source: Source, excerpt: Excerpt) -> None:
        """Show what the briefing itself keeps of a source that is not in this library."""
        self._opened = None
        self._fill_head(source, ())
        self._correct.hide()
        self._as_pages.hide()
        self._bodies.setCurrentWidget(self.view)
        self._notice.setText("This source is not in the library. The briefing keeps the passage that it cites.")
        self._notice.show()
        self._part_row.hide()
        base = excerpt.start - len(excerpt.before)
        self.view.show_text(source.id, excerpt.before + excerpt.text + excerpt.after, (), base)
        self.view.set_marks([(excerpt.start, excerpt.end)], [])
        self._stack.setCurrentIndex(0)

    def set_cited(self, cited: Sequence[Range]) -> None:
        """The ranges of this source that the briefing cites now."""
        self._cited = tuple(cited)
        self.pages.set_cited(self._cited)
        if self._opened is not None:
            self.view.set_marks(self._cited, self._opened.matches)

    def show_part(self, number: int) -> None:
        """Show another part of a very long text."""
        if 0 <= number < len(self._parts):
            self._part = number
            self._load_part()

    def recolour(self, colours: Colours) -> None:
        self.view.recolour(colours)
        self.pages.recolour(colours)
        self.bar.recolour(colours)
        self._empty.recolour()

    def _load_part(self) -> None:
        assert self._opened is not None
        first, last = self._parts[self._part]
        blocks = [block for block in self._opened.blocks if first <= block.start < last]
        self.view.show_text(self._opened.source.id, self._opened.text[first:last], blocks, first)
        self.view.set_marks(self._cited, self._opened.matches)
        self._part_row.setVisible(len(self._parts) > 1)
        self._part_label.setText(f"Part {self._part + 1} of {len(self._parts)}")

    def _fill_head(self, source: Source, tags: Sequence[str], note: str = "") -> None:
        self._title.setText(source.display_title)
        pages = f"{source.pages} pages" if source.pages and source.pages > 1 else ""
        grade = f"grade {source.reliability}" if source.reliability else ""
        about = (
            source.outlet,
            ", ".join(source.authors),
            source.published[:10],
            source.language,
            pages,
            grade,
            source.marking,
        )
        self._about.setText(" · ".join(part for part in about if part) or source.file_name)
        self._url.set_whole(source.url)
        self._url.setVisible(bool(source.url))
        self._tags.setText("  ".join(f"#{tag}" for tag in tags))
        self._tags.setVisible(bool(tags))
        self._note.setText(f"Note: {note}")
        self._note.setVisible(bool(note))

    def _say_state(self, opened: OpenedSource) -> None:
        notes = list(opened.warnings)
        if opened.source.no_text:
            notes.insert(0, "There is no readable text in this file, as in a scan. It can be described, not quoted.")
        self._notice.setText("\n".join(notes))
        self._notice.setVisible(bool(notes))

    # --- passages

    def set_read_only(self, read_only: bool) -> None:
        """True where the library cannot be written to, so that nothing can be corrected."""
        self._correct.setEnabled(not read_only)

    def passage(self) -> Passage | None:
        """The selected passage of a source in the library."""
        shown = self._opened is not None and self._bodies.currentWidget() is self.view
        return self.view.passage() if shown else None

    def request(self, mode: str) -> None:
        """Ask to insert the selected passage: as quotation, citation, sentence or translation; or for ones like it."""
        if (passage := self.passage()) is None:
            return
        self.bar.hide()
        if mode == "similar":
            self.similar_requested.emit(passage)
        else:
            self.passage_requested.emit(mode, passage)

    def _ask_correction(self) -> None:
        if self._opened is not None:
            self.correction_requested.emit(self._opened)

    def _place_bar(self) -> None:
        if self.passage() is None:
            self.bar.hide()
            return
        cursor = self.view.textCursor()
        cursor.setPosition(cursor.selectionStart())
        first = self.view.cursorRect(cursor)
        last = self.view.cursorRect()
        around = QRect(min(first.left(), last.left()), first.top(), 1, 1).united(last)
        visible = self.view.viewport().rect()
        if around.bottom() < visible.top() or around.top() > visible.bottom():
            self.bar.hide()
        else:
            self.bar.show_beside(around, visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.bar.isVisible():
            self._place_bar()


def split(text: str) -> list[Range]:
    """A text in parts of up to 1.2 million code points, each ending with a line."""
    parts, start = [], 0
    while len(text) - start > PART:
        end = text.rfind("\n", start, start + PART) + 1
        if end <= start:
            end = start + PART
        parts.append((start, end))
        start = end
    parts.append((start, len(text)))
    return parts
