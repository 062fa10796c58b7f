"""Drafts in Markdown (CommonMark with tables and footnotes), structure kept and no word lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Table,
)
from briefing_app.model.draft import Draft, DraftHeading, DraftPart
from briefing_app.model.inline import Inline, Inlines, Text
from briefing_app.model.plain import inline_text
from briefing_app.model.reading import Fields
from briefing_app.readers.decoding import decode
from briefing_app.readers.draft_text import draft_of_text, lines_to_inlines
from briefing_app.readers.front_matter import split_front_matter
from briefing_app.readers.language import language_of
from briefing_app.readers.markdown_inlines import InlineMaker, MediaShelf, Resolve
from briefing_app.readers.text_builder import normal_characters

NewId = Callable[[], str]
_PAGE_BREAK = re.compile(r"^\s*(?:<!--\s*(?:page\s*-?break|new\s*-?page)\s*-->|\\(?:newpage|pagebreak))\s*$", re.I)
_DEEPEST = 100  # levels of quotations and lists in each other
_KEPT_PLAIN = "Quotations or lists lie too deep in each other, so the draft was kept as plain text."
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def draft_of_markdown(data: bytes, new_id: NewId, resolve: Resolve | None = None) -> Draft:
    """A draft from Markdown. ``resolve`` gives the bytes of a picture beside the draft, or None."""
    return parse_markdown(decode(data), new_id, resolve)[0]


def parse_markdown(text: str, new_id: NewId, resolve: Resolve | None = None) -> tuple[Draft, Fields]:
    """The draft, and the fields of its front matter."""
    fields, body = split_front_matter(normal_characters(text))
    shelf = MediaShelf(new_id, resolve)
    try:
        root, unused = _parse(body)
    except _NestedTooDeeply:
        plain = draft_of_text(body.encode("utf-8", "surrogatepass"), new_id)
        return replace(plain, title=fields.title or plain.title, warnings=(*plain.warnings, _KEPT_PLAIN)), fields
    if unused:
        shelf.warnings.append(
            f"{len(unused)} footnote(s) that nothing refers to were kept as notes at the end: {', '.join(unused)}."
        )
    parts = _Converter(root, new_id, shelf).parts
    title, rest = _lift_title(parts) if not fields.title else (fields.title, _without_title(parts, fields.title))
    draft = Draft(
        parts=tuple(rest),
        title=title,
        language=language_of(fields.language, body),
        media=tuple(shelf.media.values()),
        warnings=tuple(shelf.warnings),
    )
    return draft, fields


class _NestedTooDeeply(Exception):
    """Quotations or lists lie so deep in each other that a parser would drop their words."""


def _parse(body: str) -> tuple[SyntaxTreeNode, list[str]]:
    """The syntax tree; footnotes without a reference, which a parser drops, get one at the end."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").use(footnote_plugin)
    environment: dict[str, dict[str, dict[str, int]]] = {}
    tokens = parser.parse(body, environment)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        raise _NestedTooDeeply
    refs = environment.get("footnotes", {}).get("refs", {})
    unused = [label.removeprefix(":") for label, number in refs.items() if number < 0]
    if unused:
        tokens = parser.parse(body + "\n\n" + " ".join(f"[^{label}]" for label in unused) + "\n", {})
    return SyntaxTreeNode(tokens), unused


def _lift_title(parts: list[DraftPart]) -> tuple[str, list[DraftPart]]:
    """A first heading that is the only one of the top level is the draft's title."""
    first = parts[0] if parts else None
    if isinstance(first, DraftHeading) and first.level == 1 and len(parts) > 1:
        alone = not any(isinstance(part, DraftHeading) and part.level == 1 for part in parts[1:])
        if alone and all(isinstance(inline, Text) for inline in first.content):
            return inline_text(first.content).strip(), parts[1:]
    return "", parts


def _without_title(parts: list[DraftPart], title: str) -> list[DraftPart]:
    """Leave out a first heading that says the front matter's title again."""
    first = parts[0] if parts else None
    if isinstance(first, DraftHeading) and inline_text(first.content).split() == title.split():
        return parts[1:]
    return parts


class _Converter:
    """Makes draft parts of a syntax tree."""

    def __init__(self, root: SyntaxTreeNode, new_id: NewId, shelf: MediaShelf) -> None:
        self._new_id = new_id
        self._shelf = shelf
        notes = {}
        for node in root.walk():
            if node.type == "footnote":
                notes[int(node.meta["id"])] = node
        self._inlines = InlineMaker(new_id, shelf, notes)
        self.parts: list[DraftPart] = []
        for node in root.children:
            self.parts += self._part(node)
            self.parts += shelf.take_pictures()

    def _part(self, node: SyntaxTreeNode) -> list[DraftPart]:
        match node.type:
            case "heading":
                return [DraftHeading(min(int(node.tag[1]), 6), self._inlines.of(node))]
            case "blockquote":
                return [Quotation(self._new_id(), paragraphs=tuple(self._paragraphs(node)))]
            case "table":
                return [self._table(node)]
            case "footnote_block" | "hr":
                return []
            case _:
                return list(self._blocks(node))

    def _blocks(self, node: SyntaxTreeNode) -> list[Block]:
        match node.type:
            case "bullet_list" | "ordered_list":
                return [self._list(node)]
            case "html_block" | "paragraph" if _PAGE_BREAK.match(_source(node)):
                return [PageBreak(self._new_id())]
            case _:
                return list(self._paragraph(node))

    def _paragraph(self, node: SyntaxTreeNode) -> list[Paragraph]:
        """Any leaf block as a paragraph; a block made of pictures alone gives none."""
        match node.type:
            case "fence" | "code_block":
                content = lines_to_inlines(node.content.rstrip("\n").split("\n"))
            case "html_block":
                content = self._html(node.content)
            case _:
                content = self._inlines.of(node)
        visible = any(not isinstance(inline, Text) or inline.text.strip() for inline in content)
        return [Paragraph(self._new_id(), content)] if visible else []

    def _html(self, source: str) -> Inlines:
        shown = _COMMENT.sub("", source).strip()
        if shown != source.strip():
            self._shelf.warn("HTML comments, which are not shown, were left out.")
        return lines_to_inlines(shown.split("\n")) if shown else ()

    def _list(self, node: SyntaxTreeNode) -> ListBlock:
        items = tuple(ListItem(self._new_id(), tuple(self._item(child))) for child in node.children)
        start = node.attrs.get("start", 1)
        return ListBlock(self._new_id(), items, node.type == "ordered_list", int(start))

    def _item(self, node: SyntaxTreeNode) -> list[Paragraph | ListBlock]:
        blocks: list[Paragraph | ListBlock] = []
        for child in node.children:
            if child.type in ("bullet_list", "ordered_list"):
                blocks.append(self._list(child))
            elif child.type in ("blockquote", "table"):
                blocks += self._paragraphs(child)
            elif child.type != "hr":
                blocks += self._paragraph(child)
        return blocks

    def _paragraphs(self, node: SyntaxTreeNode) -> list[Paragraph]:
        """Everything in a node as paragraphs, in reading order; items of lists keep their marks as text."""
        found: list[Paragraph] = []
        for child in node.children:
            if child.type in ("bullet_list", "ordered_list"):
                for number, item in enumerate(child.children, start=int(child.attrs.get("start", 1))):
                    mark = f"{number}. " if child.type == "ordered_list" else "• "
                    found += self._marked(mark, self._paragraphs(item))
            elif child.type == "tr":
                found.append(self._row_paragraph(child))
            elif child.type in ("blockquote", "table", "thead", "tbody"):
                found += self._paragraphs(child)
            elif child.type != "hr":
                found += self._paragraph(child)
        return found

    def _marked(self, mark: str, paragraphs: list[Paragraph]) -> list[Paragraph]:
        if not paragraphs:
            return []
        first = paragraphs[0]
        return [Paragraph(first.id, (Text(mark), *first.content)), *paragraphs[1:]]

    def _row_paragraph(self, row: SyntaxTreeNode) -> Paragraph:
        content: list[Inline] = []
        for number, cell in enumerate(row.children):
            content += [*([Text("\t")] if number else []), *self._inlines.of(cell)]
        return Paragraph(self._new_id(), tuple(content))

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = []
        for row in (row for group in node.children for row in group.children):
            cells = [
                Cell(self._new_id(), (Paragraph(self._new_id(), self._inlines.of(cell)),)) for cell in row.children
            ]
            rows.append(Row(self._new_id(), tuple(cells)))
        header = rows[0] if rows else None
        if header and all(not inline_text(block.content) for cell in header.cells for block in cell.blocks
                          if isinstance(block, Paragraph)):  # fmt: skip
            return Table(self._new_id(), tuple(rows[1:]), header_rows=0)
        return Table(self._new_id(), tuple(rows), header_rows=1)


def _source(node: SyntaxTreeNode) -> str:
    if node.type == "html_block":
        return node.content
    return node.children[0].content if node.children else ""
