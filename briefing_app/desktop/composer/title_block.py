"""What stands on the briefing's title, over its first section."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from briefing_app.app.dates import in_words
from briefing_app.desktop.composer.context import Context
from briefing_app.model.briefing import Meta


class TitleBlock(QFrame):
    """Title, subtitle, and one line on who, which edition, as of when. A click asks for the properties.

    It shows and edits nothing: the dialog of the properties does.
    """

    properties_requested = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Briefing properties (Alt+Return)")
        self.title, self.subtitle, self.about = (QLabel(self) for _ in range(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 8, 28, 8)
        layout.setSpacing(4)
        for part in (self.title, self.subtitle, self.about):
            part.setTextFormat(Qt.TextFormat.PlainText)
            part.setWordWrap(True)
            layout.addWidget(part)
        self.set_theme()

    def show_meta(self, meta: Meta | None) -> None:
        """Show this title; nothing where there is no briefing."""
        self.setVisible(meta is not None)
        if meta is None:
            return
        self.title.setText(meta.title or "Untitled")
        self.subtitle.setText(meta.subtitle)
        self.subtitle.setVisible(bool(meta.subtitle))
        about = about_in_words(meta)
        self.about.setText(about)
        self.setAccessibleName(f"Title: {self.title.text()}")
        self.setAccessibleDescription(about)

    def set_theme(self) -> None:
        """Take colours and type from the context."""
        theme = self._context.theme
        looks = (
            (self.title, theme.font(theme.size + 9, weight=QFont.Weight.Bold), theme.text),
            (self.subtitle, theme.font(theme.size + 1), theme.muted),
            (self.about, theme.font(theme.small + 1), theme.muted),
        )
        for part, font, colour in looks:
            part.setFont(font)
            palette = part.palette()
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            part.setPalette(palette)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.properties_requested.emit()


def about_in_words(meta: Meta) -> str:
    """Who wrote it, which edition it is, as of when, and its marking."""
    moment = in_words(meta.as_of)
    parts = (
        ", ".join(part for part in (meta.author, meta.organisation) if part),
        meta.reference,
        f"Edition {meta.edition}",
        f"As of {moment}".replace(" ", "\u00a0") if moment else "",
        " ".join(part for part in (meta.marking, meta.restrictions) if part),
    )
    return " · ".join(part for part in parts if part)
