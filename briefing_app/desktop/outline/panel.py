"""The outline: sections in order, how far each is, and their moving about. Every change is an edit of the session."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTreeWidgetItem, QVBoxLayout, QWidget

from briefing_app.app import sections
from briefing_app.app.composing import section_name
from briefing_app.app.session import Session, SessionEvent
from briefing_app.app.tallying import Tally
from briefing_app.desktop.icons import Icons
from briefing_app.desktop.outline.item_painter import FILLED_ROLE, WORDS_ROLE, ItemPainter
from briefing_app.desktop.outline.tree import ID_ROLE, OutlineTree, all_items, section_id_of
from briefing_app.desktop.theme import GRID, Colours
from briefing_app.desktop.widgets import label, tool_button
from briefing_app.errors import BriefingError
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit

_NEW = "New section"
_SLICE = 0.008  # seconds of counting between two looks at the events


class OutlinePanel(QWidget):
    """The sections of the open briefing. It asks to go to one and edits their order and headings."""

    section_chosen = Signal(str)
    refused = Signal(object)
    counted = Signal()  # every section is counted as it is now

    def __init__(self, icons: Icons, colours: Colours) -> None:
        super().__init__()
        self._session: Session | None = None
        self.tally = Tally()  # of the open briefing; what it has counted once costs nothing again
        self._unsubscribe: Callable[[], object] | None = None
        self._items: dict[str, QTreeWidgetItem] = {}
        self._quiet = False
        self._painter = ItemPainter(colours)
        self.tree = OutlineTree(self._painter)
        self._connect_tree()
        self._buttons = QWidget()
        self._lay_out(icons)
        self._recount = QTimer(self, singleShot=True, interval=200)
        self._recount.timeout.connect(lambda: self._count())
        self._bind_keys()
        self.set_session(None)

    def _connect_tree(self) -> None:
        tree = self.tree
        tree.itemChanged.connect(self._renamed)
        tree.itemClicked.connect(lambda item: self.section_chosen.emit(section_id_of(item)))
        tree.itemActivated.connect(lambda item: self.section_chosen.emit(section_id_of(item)))
        tree.itemDoubleClicked.connect(lambda item: tree.editItem(item))
        tree.moved.connect(self._move)
        tree.customContextMenuRequested.connect(self._show_menu)

    def _lay_out(self, icons: Icons) -> None:
        head = QHBoxLayout(self._buttons)
        head.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        head.setSpacing(0)
        head.addWidget(label("Outline", bold=True), 1)
        for icon, text, do in (
            ("indent-decrease", "Promote the section (Alt+Left)", self.promote),
            ("indent-increase", "Demote the section (Alt+Right)", self.demote),
            ("arrow-up", "Move the section up (Alt+Up)", lambda: self.move_by(-1)),
            ("arrow-down", "Move the section down (Alt+Down)", lambda: self.move_by(1)),
            ("plus", "Add a section", self.add),
        ):
            head.addWidget(tool_button(icons, icon, text, do))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID // 2)
        layout.setSpacing(0)
        layout.addWidget(self._buttons)
        layout.addWidget(self.tree, 1)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def _bind_keys(self) -> None:
        for keys, do in (
            ("Alt+Left", self.promote),
            ("Alt+Right", self.demote),
            ("Alt+Up", lambda: self.move_by(-1)),
            ("Alt+Down", lambda: self.move_by(1)),
            ("Del", self.remove),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.tree)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)

    def recolour(self, colours: Colours) -> None:
        self._painter.recolour(colours)
        self.tree.viewport().update()

    # --- the briefing's side

    def set_session(self, session: Session | None) -> None:
        """Show another briefing's sections."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._session = session
        self.tally = Tally()
        self._unsubscribe = session.subscribe(self._changed) if session else None
        self.setEnabled(session is not None)
        self._rebuild()

    def _changed(self, event: SessionEvent) -> None:
        if self._session is None or event.kind == "saved":
            return
        holders = {self._session.briefing.id, *self._items}
        if event.changed.containers & holders and self._shape() != self._shown_shape():
            self._rebuild()
        for node_id in event.changed.nodes & set(self._items):
            self._set_name(self._items[node_id], sections.find(self._session.briefing, node_id))
        self._recount.start()

    def _shape(self) -> list[tuple[str, int]]:
        assert self._session is not None
        return [(section.id, depth) for section, depth in self._session.briefing.all_sections()]

    def _shown_shape(self) -> list[tuple[str, int]]:
        shown = []
        for item in all_items(self.tree.invisibleRootItem()):
            depth, above = 1, item.parent()
            while above is not None:
                depth, above = depth + 1, above.parent()
            shown.append((section_id_of(item), depth))
        return shown

    def _rebuild(self) -> None:
        current = self.current_section_id()
        folded = {id for id, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self._quiet = True
        self.tree.clear()
        self._items.clear()
        for section in self._session.briefing.sections if self._session else ():
            self._add_item(self.tree.invisibleRootItem(), section)
        for id, item in self._items.items():
            item.setExpanded(id not in folded)
        if current in self._items:
            self.tree.setCurrentItem(self._items[current])
        self._quiet = False
        self._count()

    def _add_item(self, parent: QTreeWidgetItem, section: Section) -> None:
        item = QTreeWidgetItem(parent)
        item.setData(0, ID_ROLE, section.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self._items[section.id] = item
        self._set_name(item, section)
        for inner in section.sections:
            self._add_item(item, inner)

    def _set_name(self, item: QTreeWidgetItem, section: Section) -> None:
        quiet, self._quiet = self._quiet, True
        item.setText(0, section_name(section))
        item.setToolTip(0, self._guidance(section))
        self._quiet = quiet

    def _guidance(self, section: Section) -> str:
        template = self._session.briefing.template.section(section.key) if self._session else None
        return template.guidance if template else ""

    def _count(self, briefing: Briefing | None = None, first: int = 0) -> None:
        """Count the sections for as long as a slice lasts, and go on with the rest beside the events.

        A slice that ``briefing`` has overtaken ends: what has changed it has asked for another count.
        """
        if self._session is None or (briefing is not None and briefing is not self._session.briefing):
            return
        briefing, until = self._session.briefing, time.perf_counter() + _SLICE
        self._quiet = True
        for number, (section, _) in enumerate(briefing.all_sections()):
            if number < first:
                continue
            if number > first and time.perf_counter() > until:
                self._quiet = False
                QTimer.singleShot(1, self, partial(self._count, briefing, number))
                return
            if (item := self._items.get(section.id)) is not None:
                count = self.tally.section(briefing, section)
                item.setData(0, WORDS_ROLE, count.words)
                item.setData(0, FILLED_ROLE, count.filled)
                state = f"{count.words} words" if count.filled else "empty"
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{section_name(section)}, {state}")
        self._quiet = False
        self.counted.emit()

    # --- the analyst's side

    def current_section_id(self) -> str:
        item = self.tree.currentItem()
        return section_id_of(item) if item is not None else ""

    def mark_current(self, section_id: str) -> None:
        """Show where the caret is, without going there."""
        if section_id in self._items:
            self.tree.setCurrentItem(self._items[section_id])

    def add(self) -> None:
        """Add a section behind the current one and let its heading be typed."""
        if self._session is not None:
            section_id, edit = sections.add_after(self._session.briefing, self.current_section_id(), _NEW)
            self._do(edit, "Add section")
            self._edit_name(section_id)

    def add_inside(self) -> None:
        try:
            assert self._session is not None
            section_id, edit = sections.add_inside(self._session.briefing, self.current_section_id(), _NEW)
        except BriefingError as error:
            self.refused.emit(error)
            return
        self._do(edit, "Add section")
        self._edit_name(section_id)

    def rename(self) -> None:
        if (item := self.tree.currentItem()) is not None:
            self.tree.editItem(item)

    def remove(self) -> None:
        if self._session is not None and (section_id := self.current_section_id()):
            self._do(sections.remove(section_id), "Delete section")

    def promote(self) -> None:
        self._make(lambda session, id: sections.promote(session.briefing, id), "Promote section")

    def demote(self) -> None:
        self._make(lambda session, id: sections.demote(session.briefing, id), "Demote section")

    def move_by(self, step: int) -> None:
        self._make(lambda session, id: sections.move_by(session.briefing, id, step), "Move section")

    def _move(self, section_id: str, parent_id: str, index: int) -> None:
        def edit(session: Session, _: str) -> Edit | None:
            return sections.move(session.briefing, section_id, parent_id or session.briefing.id, index)

        self._make(edit, "Move section")

    def _make(self, make: Callable[[Session, str], Edit | None], name: str) -> None:
        if self._session is None or not (section_id := self.current_section_id()):
            return
        try:
            edit = make(self._session, section_id)
        except BriefingError as error:
            self.refused.emit(error)
            return
        if edit is not None:
            self._do(edit, name)

    def _do(self, edit: Edit, name: str) -> None:
        assert self._session is not None
        try:
            self._session.do(edit, name, origin=self)
        except BriefingError as error:
            self.refused.emit(error)

    def _edit_name(self, section_id: str) -> None:
        if (item := self._items.get(section_id)) is not None:
            self.tree.setCurrentItem(item)
            self.tree.editItem(item)

    def _renamed(self, item: QTreeWidgetItem) -> None:
        if self._quiet or self._session is None:
            return
        section = sections.find(self._session.briefing, section_id_of(item))
        heading = " ".join(item.text(0).split())
        if heading and heading != section_name(section):
            self._do(sections.rename(section.id, heading), "Rename section")
        self._set_name(item, sections.find(self._session.briefing, section.id))

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self.tree)
        menu.addAction("Add a section", self.add)
        if self.tree.itemAt(place) is not None:
            menu.addAction("Add a section inside", self.add_inside)
            menu.addAction("Rename", self.rename)
            menu.addSeparator()
            menu.addAction("Promote", self.promote)
            menu.addAction("Demote", self.demote)
            menu.addAction("Move up", lambda: self.move_by(-1))
            menu.addAction("Move down", lambda: self.move_by(1))
            menu.addSeparator()
            menu.addAction("Delete", self.remove)
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def sizeHint(self) -> QSize:
        return QSize(280, 240)
