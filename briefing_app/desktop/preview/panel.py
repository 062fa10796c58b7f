"""The preview: the briefing's real pages, made anew a moment after the last change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from briefing_app.app.session import Session, SessionEvent
from briefing_app.desktop.background import Lane
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.page_bar import PageBar
from briefing_app.desktop.page_view import PageView
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.widgets import EmptyState
from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.previewing import PageImages, Preview

PAUSE = 300  # milliseconds after the last change before the pages are made again
MakePreview = Callable[[Briefing], "Preview"]


class PreviewPanel(QWidget):
    """Shows pages and says which node was clicked. It works only while it is in sight.

    One preview is made at a time; while it is made, changes wait, and then the newest state is made.
    """

    node_clicked = Signal(str)
    updated = Signal()

    def __init__(self, make: MakePreview, icons: Icons, colours: Colours) -> None:
        super().__init__()
        self._make = make
        self._session: Session | None = None
        self._unsubscribe: Callable[[], object] | None = None
        self._lane = Lane("preview", self)
        self._shown: Briefing | None = None
        self._making: Briefing | None = None
        self._preview: Preview | None = None
        self.view = PageView(colours, "Pages as they would leave")
        self._bar = PageBar(self.view, icons)
        self._empty = EmptyState(icons)
        self._stack = QStackedWidget()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._start)
        self.view.place_clicked.connect(self._clicked)
        self.set_session(None)

    def _lay_out(self) -> None:
        line = QFrame()
        line.setFixedHeight(1)
        line.setObjectName("rule")
        pages = QWidget()
        inner = QVBoxLayout(pages)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._bar)
        inner.addWidget(line)
        inner.addWidget(self.view, 1)
        self._stack.addWidget(pages)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def set_session(self, session: Session | None) -> None:
        """Preview another briefing."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._session = session
        self._unsubscribe = session.subscribe(self._changed) if session else None
        self._shown = self._preview = None
        self.view.show_pages(None)
        if session is None:
            self._empty.show_state("eye", "No briefing is open", "Open or start a briefing to see its pages.")
        else:
            self._empty.show_state("loader-circle", "Laying out the pages…", "")
        self._stack.setCurrentWidget(self._empty)
        self._wake()

    @property
    def is_current(self) -> bool:
        """True where the pages shown are those of the briefing as it is."""
        return self._session is not None and self._shown is self._session.briefing

    def recolour(self, colours: Colours) -> None:
        self.view.recolour(colours)
        self._empty.recolour()

    def close_lanes(self) -> None:
        self._lane.close()
        self.view.close_lane()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start()

    # --- making

    def _changed(self, event: SessionEvent) -> None:
        if event.kind != "saved":
            self._wake()

    def _wake(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _start(self) -> None:
        if self._session is None or self._making is not None or self.is_current or not self.isVisible():
            return
        briefing = self._session.briefing
        self._making = briefing
        self._bar.say("Updating…")

        def work() -> tuple[Preview, PageImages]:
            from briefing_app.app.previewing import PageImages

            preview = self._make(briefing)
            return preview, PageImages(preview.pdf)

        self._lane.run(work, lambda made: self._made(briefing, *made), self._failed)

    def _made(self, briefing: Briefing, preview: Preview, images: PageImages) -> None:
        self._making = None
        if self._session is None or briefing.id != self._session.briefing.id:
            images.close()
        else:
            self._shown, self._preview = briefing, preview
            self._bar.say("")
            self.view.show_pages(images)
            self._stack.setCurrentIndex(0)
            self.updated.emit()
        self._start()

    def _failed(self, error: Exception) -> None:
        made, self._making = self._making, None
        if not isinstance(error, BriefingError):
            raise error
        self._shown = made
        self._bar.say("Not up to date")
        text = "\n".join((f"{error.message} {error.remedy}", *getattr(error, "problems", ())))
        self._empty.show_state("circle-alert", "The pages cannot be laid out", text)
        self._stack.setCurrentWidget(self._empty)
        self._start()

    # --- places

    def _clicked(self, page: int, x: float, y: float) -> None:
        if self._preview is not None and (node_id := self._preview.node_at(page, x, y)):
            self.node_clicked.emit(node_id)

    def reveal(self, node_id: str) -> None:
        """Scroll to where a node begins."""
        places = self._preview.places.get(node_id, ()) if self._preview else ()
        if places:
            self.view.go_to(places[0].page, places[0].y0)
