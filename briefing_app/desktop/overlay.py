"""A panel that floats over the window's other parts until something else is pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from briefing_app.desktop.theme import GRID


class Overlay(QFrame):
    """A part of the window, not a window of its own: so it stands where it belongs on every system.

    Escape, a click beside it, and the focus going elsewhere close it; the focus then returns where it was.
    """

    closed = Signal()

    def __init__(self, over: QWidget, name: str) -> None:
        super().__init__(over.window())
        self.around = over.window()  # inside which it stands
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._before: QWidget | None = None
        self._listening = False
        self.hide()

    def open_under(self, button: QWidget) -> None:
        """Open below a widget, its left edge under that of the widget."""
        self.open_at(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def open_at(self, corner: QPoint) -> None:
        """Open with the left upper corner at a place of the screen, or as near to it as the window allows."""
        window = self.around
        self.adjustSize()
        place = window.mapFromGlobal(corner)
        place.setX(max(GRID, min(place.x(), window.width() - self.width() - GRID)))
        place.setY(max(GRID, min(place.y(), window.height() - self.height() - GRID)))
        self.move(place)
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.focus_first().setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.installEventFilter(self)
            application.focusChanged.connect(self._focus_moved)
            self._listening = True

    def focus_first(self) -> QWidget:
        """The part that has the keys when it opens."""
        return self

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now):
            self._before = None
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(event, QMouseEvent)
            and isinstance(watched, QWidget)
            and not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
        ):
            self.close()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and self._listening:
            application.removeEventFilter(self)
            application.focusChanged.disconnect(self._focus_moved)
            self._listening = False
        super().closeEvent(event)
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        self.closed.emit()
