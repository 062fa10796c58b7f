"""The form of plain text: paragraphs between blank lines, headings by their look, lists by their marks.

It serves the reader of text files and drafts alike, so that both see the same headings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from briefing_app.readers.text_builder import normal_characters

MAX_HEADING_LETTERS = 80
MAX_HEADING_WORDS = 12
_FINAL = ".,;:!?…。！？：；，、．।؟،؛۔։።"
_CLOSERS = "\"'”’»›)]}」』】）"
_ITEM = re.compile(r"([ \t]*)(?:([-*•‣◦▪●])[ \t]+|([1-9]\d{0,2})[.)][ \t]+)(?=\S)")
_WIDE = ("W", "F")
_LONG_LINE = 200  # letters; a file of such lines without any blank line has one paragraph on each


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a list: ``bullet`` or ``number`` (0 for none) is its mark, ``indent`` its depth in columns."""

    text: str
    indent: int = 0
    bullet: str = ""
    number: int = -1

    @property
    def is_item(self) -> bool:
        return bool(self.bullet) or self.number >= 0


@dataclass(frozen=True, slots=True)
class PlainBlock:
    """A run of lines between blank lines. ``heading`` is set where its one line looks like a heading."""

    lines: tuple[str, ...]
    heading: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_list(self) -> bool:
        return not self.heading and split_mark(self.lines[0]).is_item


def split_mark(line: str) -> TextLine:
    """The line's text without its list mark, and the mark."""
    found = _ITEM.match(line)
    if not found or not any(char.isalnum() for char in line[found.end() :]):
        return TextLine(line.strip(), len(line) - len(line.lstrip()))
    indent = len(found.group(1).expandtabs(4))
    number = int(found.group(3)) if found.group(3) else -1
    return TextLine(line[found.end() :].strip(), indent, found.group(2) or "", number)


def looks_like_heading(line: str) -> bool:
    """A short line without final punctuation. What stands around it is the caller's to judge."""
    line = line.strip()
    if not line or len(line.split()) > MAX_HEADING_WORDS or _width(line) > MAX_HEADING_LETTERS:
        return False
    if line.rstrip(_CLOSERS)[-1:] in _FINAL or not any(char.isalpha() for char in line):
        return False
    mark = split_mark(line)
    return not mark.bullet and not line.startswith(("http://", "https://", ">", "|"))


def _width(line: str) -> int:
    """Letters, a wide one (Chinese, Japanese, Korean) counted as two."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in line)


def plain_blocks(text: str) -> tuple[PlainBlock, ...]:
    """The blocks of ``text`` in order; together their lines are all of its lines that are not blank."""
    lines = [line.rstrip() for line in normal_characters(text).split("\n")]
    if all(lines[:-1]) and max(map(len, lines)) >= _LONG_LINE:
        groups: list[Lines] = [(line,) for line in lines if line]
    else:
        groups = _between_blank_lines(lines)
    return tuple(PlainBlock(group, flag) for group, flag in zip(groups, heading_flags(groups), strict=True))


Lines = tuple[str, ...]


def heading_flags(groups: Sequence[Lines]) -> list[bool]:
    """Which of the blocks, given by their lines, are headings."""
    some_body = any(not _is_short(group) for group in groups)
    return [_is_heading(groups, number, some_body) for number in range(len(groups))]


def _between_blank_lines(lines: list[str]) -> list[Lines]:
    groups: list[Lines] = []
    current: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            current.append(line)
        elif current:
            groups.append(tuple(current))
            current = []
    return groups


def _is_heading(groups: Sequence[Lines], number: int, some_body: bool) -> bool:
    """A short line with body text after it; of several short lines in a row the last, and the very first."""
    if not _is_short(groups[number]) or number + 1 == len(groups):
        return False
    if _is_short(groups[number + 1]):
        return number == 0 and some_body
    if split_mark(groups[number][0]).number >= 0:  # "1. Findings" is a heading unless "2. ..." follows at once
        return split_mark(groups[number + 1][0]).number < 0
    return True


def _is_short(group: Lines) -> bool:
    return len(group) == 1 and looks_like_heading(group[0])


def title_number(blocks: tuple[PlainBlock, ...]) -> int:
    """The number of the block that is the title of the whole text (0), or -1."""
    return title_of([block.lines for block in blocks], [block.heading for block in blocks])


def title_of(groups: Sequence[Lines], flags: Sequence[bool]) -> int:
    """As ``title_number``, of blocks given by their lines.

    A first heading is the title where another short line follows it, where the text has no other heading, or
    where it is longer than every other heading, as headlines are.
    """
    if not groups or not flags[0]:
        return -1
    others = [group[0] for group, flag in zip(groups[1:], flags[1:], strict=True) if flag]
    if not others or _is_short(groups[1]):
        return 0
    return 0 if all(_width(groups[0][0]) > _width(other) for other in others) else -1
