"""The switcher of the library's views: all sources, inbox, starred, unread, collections and saved searches."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from briefing_app.app.finding import ALL, STARRED, UNREAD, View, collection_view, inbox
from briefing_app.desktop.fonts import sized
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.library.service import LibraryService
from briefing_app.desktop.popover import Popover, Row
from briefing_app.desktop.theme import GRID, Colours
from briefing_app.desktop.widgets import ElidedLabel

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library

Counts = dict[str, int]


class ViewButton(QPushButton):
    """Names the view that is looked at, with how many sources it has; pressed, it lets another be chosen."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setObjectName("view")
        self.setAutoDefault(False)
        self.setIconSize(QSize(18, 18))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Look at the inbox, starred or unread sources, a collection, a saved search (Ctrl+Shift+L)")
        self._icons = icons
        self._picture, self._name = QLabel(), ElidedLabel()
        self._name.setFont(sized(13, bold=True))
        self._count, self._arrow = QLabel(), QLabel()
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._view = ALL
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self._picture)
        row.addWidget(self._name, 1)
        row.addWidget(self._count)
        row.addWidget(self._arrow)
        for part in (self._picture, self._name, self._count, self._arrow):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(4 * GRID)
        self.show_view(ALL, None)

    def show_view(self, view: View, count: int | None) -> None:
        self._view = view
        self._name.set_whole(view.title)
        shown = f"{count:,}" if count is not None and view.scope else ""  # of all, the search line says it
        self._count.setText(shown)
        self._count.setVisible(bool(shown))
        self.setAccessibleName(f"View: {view.title} {shown}".strip())
        self.recolour()

    def recolour(self, colours: Colours | None = None) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._icons.pixmap(self._view.icon, 18, "text", ratio))
        self._arrow.setPixmap(self._icons.pixmap("chevron-down", 16, "muted", ratio))
        if colours is not None:
            self._count.setStyleSheet(f"color: {colours.muted}; font-weight: 400;")

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 4 * GRID)


class Views(QObject):
    """Opens the list of views and keeps their counts. Which one is looked at it only tells."""

    chosen = Signal(object)  # View
    collection_wanted = Signal()  # a new, empty one
    counted = Signal()

    def __init__(self, service: LibraryService, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._service, self._icons, self._parent = service, icons, parent
        self.collections: tuple[View, ...] = ()
        self.counts: Counts = {}
        self.since = "yesterday"
        self.section = ""  # the heading of the section that suggestions would be for
        self._asked = 0
        self._popover: Popover | None = None

    @property
    def inbox(self) -> View:
        return inbox(self.since)

    def open(self, button: QWidget, colours: Colours) -> Popover:
        """Open the list under ``button``."""
        popover = Popover(self._parent, colours, self._icons, "Views of the library", width=max(280, button.width()))
        popover.taken.connect(self._take)
        popover.closed.connect(self._closed)
        self._popover = popover
        popover.show_rows(self._rows())
        popover.open_under(button)
        self.count()
        return popover

    def _closed(self) -> None:
        self._popover = None

    def _take(self, value: object) -> None:
        if isinstance(value, View):
            self.chosen.emit(value)
        else:
            self.collection_wanted.emit()

    def count(self) -> None:
        """Count what is in the views; ``counted`` follows. The newest count wins."""
        self._asked += 1
        number = self._asked
        question = count_views((ALL, self.inbox, STARRED, UNREAD))

        def show(answer: tuple[Counts, tuple[View, ...]] | None) -> None:
            if answer is None or number != self._asked:
                return
            self.counts, self.collections = answer
            if self._popover is not None:
                self._popover.show_rows(self._rows())
            self.counted.emit()

        self._service.count(lambda library: question(library) if number == self._asked else None, show, lambda _: None)

    def _rows(self) -> list[Row]:
        rows = [self._row(view) for view in (ALL, self.inbox, STARRED, UNREAD)]
        if self.section:
            rows.append(Row(f"For section: {self.section}", suggestions(self.section), icon="lightbulb"))
        for title, saved in (("Collections", False), ("Saved searches", True)):
            some = [view for view in self.collections if (view.saved is not None) is saved]
            if some:
                rows += [Row(title), *map(self._row, some)]
        if self._service.can_write:
            rows.append(Row("New collection…", "new", icon="folder-plus"))
        return rows

    def _row(self, view: View) -> Row:
        count = self.counts.get(view.key)
        return Row(view.title, view, f"{count:,}" if count else "", view.icon)


def suggestions(section: str) -> View:
    """Passages for a section of the briefing."""
    return View("section", f"For section: {section}", "lightbulb")


def count_views(views: tuple[View, ...]) -> Callable[[Library], tuple[Counts, tuple[View, ...]]]:
    """How many rows each view has, and the collections and saved searches that there are."""

    def question(library: Library) -> tuple[Counts, tuple[View, ...]]:
        from briefing_app.app.library_access import Query

        counts = {}
        for view in views:
            query = Query(text=view.scope, limit=0, folded=view.waiting)
            counts[view.key] = library.search(query).total if view.scope else library.count()
        found = []
        for one in library.collections():
            view = collection_view(one.num, one.name, one.query)
            counts[view.key] = one.count
            found.append(view)
        return counts, tuple(found)

    return question
