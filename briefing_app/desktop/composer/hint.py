"""What the template asks of a section, as a quiet note over its text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from briefing_app.desktop.composer.theme import ComposerTheme
from briefing_app.model.template import TemplateSection


class Hint(QFrame):
    """Guidance and questions. It opens by itself over an empty section, and by its button over any other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = QColor()
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 12, 10)
        layout.addWidget(self._label)

    @property
    def has_text(self) -> bool:
        """True where the template says anything."""
        return bool(self._label.text())

    def show_template(self, section: TemplateSection | None) -> None:
        """Show what this section of the template asks."""
        lines = [section.guidance] if section is not None and section.guidance else []
        if section is not None:
            lines.extend(f"•  {question}" for question in section.questions)
        self._label.setText("\n".join(lines))

    def set_theme(self, theme: ComposerTheme) -> None:
        """Take colours and type."""
        self._label.setFont(theme.font(theme.small + 1))
        self._ground = theme.hint
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.muted)
        self._label.setPalette(palette)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(self.rect(), 6, 6)
