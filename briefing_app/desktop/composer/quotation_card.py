"""How a quotation of a passage is set: its words, its translation's badge, its attribution."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.labels import language_name
from briefing_app.model.block import Quotation


def quotation_document(quotation: Quotation, context: Context, width: float) -> QTextDocument:
    """A text document of the given width with the whole quotation in it, for drawing only."""
    writer = _CardWriter(context, width)
    excerpt = context.labels.excerpts.get(quotation.excerpt_id)
    theme = context.theme
    if quotation.mark:
        writer.add(f"({quotation.mark})", theme.muted, theme.small - 1, after=4)
    if excerpt is None:
        writer.add("The briefing does not hold the passage of this quotation.", theme.missing, theme.size)
        return writer.document
    translation = excerpt.translation if quotation.translated else None
    for paragraph in paragraphs_of(translation.text if translation else excerpt.text):
        writer.add(paragraph, theme.text, theme.size, after=6, line_height=theme.line_height - 6)
    if translation is not None:
        by = f" by {translation.translator}" if translation.translator else ""
        writer.add(
            f"Translated from {language_name(excerpt.language) or 'the original'}{by}",
            theme.accent,
            theme.small,
            after=4,
        )
        for paragraph in paragraphs_of(excerpt.text):
            writer.add(paragraph, theme.muted, theme.small + 1, after=6, line_height=140)
    elif quotation.translated:
        writer.add("There is no translation of this passage yet.", theme.finding, theme.small, after=4)
    writer.add(f"— {context.labels.attribution(quotation.excerpt_id)}", theme.muted, theme.small)
    return writer.document


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a passage, without blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_right_to_left(text: str) -> bool:
    """True where the first strong character of ``text`` is of a script that runs to the left."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False


class _CardWriter:
    """Adds paragraphs to a text document that is only ever drawn."""

    def __init__(self, context: Context, width: float) -> None:
        self._context = context
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(context.theme.font())
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document.setDefaultTextOption(option)
        self.document.setTextWidth(width)
        self._cursor = QTextCursor(self.document)
        self._started = False

    def add(self, text: str, colour: QColor, size: int, *, after: float = 0, line_height: int = 130) -> None:
        block = QTextBlockFormat()
        block.setBottomMargin(after)
        block.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        run = QTextCharFormat()
        run.setFont(self._context.theme.font(size, weight=QFont.Weight.Normal))
        run.setForeground(colour)
        if self._started:
            self._cursor.insertBlock(block, run)
        else:
            self._cursor.setBlockFormat(block)
            self._started = True
        self._cursor.insertText(text, run)
