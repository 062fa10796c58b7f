"""The lines of a PDF's page as PDFium gives them: their characters with PDFium's own indices, and their words' places.

Places are measured in points from the lower left corner of the page as it is shown: turned as the page says, and cut
to what viewers show. Words of a line and their places are made together, because gaps between words tell columns and
the cells of tables.
"""

from __future__ import annotations

import ctypes
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top, in points
_LINE = re.compile("[^\r\n\x02]*\x02|[^\r\n\x02]+")  # a line end inside a word has a hyphen mark and no line end
_WORD = re.compile(r"[^\s\x00]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class PlacedWord(NamedTuple):
    """Characters between spaces: their indices ``start`` to ``end`` in PDFium's page, and their extent sideways."""

    start: int
    end: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or a part of one, with its box. ``first`` is the index of its first character in PDFium's page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    first: int = 0
    words: tuple[PlacedWord, ...] = ()

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def after(self) -> int:
        """The index after its last word's last character."""
        return self.words[-1].end if self.words else self.first

    def part(self, words: tuple[PlacedWord, ...]) -> Line:
        """The part of this line that holds some of its words, which stand one after another."""
        text = self.text[words[0].start - self.first : words[-1].end - self.first]
        left, right = min(word.left for word in words), max(word.right for word in words)
        return replace(self, text=text, left=left, right=right, first=words[0].start, words=words)


@dataclass(frozen=True, slots=True)
class View:
    """How a page is shown: its visible box in its own points, and its turn in quarters, clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    def place(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        """A box in the page's own points as it is shown."""
        match self.turn:
            case 1:
                return bottom - self.bottom, self.right - right, top - self.bottom, self.right - left
            case 2:
                return self.right - right, self.top - top, self.right - left, self.top - bottom
            case 3:
                return self.top - top, left - self.left, self.top - bottom, right - self.left
        return left - self.left, bottom - self.bottom, right - self.left, top - self.bottom


def view_of(page: Any, turn: int = 0) -> View:
    """How the page is shown, turned by ``turn`` more quarters."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box)) or box.right <= box.left:
        width, height = page.get_size()
        return View(0.0, 0.0, width, height, turn % 4)
    turn = (raw.FPDFPage_GetRotation(page.raw) + turn) % 4
    return View(box.left, box.bottom, box.right, box.top, turn)


def shown_height(page: Any) -> float:
    """The height of a page as it is shown, in points."""
    return float(page.get_size()[1])


class Characters:
    """The characters of a page's text by PDFium's indices, and their boxes. It must not outlive the open page."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page  # kept, so that it is not closed while its address is in use
        self._address = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
        self._box = _box_type()()
        self._box_address = ctypes.addressof(self._box)
        self.text = _characters(text_page)

    def box(self, index: int) -> Rectangle | None:
        """The box of a character in the page's own points; None for one without extent, such as a made-up space."""
        fits = _functions()[0](self._address, index, self._box_address)
        box = self._box
        if fits and box.right > box.left and box.top > box.bottom:
            return box.left, box.bottom, box.right, box.top
        return None

    def angle(self, index: int) -> int:
        """How far a character is turned on the page, in quarters, clockwise."""
        radians = _functions()[1](self._address, index)
        return round(radians / 1.5707963) % 4 if radians >= 0 else 0


def lines_of(page: Any, characters: Characters) -> list[Line]:
    """The lines of a page in the order in which it draws them, placed as most of its lines are upright."""
    spans = [found.span() for found in _LINE.finditer(characters.text)]
    turns: Counter[int] = Counter()
    for start, end in spans:
        found = _WORD.search(characters.text, start, end)
        if found:
            turns[characters.angle(found.start())] += end - start
    view = view_of(page)
    if not turns:
        return []
    most = turns.most_common(1)[0][0]
    return list(_placed(characters, spans, replace(view, turn=-most % 4)))


def _placed(characters: Characters, spans: list[tuple[int, int]], view: View) -> Iterator[Line]:
    words_of = _upright_words if view.turn == 0 else _turned_words
    for start, end in spans:
        places = [found.span() for found in _WORD.finditer(characters.text, start, end)]
        if not places:
            continue
        words = words_of(characters, places, view)
        first, after = places[0][0], places[-1][1]
        placed = [word for word in words if word.right > word.left]
        left = min([word.left for word in placed], default=0.0)
        right = max([word.right for word in placed], default=0.0)
        longest = max(words[:4], key=lambda word: word.end - word.start)  # a list mark may be of another size
        box = _first_box(characters, range(longest.start, after)) or _first_box(characters, range(first, after))
        _, bottom, _, top = view.place(*box) if box else (0.0, 0.0, 0.0, 0.0)
        text = characters.text[first:after]
        if "\x00" in text or _SURROGATE.search(text):  # its characters and PDFium's differ: it cannot be cut
            text, words = joined_pairs(text).replace("\x00", ""), [PlacedWord(first, after, left, right)]
        yield Line(text, left, right, bottom, top, first, tuple(words))


def _upright_words(characters: Characters, places: list[tuple[int, int]], view: View) -> list[PlacedWord]:
    """The words from their first and last characters, for the usual page, which is not turned."""
    call, box, page, address = _functions()[0], characters._box, characters._address, characters._box_address
    zero, words = view.left, []
    for start, end in places:
        if not call(page, start, address) or box.right <= box.left or box.top <= box.bottom:
            words.append(_word(characters, start, end, view))
            continue
        left, right = box.left, box.right
        if end - start > 1:
            if not call(page, end - 1, address) or box.right <= box.left or box.top <= box.bottom:
                words.append(_word(characters, start, end, view))
                continue
            if box.left < left:
                left = box.left
            if box.right > right:
                right = box.right
        words.append(PlacedWord(start, end, left - zero, right - zero))
    return words


def _turned_words(characters: Characters, places: list[tuple[int, int]], view: View) -> list[PlacedWord]:
    return [_word(characters, start, end, view) for start, end in places]


def _word(characters: Characters, start: int, end: int, view: View) -> PlacedWord:
    """The word from its first and last characters that have an extent."""
    one = _first_box(characters, range(start, end))
    other = _first_box(characters, range(end - 1, start - 1, -1))
    if one is None or other is None:
        return PlacedWord(start, end, 0.0, 0.0)
    first, last = view.place(*one), view.place(*other)
    return PlacedWord(start, end, min(first[0], last[0]), max(first[2], last[2]))


def _first_box(characters: Characters, indices: range) -> Rectangle | None:
    for index in indices:
        box = characters.box(index)
        if box is not None:
            return box
    return None


def _characters(text_page: Any) -> str:
    """One character for each of PDFium's indices: NUL for none, a mark (U+0002) for the hyphen of a broken word."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = raw.FPDFText_GetText(text_page.raw, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * max(length, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count or length != count or _SURROGATE.search(text):
        units = (raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(count))
        text = "".join(chr(unit) if 0 < unit <= 0x10FFFF else "\x00" for unit in units)
    return text.replace("\ufffe", "\x02")


def joined_pairs(text: str) -> str:
    """The text with pairs of surrogates joined, where PDFium gives them as two characters."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@functools.cache
def _box_type() -> Any:
    from pypdfium2 import raw

    return raw.FS_RECTF


@functools.cache
def _functions() -> tuple[Callable[[int, int, int], int], Callable[[int, int], float]]:
    """PDFium's calls for a character's box and angle, which take addresses: they are made for every word."""
    from pypdfium2 import raw

    def address(function: Any) -> int:
        return ctypes.cast(function, ctypes.c_void_p).value or 0

    box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    angle = ctypes.CFUNCTYPE(ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
    return box(address(raw.FPDFText_GetLooseCharBox)), angle(address(raw.FPDFText_GetCharAngle))
