"""The row over a view of pages: which page is in sight, what is going on, and the zoom."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from briefing_app.desktop.icons import Icons
from briefing_app.desktop.page_view import PageView
from briefing_app.desktop.theme import GRID
from briefing_app.desktop.widgets import label, tool_button


class PageBar(QWidget):
    """Follows one view of pages. ``say`` is for whoever makes the pages."""

    def __init__(self, view: PageView, icons: Icons, margin: int = 2 * GRID) -> None:
        super().__init__()
        self._page: QLabel = label(muted=True)
        self._state: QLabel = label(muted=True)
        zoom = QPushButton("Fit width")
        zoom.setProperty("flat", True)
        zoom.setToolTip("Fit the width of a page")
        zoom.clicked.connect(view.fit_width)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        row.addWidget(self._page)
        row.addSpacing(GRID)
        row.addWidget(self._state, 1)
        row.addWidget(tool_button(icons, "zoom-out", "Smaller (Ctrl and wheel)", lambda: view.zoom_by(-1)))
        row.addWidget(zoom)
        row.addWidget(tool_button(icons, "zoom-in", "Larger (Ctrl and wheel)", lambda: view.zoom_by(1)))
        view.page_changed.connect(self._say_page)
        view.zoom_changed.connect(zoom.setText)

    @property
    def page(self) -> str:
        """What is said of the page in sight."""
        return self._page.text()

    def say(self, words: str) -> None:
        """What is going on with the pages; empty for nothing."""
        self._state.setText(words)

    def _say_page(self, page: int, pages: int) -> None:
        self._page.setText(f"Page {page} of {pages}" if pages else "")
