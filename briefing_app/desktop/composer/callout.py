"""A few words under the caret that stay until one goes on writing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.text_view import TextView

_WIDTH = 440  # pixels
_GAP = 6  # pixels below the line


class Callout(QFrame):
    """Says something about the place of the caret. It takes neither keys nor focus; any key or click ends it."""

    def __init__(self, context: Context, over: QWidget) -> None:
        super().__init__(over)
        self._around = over
        self._context = context
        self._is_error = False
        self.setObjectName("callout")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.addWidget(self.words)
        self.hide()

    def say(self, text: str, view: TextView, *, is_error: bool) -> None:
        """Show ``text`` under the caret of ``view``, once the view has come into sight."""
        theme = self._context.theme
        self._is_error = is_error
        self.words.setFont(theme.font(theme.small + 1))
        palette = self.words.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.text)
        self.words.setPalette(palette)
        self.words.setText(text)
        self.setAccessibleName(text)
        view.setAccessibleDescription(text)
        QTimer.singleShot(0, self, lambda: self._place(view))

    def _place(self, view: TextView) -> None:
        around = self._around
        if not around.isAncestorOf(view) or not self.words.text():
            return
        width = min(_WIDTH, around.width() - 48)
        inner = width - 26
        self.words.setFixedWidth(inner)
        self.resize(QSize(width, self.words.heightForWidth(inner) + 16))
        caret = view.cursorRect()
        below = view.mapTo(around, QPoint(caret.left(), caret.bottom()))
        y = below.y() + _GAP
        if y + self.height() > around.height() - 8:
            y = view.mapTo(around, caret.topLeft()).y() - _GAP - self.height()
        self.move(max(16, min(below.x() - 24, around.width() - width - 16)), max(4, y))
        self.show()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def end(self) -> None:
        """Say no more."""
        self.words.setText("")
        self.hide()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.WindowDeactivate)
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() not in _SILENT
        if self.isVisible() and (is_key or event.type() in kinds):
            self.end()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.missing if self._is_error else theme.finding)
        painter.drawRoundedRect(QRectF(4, 5, 3, self.height() - 10), 1.5, 1.5)


_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
