"""Lines of a PDF page to paragraphs: which lines belong together, and how words broken at line ends are mended."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from briefing_app.readers.plain_text import looks_like_heading, split_mark

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_TABLE = str.maketrans({**_LIGATURES, "\u00a0": " ", "\ufffd": "\ufffd"})
_BROKEN = "\x02\ufffe\u00ad"  # what PDFium and typesetters put for a hyphen at a line's end
_HYPHENS = "-\u2010" + _BROKEN
_SENTENCE_END = re.compile(r"[.!?:;…。！？：；।؟۔][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[-\u2010\x02\ufffe\u00ad]$")
_LONGEST_WORD = 200
_FIRST_WORD = re.compile(r"^[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as PDFium gives it, with its box in points, measured upwards from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, and the height of their letters."""

    text: str
    height: float
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the whole document that stand inside lines: they tell true hyphens from broken words."""

    known: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Words:
        found: set[str] = set()
        for line in lines:
            found.update(word.lower() for word in _WORD.findall(line.translate(_TABLE)))
        return cls(frozenset(found))

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """True where "first-second" is a word of its own here and "firstsecond" is none."""
        whole, parted = f"{first}{second}".lower(), f"{first}-{second}".lower()
        if whole in self.known:
            return False
        return parted in self.known or not second[:1].islower()


def body_height(pages: list[list[Line]]) -> float:
    """The height of most letters of the document, in points; 0 without any."""
    weights: dict[float, int] = {}
    for lines in pages:
        for line in lines:
            rounded = round(line.height, 1)
            weights[rounded] = weights.get(rounded, 0) + len(line.text)
    return max(weights, key=lambda height: (weights[height], height)) if weights else 0.0


def heading_level(paragraph: Paragraph, body: float) -> int:
    """1 or 2 for short text in letters clearly larger than the body's, else 0."""
    if body <= 0 or paragraph.height < body * 1.15 or len(paragraph.text) > 200:
        return 0
    words = paragraph.text.replace("\n", " ")
    if not looks_like_heading(words) and paragraph.height < body * 1.4:
        return 0
    if not any(map(str.isalpha, words)):
        return 0
    return 1 if paragraph.height >= body * 1.45 else 2


def paragraphs(lines: list[Line], words: Words) -> Iterator[Paragraph]:
    """Join the lines of one page to paragraphs."""
    pitch = _pitch(lines)
    group: list[Line] = []
    for line in lines:
        if group and _is_new(group, line, pitch):
            yield _joined(group, words)
            group = []
        group.append(line)
    if group:
        yield _joined(group, words)


def _pitch(lines: list[Line]) -> float:
    """The usual distance between the base lines of neighbouring lines, in points."""
    steps = [
        one.bottom - other.bottom
        for one, other in itertools.pairwise(lines)
        if 0.3 * one.height < one.bottom - other.bottom < 3 * max(one.height, 1)
    ]
    return statistics.median_low(steps) if steps else 0.0


def _is_new(group: list[Line], line: Line, pitch: float) -> bool:
    """True where ``line`` begins a new paragraph after ``group``."""
    last = group[-1]
    height = max(last.height, line.height, 1.0)
    step = last.bottom - line.bottom
    beside = abs(step) < 0.4 * height
    if split_mark(line.text).bullet and not beside:
        return True
    if min(last.height, line.height) < 0.85 * height and not beside:
        return True
    ended = bool(_SENTENCE_END.search(last.text.strip()))
    if beside:
        return line.left < last.left  # the same base line to the left: the first line of another column
    if step < 0:  # upwards: the next column
        return ended or not line.text.strip()[:1].islower()
    usual = max(min(pitch, 1.6 * height), 0.95 * height) if pitch else 1.3 * height
    if step > max(1.35 * usual, 1.05 * height):
        return True
    if split_mark(line.text).number >= 0 and ended:
        return True
    width = max(entry.right for entry in group) - min(entry.left for entry in group)
    indented = line.left > last.left + 0.7 * height and len(group) > 1
    short = last.right < max(entry.right for entry in (*group, line)) - 0.2 * max(width, 1.0)
    return ended and (indented or short)


def _joined(group: list[Line], words: Words) -> Paragraph:
    text = ""
    for line in group:
        part = line.text.translate(_TABLE).strip()
        text = _append(text, part, words) if text else part
    text = re.sub(f"[{_BROKEN}]", lambda found: "-" if found.group() == "\x02" else "", text)
    height = statistics.median_low([line.height for line in group])
    mark = split_mark(group[0].text)
    return Paragraph(text, height, is_item=mark.is_item)


def _append(text: str, part: str, words: Words) -> str:
    """Join two lines: with a space, or without the hyphen that broke a word."""
    if text[-1] in _HYPHENS and part[:1].isalpha():
        first, second = _LAST_WORD.search(text[-_LONGEST_WORD:]), _FIRST_WORD.search(part)
        if first and second:
            soft = text[-1] == "\u00ad"
            if soft or not words.keeps_hyphen(first.group(1), second.group()):
                return text[:-1] + part
            return text[:-1] + "-" + part
    if _is_wide(text[-1]) and part and _is_wide(part[0]):
        return text + part
    return f"{text} {part}"


def _is_wide(char: str) -> bool:
    """Characters of scripts that are written without spaces."""
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
