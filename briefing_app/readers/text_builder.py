"""The normal form of extracted text: blocks divided by blank lines, newlines only, no control characters."""

from __future__ import annotations

import re

from briefing_app.model.reading import BlockKind, TextBlock

_NEWLINES = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_MARKS = re.compile("[\x0c\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\n]+")


def normal_characters(text: str) -> str:
    """The same text with ``\\n`` as its only line end and without control characters; nothing else is changed.

    A form feed or a paragraph separator becomes a blank line; a lone surrogate becomes U+FFFD.
    """
    if text.replace("\n", "").isprintable():  # most are, and none of the characters below is
        return text
    text = _PARAGRAPH_MARKS.sub("\n\n", _NEWLINES.sub("\n", text))
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def one_line(text: str) -> str:
    """The same words with single spaces between them; no-break spaces stay."""
    return _SPACES.sub(" ", normal_characters(text)).strip()


def block_text(text: str) -> str:
    """A block's text: its lines kept, blank lines and spaces at line ends taken out."""
    lines = (line.rstrip() for line in normal_characters(text).split("\n"))
    return "\n".join(line for line in lines if line).strip()


class TextBuilder:
    """Collects blocks into one text and keeps their exact ranges in code points. It drops empty blocks."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[TextBlock] = []

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add a block; ``level`` counts for headings only and is kept within 1 to 6."""
        text = block_text(text)
        if not text:
            return
        if self._pieces:
            self._pieces.append("\n\n")
            self._length += 2
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        depth = min(max(level, 1), 6) if kind is BlockKind.HEADING else 0
        self._blocks.append(TextBlock(kind, start, self._length, depth))

    @property
    def length(self) -> int:
        """Code points so far."""
        return self._length

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    @property
    def blocks(self) -> tuple[TextBlock, ...]:
        return tuple(self._blocks)

    def last_text(self) -> str:
        """The text of the block added last, or an empty string."""
        return self._pieces[-1] if self._pieces else ""
