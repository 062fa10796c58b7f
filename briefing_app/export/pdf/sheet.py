"""One page being drawn. Positions are in points from the top left; what is drawn is drawn in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from briefing_app.export.pdf.objects import Ref, number
from briefing_app.export.pdf.text import Line, Piece

_UNDERLINE_DROP, _UNDERLINE_WEIGHT = 0.11, 0.055  # of the size
_TOUCHING = 0.05  # points between pieces that are shown in one go


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A place on the page that leads to ``url`` outside or to the block or note ``target`` inside."""

    x0: float
    y0: float
    x1: float
    y1: float
    url: str
    target: str


@dataclass(slots=True)
class Sheet:
    """The drawing operators of one page, its links and pictures. ``owner`` is the block whose marks are drawn now.

    ``marks`` notes for each owner the stretch of operators that is its own, with its role: what a structure tree needs.
    """

    width: float
    height: float
    operators: list[str] = field(default_factory=list)
    links: list[LinkBox] = field(default_factory=list)
    pictures: dict[str, Ref] = field(default_factory=dict)
    marks: list[tuple[str, str, int, int]] = field(default_factory=list)
    _colour: str = ""

    @contextmanager
    def owned(self, block_id: str, role: str) -> Iterator[None]:
        """What is drawn inside belongs to the block; ``artifact`` is the role of what is not content."""
        start = len(self.operators)
        yield
        self.marks.append((block_id, role, start, len(self.operators)))

    def line(self, line: Line, x: float, y: float) -> None:
        """A line of text with its top left at (x, y)."""
        if not line.pieces:
            return
        base = self.height - y - line.baseline
        rtl = any(piece.level for piece in line.pieces)
        out = ["BT"]
        for group in _groups(line.pieces, rtl):
            self._show(out, group, x, base)
        out.append("ET")
        for piece in line.pieces:
            if piece.glyphs.strokes:
                self._strokes(out, piece, x + piece.x, base)
        self.operators.append("\n".join(out))
        self._decorate(line, x, y)

    def _show(self, out: list[str], group: list[Piece], x: float, base: float) -> None:
        first = group[0]
        look = first.look
        if look.colour != self._colour:
            self._colour = look.colour
            out.append(_fill(look.colour))
        face = first.glyphs.face.resource
        out.append(f"/{face} {number(look.size)} Tf 1 0 0 1 {number(x + first.x)} {number(base + look.rise)} Tm")
        operand: list[str] = []
        at = first.x
        for piece in group:
            if abs(piece.x - at) > _TOUCHING:
                operand.append(number((at - piece.x) * 1000 / look.size))
            at = piece.x + piece.width
            shows = piece.glyphs.shows
            if not shows:
                continue
            if len(shows) == 1 and not shows[0][0]:
                operand.append(shows[0][1])
                continue
            _flush(out, operand)
            _show_risen(out, piece)
        _flush(out, operand)

    def _strokes(self, out: list[str], piece: Piece, x: float, base: float) -> None:
        look = piece.look
        size = number(look.size)
        self._colour = ""
        for dx, dy, path in piece.glyphs.strokes:
            place = f"{number(x + dx * look.size)} {number(base + look.rise + dy * look.size)}"
            out.append(f"q {_fill(look.colour)} {size} 0 0 {size} {place} cm {path} f Q")

    def _decorate(self, line: Line, x: float, y: float) -> None:
        base = y + line.baseline
        for look, x0, x1 in _decorated(line.pieces):
            if look.underline:
                self.rule(
                    x + x0, base + look.size * _UNDERLINE_DROP, x + x1, look.size * _UNDERLINE_WEIGHT, look.colour
                )
            if look.url or look.target:
                top = base - look.rise - look.size * 0.95
                self.link(x + x0, top, x + x1, top + look.size * 1.25, url=look.url, target=look.target)

    def link(self, x0: float, y0: float, x1: float, y1: float, *, url: str = "", target: str = "") -> None:
        self.links.append(LinkBox(x0, y0, x1, y1, url, target))

    def rule(self, x0: float, y: float, x1: float, weight: float, colour: str) -> None:
        """A level rule whose top edge is at ``y``."""
        self.fill(x0, y, x1 - x0, weight, colour)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._colour = ""
        bottom = self.height - y - height
        corners = " ".join(map(number, (x, bottom, width, height)))
        self.operators.append(f"q {_fill(colour)} {corners} re f Q")

    def leader(self, x0: float, x1: float, y: float, colour: str) -> None:
        """A row of dots from ``x0`` to ``x1`` on the base line ``y``; dots of all leaders stand under each other."""
        pitch = 4.0
        start = -(-x0 // pitch) * pitch
        if x1 - start < pitch:
            return
        level = number(self.height - y + 0.5)
        ends = f"{number(start)} {level} m {number(x1)} {level} l S"
        self.operators.append(f"q {_stroke(colour)} 0.9 w 1 J [0 {number(pitch)}] 0 d {ends} Q")

    def picture(self, ref: Ref, x: float, y: float, width: float, height: float) -> None:
        resource = f"Im{int(ref)}"
        self.pictures[resource] = ref
        matrix = f"{number(width)} 0 0 {number(height)} {number(x)} {number(self.height - y - height)}"
        self.operators.append(f"q {matrix} cm /{resource} Do Q")

    def content(self) -> bytes:
        return "\n".join(self.operators).encode("ascii")


def _groups(pieces: tuple[Piece, ...], rtl: bool) -> Iterator[list[Piece]]:
    """Pieces that are shown from one position: one look and face, each to the right of the one before."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (
            piece.look is not group[-1].look
            or piece.glyphs.face is not group[-1].glyphs.face
            or piece.x < group[-1].x
            or (rtl and piece.level != group[-1].level)
        ):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _flush(out: list[str], operand: list[str]) -> None:
    if operand:
        out.append(f"[{' '.join(operand)}]TJ")
        operand.clear()


def _show_risen(out: list[str], piece: Piece) -> None:
    """Show a piece some of whose glyphs stand above or below the base line."""
    for rise, operand in piece.glyphs.shows:
        if rise:
            out.append(f"{number(rise * piece.look.size)} Ts [{operand}]TJ 0 Ts")
        else:
            out.append(f"[{operand}]TJ")


def _decorated(pieces: tuple[Piece, ...]) -> Iterator[tuple[Any, float, float]]:
    """Stretches of one look that is underlined or leads somewhere, with their ends."""
    open_look, x0, x1 = None, 0.0, 0.0
    for piece in pieces:
        look = piece.look
        marked = look.underline or look.url or look.target
        if marked and look is open_look:
            x0, x1 = min(x0, piece.x), max(x1, piece.x + piece.width)
            continue
        if open_look is not None:
            yield open_look, x0, x1
        open_look = look if marked else None
        x0, x1 = piece.x, piece.x + piece.width
    if open_look is not None:
        yield open_look, x0, x1


def _channels(colour: str) -> str:
    values = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _fill(colour: str) -> str:
    return f"{_channels(colour)} rg"


def _stroke(colour: str) -> str:
    return f"{_channels(colour)} RG"
