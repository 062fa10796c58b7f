"""A text document back into the blocks of its section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from PySide6.QtGui import QTextBlock, QTextDocument, QTextFrame, QTextTable, QTextTableCell

from briefing_app.desktop.composer.frames import DistinctPaths, FreshId, Leaf, Path, assemble, decode_path
from briefing_app.desktop.composer.inlines import fragments, read_fragment, read_inlines
from briefing_app.desktop.composer.properties import OBJECT, Kind, Objects, Prop
from briefing_app.model.block import Block, Cell, ListBlock, Node, Paragraph, Picture, Row, Table
from briefing_app.model.inline import Inline, Inlines, merge_texts

Entry = QTextBlock | QTextTable


@dataclass(frozen=True, slots=True)
class Fix:
    """A block whose properties must follow what was read: a fresh id, another path, another kind."""

    block: QTextBlock
    node: str
    kind: Kind
    path: Path
    mark: str


@dataclass(slots=True)
class Reading:
    """What a document says. ``untidy`` means that it must be written anew to look like its blocks."""

    blocks: tuple[Block, ...] = ()
    fixes: list[Fix] = field(default_factory=list)
    cells: list[tuple[QTextTableCell, str, str, bool]] = field(default_factory=list)
    untidy: bool = False


class DocumentReader:
    """Reads one document once. ``known`` are the section's nodes by id, as the briefing has them.

    ``is_clean`` says of a block that it was not touched since, so that its known paragraph can be taken as it is.
    """

    def __init__(self, known: Mapping[str, Node], fresh: FreshId, is_clean: Callable[[QTextBlock], bool]) -> None:
        self._known = known
        self._fresh = fresh
        self._is_clean = is_clean
        self._seen: set[str] = set()
        self._reading = Reading()

    def read(self, document: QTextDocument) -> Reading:
        """The blocks of the whole document."""
        self._reading.blocks = self._sequence(entries_of(document.rootFrame()))
        return self._reading

    # --- sequences of blocks

    def _sequence(self, entries: Sequence[Entry]) -> tuple[Block, ...]:
        leaves: list[Leaf] = []
        paths = DistinctPaths(self._seen, self._fresh)
        owner = ""
        for number, entry in enumerate(entries):
            if isinstance(entry, QTextTable):
                table = self._table(entry)
                paths.interrupt()
                if table is not None:
                    leaves.append(Leaf((), table))
                owner = table.id if table is not None else ""
                continue
            if _kind(entry) is Kind.CAPTION and owner and _node(entry) == owner:
                self._take_caption(leaves, read_inlines(entry))
                owner = ""
                continue
            self._reading.untidy |= bool(owner)
            found = self._block(entry, paths, self._holds_place(entries, number))
            leaves.extend(found)
            last = found[-1].block if found else None
            owner = last.id if isinstance(last, Picture) else ""
        return assemble(leaves)

    def _holds_place(self, entries: Sequence[Entry], number: int) -> bool:
        """True where an empty block stands for nothing but is needed by Qt, or by an empty container."""
        if len(entries) == 1:
            return True
        following = entries[number + 1] if number + 1 < len(entries) else None
        if number == 0 and isinstance(following, QTextTable):
            return True
        entry = entries[number]
        return isinstance(entry, QTextBlock) and bool(entry.blockFormat().stringProperty(Prop.PATH))

    def _take_caption(self, leaves: list[Leaf], caption: Inlines) -> None:
        captioned = leaves[-1].block
        if isinstance(captioned, Table | Picture) and captioned.caption != caption:
            leaves[-1] = Leaf((), replace(captioned, caption=caption))

    def _block(self, block: QTextBlock, paths: DistinctPaths, holds_place: bool) -> list[Leaf]:
        kind = _kind(block)
        raw = decode_path(block.blockFormat().stringProperty(Prop.PATH))
        if OBJECT in block.text() and not (kind is Kind.PARAGRAPH and self._is_clean(block)):
            pieces = pieces_of(block)
            if any(isinstance(piece, str) for piece in pieces):
                paths.interrupt()
                return self._pieces(pieces)
        if kind is Kind.CAPTION and not block.text():
            self._reading.untidy = True
            return []
        if kind is Kind.VOID and holds_place and not block.text():
            path = paths.next(raw)
            if path != raw:
                self._reading.fixes.append(Fix(block, "", Kind.VOID, path, ""))
            return [Leaf(path, None)] if path else []
        return [self._paragraph(block, kind, raw, paths)]

    def _paragraph(self, block: QTextBlock, kind: Kind, raw: Path, paths: DistinctPaths) -> Leaf:
        mark = block.blockFormat().stringProperty(Prop.MARK) if kind is Kind.PARAGRAPH else ""
        own = _node(block) if kind is Kind.PARAGRAPH else ""
        node = own
        if not own or own in self._seen:
            node = self._fresh()
        self._seen.add(node)
        path = paths.next(raw)
        if (node, path, kind) != (own, raw, Kind.PARAGRAPH):
            self._reading.fixes.append(Fix(block, node, Kind.PARAGRAPH, path, mark))
            self._reading.untidy |= kind in (Kind.WHOLE, Kind.CAPTION)
        known = self._known.get(node)
        if isinstance(known, Paragraph) and known.mark == mark and self._is_clean(block):
            return Leaf(path, known)
        return Leaf(path, Paragraph(node, read_inlines(block), mark))

    def _pieces(self, pieces: list[Inlines | str]) -> list[Leaf]:
        """The leaves of a block with a whole block's object in it: what is before it, the block, what is after."""
        self._reading.untidy |= len(pieces) > 1
        leaves: list[Leaf] = []
        for piece in pieces:
            if isinstance(piece, str):
                node = self._known.get(piece)
                if node is not None and piece not in self._seen:
                    self._seen.add(piece)
                    leaves.append(Leaf((), cast(Block, node)))
                else:
                    self._reading.untidy = True
            else:
                leaves.append(Leaf((), Paragraph(self._claim(""), piece)))
        return leaves

    def _claim(self, id: str) -> str:
        if not id or id in self._seen:
            id = self._fresh()
        self._seen.add(id)
        return id

    # --- tables

    def _table(self, table: QTextTable) -> Table | None:
        made = table.format()
        own = made.stringProperty(Prop.TABLE)
        node = self._claim(own)
        known = self._known.get(node)
        before = known if isinstance(known, Table) else Table(node)
        head = min(made.intProperty(Prop.HEADER), table.rows())
        if node != own:
            self._reading.untidy = True
        rows = tuple(self._row(table, number, number < head) for number in range(table.rows()))
        read = replace(
            before,
            rows=rows,
            header_rows=made.intProperty(Prop.HEADER),
            widths=before.widths if _columns(before) == table.columns() else (),
            mark=made.stringProperty(Prop.MARK),
            caption=(),
        )
        return before if replace(before, caption=()) == read and before.caption == () else read

    def _row(self, table: QTextTable, number: int, head: bool) -> Row:
        cells: list[Cell] = []
        row_id = ""
        for column in range(table.columns()):
            place = table.cellAt(number, column)
            if (place.row(), place.column()) != (number, column):
                continue
            made = place.format()
            if not row_id:
                row_id = self._claim(made.stringProperty(Prop.ROW))
            cell_id = self._claim(made.stringProperty(Prop.CELL))
            if (cell_id, row_id) != (made.stringProperty(Prop.CELL), made.stringProperty(Prop.ROW)):
                self._reading.cells.append((place, cell_id, row_id, head))
            blocks = cast("tuple[Paragraph | ListBlock, ...]", self._sequence(entries_of(place)))
            cells.append(Cell(cell_id, blocks, place.columnSpan(), place.rowSpan()))
        return Row(row_id or self._claim(""), tuple(cells))


def entries_of(frame: QTextFrame | QTextTableCell) -> list[Entry]:
    """The blocks and tables directly in a frame or a cell, in order."""
    entries: list[Entry] = []
    place = frame.begin()
    while not place.atEnd():
        inner = place.currentFrame()
        if isinstance(inner, QTextTable):
            entries.append(inner)
        elif inner is None:
            block = place.currentBlock()
            if block.isValid():
                entries.append(block)
        place += 1
    return entries


def pieces_of(block: QTextBlock) -> list[Inlines | str]:
    """The inlines of a block, divided by the ids of whole blocks whose objects stand in it."""
    pieces: list[Inlines | str] = []
    pending: list[Inline] = []
    for fragment in fragments(block):
        made = fragment.charFormat()
        if made.objectType() == Objects.WHOLE and OBJECT in fragment.text():
            if pending:
                pieces.append(merge_texts(tuple(pending)))
                pending = []
            pieces.append(made.stringProperty(Prop.NODE))
        else:
            pending.extend(read_fragment(fragment))
    if pending:
        pieces.append(merge_texts(tuple(pending)))
    return pieces


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Every block of a document, those in tables included."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def node_of(block: QTextBlock) -> str:
    """The id of the node whose words, caption or whole stand in a block; empty for a void one."""
    return "" if _kind(block) is Kind.VOID else _node(block)


def kind_of(block: QTextBlock) -> Kind:
    """What a block of the document is."""
    return _kind(block)


def _node(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(Prop.NODE)


def _kind(block: QTextBlock) -> Kind:
    kind = block.blockFormat().stringProperty(Prop.KIND)
    return Kind(kind) if kind else Kind.PARAGRAPH


def _columns(table: Table) -> int:
    return sum(cell.column_span for cell in table.rows[0].cells) if table.rows else 0
