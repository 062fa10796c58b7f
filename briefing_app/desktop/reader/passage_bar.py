"""The small bar beside a selected passage: what can be done with it, at the press of a button."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QToolButton, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.theme import Colours

_BUTTONS = (
    ("quotation", "text-quote", "Quote", "Insert as a block quotation with its citation (Ctrl+Shift+E)"),
    ("citation", "bookmark-plus", "Cite", "Insert the citation only (Ctrl+Shift+C)"),
    ("sentence", "quote", "In text", "Insert the words in quotation marks with their citation (Ctrl+Shift+S)"),
    ("translation", "languages", "Translate…", "Write your own translation of the passage, and quote it"),
    ("similar", "layers", "More", "Find more passages like this one"),
)


class PassageBar(QFrame):
    """Floats over the reader while a passage is selected. It knows no passage: it says what was asked for."""

    requested = Signal(str)  # quotation, citation, sentence, translation or similar

    def __init__(self, parent: QWidget, icons: Icons, colours: Colours) -> None:
        super().__init__(parent)
        self.setObjectName("passage_bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for mode, icon, text, tip in _BUTTONS:
            button = QToolButton()
            icons.bind(button, icon)
            button.setText(text)
            button.setToolTip(tip)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, mode=mode: self.requested.emit(mode))
            layout.addWidget(button)
            self.buttons[mode] = button
        self._shadow = QGraphicsDropShadowEffect(blurRadius=16, offset=QPointF(0, 3))
        self.setGraphicsEffect(self._shadow)
        self.recolour(colours)
        self.hide()

    def recolour(self, colours: Colours) -> None:
        self.setStyleSheet(
            f"#passage_bar {{ background: {colours.raised}; border: 1px solid {colours.field_border};"
            f" border-radius: 8px; }} #passage_bar QToolButton {{ padding: 4px 7px; }}"
        )
        shade = QColor("#000000")
        shade.setAlpha(120 if colours.name == "dark" else 45)
        self._shadow.setColor(shade)

    def _fit(self, room: int) -> None:
        """Take the words off the buttons where there is no room for them."""
        for style in (Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly):
            for button in self.buttons.values():
                button.setToolButtonStyle(style)
            self.adjustSize()
            if self.width() <= room:
                break

    def show_beside(self, selection: QRect, area: QRect) -> None:
        """Stand under the selection, or over it where there is no room; always whole and inside ``area``."""
        self._fit(area.width() - 16)
        left = min(max(area.left() + 8, selection.left()), area.right() - self.width() - 8)
        top = selection.bottom() + 8
        if top + self.height() > area.bottom() - 8:
            top = selection.top() - self.height() - 8
        top = min(max(area.top() + 8, top), area.bottom() - self.height() - 8)
        self.move(max(0, left), top)
        self.show()
        self.raise_()
