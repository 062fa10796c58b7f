"""The page on which two briefings are read side by side in one text: gone words struck, new ones underlined."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from briefing_app.app.comparing.report import (
    block_notes,
    excerpt_line,
    grade_line,
    section_notes,
    source_line,
    with_less_same,
)
from briefing_app.app.comparing.values import BlockChange, Comparison, FieldChange, Piece, SectionChange, State
from briefing_app.desktop.theme import GRID, Colours

_BREATH = 0.08  # of a colour in the ground behind words
_THIN_SPACE = "\u2009"
TITLE_PAGE, EVIDENCE = "title page", "evidence"


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the page: its key, its words for the list beside it, its depth, and where it begins.

    ``counts`` says how much is added, removed, changed and moved in it. Positions are those of the document.
    """

    key: str
    name: str
    depth: int
    position: int
    counts: str


@dataclass(frozen=True, slots=True)
class Page:
    """The document with its places, and where each difference begins and ends, in order."""

    document: QTextDocument
    places: tuple[Place, ...]
    differences: tuple[tuple[int, int], ...]


def make_page(comparison: Comparison, colours: Colours, font_pixels: int, *, only_differences: bool) -> Page:
    """Set a comparison as a document in the colours of a look."""
    return _Setter(colours, font_pixels, only_differences).set(comparison)


def mixed(colour: str, ground: str, share: float) -> str:
    """``colour`` laid over ``ground`` at ``share`` from 0 to 1."""
    above, below = QColor(colour), QColor(ground)
    pairs = ((above.red(), below.red()), (above.green(), below.green()), (above.blue(), below.blue()))
    return QColor(*(round(share * one + (1 - share) * other) for one, other in pairs)).name()


class _Setter:
    """Writes one page."""

    def __init__(self, colours: Colours, pixels: int, only: bool) -> None:
        self._colours = colours
        self._pixels = pixels
        self._only = only
        self._document = QTextDocument()
        self._document.setDocumentMargin(3 * GRID)
        self._document.setUndoRedoEnabled(False)
        self._cursor = QTextCursor(self._document)
        self._places: list[Place] = []
        self._differences: list[tuple[int, int]] = []
        self._begun = False

    def set(self, comparison: Comparison) -> Page:
        self._cursor.beginEditBlock()
        if comparison.is_empty:
            self._line([("Nothing differs.", self._format(muted=True))])
        self._title_page(comparison)
        for section in comparison.sections:
            if section.is_different or not self._only:
                self._section(section)
        self._evidence(comparison)
        self._cursor.endEditBlock()
        return Page(self._document, tuple(self._places), tuple(self._differences))

    # --- parts

    def _title_page(self, comparison: Comparison) -> None:
        if not comparison.title_page and not comparison.form_changed:
            return
        count = len(comparison.title_page) + comparison.form_changed
        self._heading("Title page", 1, (), Place(TITLE_PAGE, "Title page", 1, self._next(), _counted(changed=count)))
        for field in comparison.title_page:
            self._field(field)
        if comparison.form_changed:
            self._difference([("The form (template) is another one, or another state of it.", self._format())])

    def _section(self, section: SectionChange) -> None:
        place = Place(section.id, section.name, section.depth, self._next(), section_counts(section))
        start = self._next()
        self._heading(section.name, section.depth, section_notes(section), place, section.state)
        if section.state is not State.SAME or section.moved:
            self._differences.append((start, self._cursor.position()))
        for block in section.blocks:
            if block.is_different or not self._only:
                self._block(block)

    def _block(self, block: BlockChange) -> None:
        head = {State.ADDED: ["new"], State.REMOVED: ["removed"]}.get(block.state, [])
        notes = [*head, *block_notes(block)]
        start = self._next()
        whole = "".join(piece.text for piece in block.pieces)
        rtl = _is_right_to_left(whole)
        side = self._side(block.state)
        if notes:
            words = ", ".join(notes)
            note = self._format(small=True, colour=side)
            self._line([(words[:1].upper() + words[1:], note)], indent=1, above=GRID, rtl=False)
        pieces: Sequence[Piece] = block.pieces
        if self._only and block.state is State.CHANGED:
            pieces = with_less_same(pieces)
        quiet = block.away or (not block.is_different)
        alone = block.state in (State.ADDED, State.REMOVED)
        runs = [(piece.text, self._piece(piece, quiet, ground=not alone)) for piece in _apart(pieces)]
        if not whole.strip():
            kind = (block.new or block.old).type.replace("_", " ")  # type: ignore[union-attr]
            runs = [(f"({kind})", self._format(muted=True))]
        ground = mixed(side, self._colours.panel, _BREATH) if alone else ""
        self._line(runs, indent=1, above=0 if notes else GRID, rtl=rtl, ground=ground)
        if block.is_different:
            self._differences.append((start, self._cursor.position()))

    def _side(self, state: State) -> str:
        """The colour of what is said of a part beside its words."""
        return {State.ADDED: self._colours.good, State.REMOVED: self._colours.danger}.get(state, self._colours.accent)

    def _evidence(self, comparison: Comparison) -> None:
        evidence = comparison.evidence
        if evidence.is_empty:
            return
        states = [*(one.state for one in evidence.sources), *(one.state for one in evidence.excerpts)]
        counts = _counted(
            added=states.count(State.ADDED),
            removed=states.count(State.REMOVED),
            changed=states.count(State.CHANGED) + len(evidence.grades),
        )
        self._heading("Evidence", 1, (), Place(EVIDENCE, "Evidence", 1, self._next(), counts))
        for source in evidence.sources:
            self._difference([(_capital(source_line(source)), self._state(source.state))])
            for field in source.fields:
                self._field(field)
        for excerpt in evidence.excerpts:
            self._difference([(_capital(excerpt_line(excerpt)), self._state(excerpt.state))])
            for field in excerpt.fields:
                self._field(field)
        for grade in evidence.grades:
            self._difference([(_capital(grade_line(grade)), self._format())])

    # --- lines

    def _next(self) -> int:
        """Where the next line begins."""
        return self._cursor.position() + (1 if self._begun else 0)

    def _heading(self, name: str, depth: int, notes: Sequence[str], place: Place, state: State = State.SAME) -> None:
        self._places.append(place)
        format = self._format(bold=True, larger=4 if depth == 1 else 1)
        if state is State.REMOVED:
            format.setFontStrikeOut(True)
            format.setForeground(QColor(self._colours.danger))
        self._line([(name, format)], above=3 * GRID if self._begun else 0, rtl=_is_right_to_left(name))
        if notes:
            words = _capital(", ".join(notes))
            colour = self._side(state)
            self._line([(words, self._format(small=True, colour=colour))], rtl=False)

    def _field(self, field: FieldChange) -> None:
        runs = [(f"{_capital(field.name)}: ", self._format(muted=True))]
        runs += [(field.old, self._piece(Piece("removed", ""), False)), (" ", self._format())] if field.old else []
        runs += [(field.new, self._piece(Piece("added", ""), False))] if field.new else []
        self._difference(runs)

    def _difference(self, runs: list[tuple[str, QTextCharFormat]]) -> None:
        start = self._next()
        self._line(runs, indent=1, above=GRID, rtl=False)
        self._differences.append((start, self._cursor.position()))

    def _line(
        self,
        runs: list[tuple[str, QTextCharFormat]],
        *,
        indent: int = 0,
        above: int = 0,
        rtl: bool = False,
        ground: str = "",
    ) -> None:
        format = QTextBlockFormat()
        if ground:
            format.setBackground(QColor(ground))
        format.setTopMargin(above)
        format.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        format.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        (format.setRightMargin if rtl else format.setLeftMargin)(indent * 2 * GRID)
        if self._begun:
            self._cursor.insertBlock(format)
        else:
            self._cursor.setBlockFormat(format)
            self._begun = True
        for text, kind in runs:
            self._cursor.insertText(text.replace("\n", "\u2028"), kind)

    # --- formats

    def _format(
        self, *, bold: bool = False, muted: bool = False, small: bool = False, larger: int = 0, colour: str = ""
    ) -> QTextCharFormat:
        format = QTextCharFormat()
        format.setProperty(QTextCharFormat.Property.FontPixelSize, self._pixels + larger - (1 if small else 0))
        format.setForeground(QColor(colour or (self._colours.muted if muted else self._colours.text)))
        if bold:
            format.setFontWeight(600)
        return format

    def _piece(self, piece: Piece, quiet: bool, *, ground: bool = True) -> QTextCharFormat:
        if quiet or piece.kind == "same":
            return self._format(muted=quiet)
        return self._state(State.ADDED if piece.kind == "added" else State.REMOVED, ground=ground)

    def _state(self, state: State, *, ground: bool = True) -> QTextCharFormat:
        """Added words underlined, removed ones struck, both in their colour on a breath of it."""
        format = self._format()
        if state in (State.ADDED, State.REMOVED):
            colour = self._colours.good if state is State.ADDED else self._colours.danger
            format.setForeground(QColor(colour))
            if ground:
                format.setBackground(QColor(mixed(colour, self._colours.panel, _BREATH)))
            if state is State.ADDED:
                format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                format.setUnderlineColor(QColor(mixed(colour, self._colours.panel, 0.55)))
            format.setFontStrikeOut(state is State.REMOVED)
        return format


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a thin space between words that are gone and words that have come in their place."""
    told: list[Piece] = []
    for piece in pieces:
        if told and piece.kind == "added" and told[-1].kind == "removed":
            told.append(Piece("same", _THIN_SPACE))
        told.append(piece)
    return told


def section_counts(section: SectionChange) -> str:
    """How many blocks of a section are added, removed, changed and moved, in words; empty where none is."""
    blocks = [block for block in section.blocks if not block.away]
    states = [block.state for block in blocks]
    return _counted(
        added=states.count(State.ADDED),
        removed=states.count(State.REMOVED),
        changed=states.count(State.CHANGED) + (section.state is State.CHANGED),
        moved=sum(block.moved for block in blocks) + section.moved,
        left=sum(block.away for block in section.blocks),
    )


def _counted(*, added: int = 0, removed: int = 0, changed: int = 0, moved: int = 0, left: int = 0) -> str:
    parts = ((added, "new"), (removed, "removed"), (changed, "changed"), (moved, "moved here"), (left, "moved away"))
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_right_to_left(text: str) -> bool:
    """The direction of the first letter that has one."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
