"""The slim bar over the panes: the tools, and at its end Preview and Export, which are always in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolBar

from briefing_app.desktop.actions import TOOLBAR, Actions
from briefing_app.desktop.theme import GRID


class TopBar(QFrame):
    """Buttons for the actions that are used most."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.tools = QToolBar()
        self.tools.setIconSize(QSize(20, 20))
        self.tools.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for name in TOOLBAR:
            if name:
                self.tools.addAction(actions[name])
            else:
                self.tools.addSeparator()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID // 2, 0, 2 * GRID, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.tools, 1)
        self.preview_button = _button(actions["preview"], "Preview")
        self.export_button = _button(actions["export"], "Export")
        self.export_button.setProperty("primary", True)
        layout.addWidget(self.preview_button)
        layout.addWidget(self.export_button)


def _button(action: QAction, text: str) -> QPushButton:
    """A button that does what an action does, while the action can be done."""
    button = QPushButton(text)
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
    button.setEnabled(action.isEnabled())
    return button
