"""Two editions compared in a window: a list of what differs, and the text with its differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.dialogs.difference_page import Page, make_page
from briefing_app.desktop.fonts import SIZE, sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import GRID, Colours, Theme
from briefing_app.desktop.widgets import label, tool_button

if TYPE_CHECKING:
    from briefing_app.app.comparing.values import Comparison

_Index = QModelIndex | QPersistentModelIndex
_LINE = 20  # pixels of a line in the list
NOW = 0  # stands for the briefing as it is, where numbers stand for editions


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the two that are compared: an edition's number, or ``NOW``, and its words."""

    number: int
    words: str


class PlaceDelegate(QStyledItemDelegate):
    """Draws a section's name, and below it, smaller, how much differs in it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        name, _, counts = str(index.data()).partition("\n")
        option.text = ""
        widget: QWidget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        palette, state = option.palette, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        muted = role if chosen else QPalette.ColorRole.PlaceholderText
        area = option.rect.adjusted(2 * GRID * index.data(Qt.ItemDataRole.UserRole), GRID // 2, -GRID, -GRID // 2)
        lines = [(name, SIZE, role, area.adjusted(0, 0, 0, -_LINE if counts else 0))]
        if counts:
            lines.append((counts, SIZE - 1, muted, area.adjusted(0, _LINE, 0, 0)))
        for text, size, colour, place in lines:
            painter.setFont(sized(size))
            painter.setPen(palette.color(colour))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = 2 if "\n" in str(index.data()) else 1
        return QSize(0, lines * _LINE + GRID)


class DifferenceText(QTextBrowser):
    """The text to read, with a bar beside the difference that was gone to."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self.colour = colour
        self._marked = (0, 0)

    def mark(self, start: int, end: int) -> None:
        """Draw the bar beside these positions of the document; none where they are one."""
        self._marked = (start, end)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        start, end = self._marked
        if end <= start:
            return
        first, last = (self._rectangle(position) for position in (start, end - 1))
        top = first.top() - self.verticalScrollBar().value()
        bottom = last.bottom() - self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(QRectF(GRID, top, GRID / 2, max(GRID, bottom - top)), 2, 2)
        painter.end()

    def _rectangle(self, position: int) -> QRectF:
        document = self.document()
        return document.documentLayout().blockBoundingRect(document.findBlock(position))


class ComparisonDialog(QDialog):
    """Shows what became of one edition in another. It asks for comparisons and for the draft; it makes neither."""

    pair_wanted = Signal(int, int)
    draft_wanted = Signal(object)

    def __init__(
        self, parent: QWidget | None, title: str, choices: Sequence[Choice], icons: Icons, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"What differs in “{title}”")
        self.resize(1040, 760)
        self._icons = icons
        self._colours: Colours = theme.colours
        self._comparison: Comparison | None = None
        self._page: Page | None = None
        self._at = -1
        self.older, self.newer = self._choice(choices, "Older"), self._choice(choices, "Newer")
        self.only = QCheckBox("Only what differs")
        self.only.setChecked(True)
        self.only.toggled.connect(lambda: self._set())
        self.list = QListWidget()
        self.list.setAccessibleName("Sections that differ")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self._places = PlaceDelegate(self.list)
        self.list.setItemDelegate(self._places)
        self.list.currentRowChanged.connect(self._go_to_place)
        self.text = DifferenceText(self._colours.accent)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setAccessibleName("The text with its differences: gone words struck, new words underlined")
        self.count: QLabel = label(muted=True)
        self.state: QLabel = label(muted=True)
        self.draft_button = QPushButton("Draft “what changed”")
        self.draft_button.setToolTip("Put a section into the briefing that tells what changed, with its evidence")
        self.draft_button.setAutoDefault(False)
        self.draft_button.clicked.connect(lambda: self.draft_wanted.emit(self._comparison))
        self._lay_out()
        for keys, step in (("Alt+Down", 1), ("F3", 1), ("Alt+Up", -1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.step(step))
        theme.changed.connect(self.recolour)

    def _choice(self, choices: Sequence[Choice], name: str) -> QComboBox:
        field = QComboBox()
        field.setAccessibleName(name)
        for one in choices:
            field.addItem(one.words, one.number)
        field.activated.connect(lambda _: self.pair_wanted.emit(*self.pair))
        return field

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        top.setSpacing(GRID)
        top.addWidget(self.older)
        top.addWidget(label("→", muted=True))
        top.addWidget(self.newer)
        top.addWidget(self.state, 1)
        top.addWidget(self.count)
        top.addWidget(tool_button(self._icons, "arrow-up", "Difference before (Alt+Up)", lambda: self.step(-1)))
        top.addWidget(tool_button(self._icons, "arrow-down", "Next difference (Alt+Down)", lambda: self.step(1)))
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.list)
        middle.addWidget(self.text)
        middle.setStretchFactor(1, 1)
        middle.setSizes([264, 776])
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        bottom.setSpacing(GRID)
        bottom.addWidget(self.only)
        bottom.addStretch(1)
        bottom.addWidget(self.draft_button)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (top, _rule(), middle, _rule(), bottom):
            if isinstance(part, QHBoxLayout):
                layout.addLayout(part)
            else:
                layout.addWidget(part, 1 if part is middle else 0)

    # --- what is compared

    @property
    def pair(self) -> tuple[int, int]:
        """The numbers of both sides; ``NOW`` is the briefing as it is."""
        return int(self.older.currentData()), int(self.newer.currentData())

    def choose(self, older: int, newer: int) -> None:
        """Compare these two."""
        self.older.setCurrentIndex(max(0, self.older.findData(older)))
        self.newer.setCurrentIndex(max(0, self.newer.findData(newer)))
        self.wait()
        self.pair_wanted.emit(*self.pair)

    def wait(self) -> None:
        self.state.setText("Comparing…")

    def show_comparison(self, comparison: Comparison) -> None:
        """Show what differs between the chosen two."""
        self._comparison = comparison
        self.state.setText("")
        self._set()
        older, newer = self.pair
        self.draft_button.setEnabled(newer == NOW and older != NOW and not comparison.is_empty)
        self.text.setFocus()

    def show_problem(self, words: str) -> None:
        """Say why the two cannot be compared."""
        self._comparison = self._page = None
        self.state.setText("")
        self.list.clear()
        self.text.setPlainText(words)
        self.count.setText("")
        self.draft_button.setEnabled(False)

    def recolour(self, colours: Colours) -> None:
        self._colours = colours
        self.text.colour = colours.accent
        self._set()

    def _set(self) -> None:
        if self._comparison is None:
            return
        self._page = make_page(self._comparison, self._colours, SIZE + 1, only_differences=self.only.isChecked())
        self._page.document.setParent(self.text)
        self._page.document.setDefaultFont(self.text.font())
        self.text.setDocument(self._page.document)
        self._at = -1
        self.text.mark(0, 0)
        self._say_count()
        self.list.blockSignals(True)
        self.list.clear()
        for place in self._page.places:
            item = QListWidgetItem(f"{place.name}\n{place.counts}" if place.counts else place.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, place.depth)
        self.list.blockSignals(False)

    # --- going about

    def _go_to_place(self, row: int) -> None:
        if self._page is not None and 0 <= row < len(self._page.places):
            position = self._page.places[row].position
            self._show(position, position)

    def step(self, by: int) -> None:
        """Go to the next difference, or to the one before."""
        if self._page is None or not self._page.differences:
            return
        last = len(self._page.differences) - 1
        self._at = min(last, max(0, self._at + by)) if self._at >= 0 else (0 if by > 0 else last)
        start, end = self._page.differences[self._at]
        self._show(start, end)
        self._say_count()
        row = max((n for n, place in enumerate(self._page.places) if place.position <= start), default=-1)
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _say_count(self) -> None:
        count = len(self._page.differences) if self._page else 0
        at = f"{self._at + 1} of " if self._at >= 0 else ""
        self.count.setText(f"{at}{count} difference{'' if count == 1 else 's'}")

    def _show(self, start: int, end: int) -> None:
        """Bring a part of the text near the top and put the caret there."""
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(start)
        self.text.setTextCursor(cursor)
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect(cursor).top() - 3 * GRID)
        self.text.mark(start, end)


def _rule() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setObjectName("rule")
    return line
