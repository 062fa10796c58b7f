"""The column of cards as the caret sees it: its views in order, and what of them is in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QWidget

from briefing_app.desktop.composer.card import SectionCard
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.host import Host
from briefing_app.desktop.composer.section_rows import SectionRows
from briefing_app.desktop.composer.text_view import TextView

_EDGE = 36  # pixels from an edge at which a drag scrolls


class Column(SectionRows):
    """Scrolls over the title and a card for each section. It shows what it is given and decides nothing about edits."""

    def __init__(self, context: Context, host: Host, on_new: Callable[[SectionCard], None], parent: QWidget) -> None:
        super().__init__(context, host, parent)
        self._connect = on_new

    def _on_new(self, card: SectionCard) -> None:
        card.editor.dragged_over.connect(lambda point: self._scroll_near_edge(card.editor, point))
        self._connect(card)

    def views(self) -> list[TextView]:
        """Headings and texts in reading order, of the cards that are made."""
        return [view for card in self.cards.values() for view in (card.heading, card.editor)]

    def beside(self, view: TextView, step: int) -> TextView | None:
        """The view before (-1) or after (1) another, in reading order; None at the ends."""
        if view.is_heading is (step < 0):
            order = list(self._parts)
            holder = next((id for id, card in self.cards.items() if view in (card.heading, card.editor)), None)
            index = order.index(holder) + step if holder is not None else -1
            card = self.ensure(order[index]) if 0 <= index < len(order) else None
            return (card.heading if step > 0 else card.editor) if card is not None else None
        views = self.views()
        return views[views.index(view) + step] if view in views else None

    def end(self, which: str) -> TextView | None:
        """The first view ("start") or the last ("end")."""
        ids = list(self._parts)
        card = self.ensure(ids[0 if which == "start" else -1]) if ids else None
        return (card.heading if which == "start" else card.editor) if card is not None else None

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

    def view_near(self, height: int) -> TextView | None:
        """The view that is shown at a height of the viewport, or nearest to it."""

        def distance(view: TextView) -> int:
            top = view.mapTo(self.viewport(), QPoint(0, 0)).y()
            return max(top - height, height - top - view.height(), 0)

        return min(self.views(), key=distance, default=None)

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
