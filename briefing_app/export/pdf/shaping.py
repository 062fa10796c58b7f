"""Words become glyphs: font by font by coverage, shaped, and ready to be shown and to be read back.

A word is shaped once in a document. Each glyph that is shown as text carries the characters that it is read back as;
marks on a letter are read back with the letter, and drawn as outlines.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import uharfbuzz as hb
from bidi.mirror import MIRRORED

from briefing_app.export.pdf.fonts import INVISIBLE, REPLACEMENT, FontFile, FontStock


def number(value: float) -> str:
    """A number as PDF writes it, in hundredths."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(slots=True, eq=False)
class UsedFace:
    """A face as this document uses it: ``resource`` is its name on the page.

    A code stands for a glyph *and* the characters that it is read back as, so that a glyph which serves several
    characters (a space and a no-break space) gives back the right ones.
    """

    file: FontFile
    resource: str
    codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int:
        return self.codes.setdefault((glyph, text), len(self.codes) + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Glyphs:
    """A shaped piece of one face, drawn from left to right.

    ``advance`` is in ems. ``shows`` are (rise in ems, operand of TJ). ``strokes`` are outlines in ems, as (x, y,
    operators): marks that stand over or under a letter which already carries their characters.
    """

    face: UsedFace
    text: str
    advance: float
    shows: tuple[tuple[float, str], ...]
    strokes: tuple[tuple[float, float, str], ...] = ()


@dataclass(slots=True)
class _Show:
    """A TJ operand being written: glyphs that follow each other at one rise."""

    rise: float = 0.0
    parts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    def glyph(self, code: int) -> None:
        self.codes.append(f"{code:04X}")

    def shift(self, thousandths: float) -> None:
        if abs(thousandths) < 0.5:
            return
        self._flush()
        self.parts.append(number(-thousandths))

    def _flush(self) -> None:
        if self.codes:
            self.parts.append(f"<{''.join(self.codes)}>")
            self.codes.clear()

    def operand(self) -> str:
        self._flush()
        return " ".join(self.parts)


class Shaper:
    """Shapes the words of one document and remembers them, the faces used, and the characters no face has."""

    def __init__(self, stock: FontStock) -> None:
        self._stock = stock
        self._faces: dict[str, UsedFace] = {}
        self._words: dict[tuple[str, str, bool, bool, bool], tuple[Glyphs, ...]] = {}
        self._missing: dict[str, None] = {}
        self._buffer = hb.Buffer()

    @property
    def faces(self) -> tuple[UsedFace, ...]:
        return tuple(self._faces.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters that no face has, in the order in which they were met."""
        return tuple(self._missing)

    def first_face(self, family: str, bold: bool, italic: bool) -> FontFile:
        return self._stock.chain(family, bold, italic)[0]

    def word(self, text: str, family: str, bold: bool, italic: bool, rtl: bool) -> tuple[Glyphs, ...]:
        """The glyphs of a word in reading order of its pieces; ``rtl`` is the direction of its characters."""
        key = (text, family, bold, italic, rtl)
        found = self._words.get(key)
        if found is None:
            chain = self._stock.chain(family, bold, italic)
            found = self._words[key] = tuple(
                self._shape(file, part, rtl, substitute) for file, part, substitute in self._by_face(text, chain)
            )
        return found

    def _by_face(self, text: str, chain: tuple[FontFile, ...]) -> list[tuple[FontFile, str, bool]]:
        """The text in stretches of one face; the third is True where a substitute is printed for a character."""
        first = chain[0]
        if first.coverage.issuperset(text):
            return [(first, text, False)]
        stretches: list[tuple[FontFile, str, bool]] = []
        for char in text:
            last = stretches[-1] if stretches else None
            if last and not last[2] and _stays(char, last[0]):
                stretches[-1] = (last[0], last[1] + char, False)
                continue
            file = next((f for f in chain if char in f.coverage), None)
            if file is None and char in INVISIBLE:
                file = last[0] if last else first
            if file is None:
                self._missing[char if not 0xD800 <= ord(char) < 0xE000 else REPLACEMENT] = None
                stretches.append((next((f for f in chain if REPLACEMENT in f.coverage), first), char, True))
            elif last and last[0] is file and not last[2]:
                stretches[-1] = (file, last[1] + char, False)
            else:
                stretches.append((file, char, False))
        return stretches

    def _use(self, file: FontFile) -> UsedFace:
        face = self._faces.get(file.name)
        if face is None:
            face = self._faces[file.name] = UsedFace(file, f"F{len(self._faces) + 1}")
        return face

    def _shape(self, file: FontFile, text: str, rtl: bool, substitute: bool) -> Glyphs:
        face = self._use(file)
        buffer = self._buffer
        buffer.clear_contents()
        drawn = REPLACEMENT if REPLACEMENT in file.coverage else "?"
        buffer.add_str(drawn if substitute else text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.invisible_glyph = file.blank
        hb.shape(file.font, buffer)
        return _placed(face, buffer.glyph_infos, buffer.glyph_positions, text, rtl)


def advance(file: FontFile, glyph: int) -> int:
    """How far a glyph moves on, in font units."""
    width: int = file.font.get_glyph_h_advance(glyph)
    return width


def _stays(char: str, file: FontFile) -> bool:
    """Whether a character belongs with the one before it: marks, joiners and selectors do not change the face."""
    return char in INVISIBLE or (unicodedata.category(char) in ("Mn", "Me", "Mc") and char in file.coverage)


def _carriers(infos: list[Any], font: Any, text: str) -> dict[int, str]:
    """The glyph of each cluster that carries its characters (by index), which is the widest, and the characters."""
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    widest: dict[int, tuple[int, int]] = {}
    for index, info in enumerate(infos):
        width = font.get_glyph_h_advance(info.codepoint)
        if info.cluster not in widest or width > widest[info.cluster][0]:
            widest[info.cluster] = (width, index)
    return {index: text[start : ends[start]] for start, (_, index) in widest.items()}


def _placed(face: UsedFace, infos: list[Any], positions: list[Any], text: str, rtl: bool) -> Glyphs:
    """The operands that draw the glyphs where the shaper put them, and the marks that are drawn as outlines."""
    file, font, upem = face.file, face.file.font, face.file.upem
    carriers = _merged_marks(_carriers(infos, font, text), infos, positions)
    shows, strokes, show, total, debt = [], [], _Show(), 0, 0
    for index, (info, position) in enumerate(zip(infos, positions, strict=True)):
        glyph, meant = info.codepoint, carriers.get(index)
        if meant is None:
            x, y = (total + position.x_offset) / upem, position.y_offset / upem
            strokes.append((x, y, outline(file, glyph)))
            total += position.x_advance
            debt += position.x_advance
            continue
        rise = position.y_offset / upem
        if rise != show.rise:
            shows.append(show)
            show = _Show(rise)
        if rtl:
            # readers of right-to-left text turn what they read: it stands as it is seen
            meant = MIRRORED.get(meant, meant[::-1])
        show.shift((debt + position.x_offset) * 1000 / upem)
        show.glyph(face.code(glyph, meant))
        debt = position.x_advance - advance(file, glyph) - position.x_offset
        total += position.x_advance
    show.shift(debt * 1000 / upem)
    shows.append(show)
    operands = tuple((s.rise, operand) for s in shows if (operand := s.operand()))
    return Glyphs(face, text, total / upem, operands, tuple(s for s in strokes if s[2]))


def _merged_marks(carriers: dict[int, str], infos: list[Any], positions: list[Any]) -> dict[int, str]:
    """Let a letter carry the characters of the marks on it, which have no advance of their own."""
    letters = sorted(carriers, key=lambda index: infos[index].cluster)
    merged: dict[int, str] = {}
    letter = -1
    for index in letters:
        meant = carriers[index]
        mark = all(unicodedata.combining(char) for char in meant) and positions[index].x_advance == 0
        if mark and letter >= 0:
            merged[letter] += meant
        else:
            merged[index] = meant
            letter = index
    return merged


@lru_cache(maxsize=512)
def outline(file: FontFile, glyph: int) -> str:
    """The path of a glyph in ems, as operators that want a fill."""
    out: list[str] = []
    file.font.draw_glyph_with_pen(glyph, _Pen(1 / file.upem, out))
    return " ".join(out)


class _Pen:
    """Writes an outline as path operators. Quadratic curves become cubic ones."""

    def __init__(self, scale: float, out: list[str]) -> None:
        self._scale = scale
        self._out = out
        self._at = (0.0, 0.0)

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        self._out += [f"{value * self._scale:.4f}" for point in points for value in point]
        self._out.append(operator)

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 (the pen protocol's name)
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self._at, control, end
        first = (x0 + 2 * (x1 - x0) / 3, y0 + 2 * (y1 - y0) / 3)
        second = (x2 + 2 * (x1 - x2) / 3, y2 + 2 * (y1 - y2) / 3)
        self._write("c", first, second, end)

    def closePath(self) -> None:  # noqa: N802
        self._out.append("h")

    def endPath(self) -> None:  # noqa: N802
        """An open contour is closed by the fill."""
