"""The looks of roles, and runs as spans of one look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from briefing_app.export.pdf.shaping import Shaper
from briefing_app.export.pdf.text import Align, Look, Measure, Span
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import BreakRun, LayoutDocument, NoteRun, Role, Run, Style, TextLine, TextRun

LINK_COLOUR = "#1B4F8A"
LINE_NUMBER_COLOUR = "#767676"
RULE_COLOUR = "#B8B8B8"
BAR_COLOUR = "#9AA5B1"
_MARK, _HEADING_MARK = 0.86, 0.68  # sizes of portion marks, of the size of the text
_LARGEST = 72.0  # points; a larger size would not fit a page's line
_TALLEST = 90.0  # points of a line; the shortest column holds one
_CALL_SIZE, _CALL_RISE = 0.62, 0.36  # of the size of the text that a note is called in
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def clean(text: str) -> str:
    """The text as it can be printed.

    That is without control characters, signs of byte order and halves of characters, and with one kind of line end.
    """
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _halves(text) else text


def _halves(text: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in text)


def colour(text: str, otherwise: str = "#000000") -> str:
    return text if _COLOUR.fullmatch(text) else otherwise


def reads_right_to_left(language: str) -> bool:
    return language_direction(language.replace("_", "-")) == "rtl"


class Stylist:
    """The looks of one document. Not a typesetter: it measures nothing."""

    def __init__(self, document: LayoutDocument, shaper: Shaper) -> None:
        self._styles = document.styles
        self._shaper = shaper
        self._looks: dict[Look, Look] = {}
        self.rtl = reads_right_to_left(document.properties.language)

    def style(self, role: Role) -> Style:
        style = self._styles.get(role, _DEFAULT)
        size = min(max(style.size, 1.0), _LARGEST)
        return style if size == style.size else replace(style, size=size)

    def look(self, role: Role) -> Look:
        """The look of plain text in a role."""
        style = self.style(role)
        return self.shared(Look(style.font, style.size, style.bold, style.italic, colour=colour(style.colour)))

    def shared(self, look: Look) -> Look:
        """The one instance of a look, so that equal looks are the same."""
        return self._looks.setdefault(look, look)

    def measure(self, role: Role, width: float, rtl: bool) -> Measure:
        """The shape of a paragraph of the role, ``width`` points wide."""
        style = self.style(role)
        height = min(style.size * max(style.line_height, 0.8), _TALLEST)
        face = self._shaper.first_face(style.font, style.bold, style.italic)
        ink = (face.ascent + face.descent) * style.size
        baseline = (height - ink) / 2 + face.ascent * style.size
        return Measure(width=width, height=height, baseline=baseline, align=_align(style, rtl), rtl=rtl)

    def spans(self, line: TextLine) -> list[Span]:
        """The portion mark and the runs of a line, without its number."""
        base = self.look(line.role)
        spans = []
        if line.mark:
            mark = self.shared(
                replace(
                    base,
                    family="sans",
                    bold=True,
                    italic=False,
                    size=base.size * (_HEADING_MARK if line.level else _MARK),
                )
            )
            spans.append(Span(f"({clean(line.mark)}) ", mark))
        spans += self.runs(line.runs, base)
        return spans

    def runs(self, runs: Iterable[Run], base: Look) -> list[Span]:
        spans = []
        for run in runs:
            match run:
                case TextRun():
                    if text := clean(run.text):
                        spans.append(Span(text, self._run_look(run, base)))
                case NoteRun():
                    spans.append(Span(str(run.number), self.call_look(base, run.note_id), run.note_id))
                case BreakRun():
                    spans.append(Span("\n", base))
        return spans

    def _run_look(self, run: TextRun, base: Look) -> Look:
        if not (run.bold or run.italic or run.underline or run.url or run.target or run.language or run.raised):
            return base
        linked = bool(run.url or run.target)
        if run.raised:
            base = replace(base, size=base.size * _CALL_SIZE, rise=base.size * _CALL_RISE, colour=LINK_COLOUR)
        return self.shared(
            replace(
                base,
                bold=base.bold or run.bold,
                italic=base.italic != run.italic,  # emphasis in italic text stands upright
                underline=run.underline,
                colour=LINK_COLOUR if linked else base.colour,
                url=clean(run.url),
                target="" if run.url else run.target,
                language=run.language,
            )
        )

    def call_look(self, base: Look, note_id: str) -> Look:
        """A raised number that leads to its note."""
        rise = base.size * _CALL_RISE
        size = base.size * _CALL_SIZE
        return self.shared(
            replace(base, size=size, rise=rise, italic=False, colour=LINK_COLOUR, target=f"note:{note_id}")
        )


_DEFAULT = Style()


def _align(style: Style, rtl: bool) -> Align:
    match style.align:
        case "center":
            return "center"
        case "justify":
            return "justify"
        case "end":
            return "left" if rtl else "right"
        case _:
            return "right" if rtl else "left"
