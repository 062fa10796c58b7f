"""What each command of the library's list does: at once, or by way of a popover or a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from briefing_app.desktop.library.card_menu import card_menu
from briefing_app.desktop.library.cards import Card
from briefing_app.desktop.library.choosers import Choosers
from briefing_app.desktop.library.panel_shell import PanelShell
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.library.view_menu import view_menu
from briefing_app.errors import BriefingError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library


class Deeds(QObject):
    """Carries out commands on the sources chosen in one panel."""

    def __init__(self, panel: PanelShell, service: LibraryService) -> None:
        super().__init__(panel)
        self._panel, self._service = panel, service
        self.choosers = Choosers(panel, service)
        self.edit_fields: Callable[[list[str]], object] = lambda ids: None  # set by the window, whose dialogs it needs
        self.read_again: Callable[[list[str], bool], object] = lambda ids, scans: None  # the same
        self.can_send: Callable[[], bool] = lambda: False
        curator = panel.curator
        self._by_name: dict[str, Callable[[], object]] = {
            "keep": lambda: curator.triage("kept"),
            "drop": lambda: curator.triage("dropped"),
            "star": curator.star,
            "unread": curator.mark_unread,
            "undo": curator.undo,
            "tag": self.choosers.tags,
            "collect": self.choosers.collections,
            "grade": self.choosers.grades,
            "open": self._open,
            "send": lambda: panel.send_wanted.emit(0),
            "fields": lambda: curator.with_selected(lambda ids: self.edit_fields(ids)),
            "read_again": lambda: curator.with_selected(lambda ids: self.read_again(ids, False)),
            "recognise": lambda: curator.with_selected(lambda ids: self.read_again(ids, True)),
            "similar": self._similar,
            "reprints": self._reprints,
            "remove": lambda: curator.with_selected(self._ask_to_remove),
            "back": self._back,
            "independent": lambda: self._say("independent"),
            "derived": lambda: self._say("derived"),
            "origin": self._set_origin,
        }

    def connect_parts(self) -> None:
        """Take the commands of the panel's parts."""
        panel = self._panel
        for part in (panel.list, panel.foot, panel.bars):
            part.command.connect(self.command)
        panel.list.menu_wanted.connect(self.show_menu)
        panel.foot.more_wanted.connect(self.show_menu_under)
        panel.bars.more.clicked.connect(self.show_view_menu)
        panel.bars.save_wanted.connect(self.save_search)
        panel.views.collection_wanted.connect(self.make_collection)

    def command(self, name: str) -> None:
        self._by_name[name]()

    # --- menus

    def show_menu(self, place: QPoint) -> None:
        """Open the menu of what is selected at a place of the screen."""
        panel = self._panel
        count = sum(last - first + 1 for first, last in panel.list.selected_ranges())
        menu = card_menu(
            panel,
            panel.curator.selected_cards(),
            count,
            command=self.command,
            grade=panel.curator.grade,
            grade_outlet=self.grade_outlet,
            can_write=self._service.can_write,
            can_send=self.can_send(),
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def show_menu_under(self, button: QWidget) -> None:
        self.show_menu(button.mapToGlobal(QPoint(0, button.height())))

    def show_view_menu(self) -> None:
        """Open the menu of the view that is looked at."""
        more = self._panel.bars.more
        menu = view_menu(self._panel, self.choosers, can_write=self._service.can_write)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(more.mapToGlobal(QPoint(0, more.height())))

    # --- one source

    def _card(self) -> Card | None:
        return self._panel.answers.current_card()

    def _open(self) -> None:
        """Show the current source in the reader and go there."""
        if (card := self._card()) is not None:
            self._panel.source_chosen.emit(card.source_id, card.start, card.end, self._panel.asked.words)
            self._panel.reader_wanted.emit()

    def _back(self) -> None:
        panel = self._panel
        if panel.special.is_open:
            panel.go_back()
        else:
            panel.search.setFocus()

    def _reprints(self) -> None:
        card = self._card()
        if card is not None and (card.reprints or card.is_reprint):
            self._panel.special.show_reprints(card.source_id, card.title)

    def _similar(self) -> None:
        if (card := self._card()) is not None:
            self._panel.similar_wanted.emit(card.source_id, card.start, card.end)

    # --- what is said of reprints

    def _say(self, said: str) -> None:
        """Say of the current source of the group that is shown what it is to the group's origin."""
        card, cards = self._card(), self._panel.answers.fixed or []
        if card is None or not self._panel.special.group_of:
            return
        origin = cards[0]
        if card.source_id == origin.source_id:
            self._panel.troubled.emit(
                BriefingError("This is the origin of the group.", "Choose one of its reprints, or another origin.")
            )
            return
        self._panel.curator.perform(
            lambda library, ids: kinship(library, card.source_id, origin.source_id, said), [card.source_id]
        )

    def _set_origin(self) -> None:
        card, cards = self._card(), self._panel.answers.fixed or []
        if card is not None and self._panel.special.group_of and card.source_id != cards[0].source_id:
            before = cards[0].source_id
            self._panel.curator.perform(lambda library, ids: origin(library, card.source_id, before), [card.source_id])

    # --- removing

    def _ask_to_remove(self, ids: list[str]) -> None:
        from briefing_app.app.triaging import sources
        from briefing_app.desktop.dialogs.library import ask_to_remove

        more = "Text, original bytes, tags and notes go with it. This cannot be taken back."
        ask_to_remove(
            self._panel,
            f"Remove {sources(len(ids))} from the library?",
            more,
            "Remove",
            lambda: self._service.change(lambda library: library.remove_many(ids), None, self._panel.troubled.emit),
        )

    # --- outlets

    def grade_outlet(self, outlet: str) -> None:
        """Ask how reliable an outlet is, for all of its sources."""

        def find(library: Library) -> Any:
            return next((one for one in library.outlets() if one.name == outlet), None)

        def ask(found: Any) -> None:
            from briefing_app.desktop.dialogs.base import show_dialog
            from briefing_app.desktop.dialogs.library import OutletGradeDialog

            grade, descriptor = (str(found.reliability or ""), found.descriptor) if found else ("", "")
            dialog = OutletGradeDialog(self._panel, outlet, grade, descriptor, found.count if found else 0)

            def keep() -> None:
                given = dialog.reliability.currentData() or None
                words = dialog.descriptor.toPlainText().strip()
                self._service.change(
                    lambda library: library.grade_outlet(outlet, given, words), None, self._panel.troubled.emit
                )

            show_dialog(dialog, keep)

        self._service.ask(find, ask, self._panel.troubled.emit)

    # --- collections

    def make_collection(self) -> None:
        self.choosers.make_collection()

    def save_search(self) -> None:
        self.choosers.make_collection(query=self._panel.asked.line)


def kinship(library: Library, id: str, other: str, said: str) -> Any:
    """Say what a source is to another, with the way back to their being reprints."""
    from briefing_app.app.triaging import Done

    library.say_kinship(id, other, said)  # type: ignore[arg-type]
    words = {"independent": "Not a reprint", "derived": "Derived from the origin"}[said]
    return Done(words, 1, lambda library: library.say_kinship(id, other, "reprint"), (id,))


def origin(library: Library, id: str, before: str) -> Any:
    """Make a source the origin of its group, with the way back."""
    from briefing_app.app.triaging import Done

    library.set_origin(id)
    return Done("Made the origin", 1, lambda library: library.set_origin(before), (id,))
