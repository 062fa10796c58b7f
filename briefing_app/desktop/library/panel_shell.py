"""What the parts of the library's panel may ask of it; the panel itself is ``panel.LibraryPanel``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from briefing_app.app.finding import Asked, Chosen, View
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.answers import Answers
from briefing_app.desktop.library.bars import Bars
from briefing_app.desktop.library.card_list import CardList
from briefing_app.desktop.library.cards import CardModel
from briefing_app.desktop.library.chips import ChipRow
from briefing_app.desktop.library.curator import Curator
from briefing_app.desktop.library.facets import FacetList
from briefing_app.desktop.library.foot import Foot
from briefing_app.desktop.library.importing import ImportBar
from briefing_app.desktop.library.query_line import QueryLine
from briefing_app.desktop.library.special_lists import SpecialLists
from briefing_app.desktop.library.views import ViewButton, Views
from briefing_app.desktop.theme import Colours


class PanelShell(QWidget):
    """The library's panel of one window. Only ``LibraryPanel`` is made of it; its parts know no more than this."""

    source_chosen = Signal(str, int, int, str)  # source, start and end of the best passage, words searched for
    reader_wanted = Signal()
    send_wanted = Signal(int)  # the number of a section, 0 to ask which
    similar_wanted = Signal(str, int, int)  # source, start and end of a passage, equal for the whole text
    suggestions_wanted = Signal()
    import_requested = Signal(bool)  # True for a folder
    drop_received = Signal(list)
    troubled = Signal(object)

    icons: Icons
    colours: Colours
    asked: Asked
    search: QueryLine
    view_button: ViewButton
    bars: Bars
    chips: ChipRow
    facets: FacetList
    model: CardModel
    list: CardList
    answers: Answers
    views: Views
    curator: Curator
    special: SpecialLists
    foot: Foot
    import_bar: ImportBar

    @property
    def can_take_files(self) -> bool:
        """True where files that are dropped here can be imported."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Search again with what is in the fields."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Leave a list that nobody searched for, to where one was before."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Look at another part of the library."""
        raise NotImplementedError

    def show_inbox(self, since: str) -> None:
        """Look at what has come in since then; an empty ``since`` means whenever it came."""
        raise NotImplementedError

    def choose(self, chosen: Chosen) -> None:
        """Let only through what has the chosen values."""
        raise NotImplementedError

    def choose_nothing(self) -> None:
        """Take off what is chosen, without asking."""
        raise NotImplementedError

    def clear_search(self) -> None:
        """Take off everything that narrows the view."""
        raise NotImplementedError

    # --- files that are dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.can_take_files and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.drop_received.emit(files)
