"""What the helpers of a window, and the application, may ask of it; the window itself is ``window.MainWindow``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from briefing_app.app.session import Session
from briefing_app.desktop.composer.composer import Composer
from briefing_app.desktop.library.panel import LibraryPanel
from briefing_app.desktop.reader.panel import ReaderPanel
from briefing_app.desktop.widgets import MessageBar


class Shell(QMainWindow):
    """A window with one briefing. Only ``MainWindow`` is made of it; helpers know no more than this."""

    closed = Signal()

    messages: MessageBar
    library: LibraryPanel
    composer: Composer
    reader: ReaderPanel

    @property
    def session(self) -> Session | None:
        """The briefing of this window."""
        raise NotImplementedError

    @property
    def is_free(self) -> bool:
        """True where the window has no briefing and is not opening one."""
        raise NotImplementedError

    def take(self, session: Session) -> None:
        """Show this briefing."""
        raise NotImplementedError

    def open_path(self, path: Path) -> None:
        """Open a file in this window, or in one of its own where this one has a briefing."""
        raise NotImplementedError

    def new_briefing(self) -> None:
        """Lead through the start of a new briefing."""
        raise NotImplementedError

    def secure(self) -> bool:
        """Make sure that unsaved work is on the disk; false where it is not."""
        raise NotImplementedError

    def close_then(self, then: Callable[[], object]) -> None:
        """Close after asking for unsaved work, and call ``then`` once closed."""
        raise NotImplementedError

    def report(self, error: Exception) -> None:
        """Show an error of the analyst's kind; raise any other."""
        raise NotImplementedError

    def go_to_node(self, node_id: str) -> None:
        """Put the caret into a section or a block."""
        raise NotImplementedError

    def show_reader(self) -> None:
        """Bring the reader to the front."""
        raise NotImplementedError
