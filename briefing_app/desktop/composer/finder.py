"""Finding and replacing in the composer: the caret goes from place to place over all sections."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.app.history import Caret
from briefing_app.app.replacing import Place, Replacement, Wanted, replace_all, replace_at
from briefing_app.desktop.composer.column import Column
from briefing_app.desktop.composer.controller import Controller
from briefing_app.desktop.composer.finding import LINE_SEPARATOR, Found, next_hit
from briefing_app.desktop.composer.text_view import TextView

_PARAGRAPH_SEPARATOR = "\u2029"


class Finder:
    """Moves the caret of one composer. What is found and what takes its place is for ``app.replacing``."""

    def __init__(
        self,
        column: Column,
        controller: Controller,
        current: Callable[[], TextView | None],
        make_current: Callable[[TextView], None],
    ) -> None:
        self._column = column
        self._controller = controller
        self._current = current
        self._make_current = make_current

    def find(self, wanted: Wanted, *, backward: bool = False) -> Found | None:
        """Select the next place, around the end where need be. Raises UsageError for an impossible expression."""
        if not wanted.text:
            return None
        self._column.complete()
        found = next_hit(self._column.views(), self._current(), wanted.pattern(), backward=backward)
        if found is None:
            return None
        view, start, end = found.hit
        cursor = view.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, cursor.MoveMode.KeepAnchor)
        view.setTextCursor(cursor)
        self._make_current(view)
        self._column.show_caret(view)
        return found

    def replace(self, wanted: Wanted, replacement: str) -> bool:
        """Replace what is selected where it is such a place. False where it is none, or has to stay."""
        briefing, place = self._controller.briefing(), self._selected()
        made = replace_at(briefing, place, wanted, replacement) if briefing is not None and place is not None else None
        if made is None or place is None:
            return False
        edit, length = made
        after = Caret(place.node_id, place.start + length)
        done = self._controller.submit(edit, "Replace", before=Caret(place.node_id, place.end), after=after)
        view = self._current()
        if done and view is not None:
            view.place_caret(after)
        return done

    def _selected(self) -> Place | None:
        view = self._current()
        cursor = view.textCursor() if view is not None else None
        if view is None or cursor is None or not cursor.hasSelection():
            return None
        text = cursor.selectedText().replace(LINE_SEPARATOR, "\n")
        cursor.setPosition(cursor.selectionStart())
        view_caret = view.caret_of(cursor)
        if view_caret is None or _PARAGRAPH_SEPARATOR in text:
            return None
        return Place(view_caret.node_id, view_caret.offset, view_caret.offset + len(text))

    def replace_all(self, wanted: Wanted, replacement: str) -> Replacement | None:
        """Replace every place as one step; None without a briefing or words. Raises UsageError."""
        briefing = self._controller.briefing()
        if briefing is None or not wanted.text:
            return None
        found = replace_all(briefing, wanted, replacement)
        if found.edit is not None and not self._controller.submit(found.edit, "Replace all"):
            return None
        return found
