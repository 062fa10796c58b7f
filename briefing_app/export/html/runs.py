"""Runs as HTML: words with their look, language, direction and links, and calls of notes."""

from __future__ import annotations

from itertools import groupby
from typing import assert_never

from briefing_app.export.html.marks import language_of, place, tag, text
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import BreakRun, Direction, LayoutDocument, NoteRun, Run, TextLine, TextRun
from briefing_app.layout.links import outward
from briefing_app.layout.words import body_lines


class RunWriter:
    """Writes the runs of lines, and knows which places of the document there are to lead to."""

    def __init__(self, document: LayoutDocument) -> None:
        self._notes = {note.id for note in document.notes}
        self._blocks = {line.id for line in body_lines(document)}
        self._called: set[str] = set()

    def line(self, line: TextLine) -> str:
        """The line's words, after its number and its portion mark."""
        number = f"{tag('span', text(line.number), class_='number')} " if line.number else ""
        mark = f"{tag('span', text(f'({line.mark})'), class_='mark')} " if line.mark else ""
        return number + mark + self.runs(line)

    def runs(self, line: TextLine) -> str:
        parts = []
        for (url, target), group in groupby(line.runs, key=_link_of):
            inside = "".join(self._run(run, line.direction) for run in group)
            parts.append(self._linked(inside, url, target))
        return "".join(parts)

    def _linked(self, inside: str, url: str, target: str) -> str:
        if address := outward(url):
            return tag("a", inside, href=address)
        if target in self._notes:
            return tag("a", inside, href=f"#{place(target, 'note')}")
        return tag("a", inside, href=f"#{place(target)}") if target in self._blocks else inside

    def _run(self, run: Run, direction: Direction) -> str:
        match run:
            case TextRun():
                return _words(run, direction)
            case BreakRun():
                return "<br>"
            case NoteRun():
                return self._call(run)
            case _:
                assert_never(run)

    def _call(self, run: NoteRun) -> str:
        """The raised number; the note leads back to its first call."""
        id = "" if run.note_id in self._called else place(run.note_id, "call")
        self._called.add(run.note_id)
        link = tag("a", str(run.number), id=id, href=f"#{place(run.note_id, 'note')}", role="doc-noteref")
        return tag("sup", link)

    def is_called(self, note_id: str) -> bool:
        """Whether a call of the note was written."""
        return note_id in self._called


def _link_of(run: Run) -> tuple[str, str]:
    return (run.url, run.target) if isinstance(run, TextRun) else ("", "")


def _words(run: TextRun, direction: Direction) -> str:
    inside = text(run.text)
    for name, wanted in (("u", run.underline), ("em", run.italic), ("strong", run.bold), ("sup", run.raised)):
        if wanted:
            inside = tag(name, inside)
    language = language_of(run.language)
    if not language:
        return inside
    own = language_direction(language)
    return tag("span", inside, lang=language, dir="" if own == direction else own)
