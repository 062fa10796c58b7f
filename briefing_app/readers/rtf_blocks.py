"""The blocks of an RTF document as they come to their ends: paragraphs, rows of tables, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing_app.model.reading import BlockKind
from briefing_app.readers.text_builder import TextBuilder, one_line

_HEADING = re.compile(r"heading\s*([1-9])|überschrift\s*([1-9])|заголовок\s*([1-9])|titre\s*([1-9])", re.IGNORECASE)


@dataclass(slots=True)
class RtfParagraph:
    """The paragraph that is being put together. ``outline`` counts from 0; -1 is none."""

    words: list[str] = field(default_factory=list)
    style: int = -1
    outline: int = -1
    listed: bool = False
    in_table: bool = False

    def reset(self) -> None:
        """Back to a paragraph's defaults; its words stay."""
        self.style = self.outline = -1
        self.listed = self.in_table = False


class RtfBlocks:
    """Collects the blocks. ``styles`` are the names of paragraph styles by their numbers."""

    def __init__(self) -> None:
        self.paragraph = RtfParagraph()
        self.styles: dict[int, str] = {}
        self._builder = TextBuilder()
        self._notes: list[str] = []
        self._outer: list[RtfParagraph] = []
        self._cells: list[str] = []
        self._rows: list[str] = []

    def finish(self) -> TextBuilder:
        """Everything so far, the notes at the end."""
        self.end_paragraph()
        self._end_table()
        for note in self._notes:
            self._builder.add(BlockKind.NOTE, note)
        return self._builder

    def begin_note(self) -> None:
        self._outer.append(self.paragraph)
        self.paragraph = RtfParagraph()

    def end_note(self) -> None:
        self._notes.append(one_line("".join(self.paragraph.words)))
        self.paragraph = self._outer.pop()

    def end_paragraph(self) -> None:
        """The end of a paragraph; inside a note or a cell only a gap between words."""
        paragraph = self.paragraph
        if self._outer:
            paragraph.words.append("\n")
            return
        text = "".join(paragraph.words)
        if paragraph.in_table:
            paragraph.words = [text, " "] if text.strip() else []
            return
        paragraph.words = []
        if not text.strip():
            return
        self._end_table()
        level = self._level(paragraph)
        if level:
            self._builder.add(BlockKind.HEADING, one_line(text), level)
        else:
            self._builder.add(BlockKind.LIST_ITEM if paragraph.listed else BlockKind.PARAGRAPH, text)

    def _level(self, paragraph: RtfParagraph) -> int:
        if 0 <= paragraph.outline < 9:
            return paragraph.outline + 1
        found = _HEADING.match(self.styles.get(paragraph.style, ""))
        return int(next(filter(None, found.groups()))) if found else 0

    def end_cell(self) -> None:
        self._cells.append(one_line("".join(self.paragraph.words)))
        self.paragraph.words = []

    def end_row(self) -> None:
        if any(self._cells):
            self._rows.append("\t".join(self._cells).rstrip("\t"))
        self._cells = []

    def _end_table(self) -> None:
        self.end_row()
        if self._rows:
            self._builder.add(BlockKind.TABLE, "\n".join(self._rows))
        self._rows = []
