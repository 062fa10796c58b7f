"""Notes, numbered from 1 in the order in which they are called."""

from __future__ import annotations

from collections.abc import Sequence

from briefing_app.layout.document import LaidNote, NoteRun, Role, Run, Runs, TextLine, TextRun


class NoteBook:
    """The notes of one layout: analysts' notes and, where citations are notes, those too."""

    def __init__(self) -> None:
        self._notes: list[LaidNote] = []

    @property
    def notes(self) -> tuple[LaidNote, ...]:
        return tuple(self._notes)

    @property
    def next_number(self) -> int:
        return len(self._notes) + 1

    def add(self, id: str, line: TextLine) -> NoteRun:
        """Keep the next note, and give the run that calls it."""
        number = self.next_number
        self._notes.append(LaidNote(id, number, (line,)))
        return NoteRun(id, number)


def note_line(id: str, runs: Runs) -> TextLine:
    """A note's text as a line, before its language and direction are set."""
    return TextLine(f"{id}-text", Role.NOTE, runs)


def divide_calls(runs: Sequence[Run]) -> Runs:
    """The runs with a raised comma between neighbouring note calls, so that 1 and 2 don't read as 12."""
    divided: list[Run] = []
    for run in runs:
        if isinstance(run, NoteRun) and divided and isinstance(divided[-1], NoteRun):
            divided.append(TextRun(",", raised=True))
        divided.append(run)
    return tuple(divided)
