"""A paragraph becomes lines: runs of one look, cut into pieces, shaped, broken, put in order and aligned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from briefing_app.export.pdf.bidi import embedding_levels, runs_right_to_left, visual_order
from briefing_app.export.pdf.breaking import Break, stretches
from briefing_app.export.pdf.shaping import Glyphs, Shaper, advance, outline

Align = Literal["left", "right", "center", "justify"]
_WIDE = 1 / 3  # of the measure: a wider word may be parted at its hyphens, dashes and slashes
_LOOSEST = 1.9  # a justified line may not stretch its spaces beyond this many of their widths


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look. ``size`` and ``rise`` in points; ``url`` and ``target`` are where they lead."""

    family: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = "#000000"
    rise: float = 0.0
    url: str = ""
    target: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Characters of one look; ``call`` is the id of the note that they call, or empty."""

    text: str
    look: Look
    call: str = ""


@dataclass(slots=True, eq=False)
class Piece:
    """A shaped stretch of one look and one direction; ``x`` is set when its line is."""

    glyphs: Glyphs
    look: Look
    width: float
    level: int
    after: Break
    space: bool
    call: str
    x: float = 0.0


@dataclass(slots=True, eq=False)
class Line:
    """A line of text in its place across the measure. ``baseline`` is the distance from its top.

    ``pieces`` stand in reading order, each with its ``x`` from the left of the measure. ``gap`` is the space at which
    the line ends: nobody sees it, but without it the words on either side would be read as one.
    """

    pieces: tuple[Piece, ...]
    left: float
    right: float
    height: float
    baseline: float
    calls: tuple[str, ...] = ()
    gap: Piece | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The shape of a paragraph: its width, alignment, direction and line height, in points."""

    width: float
    height: float
    baseline: float
    align: Align = "left"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Outlines:
    """Words as shapes: each glyph's place from the left and its path in ems, to be drawn at ``size`` points."""

    glyphs: tuple[tuple[float, str], ...]
    size: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """A word as it was set before: its glyphs with their widths. It keeps the look, whose identity is its key."""

    look: Look
    space: bool
    glyphs: tuple[tuple[Glyphs, float], ...]


@dataclass(slots=True)
class _Taking:
    """The line that is being filled: its pieces, its width, and its last break."""

    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0
    last_break: int = 0  # pieces up to and with the last at which the line may end

    def take(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.width += piece.width
        if piece.after:
            self.last_break = len(self.pieces)


class Typesetter:
    """Sets spans into lines. Not a paginator: it knows no page."""

    def __init__(self, shaper: Shaper) -> None:
        self._shaper = shaper
        self._known: dict[tuple[str, int, int], _Set] = {}

    def width(self, spans: Iterable[Span]) -> float:
        """The width of the spans on one line."""
        return sum(piece.width for piece in self._pieces(tuple(spans), False))

    def outlines(self, text: str, size: float) -> Outlines:
        """Words as shapes in the bold face for headings, for what is seen and never read as text."""
        paths: list[tuple[float, str]] = []
        x = 0.0
        file = self._shaper.first_face("sans", True, False)
        for char in text:
            glyph = file.font.get_nominal_glyph(ord(char)) or 0
            paths.append((x, outline(file, glyph)))
            x += advance(file, glyph) * size / file.upem
        return Outlines(tuple(paths), size, x, file.cap_height * size)

    def lines(self, spans: Sequence[Span], measure: Measure) -> list[Line]:
        """The lines; at least one, which is empty where the spans are. None is wider than the measure."""
        pieces = self._pieces(spans, measure.rtl)
        _part_wide_words(pieces, measure.width * _WIDE)
        lines: list[Line] = []
        taking = _Taking()
        todo = pieces[::-1]
        while todo:
            piece = todo.pop()
            if piece.after is Break.FORCED:
                lines.append(self._finish(taking.pieces, measure, forced=True))
                taking = _Taking()
            elif piece.space or taking.width + piece.width <= measure.width + 0.01:
                taking.take(piece)
            elif taking.last_break:
                self._end_line(taking, piece, todo, lines, measure)
                taking = _Taking()
            elif not taking.pieces and len(piece.glyphs.text) < 2:
                taking.take(piece)  # one character wider than the measure: nothing to cut
            else:
                self._cut(taking, piece, todo, measure)
                taking = _Taking()
        lines.append(self._finish(taking.pieces, measure, forced=True))
        return lines

    def _end_line(self, taking: _Taking, piece: Piece, todo: list[Piece], lines: list[Line], measure: Measure) -> None:
        """End the line at its last break; what stands after that goes back to be set again."""
        cut = taking.last_break
        back, kept = taking.pieces[cut:], taking.pieces[:cut]
        todo.append(piece)
        todo.extend(reversed(back))
        if kept[-1].after is Break.HYPHEN:
            kept += self._hyphen(kept[-1])
        lines.append(self._finish(kept, measure, forced=False))

    def _hyphen(self, piece: Piece) -> list[Piece]:
        look = piece.look
        glyphs = self._shaper.word("-", look.family, look.bold, look.italic, False)
        return [Piece(g, look, g.advance * look.size, piece.level, Break.NONE, False, "") for g in glyphs]

    def _cut(self, taking: _Taking, piece: Piece, todo: list[Piece], measure: Measure) -> None:
        """Cut an unbroken word that is wider than the measure into parts after each of which a line may end."""
        whole = [*taking.pieces, piece]
        parts: list[Piece] = []
        for one in whole:
            parts += self._parts(one, measure.width)
        todo.extend(reversed(parts))

    def _parts(self, piece: Piece, width: float) -> list[Piece]:
        text = piece.glyphs.text
        if len(text) < 2:
            piece.after = Break.ALLOWED
            return [piece]
        # small parts fill lines well; joined scripts are cut as seldom as can be
        share = max(1, int(len(text) * width / max(piece.width, 0.01) * (0.9 if piece.level % 2 else 0.08)))
        if share >= len(text):
            share = (len(text) + 1) // 2
        parts: list[Piece] = []
        for start in range(0, len(text), share):
            parts += self._set(text[start : start + share], piece.look, piece.level, piece.call)
            parts[-1].after = Break.ALLOWED
        return parts

    def _set(self, text: str, look: Look, level: int, call: str) -> list[Piece]:
        key = (text, id(look), level % 2)
        known = self._known.get(key)
        if known is None:
            glyphs = self._shaper.word(text, look.family, look.bold, look.italic, level % 2 == 1)
            widths = tuple((one, one.advance * look.size) for one in glyphs)
            known = self._known[key] = _Set(look, text.isspace() and text[0] == " ", widths)
        return [Piece(one, look, width, level, Break.NONE, known.space, call) for one, width in known.glyphs]

    def _pieces(self, spans: Sequence[Span], rtl: bool) -> list[Piece]:
        text = "".join(span.text for span in spans)
        levels = embedding_levels(text, rtl) if rtl or runs_right_to_left(text) else None
        bounds: list[tuple[int, Span]] = []
        end = 0
        for span in spans:
            end += len(span.text)
            bounds.append((end, span))
        pieces: list[Piece] = []
        at = 0
        whole = spans[0] if len(spans) == 1 and levels is None else None
        for start, stop, after in stretches(text):
            if whole is not None:
                self._add(pieces, text[start:stop], whole, 0, after)
                continue
            while start < stop:
                while bounds[at][0] <= start:
                    at += 1
                end, span = bounds[at]
                end = min(end, stop)
                level = 0
                if levels is not None:
                    level = levels[start]
                    end = next((i for i in range(start + 1, end) if levels[i] != level), end)
                self._add(pieces, text[start:end], span, level, after if end == stop else Break.NONE)
                start = end
        for space, called in pairwise(pieces):
            if space.space and called.call:
                space.after = Break.NONE  # a note's number never begins a line
        return pieces

    def _add(self, pieces: list[Piece], text: str, span: Span, level: int, after: Break) -> None:
        if after is Break.FORCED:
            made = self._set(" ", span.look, level, "")
        elif after is Break.HYPHEN and text != "\u00ad":
            made = self._set(text.rstrip("\u00ad"), span.look, level, span.call)
        else:
            made = self._set(text.replace("\t", "    "), span.look, level, span.call)
        made[-1].after = after
        pieces += made

    def _finish(self, pieces: list[Piece], measure: Measure, *, forced: bool) -> Line:
        """Put the pieces of a line in their places."""
        end = len(pieces)
        while end and pieces[end - 1].space:
            end -= 1
        ink = pieces[:end]
        width = sum(piece.width for piece in ink)
        stretch, free = 0.0, measure.width - width
        if measure.align == "justify" and not forced:
            stretch = _stretch(ink, free)
        start = _start(measure, free, justified=stretch > 0)
        base = int(measure.rtl)
        levels = [piece.level for piece in ink]
        order = visual_order(levels) if base or any(levels) else range(len(ink))
        x = start
        for index in order:
            piece = ink[index]
            piece.x = x
            x += piece.width + (stretch if piece.space else 0.0)
        calls = tuple(dict.fromkeys(piece.call for piece in ink if piece.call))
        gap = pieces[end] if 0 < end < len(pieces) else None
        if gap is not None:
            gap.x = start - gap.width if base else x
        return Line(tuple(ink), start, x, measure.height, measure.baseline, calls, gap)


def _part_wide_words(pieces: list[Piece], widest: float) -> None:
    """Let lines end at the reluctant breaks of words wider than ``widest``, and at no others."""
    if not any(piece.after is Break.RELUCTANT for piece in pieces):
        return
    word: list[Piece] = []
    for at, piece in enumerate(pieces):
        word.append(piece)
        ends = at + 1 == len(pieces) or piece.space or pieces[at + 1].space
        if ends or piece.after in (Break.ALLOWED, Break.HYPHEN, Break.FORCED):
            kind = Break.ALLOWED if sum(one.width for one in word) > widest else Break.NONE
            for one in word:
                if one.after is Break.RELUCTANT:
                    one.after = kind
            word = []


def _stretch(ink: list[Piece], free: float) -> float:
    """What each space of a justified line gains; nothing where the line would gape."""
    spaces = [piece.width for piece in ink if piece.space]
    if not spaces or free <= 0 or free > sum(spaces) * _LOOSEST:
        return 0.0
    return free / len(spaces)


def _start(measure: Measure, free: float, *, justified: bool) -> float:
    if measure.align == "right" or (measure.align == "justify" and measure.rtl):
        return 0.0 if justified else free
    return free / 2 if measure.align == "center" else 0.0
