"""The composer as it is seen: its cards, its caret, its look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing_app.app.history import Caret
from briefing_app.app.remarking import Remark
from briefing_app.app.session import Session
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.callout import Callout
from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.column import Column
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.controller import Controller
from briefing_app.desktop.composer.finder import Finder
from briefing_app.desktop.composer.format import Format, format_at
from briefing_app.desktop.composer.passages import Passage
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.desktop.composer.theme import LIGHT, ComposerTheme


class ComposerView(QWidget):
    """Shows a session's briefing and knows where the caret is. The commands on it are its subclass's, ``Composer``."""

    citation_activated = Signal(str)  # excerpt id
    section_focused = Signal(str)  # section id
    format_changed = Signal(object)  # Format
    passage_dropped = Signal(str, int, int, str, int)  # source id, start, end, section id, block index
    note_requested = Signal(str)  # id of the note to edit, empty for a new one at the caret
    link_requested = Signal(str)  # the present address, empty for a new link
    picture_requested = Signal(str)  # node id of the picture whose alt text is wanted, empty for a new picture
    translation_requested = Signal(str)  # excerpt id
    properties_requested = Signal()
    caret_moved = Signal()
    finding_chosen = Signal(str)  # node id of the place whose mark was clicked
    message = Signal(str)  # what was refused, for the analyst

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = Context()
        self._controller = Controller(self._context, self)
        self._current: TextView | None = None
        self._format = Format()
        self._column = Column(self._context, self._controller, self._connect, self)
        self._column.title.properties_requested.connect(self.properties_requested)
        self._controller.column = self._column
        self.finder = Finder(self._column, self._controller, lambda: self._current, self._make_current)
        self._controller.refused.connect(self.message)
        self._controller.shown.connect(self._drop_lost_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)
        self.setAccessibleName("Composer")
        self._callout = Callout(self._context, self)
        self.set_theme(LIGHT)

    # --- what is shown

    def set_session(self, session: Session | None) -> None:
        """Show a session's briefing, or nothing."""
        self._current = None
        self._column.verticalScrollBar().setValue(0)  # before: what is in sight is made first
        self._controller.set_session(session)
        self._column.verticalScrollBar().setValue(0)

    def set_theme(self, theme: ComposerTheme) -> None:
        """Take other colours and another type."""
        self._context.set_theme(theme)
        self._column.set_theme()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Mark what the checks have found, each finding in its place."""
        self._context.show_remarks(remarks)
        said = set(self._callout.words.text().splitlines())
        if not said <= {line for remark in remarks for line in remark.message.splitlines()}:
            self._callout.end()  # what it said is mended
        for card in self._column.cards.values():
            card.show_remarks()

    def say(self, words: str, *, is_error: bool) -> None:
        """Show a few words under the caret until one goes on."""
        if self._current is not None:
            self._callout.say(words, self._current, is_error=is_error)

    def _connect(self, card: SectionCard) -> None:
        for view in (card.heading, card.editor):
            view.focused.connect(lambda view=view, card=card: self._take_focus(view, card))
            view.caret_moved.connect(lambda view=view: self._caret_moved(view))
            view.currentCharFormatChanged.connect(lambda _format, view=view: self._tell_format(view))
            view.citation_activated.connect(self.citation_activated)
            view.note_activated.connect(self.note_requested)
        card.margin.chosen.connect(self.finding_chosen)
        card.editor.picture_activated.connect(self.picture_requested)
        card.editor.passage_dropped.connect(lambda passage, index, card=card: self._tell_drop(passage, index, card))
        card.editor.link_asked.connect(lambda: self.link_requested.emit(self._format.link))
        card.editor.menu_requested.connect(lambda point, editor=card.editor: self.show_menu(editor, point))

    def show_menu(self, editor: BlockEditor, point: QPoint) -> None:
        """Open the menu at a point of the screen; what is in it is the subclass's."""

    def _tell_drop(self, passage: Passage, index: int, card: SectionCard) -> None:
        self.passage_dropped.emit(passage.source_id, passage.start, passage.end, card.section_id, index)

    def _take_focus(self, view: TextView, card: SectionCard) -> None:
        self._make_current(view)
        self.section_focused.emit(card.section_id)
        self.caret_moved.emit()

    def _caret_moved(self, view: TextView) -> None:
        if view is self._current and view.hasFocus():
            self._column.show_caret(view)
            self._tell_format(view)
            self.caret_moved.emit()

    def _tell_format(self, view: TextView) -> None:
        if view is not self._current:
            return
        cursor = view.textCursor()
        typing = None if cursor.hasSelection() else view.currentCharFormat()
        found = format_at(cursor, heading=view.is_heading, typing=typing)
        if found != self._format:
            self._format = found
            self.format_changed.emit(found)

    def _drop_lost_view(self) -> None:
        views = self._column.views()
        if self._current is not None and self._current not in views:
            self._current = None
        if self._current is None and views:
            self.setFocusProxy(views[1])

    @property
    def is_whole(self) -> bool:
        """True once every section is shown; those of a long briefing come one after another."""
        return self._column.is_whole

    # --- where the caret is

    def current_section_id(self) -> str:
        """The section that has the caret, or had it last; the first one before that; empty without a briefing."""
        for card in self._column.cards.values():
            if self._current in (card.heading, card.editor):
                return card.section_id
        return next(iter(self._column.cards), "")

    def caret(self) -> Caret | None:
        """Where the caret is, or None where it is in no node's words."""
        return self._current.caret() if self._current is not None else None

    @property
    def is_being_written_in(self) -> bool:
        """True while keys go to a heading or a text."""
        return any(view.hasFocus() for view in self._column.views())

    def current_format(self) -> Format:
        """The state at the caret."""
        return self._format

    def go_to(self, node_id: str, offset: int | None = None) -> None:
        """Put the caret on a node, and scroll there. Without an offset a section's id means its text."""
        self._controller.go_to(node_id, offset)

    def _make_current(self, view: TextView) -> None:
        self._current = view
        self.setFocusProxy(view)
        for card in self._column.cards.values():
            card.set_current(view in (card.heading, card.editor))
        self._tell_format(view)
