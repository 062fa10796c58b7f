"""Inlines to runs, and lines with their language and direction."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import assert_never

from briefing_app.layout.citations import Citer
from briefing_app.layout.context import Context
from briefing_app.layout.directions import direction_of
from briefing_app.layout.document import BreakRun, NoteRun, Role, Run, Runs, TextLine, TextRun
from briefing_app.layout.links import outward
from briefing_app.layout.marks import portion_label
from briefing_app.layout.notes import NoteBook, divide_calls, note_line
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text

_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


class InlineLayer:
    """Turns inlines into runs, and keeps the notes that it meets on the way."""

    def __init__(self, context: Context, notebook: NoteBook, citer: Citer) -> None:
        self._context = context
        self._notebook = notebook
        self._citer = citer

    def line(
        self, id: str, role: Role, inlines: Inlines, *, mark: str = "", level: int = 0, number: str = ""
    ) -> TextLine:
        """A line of any role, set in the language and the direction of its words."""
        label = portion_label(mark, self._context)
        line = TextLine(id, role, self.runs(inlines), level=level, number=number, mark=label)
        return set_line(line, self._context)

    def runs(self, inlines: Inlines) -> Runs:
        runs: list[Run] = []
        for is_citation, group in groupby(inlines, key=lambda inline: isinstance(inline, Citation)):
            if is_citation:
                citations = tuple(inline for inline in group if isinstance(inline, Citation))
                runs.extend(self._citer.cite(citations, _ends_in_word(runs)))
            else:
                for inline in group:
                    runs.extend(self._inline(inline))
        return divide_calls(runs)

    def call(self, citation: Citation, runs: Runs) -> Runs:
        """``runs`` with the call of a citation after them."""
        return divide_calls((*runs, *self._citer.cite((citation,), _ends_in_word(list(runs)))))

    def _inline(self, inline: Inline) -> Runs:
        match inline:
            case Text():
                return text_runs(inline)
            case LineBreak():
                return (BreakRun(),)
            case Note():
                return (self._note(inline),)
            case Citation():
                return self._citer.cite((inline,), after_text=False)
            case _:
                assert_never(inline)

    def _note(self, note: Note) -> NoteRun:
        number = self._notebook.next_number
        runs: list[Run] = []
        for inline in note.content:
            if isinstance(inline, Citation):
                runs.extend(self._citer.cite_in_note(inline, note.id, number))
            else:
                runs.extend(self._inline(inline))
        return self._notebook.add(note.id, set_line(note_line(note.id, tuple(runs)), self._context))


def text_runs(text: Text) -> Runs:
    """A run of text; stray line ends in it become forced breaks."""
    runs: list[Run] = []
    for place, part in enumerate(text.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if place:
            runs.append(BreakRun())
        if part:
            runs.append(
                TextRun(
                    part,
                    bold=text.bold,
                    italic=text.italic,
                    underline=text.underline,
                    url=outward(text.link),
                    language=text.language,
                )
            )
    return tuple(runs)


def set_line(line: TextLine, context: Context, language: str = "") -> TextLine:
    """The line with its direction, and with the language that all its words share where that is not the briefing's.

    ``language`` is of words that don't say theirs. Runs keep a language only where it differs from the line's.
    """
    words = "".join(run.text for run in line.runs if isinstance(run, TextRun))
    tags = {run.language or language for run in line.runs if isinstance(run, TextRun) and run.text.strip()}
    shared = tags.pop() if len(tags) == 1 else language
    runs = tuple(_in_language(run, shared, context.language) for run in line.runs)
    return replace(
        line,
        runs=runs,
        direction=direction_of(words, context.direction),
        language="" if shared == context.language else shared,
    )


def set_reference(line: TextLine, context: Context) -> TextLine:
    """A line of our own wording, such as a reference: English, so it runs from left to right whatever it names.

    Where a name in the other direction ends, an invisible mark keeps the numbers and signs after it in their place.
    """
    runs: list[Run] = []
    turned = False
    for run in line.runs:
        if isinstance(run, TextRun):
            runs.append(replace(run, text=f"{_LEFT_TO_RIGHT}{run.text}") if turned and not run.url else run)
            turned = direction_of(run.text[::-1]) == "rtl"
        else:
            runs.append(run)
    return replace(set_line(replace(line, runs=tuple(runs)), context), direction="ltr")


def _in_language(run: Run, shared: str, document: str) -> Run:
    if isinstance(run, TextRun) and run.language in (shared, "" if shared else document):
        return replace(run, language="") if run.language else run
    return run


def _ends_in_word(runs: list[Run]) -> bool:
    if not runs:
        return False
    last = runs[-1]
    return not isinstance(last, BreakRun) and not (isinstance(last, TextRun) and last.text[-1:].isspace())


def is_blank(runs: Runs) -> bool:
    """True where the runs print nothing."""
    return not any(isinstance(run, NoteRun) or (isinstance(run, TextRun) and run.text.strip()) for run in runs)
