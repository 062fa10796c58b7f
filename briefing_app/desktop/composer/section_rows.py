"""The rows of the column: a card for each section, made a few at a time, kept in step with the briefing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.filling import Waiting
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.title_block import TitleBlock
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing

_WIDEST = 820  # pixels of a card
_STEP = 22  # pixels of indentation for each level of nesting
_FEW, _LITTLE = 8, 4_000  # cards, and pixels of them, up to which all are made at once
_SLICE = 0.005  # seconds of making cards between two looks at the events
_PAUSE = 1  # milliseconds from slice to slice


class SectionRows(QScrollArea):
    """The title and a card for each section, below one another. Where the caret is in them is for its subclass."""

    completed = Signal()  # every section has its card

    def __init__(self, context: Context, host: Host, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._host = host
        self._briefing: Briefing | None = None
        self._parts: dict[str, SectionCard | Waiting] = {}  # every section, in order
        self.cards: dict[str, SectionCard] = {}  # those of them that are made
        self._more = QTimer(self, singleShot=True, interval=_PAUSE)
        self._more.timeout.connect(self._fill_more)
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
        top = QWidget(self._page)
        self._centre(self.title, top, 0)
        self._rows.addWidget(top)
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
        """Show every section as it is now; cards whose section is the same are left alone.

        Of a long briefing only what is in sight is there at once. The rest follows in slices, beside the events.
        """
        self._briefing = briefing
        sections = list(briefing.all_sections()) if briefing is not None else []
        wanted = [(section.id, min(depth, 4)) for section, depth in sections]
        self.title.show_meta(briefing.meta if briefing is not None else None)
        is_other = wanted != [(id, part.level) for id, part in self._parts.items()]
        if is_other:
            self._rebuild(sections)
        for section, _ in sections:
            self._show_section(section, echo)
        if is_other:
            self._fill_first()

    def _show_section(self, section: Section, echo: object | None = None) -> None:
        part = self._parts[section.id]
        if isinstance(part, Waiting):
            part.section = section
            return
        part.show_section(section, echo=echo)
        briefing = self._briefing
        part.show_template(briefing.template.section(section.key) if briefing and section.key else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle(self.cards.values())
        self._fill_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and event.size().width() != event.oldSize().width():
            self._settle(self.cards.values())

    def _settle(self, cards: Iterable[SectionCard]) -> None:
        """Have widths and heights agree before anything is painted: heights follow widths, and cards the heights."""
        changed = list(cards)
        for _ in range(2):  # a scroll bar that comes or goes changes the widths once more
            for card in changed:
                card.settle()
            self._rows.invalidate()
            QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))  # the page takes its height first:
            self._rows.activate()  # in one that is too small every row would be squeezed, and laid out twice

    def _rebuild(self, sections: list[tuple[Section, int]]) -> None:
        levels = {section.id: min(depth, 4) for section, depth in sections}
        kept = {id: part for id, part in self._parts.items() if levels.get(id) == part.level}
        for id, part in self._parts.items():
            if id not in kept:
                self._rows.removeWidget(part.row)
                part.row.hide()
                part.row.setParent(None)
                part.row.deleteLater()
        self._parts = {}
        for number, (section, depth) in enumerate(sections, start=1):  # the title stands first
            part = kept.get(section.id) or self._new_part(section, min(depth, 4))
            self._parts[section.id] = part
            row = part.row
            if self._rows.indexOf(row) != number:
                self._rows.removeWidget(row)
                self._rows.insertWidget(number, row)
                row.setVisible(True)  # now, not with the next events, so that heights can settle at once
        self._note_cards()

    def _note_cards(self) -> None:
        self.cards = {id: part for id, part in self._parts.items() if isinstance(part, SectionCard)}

    def _new_part(self, section: Section, depth: int) -> Waiting:
        row = QWidget(self._page)
        part = Waiting(self._context, section, depth, row)
        self._centre(part, row, (depth - 1) * _STEP)
        return part

    def _centre(self, part: QWidget, row: QWidget, indent: int) -> None:
        """Put ``part`` into the middle of its row, ``indent`` pixels further in."""
        layout = QHBoxLayout(row)
        layout.setContentsMargins(indent, 0, 0, 0)
        part.setMaximumWidth(_WIDEST)
        layout.addStretch(1)
        layout.addWidget(part, 1000)
        layout.addStretch(1)

    # --- making cards, a few at a time

    @property
    def is_whole(self) -> bool:
        """True where every section has its card."""
        return len(self.cards) == len(self._parts)

    def ensure(self, section_id: str) -> SectionCard | None:
        """The card of a section, made now where it was not yet; None where the briefing has no such section."""
        part = self._parts.get(section_id)
        if isinstance(part, Waiting):
            self._keep_in_sight(lambda: self._make([section_id]))
        return self.cards.get(section_id)

    def complete(self) -> None:
        """Make every card now, for what needs all of them."""
        waiting = self._waiting()
        if waiting:
            self._keep_in_sight(lambda: self._make(waiting))

    def _waiting(self) -> list[str]:
        return [id for id, part in self._parts.items() if isinstance(part, Waiting)]

    def _make(self, section_ids: Sequence[str]) -> None:
        made = [self._make_card(id) for id in section_ids]
        self._note_cards()
        if self.isVisible():
            self._settle(made)
        if self.is_whole:
            self.completed.emit()

    def _make_card(self, section_id: str) -> SectionCard:
        waiting = self._parts[section_id]
        row, layout = waiting.row, waiting.row.layout()
        assert isinstance(waiting, Waiting)
        assert layout is not None
        card = SectionCard(self._context, self._host, waiting.section, waiting.level, row)
        card.setMaximumWidth(_WIDEST)
        layout.replaceWidget(waiting, card)
        waiting.hide()
        waiting.deleteLater()
        self._parts[section_id] = card
        self._on_new(card)
        self._show_section(waiting.section)
        card.show()
        return card

    def _on_new(self, card: SectionCard) -> None:
        """Connect a card that was just made."""

    def _fill_first(self) -> None:
        """Make at once what is in sight, or all where that is little; the rest follows."""
        waiting = self._waiting()
        tall = sum(self._parts[id].height() for id in waiting)
        if len(waiting) <= _FEW and tall <= _LITTLE:
            self._make(waiting)
        elif not self.isVisible():
            self._make(waiting[:1])
        else:
            self._settle(())
            while (found := self._in_sight()) is not None:
                self._make([found])
        if self.isVisible():
            self._settle(())
        if not self.is_whole:
            self._more.start()

    def _in_sight(self) -> str | None:
        """The first section in sight that has no card."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for id, part in self._parts.items():
            place = part.row.geometry()
            if isinstance(part, Waiting) and place.bottom() >= top and place.top() <= bottom:
                return id
        return None

    def _fill_more(self) -> None:
        """One slice of work: as many cards as fit into it, those in sight first."""

        def make() -> None:
            until = time.perf_counter() + _SLICE
            made = []
            while waiting := self._waiting():
                made.append(self._make_card(self._in_sight() or waiting[0]))
                if time.perf_counter() > until:
                    break
            self._note_cards()
            if self.isVisible():
                self._settle(made)

        self._keep_in_sight(make)
        if self.is_whole:
            self.completed.emit()
        else:
            self._more.start()

    def _keep_in_sight(self, change: Callable[[], object]) -> None:
        """Change the rows so that what is looked at stays where it is: the row of the caret, or the uppermost."""
        bar = self.verticalScrollBar()
        top = bar.value()
        rows = [part.row for part in self._parts.values() if not part.row.visibleRegion().isEmpty()]
        focus = QApplication.focusWidget()
        written = [row for row in rows if focus is not None and row.isAncestorOf(focus)]
        anchor = next(iter(written + rows), None)
        offset = anchor.y() - top if anchor is not None else 0
        change()
        if top and anchor is not None:
            bar.setValue(anchor.y() - offset)

    def refresh_labels(self) -> None:
        """Draw citations and quotations with their new labels."""
        for card in self.cards.values():
            card.refresh_labels()
