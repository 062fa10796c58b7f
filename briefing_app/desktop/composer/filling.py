"""Cards that are still to be made: what stands in their place meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from briefing_app.desktop.composer.context import Context
from briefing_app.model.block import Picture, Quotation, Section
from briefing_app.model.briefing import walk
from briefing_app.model.inline import Text
from briefing_app.model.plain import inlines_of

_HEAD = 84  # pixels of a card besides its text
_LINE = 28  # pixels of a line of text
_BLOCK = 8  # pixels between blocks
_LETTERS = 95  # in a line of the widest card
_PICTURE = 320  # pixels


class Waiting(QWidget):
    """An empty card in the place of a section whose own is not made yet, as tall as that is likely to be."""

    def __init__(self, context: Context, section: Section, level: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.section = section
        self.level = level
        self.row = parent
        self.setFixedHeight(likely_height(section))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)


def likely_height(section: Section) -> int:
    """About how many pixels a section's card is tall, from its text alone."""
    height = _HEAD
    for block in section.blocks:
        for node in walk(block):
            letters = sum(len(inline.text) for inline in inlines_of(node) if isinstance(inline, Text))
            height += _BLOCK + _LINE * (1 + letters // _LETTERS)
            if isinstance(node, Picture | Quotation):
                height += _PICTURE if isinstance(node, Picture) else 3 * _LINE
    return max(height, _HEAD + _LINE)
