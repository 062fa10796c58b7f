"""The library's panel: views, search as you type over all sources, what narrows it, and the list of cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedWidget

from briefing_app.app.finding import ALL, Asked, Chosen, View
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.answers import Answers
from briefing_app.desktop.library.arrangement import connect_parts, lay_out
from briefing_app.desktop.library.bars import Bars
from briefing_app.desktop.library.card_list import CardList
from briefing_app.desktop.library.card_painter import CardPainter
from briefing_app.desktop.library.cards import Card, CardModel
from briefing_app.desktop.library.chips import ChipRow
from briefing_app.desktop.library.curator import Curator
from briefing_app.desktop.library.deeds import Deeds
from briefing_app.desktop.library.empty import show_nothing
from briefing_app.desktop.library.facets import FacetList
from briefing_app.desktop.library.foot import Foot
from briefing_app.desktop.library.importing import ImportBar
from briefing_app.desktop.library.panel_shell import PanelShell
from briefing_app.desktop.library.query_line import QueryLine
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.library.special_lists import SpecialLists
from briefing_app.desktop.library.views import ViewButton, Views
from briefing_app.desktop.theme import Colours
from briefing_app.desktop.widgets import EmptyState, label
from briefing_app.errors import BriefingError

TYPING_PAUSE = 120  # milliseconds after the last key before a search starts
_GATHER = 60  # milliseconds in which changes of the library are gathered


class LibraryPanel(PanelShell):
    """Finds sources and hands out which one was chosen. It shows no source and inserts nothing."""

    def __init__(self, service: LibraryService, icons: Icons, colours: Colours) -> None:
        super().__init__()
        self._service = service
        self.icons, self.colours = icons, colours
        self._size = 0
        self.asked = Asked()
        self.search = QueryLine(service, icons)
        self.chips = ChipRow()
        self.view_button = ViewButton(icons)
        self._found: QLabel = label(muted=True)
        self._read_only: QLabel = label(wrap=True)
        self.model = CardModel(self)
        self._painter = CardPainter(colours, icons)
        self.list = CardList(self.model, self._painter)
        self._empty = EmptyState(icons)
        self._stack = QStackedWidget()
        self.foot = Foot(icons)
        self.import_bar = ImportBar(icons)
        self.bars = Bars(icons)
        self.answers = Answers(service, self.list, self.model)
        self.views = Views(service, icons, self)
        self.facets = FacetList(service, icons, self)
        self.curator = Curator(service, self.list, self.model, self.answers)
        self.special = SpecialLists(service, self.answers, self.bars)
        self.deeds = Deeds(self, service)
        self.add_button = self.bars.add
        lay_out(self, self._read_only, self._found, self._stack, self._empty)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._gathering = QTimer(self, singleShot=True, interval=_GATHER)
        self._connect()
        self.recolour(colours)
        self._empty.show_state("loader-circle", "Opening the library…", "")
        self._stack.setCurrentWidget(self._empty)
        if service.is_open:  # another window had it opened
            self._opened()
        elif service.failure is not None:
            self._failed(service.failure)

    def _connect(self) -> None:
        service, search, bars = self._service, self.search, self.bars
        self._pause.timeout.connect(self.refresh)
        self._gathering.timeout.connect(self._look_again)
        search.textChanged.connect(lambda: self._pause.start())
        search.left_downwards.connect(lambda: self._leave_search(to_list=True))
        search.accepted.connect(lambda: self._leave_search(to_list=False))
        search.escaped.connect(lambda: self.clear_search() if search.text() else self.list.setFocus())
        connect_parts(self)
        self.deeds.connect_parts()
        bars.order_chosen.connect(lambda order: self._ask(replace(self.asked, order=order)))
        bars.folding_chosen.connect(lambda on: self._ask(replace(self.asked, folded=on)))
        bars.fuzziness_chosen.connect(lambda on: self._ask(replace(self.asked, fuzzy=on)))
        self.views.counted.connect(self._show_counts)
        self.answers.shown.connect(self._show)
        self.answers.refused.connect(self._refused)
        self.answers.chosen.connect(self._chosen)
        self.list.selectionModel().selectionChanged.connect(lambda: self._count_selected())
        self.curator.done.connect(self._gathering.start)
        service.opened.connect(self._opened)
        service.failed.connect(self._failed)
        service.changed.connect(self._gathering.start)
        self.setAcceptDrops(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    # --- the library

    @property
    def can_take_files(self) -> bool:
        return self._service.can_write

    @property
    def is_searching(self) -> bool:
        """True while what is shown is not yet the answer to what stands in the fields."""
        return self._pause.isActive() or self.answers.is_waiting

    def set_used(self, used: Mapping[str, int]) -> None:
        self.model.set_used(used)

    def mark_read(self, source_id: str) -> None:
        """Mark a source as read that was looked at for a while; that is no step to be taken back."""
        if any(card.source_id == source_id and card.seen for _, card in self.model.known()):
            return
        self.model.change((source_id,), lambda card: replace(card, seen=True))
        self._service.change(lambda library: library.mark_seen([source_id]), None, lambda _: None)

    def recolour(self, colours: Colours) -> None:
        self.colours = colours
        self._painter.recolour(colours)
        self._empty.recolour()
        self.view_button.recolour(colours)
        self.list.viewport().update()

    def _opened(self) -> None:
        busy = self._service.busy
        self._read_only.setVisible(busy is not None)
        if busy is not None:
            self._read_only.setText(f"For reading only. {busy.message}")
        self.add_button.setEnabled(self._service.can_write)
        self._count()
        self.refresh()

    def _failed(self, error: BriefingError) -> None:
        self._found.setText("")
        self._empty.show_state("circle-alert", "The library cannot be opened", str(error))
        self._stack.setCurrentWidget(self._empty)
        self.add_button.setEnabled(False)

    def _look_again(self) -> None:
        """The library has changed: ask again, once everything that was done here has reached it."""
        if self.curator.is_busy:
            return
        self._count()
        if self._pause.isActive():
            return
        self.special.ask_again()
        self.answers.ask_again()
        self.facets.refresh(self.asked)

    def _count(self) -> None:
        self._service.ask(lambda library: library.count(), self._counted)
        self.views.count()

    def _counted(self, size: int) -> None:
        self._size = size
        self.search.setPlaceholderText(f"Search {size:,} sources" if size != 1 else "Search 1 source")

    def _show_counts(self) -> None:
        view = self.asked.view
        if view.num is not None:
            current = next((one for one in self.views.collections if one.num == view.num), None)
            if current is None:  # it was removed
                self.show_view(ALL)
                return
            if current != view:
                self._ask(replace(self.asked, view=current))
        self.view_button.show_view(self.asked.view, self.views.counts.get(self.asked.view.key))
        self._show_inbox_button()

    def _show_inbox_button(self) -> None:
        self.bars.show_waiting(self.views.counts.get("inbox", 0))
        self.bars.inbox.setVisible(not self.asked.view.waiting)

    # --- what is asked for

    def refresh(self) -> None:
        """Search again with what is in the fields; the newest search wins."""
        self._pause.stop()
        self._ask(replace(self.asked, typed=self.search.text()))

    def go_back(self) -> None:
        """Leave a list that nobody searched for, to where one was before."""
        self.special.leave()
        self.answers.go_back()

    def show_view(self, view: View) -> None:
        """Look at another part of the library."""
        if view.key == "section":
            self.suggestions_wanted.emit()
            return
        self.view_button.show_view(view, self.views.counts.get(view.key))
        self.bars.inbox.setVisible(not view.waiting)
        self._ask(replace(self.asked, view=view, typed=self.search.text()))
        self.list.setFocus()

    def show_inbox(self, since: str) -> None:
        """Look at what has come in since then; an empty ``since`` means whenever it came."""
        self.views.since = since
        self.show_view(self.views.inbox)
        self.views.count()

    def choose(self, chosen: Chosen) -> None:
        """Let only through what has the chosen values."""
        self._ask(replace(self.asked, chosen=chosen))

    def choose_nothing(self) -> None:
        """Take off what is chosen, without asking."""
        self.asked = replace(self.asked, chosen=Chosen())

    def _ask(self, asked: Asked) -> None:
        self.asked = asked
        self.bars.more.setVisible(asked.view.waiting or asked.view.num is not None)
        self.special.leave()
        self.chips.show_chosen(asked.chosen)
        self.bars.show_asked(asked)
        if self._service.is_open:
            self.answers.ask(asked)
            self.facets.refresh(asked)

    def clear_search(self) -> None:
        """Take off everything that narrows the view."""
        self.search.clear()
        self._pause.stop()
        self.search.setFocus()
        self._ask(replace(self.asked, chosen=Chosen(), typed=""))

    # --- what is shown

    def _show(self, total: int) -> None:
        asked, fixed = self.asked, self.answers.fixed is not None
        plain = asked.is_plain and not fixed
        self._found.setText("" if plain or fixed else _count_words(total))
        self.bars.show_found(visible=not plain and not fixed, can_save=self._service.can_write)
        if asked.view.waiting and plain:
            self.view_button.show_view(asked.view, total)
        self.foot.set_triaging(asked.view.waiting and not fixed and total > 0)
        if total:
            self._stack.setCurrentWidget(self.list)
            return
        had_keys = self.list.hasFocus()
        group = bool(self.special.group_of)
        show_nothing(self._empty, self, fixed=fixed, group=group, size=self._size, can_write=self._service.can_write)
        self._stack.setCurrentWidget(self._empty)
        if had_keys:
            self._empty.setFocus()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, BriefingError):
            raise error
        self._found.setText("")
        self._empty.show_state("circle-alert", error.message, error.remedy)
        self._stack.setCurrentWidget(self._empty)

    # --- choosing

    def _chosen(self, card: Card) -> None:
        words = self.asked.words if self.answers.fixed is None else ""
        self.source_chosen.emit(card.source_id, card.start, card.end, words)

    def _count_selected(self) -> None:
        self.foot.set_selected(sum(last - first + 1 for first, last in self.list.selected_ranges()))

    def _leave_search(self, *, to_list: bool) -> None:
        """Down goes to the list; Enter opens the first source."""
        if self._pause.isActive():
            self.refresh()
        elif self.model.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        if to_list:
            self.list.setFocus()


def _count_words(total: int) -> str:
    return "1 source found" if total == 1 else f"{total:,} sources found"
