"""Small parts that several panels and dialogs share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons, Tint
from briefing_app.desktop.theme import GRID
from briefing_app.errors import BriefingError


def label(text: str = "", *, muted: bool = False, bold: bool = False, size: int = 0, wrap: bool = False) -> QLabel:
    """A label of plain text: markup in a source's title is never interpreted."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if muted:
        made.setProperty("muted", True)
    if bold or size:
        made.setFont(sized(size or 13, bold=bold))
    return made


def tool_button(icons: Icons, icon: str, text: str, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A button that shows an icon only; ``text`` is its tool tip and its name for screen readers."""
    button = QToolButton()
    icons.bind(button, icon)
    button.setIconSize(QSize(18, 18))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setAutoRaise(True)
    if clicked is not None:
        button.clicked.connect(lambda: clicked())
    return button


def spin_box(least: int, most: int, value: int) -> QSpinBox:
    """A field for a small number, with the room beside it that other fields have."""
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setMinimumWidth(96)
    made.lineEdit().setTextMargins(GRID, 0, 0, 0)  # a style sheet's padding does not reach it
    return made


def column(*parts: QWidget, spacing: int = GRID, margins: int = 0) -> QWidget:
    """The parts below one another."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(margins, margins, margins, margins)
    layout.setSpacing(spacing)
    for part in parts:
        layout.addWidget(part)
    return made


class ElidedLabel(QLabel):
    """A label of one line that is cut with an ellipsis where it is too long, and shows the whole as its tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.set_whole(text)

    @property
    def whole(self) -> str:
        """The words, also where only their beginning is shown."""
        return self._whole

    def set_whole(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self._cut()

    def resizeEvent(self, event: object) -> None:
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width())))


class EmptyState(QWidget):
    """What a panel shows when it has nothing: a drawing, what is the case, what to do, and buttons that do it."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._picture = QLabel()
        self._title = label(bold=True, size=14, wrap=True)
        self._text = label(muted=True, wrap=True)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(GRID)
        layout.addStretch(2)
        for part in (self._picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(part)
        layout.addSpacing(GRID)
        layout.addLayout(self._buttons)
        layout.addStretch(3)
        self._icon = ""

    def show_state(self, icon: str, title: str, text: str, *buttons: QPushButton) -> None:
        """Show this; buttons that were shown before go."""
        self._icon = icon
        self.recolour()
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for button in buttons:
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def recolour(self) -> None:
        if self._icon:
            self._picture.setPixmap(self._icons.pixmap(self._icon, 32, "muted", self.devicePixelRatioF()))


class MessageBar(QFrame):
    """A line over the work that says what happened and what to do; it does not stand in the way.

    Errors stay until they are closed or the next message comes.
    """

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._picture = QLabel()
        self._text = label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton()
        self._action.clicked.connect(lambda: self._act(self._do))
        self._other = QPushButton()
        self._other.setProperty("flat", True)
        self._other.clicked.connect(lambda: self._act(self._do_other))
        self._do: Callable[[], object] | None = None
        self._do_other: Callable[[], object] | None = None
        self._state: tuple[str, Tint] = ("info", "muted")
        close = tool_button(icons, "x", "Close this message", self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._other)
        layout.addWidget(close)
        self.setAutoFillBackground(True)
        self.setObjectName("message_bar")
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_error(self, error: BriefingError) -> None:
        """What went wrong, with what to do about it."""
        problems = getattr(error, "problems", ())
        self._show("circle-alert", "danger", "\n".join((f"{error.message} {error.remedy}".strip(), *problems)))

    def show_notice(
        self,
        text: str,
        action: str = "",
        do: Callable[[], object] | None = None,
        other: str = "",
        do_other: Callable[[], object] | None = None,
    ) -> None:
        """Something to know, with one or two things that can be done about it."""
        self._show("info", "accent", text)
        self._offer(action, do)
        self._do_other = do_other
        self._other.setText(other)
        self._other.setVisible(do_other is not None)

    def show_done(self, text: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Something that went well."""
        self._show("circle-check", "good", text)
        self._offer(action, do)

    def recolour(self) -> None:
        icon, tint = self._state
        self._picture.setPixmap(self._icons.pixmap(icon, 18, tint, self.devicePixelRatioF()))

    def _show(self, icon: str, tint: Tint, text: str) -> None:
        self._state = (icon, tint)
        self.recolour()
        self._text.setText(text)
        self._offer("", None)
        self.show()

    def _offer(self, action: str, do: Callable[[], object] | None) -> None:
        self._do = do
        self._action.setText(action)
        self._action.setVisible(do is not None)
        self._other.hide()

    def _act(self, do: Callable[[], object] | None) -> None:
        self.hide()
        if do is not None:
            do()


class ClickableLabel(QLabel):
    """A label that can be pressed, by mouse or keyboard."""

    clicked = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
