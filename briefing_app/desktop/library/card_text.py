"""Lines of text on a card: titles of one or two lines, snippets with what was found in them marked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from briefing_app.desktop.library.cards import Card
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.utf16 import Positions

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def draw_line(painter: QPainter, place: QRect, text: str, font: QFont, colour: str, most: int = 1) -> int:
    """Draw a text in one line, or in two where it needs and may have them; what is too long ends in an ellipsis.

    Gives how many lines it took.
    """
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetrics(font)
    width, height = place.width(), place.height() // most
    if most == 1 or metrics.horizontalAdvance(text) <= width:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(place.left(), place.top(), width, height), _FLAGS, shown)
        return 1
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    cut = line.textLength()
    layout.endLayout()
    point = Positions(text).to_point(cut)
    painter.drawText(QRect(place.left(), place.top(), width, height), _FLAGS, text[:point].rstrip())
    shown = metrics.elidedText(text[point:].lstrip(), Qt.TextElideMode.ElideRight, width)
    painter.drawText(QRect(place.left(), place.top() + height, width, height), _FLAGS, shown)
    return 2


def draw_snippet(painter: QPainter, place: QRect, card: Card, font: QFont, colours: Colours, height: int) -> None:
    """Draw a card's snippet in as many lines as there is room for."""
    text = card.snippet.replace("\n", " ")
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_marks(text, card.highlights, colours))
    layout.beginLayout()
    y = 1.0
    while y + height <= place.height() + 2:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, y))
        y += height
    layout.endLayout()
    painter.setPen(QColor(colours.muted))
    layout.draw(painter, QPointF(place.topLeft()))


def _marks(text: str, highlights: tuple[tuple[int, int], ...], colours: Colours) -> list[QTextLayout.FormatRange]:
    positions = Positions(text)
    ranges = []
    for start, end in highlights:
        mark = QTextLayout.FormatRange()
        mark.start = positions.to_utf16(start)
        mark.length = positions.to_utf16(end) - mark.start
        style = QTextCharFormat()
        style.setBackground(QColor(colours.match))
        style.setForeground(QColor(colours.text))
        mark.format = style
        ranges.append(mark)
    return ranges
