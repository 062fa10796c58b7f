"""The column of cards, kept in step with the briefing's sections."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.desktop.composer.title_block import TitleBlock
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing

_WIDEST = 820  # pixels of a card
_EDGE = 36  # pixels from an edge at which a drag scrolls
_STEP = 22  # pixels of indentation for each level of nesting


class Column(QScrollArea):
    """Scrolls over the title and a card for each section. It shows what it is given and decides nothing about edits."""

    def __init__(self, context: Context, host: Host, on_new: Callable[[SectionCard], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._host = host
        self._on_new = on_new
        self.cards: dict[str, SectionCard] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Sections of the briefing")
        self._page = QWidget(self)
        self._page.setMinimumWidth(1)  # cards follow the width of the window, and nothing asks for a wider page
        self._rows = QVBoxLayout(self._page)
        self._rows.setContentsMargins(24, 20, 24, 40)
        self._rows.setSpacing(14)
        self.title = TitleBlock(context, self._page)
        self._rows.addWidget(self._centred(self.title, 0))
        self._rows.addStretch(1)
        self.setWidget(self._page)

    def set_theme(self) -> None:
        """Take colours and type from the context."""
        canvas = self._context.theme.canvas
        for part in (self.viewport(), self._page):
            palette = part.palette()
            palette.setColor(part.backgroundRole(), canvas)
            part.setPalette(palette)
            part.setAutoFillBackground(True)
        self.title.set_theme()
        for card in self.cards.values():
            card.set_theme()

    # --- keeping in step

    def show_briefing(self, briefing: Briefing | None, *, echo: object | None = None) -> None:
        """Show every section as it is now; cards whose section is the same are left alone."""
        sections = list(briefing.all_sections()) if briefing is not None else []
        wanted = [(section.id, min(depth, 4)) for section, depth in sections]
        self.title.show_meta(briefing.meta if briefing is not None else None)
        is_other = wanted != [(id, card.level) for id, card in self.cards.items()]
        if is_other:
            self._rebuild(sections)
        for section, _ in sections:
            card = self.cards[section.id]
            card.show_section(section, echo=echo)
            card.show_template(briefing.template.section(section.key) if briefing and section.key else None)

        if is_other and self.isVisible():
            self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and event.size().width() != event.oldSize().width():
            self._settle()

    def _settle(self) -> None:
        """Have widths and heights agree before anything is painted: heights follow widths, and cards the heights."""
        for _ in range(2):  # a scroll bar that comes or goes changes the widths once more
            for card in self.cards.values():
                card.settle()
            self._rows.invalidate()
            self._rows.activate()
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # the page takes its height

    def _rebuild(self, sections: list[tuple[Section, int]]) -> None:
        levels = {section.id: min(depth, 4) for section, depth in sections}
        kept = {id: card for id, card in self.cards.items() if levels.get(id) == card.level}
        for id, card in self.cards.items():
            if id not in kept:
                self._rows.removeWidget(card.row)
                card.row.hide()
                card.row.setParent(None)
                card.row.deleteLater()
        self.cards = {}
        for number, (section, depth) in enumerate(sections, start=1):  # the title stands first
            card = kept.get(section.id) or self._new_card(section, min(depth, 4))
            self.cards[section.id] = card
            row = card.row
            if self._rows.indexOf(row) != number:
                self._rows.removeWidget(row)
                self._rows.insertWidget(number, row)
                row.setVisible(True)  # now, not with the next events, so that heights can settle at once

    def _new_card(self, section: Section, depth: int) -> SectionCard:
        card = SectionCard(self._context, self._host, section, depth, self._page)
        card.row = self._centred(card, (depth - 1) * _STEP)
        card.editor.dragged_over.connect(lambda point: self._scroll_near_edge(card.editor, point))
        self._on_new(card)
        return card

    def _centred(self, part: QWidget, indent: int) -> QWidget:
        """A row with ``part`` in its middle, ``indent`` pixels further in."""
        row = QWidget(self._page)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(indent, 0, 0, 0)
        part.setMaximumWidth(_WIDEST)
        layout.addStretch(1)
        layout.addWidget(part, 1000)
        layout.addStretch(1)
        return row

    def refresh_labels(self) -> None:
        """Draw citations and quotations with their new labels."""
        for card in self.cards.values():
            card.refresh_labels()

    # --- places

    def views(self) -> list[TextView]:
        """Headings and texts in reading order."""
        return [view for card in self.cards.values() for view in (card.heading, card.editor)]

    def show_caret(self, view: TextView) -> None:
        """Scroll so that the caret is in sight, once the layout has settled."""
        QTimer.singleShot(0, view, lambda: self._show_caret_now(view))

    def _show_caret_now(self, view: TextView) -> None:
        if not self._page.isAncestorOf(view):
            return  # its section is gone meanwhile
        rect = view.cursorRect()
        top = view.mapTo(self._page, QPoint(rect.left(), rect.top()))
        height = min(rect.height(), self.viewport().height() // 2)
        self.ensureVisible(top.x(), top.y() + height // 2, 0, height // 2 + 36)

    def _scroll_near_edge(self, view: TextView, point: QPoint) -> None:
        """Scroll on while something is held near the upper or the lower edge."""
        height = view.viewport().mapTo(self.viewport(), point).y()
        bar = self.verticalScrollBar()
        if height < _EDGE:
            bar.setValue(bar.value() - _EDGE)
        elif height > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _EDGE)

    def scroll_by(self, how: str) -> None:
        """By "page up" or "page down"; to the "start" or the "end"."""
        bar = self.verticalScrollBar()
        match how:
            case "page up":
                bar.setValue(bar.value() - bar.pageStep() + 40)
            case "page down":
                bar.setValue(bar.value() + bar.pageStep() - 40)
            case "start":
                bar.setValue(bar.minimum())
            case _:
                bar.setValue(bar.maximum())
