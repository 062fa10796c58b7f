"""How the library's panel is tied to the reader, the briefing and the imports of its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from briefing_app.app.session import Session
from briefing_app.desktop.likeness import Likeness
from briefing_app.desktop.sending import Sending

if TYPE_CHECKING:
    from briefing_app.desktop.window import MainWindow

SEEN_AFTER = 1_500  # milliseconds that a source is shown before it counts as read


def connect_library(window: MainWindow) -> None:
    """Connect what the library's panel asks for, and what it must be told."""
    library, desk = window.library, window.desk
    sending = Sending(window, desk)
    seen = SeenMarks(window)
    likeness = Likeness(window, desk)
    library.similar_wanted.connect(likeness.like)
    library.suggestions_wanted.connect(likeness.show_suggestions)
    window.reader.similar_requested.connect(likeness.like_passage)
    window.composer.section_focused.connect(likeness.section_entered)
    window.documents.session_changed.connect(likeness.set_session)
    library.send_wanted.connect(sending.send)
    library.reader_wanted.connect(window.show_reader)
    library.reader_wanted.connect(window.reader.view.setFocus)
    library.troubled.connect(window.report)
    library.deeds.can_send = lambda: window.session is not None
    library.deeds.edit_fields = window.passages.edit_fields
    library.deeds.read_again = window.imports.read_again
    window.imports.show_anew = window.passages.show_source
    window.passages.shown.connect(seen.watch)
    desk.housekeeping.came_in.connect(window.imports.tell_came_in)
    desk.housekeeping.troubled.connect(window.report)
    desk.library.opened.connect(window.imports.offer_interrupted)
    window.documents.session_changed.connect(lambda session: _rest_while_writing(window, session))


def _rest_while_writing(window: MainWindow, session: Session | None) -> None:
    if session is not None:
        session.subscribe(lambda _: window.desk.library.rest())


class SeenMarks(QObject):
    """Marks a source as read once it was shown in the reader for a moment."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._source_id = ""
        self._moment = QTimer(self, singleShot=True, interval=SEEN_AFTER)
        self._moment.timeout.connect(self._mark)

    def watch(self, source_id: str) -> None:
        self._source_id = source_id
        self._moment.start()

    def _mark(self) -> None:
        window, source_id = self._window, self._source_id
        if window.reader.source_id != source_id or not window.desk.library.can_write:
            return
        window.library.mark_read(source_id)
