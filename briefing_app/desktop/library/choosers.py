"""Popovers in which tags, collections and grades of the selected sources are chosen, and dialogs of collections."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint

from briefing_app.desktop.library.panel_shell import PanelShell
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.popover import Popover, Row
from briefing_app.model.grading import Reliability

if TYPE_CHECKING:
    from briefing_app.app.finding import View
    from briefing_app.app.library_access import Library

_TAGS = 300  # of the library's tags, the most frequent are offered


class Choosers(QObject):
    """Opens a popover beside the current row; what is ticked there is done at once."""

    def __init__(self, panel: PanelShell, service: LibraryService) -> None:
        super().__init__(panel)
        self._panel, self._service = panel, service
        self.popover: Popover | None = None

    def _open(self, name: str, hint: str, rows: list[Row], *, makes: str = "", stays: bool = False) -> Popover:
        panel = self._panel
        popover = Popover(panel, panel.colours, panel.icons, name, hint=hint, makes=makes, stays=stays)
        self.popover = popover
        popover.closed.connect(self._closed)
        popover.show_rows(rows)
        place = panel.list.visualRect(panel.list.currentIndex())
        popover.open_at(panel.list.viewport().mapToGlobal(QPoint(place.left() + 36, place.bottom() - 4)))
        return popover

    def _closed(self) -> None:
        self.popover = None
        self._panel.list.setFocus()

    # --- tags

    def tags(self) -> None:
        """Tick tags of the selected sources, or type a new one."""
        if not self._service.can_write:
            return

        def ask(ids: list[str]) -> None:
            self._service.ask(lambda library: _tags(library, ids), open, self._panel.troubled.emit)

        def open(answer: tuple[list[tuple[str, int]], set[str]]) -> None:
            known, have = answer
            rows = _tag_rows(known, have)
            popover = self._open("Tags", "Tag, new or known", rows, makes="Add", stays=True)

            def toggle(tag: str) -> None:
                if tag in have:
                    have.discard(tag)
                    self._panel.curator.tag((), (tag,))
                else:
                    have.add(tag)
                    self._panel.curator.tag((tag,))
                popover.show_rows(_tag_rows(known, have))

            popover.taken.connect(toggle)
            popover.made.connect(toggle)

        self._panel.curator.with_selected(ask)

    # --- collections

    def collections(self) -> None:
        """Tick collections for the selected sources, or make a new one with them in it."""
        if not self._service.can_write:
            return

        def ask(ids: list[str]) -> None:
            self._service.ask(lambda library: _collections(library, ids), open, self._panel.troubled.emit)

        def open(answer: tuple[list[tuple[int, str]], set[str]]) -> None:
            known, have = answer

            def rows() -> list[Row]:
                return [Row(name, (num, name), icon="folder", ticked=name in have) for num, name in known]

            popover = self._open("Collections", "Collection, new or known", rows(), makes="New collection", stays=True)

            def toggle(value: tuple[int, str]) -> None:
                num, name = value
                on = name not in have
                have.symmetric_difference_update({name})
                self._panel.curator.collect(num, name, on)
                popover.show_rows(rows())

            def make(name: str) -> None:
                popover.close()
                self._service.change(
                    lambda library: library.make_collection(name),
                    lambda made: self._panel.curator.collect(made.num, made.name, True),
                    self._panel.troubled.emit,
                )

            popover.taken.connect(toggle)
            popover.made.connect(make)

        self._panel.curator.with_selected(ask)

    def make_collection(self, query: str | None = None) -> None:
        """Ask for the name of a new collection, or of a saved search; it is looked at then."""
        from briefing_app.desktop.dialogs.library import NameDialog

        title, accept = ("New collection", "Make it") if query is None else ("Save this search", "Save")
        typed = self._panel.asked.typed.strip()
        self._ask_name(NameDialog(self._panel, title, accept, typed if query else "", query), None)

    def change_collection(self, view: View) -> None:
        """Ask for another name of a collection, and of a saved search for what it looks for."""
        from briefing_app.desktop.dialogs.library import NameDialog

        self._ask_name(NameDialog(self._panel, "Change", "Save", view.title, view.saved), view)

    def _ask_name(self, dialog: Any, view: View | None) -> None:
        """Keep what a dialog asks for; where the library refuses it, the dialog stays open and says why."""
        from briefing_app.app.finding import collection_view

        def keep() -> None:
            if problem := dialog.check():
                dialog.say(problem)
                return
            name = dialog.name.text().strip()
            query = dialog.query.text().strip() if dialog.query is not None else None
            self._service.change(lambda library: _keep(library, view, name, query), kept, dialog.say)

        def kept(made: Any) -> None:
            dialog.accept()
            if made.query is not None:
                self._panel.search.clear()
            self._panel.choose_nothing()
            self._panel.show_view(collection_view(made.num, made.name, made.query))

        dialog.accept_button.clicked.disconnect()
        dialog.accept_button.clicked.connect(keep)
        dialog.open()

    def remove_collection(self, view: View) -> None:
        """Ask before a collection goes. Its sources stay."""
        from briefing_app.desktop.dialogs.library import ask_to_remove

        num = view.num
        if num is not None:
            ask_to_remove(
                self._panel,
                f"Remove “{view.title}”?",
                "Its sources stay in the library.",
                "Remove",
                lambda: self._service.change(
                    lambda library: library.remove_collection(num), None, self._panel.troubled.emit
                ),
            )

    # --- grades

    def grades(self) -> None:
        """Choose the grade of the selected sources."""
        if not self._service.can_write or not self._panel.curator.selected_cards():
            return
        rows = [Row(f"{one.value}   {one.wording}", str(one)) for one in Reliability]
        popover = self._open("Grade", "", [*rows, Row("As the outlet is graded", "")])
        popover.taken.connect(lambda grade: self._panel.curator.grade(grade or None))


def _tag_rows(known: list[tuple[str, int]], have: set[str]) -> list[Row]:
    counts = dict(known)
    first = sorted(have, key=str.casefold)
    tags = [*first, *(tag for tag in counts if tag not in have)]
    return [Row(tag, tag, f"{counts[tag]:,}" if tag in counts else "", ticked=tag in have) for tag in tags]


def _tags(library: Library, ids: list[str]) -> tuple[list[tuple[str, int]], set[str]]:
    """The library's most frequent tags with their counts, and those that all of the sources have."""
    known = list(library.facets()["tags"].items())[:_TAGS]
    have = Counter(tag for state in library.states(ids).values() for tag in state.tags)
    return known, {tag for tag, count in have.items() if count == len(ids)}


def _collections(library: Library, ids: list[str]) -> tuple[list[tuple[int, str]], set[str]]:
    """The collections that sources can be put into, and those that all of the sources are in."""
    known = [(one.num, one.name) for one in library.collections(counted=False) if one.query is None]
    have = Counter(name for state in library.states(ids).values() for name in state.collections)
    return known, {name for name, count in have.items() if count == len(ids)}


def _keep(library: Library, view: View | None, name: str, query: str | None) -> Any:
    if view is None or view.num is None:
        return library.make_collection(name, query)
    made = library.collection(view.num)
    if query is not None and query != view.saved:
        made = library.change_saved_search(view.num, query)
    return library.rename_collection(view.num, name) if name != made.name else made
