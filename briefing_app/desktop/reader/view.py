"""The text of a source, read only: selecting in it gives passages in code points of the stored text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.library.cards import passage_mime
from briefing_app.desktop.theme import GRID, Colours
from briefing_app.desktop.utf16 import Positions
from briefing_app.model.reading import BlockKind, TextBlock

SLICE = 24_000  # code points that are laid out at a time, so that the window stays awake
PART = 1_200_000  # code points that are shown as one text: about 200,000 words
_MARKS = 2_000  # highlights that are drawn at most
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of a source's stored text, in code points, without white space at its ends."""

    source_id: str
    start: int
    end: int


class ReaderView(QTextEdit):
    """Shows one source's text, or one part of a very long one. It changes nothing.

    Its document has exactly one UTF-16 unit or pair for each code point of the part: lines become paragraphs, and
    blank lines are drawn as narrow gaps instead of being dropped.
    """

    passage_selected = Signal(bool)
    loaded = Signal()

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours = colours
        self._source_id = ""
        self._text = ""
        self._base = 0
        self._shown = 0
        self._positions = Positions("")
        self._headings: set[int] = set()
        self._cited: tuple[Range, ...] = ()
        self._matches: tuple[Range, ...] = ()
        self._target: tuple[int, int, bool] | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(2.5 * GRID)
        self.document().setDefaultFont(sized(14))
        self.setAccessibleName("Text of the source")
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._append_slice)
        self.selectionChanged.connect(lambda: self.passage_selected.emit(self.passage() is not None))

    # --- showing

    @property
    def source_id(self) -> str:
        return self._source_id

    @property
    def is_whole(self) -> bool:
        """True once the whole part is laid out."""
        return self._shown >= len(self._text)

    def show_text(self, source_id: str, text: str, blocks: Sequence[TextBlock] = (), base: int = 0) -> None:
        """Show ``text``, which begins at code point ``base`` of the source's text."""
        self._more.stop()
        self._source_id, self._text, self._base = source_id, text, base
        self._shown = 0
        self._target = None
        self._positions = Positions(text)
        self._headings = {block.start - base for block in blocks if block.kind is BlockKind.HEADING}
        self._cited = self._matches = ()
        self.setExtraSelections([])
        self.clear()
        self._append_slice()

    def _append_slice(self) -> None:
        if self.is_whole:
            return
        end = min(len(self._text), self._shown + SLICE)
        if end < len(self._text):
            newline = self._text.find("\n", end)
            end = len(self._text) if newline < 0 else min(newline + 1, end + SLICE)
        keeper = self.textCursor()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        start = self._shown
        for number, line in enumerate(self._text[start:end].split("\n")):
            if number:
                cursor.insertBlock()
            self._insert_line(cursor, line, start)
            start += len(line) + 1
        cursor.endEditBlock()
        self._shown = end
        if not keeper.hasSelection() and keeper.position() == cursor.position():
            keeper.setPosition(0)
        self.setTextCursor(keeper)
        self._mark()
        self._go()
        if self.is_whole:
            self.loaded.emit()
        else:
            self._more.start()

    def _insert_line(self, cursor: QTextCursor, line: str, start: int) -> None:
        block = QTextBlockFormat()
        style = QTextCharFormat()
        if not line:
            block.setLineHeight(9, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        else:
            block.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if start in self._headings:
            style.setFontWeight(QFont.Weight.DemiBold)
            style.setProperty(QTextCharFormat.Property.FontPixelSize, 16)
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(style)
        cursor.insertText(line, style)

    def set_marks(self, cited: Sequence[Range], matches: Sequence[Range]) -> None:
        """Highlight what the briefing cites and what was searched for; ranges of the source's text."""
        self._cited, self._matches = tuple(cited), tuple(matches)
        self._mark()

    def recolour(self, colours: Colours) -> None:
        self._colours = colours
        self._mark()

    def _mark(self) -> None:
        marks = [(one, self._colours.cited) for one in self._cited]
        marks += [(one, self._colours.match) for one in self._matches[:_MARKS]]
        selections = []
        for (start, end), colour in marks:
            cursor = self._cursor(start, end)
            if cursor is not None:
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format.setBackground(QColor(colour))
                selections.append(selection)
        self.setExtraSelections(selections)

    # --- places

    def reveal(self, start: int, end: int, *, select: bool = False) -> None:
        """Scroll to a range of the source's text, as soon as it is laid out; ``select`` selects it too."""
        self._target = (start, end, select)
        self._go()

    def _go(self) -> None:
        if self._target is None:
            return
        start, end, select = self._target
        if end - self._base > self._shown and not self.is_whole:
            return
        self._target = None
        cursor = self._cursor(start, end)
        if cursor is None:
            return
        place = QTextCursor(cursor)
        place.setPosition(cursor.selectionStart())
        self.setTextCursor(place)
        top = self.cursorRect(place).top()
        bar = self.verticalScrollBar()
        if not 0 <= top <= self.viewport().height() * 2 // 3:
            bar.setValue(bar.value() + top - self.viewport().height() // 4)
        if select:
            self.setTextCursor(cursor)

    def _cursor(self, start: int, end: int) -> QTextCursor | None:
        start, end = start - self._base, end - self._base
        if not 0 <= start < end <= self._shown:
            return None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._positions.to_utf16(start))
        cursor.setPosition(self._positions.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def passage(self) -> Passage | None:
        """What is selected, without the white space at its ends; None where that is nothing."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start = self._positions.to_point(cursor.selectionStart())
        end = self._positions.to_point(cursor.selectionEnd())
        text = self._text[start:end]
        if not text.strip():
            return None
        start += len(text) - len(text.lstrip())
        return Passage(self._source_id, self._base + start, self._base + start + len(text.strip()))

    def text_of(self, passage: Passage) -> str:
        """The words of a passage of the part that is shown."""
        return self._text[passage.start - self._base : passage.end - self._base]

    # --- Qt's side

    def createMimeDataFromSelection(self) -> QMimeData:
        passage = self.passage()
        if passage is None:
            return QMimeData()
        return passage_mime(passage.source_id, passage.start, passage.end, self.text_of(passage))
