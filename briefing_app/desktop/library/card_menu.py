"""The menu of the sources chosen in the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefing_app.desktop.library.cards import Card
from briefing_app.model.grading import Reliability

Command = Callable[[str], object]


def card_menu(
    parent: QWidget,
    cards: Sequence[Card],
    count: int,
    *,
    command: Command,
    grade: Callable[[str | None], object],
    grade_outlet: Callable[[str], object],
    can_write: bool,
    can_send: bool,
) -> QMenu:
    """A menu for ``count`` selected sources; ``cards`` are those of them that are in memory."""
    menu = QMenu(parent)
    one = cards[0] if count == 1 and cards else None

    def add(words: str, name: str, keys: str, enabled: bool = True) -> QAction:
        action = menu.addAction(f"{words}\t{keys}" if keys else words, lambda: command(name))
        action.setEnabled(enabled)
        return action

    if one is not None:
        add("Open in the reader", "open", "E")
        add("Send the passage to a section…", "send", "Shift+E", can_send)
        add("More like this", "similar", "M")
        if one.reprints or one.is_reprint:
            add("Show reprints", "reprints", "R")
        menu.addSeparator()
    add("Keep", "keep", "K", can_write)
    add("Drop", "drop", "D", can_write)
    all_starred = bool(cards) and all(card.starred for card in cards)
    add("Take the star off" if all_starred else "Star", "star", "S", can_write)
    all_unread = bool(cards) and all(not card.seen for card in cards)
    add("Mark as read" if all_unread else "Mark as unread", "unread", "U", can_write)
    menu.addSeparator()
    add("Tags…", "tag", "T", can_write)
    add("Collections…", "collect", "C", can_write)
    _grades(menu, cards, grade, can_write)
    outlet = cards[0].outlet if cards and len({card.outlet for card in cards}) == 1 else ""
    if outlet:
        shown = outlet if len(outlet) < 32 else f"{outlet[:31]}…"
        words = f"Grade all of “{shown.replace('&', '&&')}”…"
        menu.addAction(words, lambda: grade_outlet(outlet)).setEnabled(can_write)
    add("Edit fields…" if count == 1 else f"Edit fields of {count:,} sources…", "fields", "F", can_write)
    if cards and all(card.no_text for card in cards):
        add("Read the text of the scan" if count == 1 else "Read the texts of the scans", "recognise", "", can_write)
    else:
        add("Read again from the kept file" if count == 1 else "Read again", "read_again", "", can_write)
    menu.addSeparator()
    add("Remove…" if count == 1 else f"Remove {count:,} sources…", "remove", "Del", can_write)
    return menu


def _grades(menu: QMenu, cards: Sequence[Card], grade: Callable[[str | None], object], can_write: bool) -> None:
    grades = menu.addMenu("Grade")
    grades.setEnabled(can_write)
    present = {card.grade for card in cards}
    for one in Reliability:
        action = grades.addAction(f"{one.value}   {one.wording}", partial(grade, str(one)))
        action.setCheckable(True)
        action.setChecked(present == {str(one)})
    grades.addSeparator()
    grades.addAction("As the outlet is graded", lambda: grade(None))
