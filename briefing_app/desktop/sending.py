"""Passages sent from the library's list into sections of the briefing, by a key."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint

from briefing_app.app.composing import quotation, section_name
from briefing_app.app.ids import new_id
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.library.cards import Card
from briefing_app.desktop.popover import Popover, Row
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError
from briefing_app.model.block import Section
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source

NUMBERED = 9  # sections that have a key


class Sending(QObject):
    """Quotes the current source's passage at the end of a section: what is selected of it in the reader, else the
    sentences that were found, else its first paragraph. The briefing's undo takes it out again."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.popover: Popover | None = None

    def sections(self) -> list[Section]:
        """The sections in the order of their keys."""
        session = self._window.session
        return [section for section, _ in session.briefing.all_sections()] if session is not None else []

    def send(self, number: int) -> None:
        """Send to the section with this number from 1 on; 0 asks which one."""
        sections = self.sections()
        card = self._window.library.answers.current_card()
        if card is None:
            return
        if not sections:
            self._window.messages.show_notice(
                "Open or start a briefing first; then passages can be sent to its sections.",
                "New briefing…",
                self._window.new_briefing,
            )
        elif number == 0:
            self._choose(card, sections)
        elif number <= len(sections):
            self._send(card, sections[number - 1].id)
        else:
            count = "1 section" if len(sections) == 1 else f"{len(sections)} sections"
            self._window.messages.show_notice(f"The briefing has {count}. Shift+E lets you choose one.")

    def _choose(self, card: Card, sections: list[Section]) -> None:
        library = self._window.library
        popover = Popover(library, library.colours, library.icons, "Send to a section", hint="Section")
        rows = [
            Row(section_name(section), section.id, str(number) if number <= NUMBERED else "")
            for number, section in enumerate(sections, 1)
        ]
        popover.show_rows([Row("Send the passage to"), *rows])
        popover.taken.connect(lambda section_id: self._send(card, section_id))
        popover.closed.connect(library.list.setFocus)
        place = library.list.visualRect(library.list.currentIndex())
        self.popover = popover
        popover.open_at(library.list.viewport().mapToGlobal(QPoint(place.left() + 36, place.bottom() - 4)))

    def _send(self, card: Card, section_id: str) -> None:
        selected = self._window.reader.passage()
        chosen = (selected.start, selected.end) if selected and selected.source_id == card.source_id else None

        def read(library: Any) -> tuple[Source, Excerpt]:
            from briefing_app.app.reading import take, whole_passage

            start, end = chosen or whole_passage(library, card.source_id, card.start, card.end)
            return take(library, card.source_id, start, end, new_id("x"))

        session = self._window.session

        def place(found: tuple[Source, Excerpt]) -> None:
            if session is None or session is not self._window.session:
                return
            section = next((one for one in self.sections() if one.id == section_id), None)
            if section is None:
                return
            try:
                session.do(quotation(session.briefing, section, *found), "Insert quotation")
            except BriefingError as error:
                self._window.messages.show_error(error)
                return
            panel = self._window.library
            if panel.asked.view.waiting and panel.answers.fixed is None:
                panel.curator.triage("kept")
            panel.foot.say(f"Quoted in “{section_name(section)}”", False)

        self._desk.library.ask(read, place, self._window.report)
