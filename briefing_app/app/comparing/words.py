"""The words of a block as tokens, and the differences between two runs of tokens, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from rapidfuzz.distance import Indel

from briefing_app.app.comparing.values import Piece
from briefing_app.model.block import Block, Cell, ListBlock, ListItem, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation, Inlines, LineBreak, Note, Text

_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{L}\p{M}\p{N}_]+(?:[’'\-][\p{L}\p{M}\p{N}_]+)*|\s+|\X", regex.V1
)
_LARGEST = 400_000_000  # tokens of one side times those of the other that are compared word by word
Aliases = dict[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space, a mark or a citation: ``key`` is what it is compared by, ``text`` what is shown of it."""

    key: str
    text: str

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


def tokens_of(block: Block, briefing: Briefing, aliases: Aliases) -> tuple[Token, ...]:
    """Everything of a block that is read. ``aliases`` name an excerpt as the other briefing does."""
    return tuple(_block(block, _Reading(briefing, aliases), 0))


@dataclass(frozen=True, slots=True)
class _Reading:
    briefing: Briefing
    aliases: Aliases


def _block(block: Block | Paragraph | ListBlock, reading: _Reading, depth: int) -> Iterator[Token]:
    match block:
        case Paragraph():
            yield from _inlines(block.content, reading)
        case ListBlock():
            yield from _joined([_item(item, reading, depth, block.ordered) for item in block.items], "\n")
        case Quotation():
            yield from _quotation(block, reading)
        case Table():
            rows = [_joined([_cell(cell, reading) for cell in row.cells], " | ") for row in block.rows]
            yield from _joined([*_caption(block.caption, reading), *rows], "\n")
        case Picture():
            alt = list(_words(block.alt))
            yield from _joined([*_caption(block.caption, reading), iter(alt)] if alt else [], "\n")
            if not alt:
                yield from _inlines(block.caption, reading)
        case PageBreak():
            return


def _caption(caption: Inlines, reading: _Reading) -> list[Iterator[Token]]:
    return [_inlines(caption, reading)] if caption else []


def _item(item: ListItem, reading: _Reading, depth: int, ordered: bool) -> Iterator[Token]:
    yield Token("•", "  " * depth + ("– " if ordered else "• "))
    yield from _joined([_block(block, reading, depth + 1) for block in item.blocks], "\n")


def _cell(cell: Cell, reading: _Reading) -> Iterator[Token]:
    return _joined([_block(block, reading, 0) for block in cell.blocks], "\n")


def _quotation(block: Quotation, reading: _Reading) -> Iterator[Token]:
    if not block.excerpt_id:
        yield from _joined([_inlines(one.content, reading) for one in block.paragraphs], "\n")
        return
    excerpt = reading.briefing.excerpt(block.excerpt_id)
    if excerpt is not None:
        yield from _words(quoted_words(excerpt, block.translated))
    yield _citation(block.excerpt_id, reading)


def quoted_words(excerpt: Excerpt, translated: bool) -> str:
    """The words that a quotation of the excerpt prints first."""
    return excerpt.translation.text if translated and excerpt.translation else excerpt.text


def _inlines(inlines: Inlines, reading: _Reading) -> Iterator[Token]:
    text = ""
    for inline in inlines:  # words may go on from one run to the next
        if isinstance(inline, Text):
            text += inline.text
            continue
        yield from _words(text)
        text = ""
        match inline:
            case LineBreak():
                yield Token("\n", "\n")
            case Citation():
                yield _citation(inline.excerpt_id, reading, inline.prefix, inline.suffix)
            case Note():
                yield Token("(note", " (")
                yield from _inlines(inline.content, reading)
                yield Token("note)", ")")
    yield from _words(text)


def _words(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(found[0], found[0])


def _citation(excerpt_id: str, reading: _Reading, prefix: str = "", suffix: str = "") -> Token:
    named = reading.aliases.get(excerpt_id, excerpt_id)
    excerpt = reading.briefing.excerpt(excerpt_id)
    label = cited_label(excerpt, reading.briefing) if excerpt else "?"
    words = " ".join(part for part in (prefix.strip(), label, suffix.strip()) if part)
    return Token(f"\0{named}\0{prefix}\0{suffix}", f" [{words}]")


def cited_label(excerpt: Excerpt, briefing: Briefing) -> str:
    """A source in a few words: its outlet or the beginning of its title, its day, the page."""
    source = briefing.source(excerpt.source_id)
    if source is None:
        return excerpt.source_id
    title = source.display_title
    name = source.outlet or (title if len(title) <= 40 else f"{title[:39].rstrip()}…")
    page = f"p. {excerpt.page}" if excerpt.page else ""
    return ", ".join(part for part in (name, source.published[:10], page) if part)


def _joined(parts: Sequence[Iterator[Token]], divider: str) -> Iterator[Token]:
    for number, part in enumerate(parts):
        if number:
            yield Token(divider, divider)
        yield from part


def text_of(tokens: Sequence[Token]) -> str:
    """The tokens as they are shown."""
    return "".join(token.text for token in tokens)


def likeness(one: Sequence[Token], other: Sequence[Token]) -> float:
    """How much of both is common, from 0 to 1; 0 where either has no word."""
    left, right = _numbered(words_only(one), words_only(other))
    if not left or not right or len(left) * len(right) > _LARGEST:
        return 0.0
    return float(Indel.normalized_similarity(left, right))


def words_only(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if any(char.isalnum() for char in token.text)]


def difference(old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    """The words of both in one run: what is common, what is gone, what has come."""
    left, right = _numbered(old, new)
    if len(left) * len(right) > _LARGEST:
        return _pieces([("removed", text_of(old)), ("added", text_of(new))])
    steps: list[tuple[bool, Sequence[Token], Sequence[Token]]] = []
    for code in Indel.opcodes(left, right):
        gone, come = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        steps.append((code.tag == "equal", gone, come))
    return _pieces(_runs(_without_crumbs(steps)))


def whole(tokens: Sequence[Token], *, added: bool) -> tuple[Piece, ...]:
    """All of a block's words as come, or as gone."""
    return _pieces([("added" if added else "removed", text_of(tokens))])


def _numbered(one: Sequence[Token], other: Sequence[Token]) -> tuple[list[int], list[int]]:
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(token.key, len(numbers)) for token in one]
    return left, [numbers.setdefault(token.key, len(numbers)) for token in other]


_Step = tuple[bool, Sequence[Token], Sequence[Token]]


def _without_crumbs(steps: list[_Step]) -> list[_Step]:
    """Spaces alone between two changed runs belong to the change: words are struck in one go, not one by one."""
    kept = list(steps)
    for number in range(1, len(steps) - 1):
        equal, gone, come = steps[number]
        between = not steps[number - 1][0] and not steps[number + 1][0]
        if equal and between and all(token.is_space for token in come):
            kept[number] = (False, gone, come)
    return kept


def _runs(steps: list[_Step]) -> list[tuple[str, str]]:
    """Runs to show: within a change first all that is gone, then all that has come.

    White space that both sides of a change end with belongs to what is common.
    """
    runs: list[tuple[str, str]] = []
    gone, come = "", ""
    for equal, old, new in [*steps, (True, (), ())]:
        if not equal:
            gone, come = gone + text_of(old), come + text_of(new)
            continue
        after = ""
        while gone and come and gone[-1] == come[-1] and gone[-1].isspace():
            gone, come, after = gone[:-1], come[:-1], gone[-1] + after
        runs += [("removed", gone), ("added", come), ("same", after + text_of(new))]
        gone, come = "", ""
    return runs


def _pieces(runs: list[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in runs if text)  # type: ignore[arg-type]
