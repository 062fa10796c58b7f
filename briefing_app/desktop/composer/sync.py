"""A text document and the blocks of one section, kept alike in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from briefing_app.app.ids import new_id
from briefing_app.desktop.composer.context import Context
from briefing_app.desktop.composer.difference import edits_between
from briefing_app.desktop.composer.inlines import as_shown, inlines_length, read_inlines, write_inlines
from briefing_app.desktop.composer.properties import OBJECT, Kind, Prop
from briefing_app.desktop.composer.reader import DocumentReader, blocks_of, kind_of, node_of
from briefing_app.desktop.composer.splicing import span_of, write_between
from briefing_app.desktop.composer.tables import format_cell
from briefing_app.desktop.composer.writer import write_document
from briefing_app.model.block import Block, Cell, ListBlock, Node, Paragraph, Picture, Quotation, Table
from briefing_app.model.briefing import children, walk
from briefing_app.model.edit import Edit, SetText
from briefing_app.model.inline import Inlines
from briefing_app.model.plain import inlines_of


@dataclass(frozen=True, slots=True)
class Change:
    """What the user changed in the document: the edits, and whether the document must be written anew."""

    edits: tuple[Edit, ...]
    typed_in: str = ""  # the node whose words changed, where nothing else did
    growth: int = 0  # by how much they became longer
    untidy: bool = False


class SectionText:
    """Writes a section's blocks into a document, shows other blocks with as little change as can be, and reads back.

    It is not the truth: the session's briefing is. What stays untouched in the document is never read again.
    """

    def __init__(self, document: QTextDocument, context: Context, section_id: str) -> None:
        self._document = document
        self._context = context
        self._section_id = section_id
        self._blocks: tuple[Block, ...] = ()
        self._known: dict[str, Node] = {}
        self._low = self._high = -1  # the range of positions that was touched; -1 for none
        self._structural = False
        self._block_count = 1
        self._writing = False
        document.contentsChange.connect(self._note_change)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that the document shows."""
        return self._blocks

    def node(self, id: str) -> Node | None:
        """A node inside the section, as it is shown."""
        return self._known.get(id)

    def known(self) -> dict[str, Node]:
        """Every node inside the section by its id."""
        return self._known

    @property
    def is_touched(self) -> bool:
        """True while the document has changes that were not taken."""
        return self._low >= 0

    # --- from the briefing to the document

    def load(self, blocks: Sequence[Block]) -> None:
        """Write the document anew."""
        self._know(blocks)
        self._writing = True
        self._document.clear()
        write_document(self._document, self._blocks, self._context.styles)
        self._settle()

    def show(self, blocks: tuple[Block, ...]) -> None:
        """Show ``blocks``, changing no more of the document than the paragraphs that differ where that is enough."""
        if blocks is self._blocks:
            return
        words = changed_words(self._blocks, blocks)
        if words is None:
            if not self._splice(blocks):
                self.load(blocks)
            return
        self._know(blocks)
        self._writing = True
        for block in blocks_of(self._document) if words else ():
            if kind_of(block) in (Kind.PARAGRAPH, Kind.CAPTION) and node_of(block) in words:
                self._rewrite(block, words[node_of(block)])
        self._settle()

    def _splice(self, blocks: tuple[Block, ...]) -> bool:
        """Write only the run of blocks that differs; False where the whole must be written."""
        old = self._blocks
        same = next((n for n, pair in enumerate(zip(old, blocks, strict=False)) if pair[0] is not pair[1]), None)
        start = min(len(old), len(blocks)) if same is None else same
        end = 0
        while end < min(len(old), len(blocks)) - start and old[-1 - end] is blocks[-1 - end]:
            end += 1
        gone, new = old[start : len(old) - end], blocks[start : len(blocks) - end]
        if start == 0 or any(isinstance(block, Table) for block in (*gone, *new)):
            return False
        span = span_of(self._document, old, start, start + len(gone))
        if span is None:
            return False
        self._know(blocks)
        self._writing = True
        write_between(self._document, span, new, self._context.styles)
        self._settle()
        return True

    def adopt(self, blocks: tuple[Block, ...], typed_in: str = "") -> None:
        """Note that the document already shows ``blocks``, which were made from it."""
        if typed_in:
            self._blocks = blocks
        else:
            self._know(blocks)

    def _know(self, blocks: Sequence[Block]) -> None:
        self._blocks = tuple(blocks)
        self._known = {node.id: node for block in blocks for node in walk(block)}

    def _rewrite(self, block: QTextBlock, words: Inlines) -> None:
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        write_inlines(cursor, words, self._context.styles, place_of(block))

    def _settle(self) -> None:
        self._writing = False
        self._low = self._high = -1
        self._structural = False
        self._block_count = self._document.blockCount()

    # --- from the document to the briefing

    def mark_structural(self) -> None:
        """The next change is more than words in one paragraph."""
        self._structural = True

    def touch(self, low: int, high: int) -> None:
        """Have the blocks between two positions read again."""
        self._note_change(low, 0, high - low)

    def _note_change(self, position: int, removed: int, added: int) -> None:
        if self._writing:
            return
        if self._low < 0:
            self._low, self._high = position, position + added
            return
        if position <= self._high:
            self._high += added - removed
        self._low = min(self._low, position)
        self._high = max(self._high, position + added, self._low)

    def take_change(self) -> Change | None:
        """What was changed since the document was last alike, or None. Ids of new blocks are set in the document."""
        if self._low < 0:
            return None
        change = self._typing() or self._restructured()
        self._settle()
        return change if change.edits or change.untidy else None

    def _typing(self) -> Change | None:
        """The change, where it is nothing but words in one paragraph."""
        block = self._document.findBlock(self._low)
        if self._structural or self._document.blockCount() != self._block_count:
            return None
        if not block.contains(min(self._high, self._document.characterCount() - 1)):
            return None
        id = node_of(block)
        node = self._known.get(id)
        kind = kind_of(block)
        if node is None or kind not in (Kind.PARAGRAPH, Kind.CAPTION) or not _takes_words(node, block):
            return None
        words = read_inlines(block)
        if words == as_shown(inlines_of(node)):
            return Change(())
        self._known[id] = _with_words(node, words)
        growth = inlines_length(words) - inlines_length(inlines_of(node))
        return Change((SetText(id, words),), typed_in=id, growth=growth)

    def _restructured(self) -> Change:
        reading = DocumentReader(self._known, new_id, self._is_clean).read(self._document)
        self._writing = True
        styles = self._context.styles
        for fix in reading.fixes:
            cursor = QTextCursor(fix.block)
            cursor.setBlockFormat(styles.block(fix.node, fix.kind, fix.path, fix.mark, place_of(fix.block)))
        for place, cell_id, row_id, head in reading.cells:
            format_cell(place, cell_id, row_id, head, styles)
        self._writing = False
        edits = edits_between(self._section_id, self._blocks, reading.blocks)
        return Change(edits, untidy=reading.untidy)

    def _is_clean(self, block: QTextBlock) -> bool:
        return block.position() + block.length() <= self._low or block.position() > self._high


def _takes_words(node: Node, block: QTextBlock) -> bool:
    if OBJECT not in block.text():
        return isinstance(node, Paragraph | Table | Picture)
    run = block.begin()
    while not run.atEnd():
        if run.fragment().charFormat().hasProperty(Prop.NODE):
            return False
        run += 1
    return isinstance(node, Paragraph | Table | Picture)


def _with_words(node: Node, words: Inlines) -> Node:
    if isinstance(node, Paragraph):
        return replace(node, content=words)
    assert isinstance(node, Table | Picture)
    return replace(node, caption=words)


def place_of(block: QTextBlock) -> str:
    """Where a block stands, as formats need it."""
    if kind_of(block) is Kind.CAPTION:
        return "caption"
    table = QTextCursor(block).currentTable()
    if table is None:
        return "body"
    head = table.format().intProperty(Prop.HEADER)
    return "head" if table.cellAt(block.position()).row() < head else "cell"


def changed_words(old: Sequence[Block], new: Sequence[Block]) -> dict[str, Inlines] | None:
    """The new words by node id, where the two differ in nothing but words; else None."""
    if len(old) != len(new):
        return None
    words: dict[str, Inlines] = {}
    for one, other in zip(old, new, strict=True):
        if one is other:
            continue
        pairs = zip(walk(one), walk(other), strict=False)
        for before, after in pairs:
            if before is after:
                continue
            if _outline(before) != _outline(after):
                return None
            if inlines_of(before) != inlines_of(after):
                words[after.id] = inlines_of(after)
    return words


def _outline(node: Node) -> tuple[object, ...]:
    """What of a node decides the look of the document, besides words; children only by their number."""
    own: tuple[object, ...]
    match node:
        case Paragraph():
            own = (node.mark,)
        case ListBlock():
            own = (node.ordered, node.start)
        case Quotation():
            own = (node.excerpt_id, node.translated, node.mark)
        case Table():
            own = (node.header_rows, node.widths, node.mark)
        case Cell():
            own = (node.column_span, node.row_span)
        case Picture():
            own = (node.media, node.alt, node.width, node.mark)
        case _:
            own = ()
    return (node.type, node.id, len(children(node)), *own)
