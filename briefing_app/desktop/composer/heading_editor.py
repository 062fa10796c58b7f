"""The heading of a section, edited in its place."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QTextCursor
from PySide6.QtWidgets import QWidget

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.decorations import Decorations
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.inlines import as_shown, read_inlines, write_inlines
from briefing_app.desktop.composer.key_tools import is_redo, is_undo
from briefing_app.desktop.composer.properties import Kind
from briefing_app.desktop.composer.reader import blocks_of
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.desktop.composer.typing_groups import TypingGroups
from briefing_app.model.block import Section
from briefing_app.model.edit import SetText
from briefing_app.model.inline import Inline, Inlines, Text, merge_texts

_SIZES = (19, 17, 16, 15)  # pixels, by depth


class HeadingEditor(TextView):
    """One line of inlines. Enter goes on to the section's text; it is not where sections are made or moved."""

    is_heading = True

    def __init__(self, context: Context, host: Host, section: Section, depth: int, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._host = host
        self._section_id = section.id
        self._depth = depth
        self._heading: Inlines = ()
        self._mark = section.mark
        self._decorations = Decorations(self.document(), context, section.id)
        self._groups = TypingGroups()
        self._writing = False
        self._before = self.caret()
        self.setPlaceholderText("Heading")
        self.setAccessibleName("Heading of the section")
        self.document().contentsChanged.connect(self._commit)
        self.cursorPositionChanged.connect(self._note_caret)
        self.set_theme(section)

    def set_theme(self, section: Section) -> None:
        """Take fonts and colours anew."""
        self.apply_theme()
        size = _SIZES[min(self._depth, len(_SIZES)) - 1]
        font = self._context.theme.font(size, weight=QFont.Weight.DemiBold)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._write(section.heading)

    def show_section(self, section: Section) -> None:
        """Show the section's heading where it differs from what stands here."""
        if section.heading != self._heading or section.mark != self._mark:
            self._mark = section.mark
            caret = self.caret()
            self._write(section.heading)
            if caret is not None and self.hasFocus():
                self.place_caret(caret)

    def refresh_labels(self) -> None:
        """Draw citations with their new labels."""
        self._write(self._heading)

    def _write(self, heading: Inlines) -> None:
        self._writing = True
        self._heading = heading
        styles = self._context.styles
        self.document().clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(styles.block(self._section_id, Kind.PARAGRAPH, mark=self._mark, place="heading"))
        cursor.setBlockCharFormat(styles.plain(Kind.PARAGRAPH, "heading"))
        write_inlines(cursor, heading, styles, "heading")
        self._writing = False

    def paint_around(self, painter: QPainter, rect: QRectF) -> None:
        self._decorations.paint(painter, rect, ())

    def _least_height(self) -> int:
        return QFontMetrics(self.document().defaultFont()).height()

    def _note_caret(self) -> None:
        if not self._writing:
            self._before = self.caret()

    def _commit(self) -> None:
        if self._writing:
            return
        parts: list[Inline] = []
        for block in blocks_of(self.document()):
            parts.extend((Text(" "), *read_inlines(block)) if parts else read_inlines(block))
        words = merge_texts(tuple(parts))
        if words == as_shown(self._heading):
            return
        caret = self.caret()
        growth = _length(words) - _length(self._heading)
        self._heading = words
        cursor = self.textCursor()
        typed = cursor.block().text()[cursor.positionInBlock() - 1 : cursor.positionInBlock()]
        merge = self._groups.key(self._section_id, growth, caret.offset if caret else 0, typed)
        edit = SetText(self._section_id, words)
        before = self._before
        if not self._host.submit(edit, "Change heading", merge=merge, echo=self, before=before, after=caret):
            section = self._host.section(self._section_id)
            self._write(section.heading if section is not None else ())
        self._before = caret

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            self._host.undo()
        elif is_redo(event):
            self._host.redo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.key() == Qt.Key.Key_Tab:
            self._host.cross(self, 1, 0)
        elif event.key() == Qt.Key.Key_Backtab:
            self._host.cross(self, -1, 0)
        elif event.matches(QKeySequence.StandardKey.MoveToNextLine) and self._at_edge(1):
            self._host.cross(self, 1, self.cursorRect().x())
        elif event.matches(QKeySequence.StandardKey.MoveToPreviousLine) and self._at_edge(-1):
            self._host.cross(self, -1, self.cursorRect().x())
        elif event.matches(QKeySequence.StandardKey.MoveToNextChar) and self._is_at(1):
            self._host.cross(self, 1, 0)
        elif event.matches(QKeySequence.StandardKey.MoveToPreviousChar) and self._is_at(-1):
            self._host.cross(self, -1, 0)
        elif event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
            self._host.scroll("start")
        elif event.matches(QKeySequence.StandardKey.MoveToEndOfDocument):
            self._host.scroll("end")
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._host.scroll("page up" if event.key() == Qt.Key.Key_PageUp else "page down")
        else:
            super().keyPressEvent(event)

    def _is_at(self, step: int) -> bool:
        """True where the caret stands at the heading's end (1) or its start (-1), with nothing selected."""
        cursor = self.textCursor()
        return not cursor.hasSelection() and (cursor.atEnd() if step > 0 else cursor.atStart())

    def _at_edge(self, step: int) -> bool:
        moved = self.textCursor()
        operation = QTextCursor.MoveOperation.Down if step > 0 else QTextCursor.MoveOperation.Up
        return not moved.movePosition(operation)

    # --- the clipboard: one line of words

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.textCursor().insertText(" ".join(source.text().split()))

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\ufffc", "").replace("\u2028", " "))
        return data


def _length(inlines: Inlines) -> int:
    return sum(len(one.text) if isinstance(one, Text) else 1 for one in inlines)
