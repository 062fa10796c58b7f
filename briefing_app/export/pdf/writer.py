"""The PDF of a LayoutDocument: set, paged in one pass, drawn."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from briefing_app.export.pdf.book import Book
from briefing_app.export.pdf.columns import ColumnPaginator
from briefing_app.export.pdf.flow import FlowSetter
from briefing_app.export.pdf.fonts import load_fonts
from briefing_app.export.pdf.frame import Frame
from briefing_app.export.pdf.paging import PageLayout, Paginator, note_slabs
from briefing_app.export.pdf.painter import Painter
from briefing_app.export.pdf.result import PdfFile
from briefing_app.export.pdf.shaping import Shaper
from briefing_app.export.pdf.sheet import Sheet
from briefing_app.export.pdf.slab import Area, Slab
from briefing_app.export.pdf.structure import Tagger
from briefing_app.export.pdf.styling import Stylist, reads_right_to_left
from briefing_app.export.pdf.text import Typesetter
from briefing_app.layout.document import BreakBlock, LaidBlock, LayoutDocument, Role, TextLine, TextRun

_COVER_DROP = 0.28  # of the text's height, above a title on a page of its own
NOTES_HEADING = "notes"  # the id of the heading over notes at the end


def write_pdf(document: LayoutDocument, fonts: Path, *, progress: Callable[[int], None] | None = None) -> PdfFile:
    """Write the document as a PDF that is PDF/UA-1 and PDF/A-2a. ``fonts`` is the folder of TrueType faces.

    ``progress`` is told the number of pages set so far after each, and again while they are drawn; what it raises
    ends the work. The same document gives the same bytes.

    :raises ExportError: a picture is damaged, a font is lacking, or the page has no room for text.
    """
    with _collector_at_rest():
        work = _Work(document, fonts)
        tell = progress or (lambda pages: None)
        pages = work.pages(tell)
        painter = Painter(document, work.frame, work.typesetter, work.shaper)
        return painter.paint(pages, work.blocks, work.tagger.root, tell)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python looks for no cycles meanwhile: hundreds of thousands of pieces are made, kept, and hold none.

    It would spend a quarter of the whole time on looking them through again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def missing_characters(document: LayoutDocument, fonts: Path) -> tuple[str, ...]:
    """The characters of the document that no face in ``fonts`` has; nothing is written."""
    work = _Work(document, fonts)
    work.frame.draw(Sheet(Book(document), document.page.height), 1, 1)
    work.pages(lambda _: None)
    return work.shaper.missing


class _Work:
    """The setting of one document: its tools, its blocks, and the slabs that they become."""

    def __init__(self, document: LayoutDocument, fonts: Path) -> None:
        self._document = document
        self.shaper = Shaper(load_fonts(fonts))
        self.typesetter = Typesetter(self.shaper)
        stylist = Stylist(document, self.shaper)
        self.frame = Frame(document, stylist, self.typesetter)
        self.tagger = Tagger(document.properties.language)
        column = self.frame.column
        width = self.frame.column_width
        self._setter = FlowSetter(stylist, self.typesetter, self.tagger, width, column.height)
        self._across = FlowSetter(stylist, self.typesetter, self.tagger, column.width, column.height)
        self._foot = document.notes_place == "foot"
        self._open_breaks: list[str] = []  # at the end of the front, which ask the text for a new page
        self.blocks = document.blocks if self._foot else (*document.blocks, *_notes_heading(document))

    def pages(self, tell: Callable[[int], None]) -> list[PageLayout]:
        """All pages; ``tell`` is told of each."""
        frame, notes = self.frame, self._foot_notes()
        height = frame.column.height
        if frame.columns == 1:
            return Paginator(lambda _: height, notes, tell).pages(self._slabs(self._setter, self.blocks))
        rtl = reads_right_to_left(self._document.properties.language)
        across = self._document.across
        front = list(self._slabs(self._across, self.blocks[:across], ends=False))
        text = self._slabs(self._setter, self.blocks[across:], starts=False)
        side_by_side = ColumnPaginator(height, notes, columns=frame.columns, step=frame.step, from_right=rtl)
        return side_by_side.pages(front, text, tell)

    def _foot_notes(self) -> dict[str, list[Slab]]:
        """The slabs of the notes that stand at the foot of pages."""
        notes = self._document.notes if self._foot else ()
        return {note.id: note_slabs(self._setter.note(note, len(notes))) for note in notes}

    def _slabs(
        self, setter: FlowSetter, blocks: Sequence[LaidBlock], *, starts: bool = True, ends: bool = True
    ) -> Iterator[Slab]:
        """The slabs of these blocks, as they are wanted. A page break is a property of what follows it.

        The blocks that start the document come after the drop of a cover, those that end it before its last notes.
        """
        breaks = [] if starts else self._open_breaks
        if starts and self._document.cover:
            yield Slab(self.frame.column.height * _COVER_DROP, leads=True)
        for block in blocks:
            if isinstance(block, BreakBlock):
                breaks.append(block.id)
                continue
            slabs = setter.block(block)
            if self._foot:
                self.tagger.place_notes(call for slab in slabs for call in slab.calls)
            if breaks:
                slabs[0].new_page = True
                slabs[0].areas += [Area(one, 0.0, 0.0, 0.0, 0.0) for one in breaks]
                breaks = []
            yield from slabs
        if not ends:
            self._open_breaks = breaks
            return
        if not self._foot:
            for note in self._document.notes:
                yield from setter.note(note, len(self._document.notes))
                self.tagger.place_rest()
        self.tagger.place_rest()
        if breaks:
            yield Slab(0.0, areas=[Area(one, 0.0, 0.0, 0.0, 0.0) for one in breaks], stick=True)


def _notes_heading(document: LayoutDocument) -> tuple[TextLine, ...]:
    if not document.notes:
        return ()
    words = document.words.notes_heading
    direction = document.notes[0].lines[0].direction if document.notes[0].lines else "ltr"
    return (TextLine(NOTES_HEADING, Role.HEADING_1, (TextRun(words),), level=1, direction=direction),)
