"""One page being drawn on a canvas. Positions are in points from the top left; what is drawn is in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.lib.utils import ImageReader

from briefing_app.export.pdf.book import Book, plain_streams
from briefing_app.export.pdf.shaping import number
from briefing_app.export.pdf.structure import Element, Marked, stretches_of
from briefing_app.export.pdf.text import Line, Look, Outlines, Piece

_UNDERLINE_DROP, _UNDERLINE_WEIGHT = 0.11, 0.055  # of the size
_TOUCHING = 0.05  # points between pieces that are shown in one go
_HALF_TURN = 0.5**0.5  # sine and cosine of 45 degrees
_PITCH, _DOT = 4.0, 0.9  # points from dot to dot of a leader, and across one


@dataclass(frozen=True, slots=True)
class LinkBox:
    """A place on the page that leads to ``url`` outside or to the block or note ``target`` inside.

    ``words`` stand there, and ``element`` is the link that it is a part of.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    url: str
    target: str
    words: str
    element: Element


class Sheet:
    """Draws page ``number``, ``height`` points high, and gathers its ``links``.

    They find their places when it is done. ``marked`` are the elements of the tree that its content belongs to, each
    stretch by its number.
    """

    def __init__(self, book: Book, height: float, number: int = 1) -> None:
        self._book = book
        self._height = height
        self._number = number
        self._colour = ""
        self._element: Element | None = None  # whose content is being drawn
        self._decorating = False
        self.links: list[LinkBox] = []
        self.marked: list[Element] = []

    def content(self, element: Element) -> None:
        """What is drawn from here is content of the element."""
        if element is self._element:
            return
        self.end_content()
        stretch = len(self.marked)
        self._book.addLiteral(f"/{element.kind} <</MCID {stretch}>> BDC")
        element.kids.append(Marked(self._number, stretch))
        self.marked.append(element)
        self._element = element

    def end_content(self) -> None:
        """What is drawn from here is content of nothing yet. A page ends so."""
        if self._element is not None:
            self._book.addLiteral("EMC")
            self._element = None

    @contextmanager
    def artifact(self, kind: str = "/Type /Layout") -> Iterator[None]:
        """What is drawn inside is no content: rules, fills, heads and feet. ``kind`` says which, as PDF does."""
        if self._decorating:
            yield
            return
        self.end_content()
        self._book.addLiteral(f"/Artifact <<{kind}>> BDC")
        self._decorating = True
        yield
        self._decorating = False
        self._book.addLiteral("EMC")

    def line(self, line: Line, x: float, y: float, element: Element | None = None) -> None:
        """A line of text with its top left at (x, y), which is content of ``element`` except in an artifact."""
        if not line.pieces:
            return
        base = self._height - y - line.baseline
        rtl = any(piece.level for piece in line.pieces)
        if element is None or self._decorating:
            self._words(line.pieces, x, base, rtl)
        else:
            links: dict[Element, list[Piece]] = {}
            shown = line.pieces if line.gap is None else (*line.pieces, line.gap)
            for leaf, link, pieces in stretches_of(element, shown):
                self.content(leaf)
                self._words(pieces, x, base, rtl)
                if leaf.turned:
                    leaf.say(pieces)
                if link is not None:
                    links.setdefault(link, []).extend(piece for piece in pieces if piece is not line.gap)
            for link, pieces in links.items():
                if pieces:
                    self._link_of(pieces, x, y + line.baseline, link)
        self._underline(line, x, y)

    def _words(self, pieces: Sequence[Piece], x: float, base: float, rtl: bool) -> None:
        self._book.addLiteral("BT")
        for group in _groups(pieces, rtl):
            self._fill_colour(group[0].look.colour)
            self._book.addLiteral(_shown(group, x, base))
        self._book.addLiteral("ET")
        for piece in pieces:
            if piece.glyphs.strokes:
                self._strokes(piece, x + piece.x, base)

    def _fill_colour(self, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._book.setFillColorRGB(*_channels(colour))

    def _strokes(self, piece: Piece, x: float, base: float) -> None:
        look = piece.look
        size = number(look.size)
        self._fill_colour(look.colour)
        for dx, dy, path in piece.glyphs.strokes:
            place = f"{number(x + dx * look.size)} {number(base + look.rise + dy * look.size)}"
            self._book.addLiteral(f"q {size} 0 0 {size} {place} cm {path} f Q")

    def _underline(self, line: Line, x: float, y: float) -> None:
        base = y + line.baseline
        for look, x0, x1 in _underlined(line.pieces):
            with self.artifact():
                self.rule(
                    x + x0, base + look.size * _UNDERLINE_DROP, x + x1, look.size * _UNDERLINE_WEIGHT, look.colour
                )

    def _link_of(self, pieces: list[Piece], x: float, base: float, link: Element) -> None:
        look = pieces[0].look
        top = base - look.rise - look.size * 0.95
        x0, x1 = min(piece.x for piece in pieces), max(piece.x + piece.width for piece in pieces)
        words = "".join(piece.glyphs.text for piece in pieces)
        box = x + x0, top, x + x1, top + look.size * 1.25
        self.links.append(LinkBox(*box, look.url, look.target, words, link))

    def link(self, box: tuple[float, float, float, float], target: str, words: str, element: Element) -> None:
        """A link from a box (left, top, right, bottom) that is a part of the link ``element``."""
        self.links.append(LinkBox(*box, "", target, words, element))

    def rule(self, x0: float, y: float, x1: float, weight: float, colour: str) -> None:
        """A level rule whose top edge is at ``y``."""
        self.fill(x0, y, x1 - x0, weight, colour)

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._fill_colour(colour)
        self._book.rect(x, self._height - y - height, width, height, stroke=0, fill=1)

    def outlines(self, words: Outlines, x: float, base: float, colour: str) -> None:
        """Shapes of words with the left end of their base line at (x, base)."""
        self._fill_colour(colour)
        size, y = number(words.size), number(self._height - base)
        for dx, path in words.glyphs:
            self._book.addLiteral(f"q {size} 0 0 {size} {number(x + dx)} {y} cm {path} f Q")

    def slanted(self, words: Outlines, x: float, y: float, colour: str) -> None:
        """Shapes of words that rise at 45 degrees through their middle at (x, y)."""
        self._fill_colour(colour)
        turn = words.size * _HALF_TURN
        left = x - (words.width * _HALF_TURN - words.height * _HALF_TURN) / 2
        base = self._height - y - (words.width * _HALF_TURN + words.height * _HALF_TURN) / 2
        for dx, path in words.glyphs:
            place = f"{number(left + dx * _HALF_TURN)} {number(base + dx * _HALF_TURN)}"
            self._book.addLiteral(f"q {turn:.3f} {turn:.3f} {-turn:.3f} {turn:.3f} {place} cm {path} f Q")

    def leader(self, x0: float, x1: float, y: float, colour: str) -> None:
        """A row of dots from ``x0`` to ``x1`` on the base line ``y``; dots of all leaders stand under each other."""
        start = -(-x0 // _PITCH) * _PITCH
        if x1 - start < _PITCH:
            return
        book, level = self._book, self._height - y + 0.5
        book.saveState()
        book.setStrokeColorRGB(*_channels(colour))
        book.setLineWidth(_DOT)
        book.setLineCap(1)
        book.setDash([0, _PITCH])
        book.line(start, level, x1, level)
        book.restoreState()

    def picture(self, picture: ImageReader | str, x: float, y: float, width: float, height: float) -> str:
        """Draw a picture, or again one that was drawn before, by the name that this gave back for it."""
        book, bottom = self._book, self._height - y - height
        if isinstance(picture, str):
            book.saveState()
            book.translate(x, bottom)
            book.scale(width, height)
            book.doForm(picture)
            book.restoreState()
            return picture
        drawn = {"name": ""}
        with plain_streams():
            book.drawImage(picture, x, bottom, width, height, mask="auto", extraReturn=drawn)
        return drawn["name"]


def _shown(group: list[Piece], x: float, base: float) -> str:
    """The operators that show pieces from one position."""
    first = group[0]
    look = first.look
    face = first.glyphs.face.resource
    out = [f"/{face} {number(look.size)} Tf 1 0 0 1 {number(x + first.x)} {number(base + look.rise)} Tm"]
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
    return "\n".join(out)


def _groups(pieces: Sequence[Piece], rtl: bool) -> Iterator[list[Piece]]:
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


def _underlined(pieces: tuple[Piece, ...]) -> Iterator[tuple[Look, float, float]]:
    """Stretches of one look that is underlined, with their ends."""
    open_look, x0, x1 = None, 0.0, 0.0
    for piece in pieces:
        look = piece.look
        if look.underline and look is open_look:
            x0, x1 = min(x0, piece.x), max(x1, piece.x + piece.width)
            continue
        if open_look is not None:
            yield open_look, x0, x1
        open_look = look if look.underline else None
        x0, x1 = piece.x, piece.x + piece.width
    if open_look is not None:
        yield open_look, x0, x1


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
