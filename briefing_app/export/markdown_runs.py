"""Runs as Markdown: words escaped where they would mean something, with their look, links and calls of notes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import assert_never

from briefing_app.layout.document import BreakRun, LayoutDocument, NoteRun, Role, Run, TextLine, TextRun
from briefing_app.layout.links import outward
from briefing_app.layout.words import body_lines

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BREAKS = re.compile("[\r\n\t\x0b\x0c\x85\u2028\u2029]+")
_ALWAYS = re.compile(r"[\\`*_\[\]<>|~&{}]")
_STARTS = re.compile(r"^([#+=-]|[0-9]{1,9}(?=[.)](?:\s|$)))")
_NUMBER = re.compile(r"^[0-9]+$")
_CLOSING_HASHES = re.compile(r"(?:(?<=\s)|^)(#+)$")
_IN_ADDRESS = re.compile(r"[\s<>\\]")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def escaped(words: str) -> str:
    """``words`` as they stand inside a line; what begins a line is escaped by ``guarded``."""
    return _ALWAYS.sub(r"\\\g<0>", cleaned(words))


def cleaned(words: str) -> str:
    """``words`` in one line, without controls and halves of characters."""
    return _CONTROLS.sub("", _BREAKS.sub(" ", words))


def guarded(line: str) -> str:
    """A line of a paragraph, so that it begins no heading, list, rule or code."""
    line = line.strip(" ")
    found = _STARTS.match(line)
    if found is None:
        return line
    begin = found.group()
    return f"{begin}\\{line[len(begin) :]}" if _NUMBER.match(begin) else f"\\{line}"


class MarkdownRuns:
    """Writes the runs of lines, and knows which places of the document there are to lead to."""

    def __init__(self, document: LayoutDocument) -> None:
        lines = [*body_lines(document), *(line for note in document.notes for line in note.lines)]
        wanted = {run.target for line in lines for run in line.runs if isinstance(run, TextRun) and run.target}
        self._places = wanted & {line.id for line in body_lines(document)}
        self._called: set[int] = set()

    def is_called(self, number: int) -> bool:
        """Whether a call of the note was written."""
        return number in self._called

    def line(self, line: TextLine, *, one_line: bool = False) -> str:
        """The line's words after its number and its portion mark.

        Forced breaks are line ends, or marks of HTML where the line must be ``one_line``, as in headings and tables.
        """
        number = f"[{line.number}]" if line.role is Role.SOURCE_ENTRY and line.number else line.number
        mark = f"({line.mark})" if line.mark else ""
        before = "".join(f"{escaped(part)} " for part in (number, mark) if part)
        words = before + self._runs(line)
        rows = [row.strip(" ") for row in words.split("\n")]
        if one_line:
            joined = "<br>".join(rows)
            return _CLOSING_HASHES.sub(lambda found: "\\#" * len(found.group(1)), joined)
        anchor = f'<a id="{_place(line.id)}"></a>' if line.id in self._places and not line.level else ""
        rows = [guarded(row) or "&#32;" if place else guarded(row) for place, row in enumerate(rows)]
        return anchor + "\\\n".join(rows)

    def _runs(self, line: TextLine) -> str:
        out = ""
        for (url, target), group in groupby(line.runs, key=_link_of):
            runs = list(group)
            inside = ""
            for run in runs:
                inside += self._run(run, inside if url or target else out + inside)
            out += self._linked(inside, url, target)
        return out

    def _linked(self, inside: str, url: str, target: str) -> str:
        address = outward(url) or (f"#{_place(target)}" if target in self._places else "")
        if not address or not inside.strip():
            return inside
        before, words, after = _trimmed(inside)
        address = _IN_ADDRESS.sub(lambda found: "".join(f"%{b:02X}" for b in found.group().encode()), cleaned(address))
        return f"{before}[{words}](<{address}>){after}"

    def _run(self, run: Run, before: str) -> str:
        match run:
            case TextRun():
                return _words(run, before)
            case BreakRun():
                return "\n"
            case NoteRun():
                self._called.add(run.number)
                return f"[^{run.number}]"
            case _:
                assert_never(run)


def _link_of(run: Run) -> tuple[str, str]:
    return (run.url, run.target) if isinstance(run, TextRun) else ("", "")


def _words(run: TextRun, before: str) -> str:
    """The words with their look; marks of HTML where stars would not be read as one."""
    inside = escaped(run.text)
    if not inside.strip():
        return inside
    lead, words, trail = _trimmed(inside)
    stars = (2 if run.bold else 0) + (1 if run.italic else 0)
    if run.underline:
        words = f"<u>{words}</u>"
    if run.raised:
        words = f"<sup>{words}</sup>"
    if stars and _can_have_stars(before + lead, words, trail):
        words = f"{'*' * stars}{words}{'*' * stars}"
    elif stars:
        for name, wanted in (("em", run.italic), ("strong", run.bold)):
            words = f"<{name}>{words}</{name}>" if wanted else words
    return lead + words + trail


def _can_have_stars(before: str, words: str, trail: str) -> bool:
    """Whether stars around ``words`` open and close for sure: letters inside, and before them a space or nothing.

    What will follow is not known, so that only a space or a letter at the end inside is sure to close.
    """
    opens = words[0].isalnum() and (not before or before[-1] in " \n")
    return opens and words[-1].isalnum() and "*" not in words


def _trimmed(text: str) -> tuple[str, str, str]:
    """Spaces before, the words, and spaces after."""
    words = text.strip()
    start = text.index(words)
    return text[:start], words, text[start + len(words) :]


def _place(id: str) -> str:
    return f"b-{_UNSAFE.sub(lambda found: f'.{ord(found.group()):x}.', id)}"
