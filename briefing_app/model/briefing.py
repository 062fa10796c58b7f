"""A briefing: one immutable tree with everything that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing_app.model.block import Cell, ListBlock, ListItem, Node, Quotation, Row, Section, Table
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source
from briefing_app.model.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What stands on the title of a briefing. ``as_of`` is the information cut-off, ISO 8601 with a zone."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    organisation: str = ""
    reference: str = ""
    edition: int = 1
    as_of: str = ""
    period: str = ""
    language: str = "en"
    marking: str = ""
    restrictions: str = ""
    distribution: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """The bytes of a picture, named by their SHA-256 (lower-case hex)."""

    sha256: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """The whole briefing: sections, the excerpts it cites, their sources' fields, its pictures, its template.

    It is self-contained: any machine can open and export it without a library. Excerpts, sources and media are
    ordered as they were first used, and each id stands once.
    """

    id: str
    meta: Meta = Meta()
    template: Template
    sections: tuple[Section, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    sources: tuple[Source, ...] = ()
    media: tuple[Media, ...] = ()

    def excerpt(self, id: str) -> Excerpt | None:
        return next((excerpt for excerpt in self.excerpts if excerpt.id == id), None)

    def source(self, id: str) -> Source | None:
        return next((source for source in self.sources if source.id == id), None)

    def picture(self, sha256: str) -> Media | None:
        return next((media for media in self.media if media.sha256 == sha256), None)

    def node(self, id: str) -> Node | None:
        return next((node for node in self.walk() if node.id == id), None)

    def walk(self) -> Iterator[Node]:
        """Every node in reading order: a section, its blocks (with what they contain), then its subsections."""
        for section in self.sections:
            yield from walk(section)

    def all_sections(self) -> Iterator[tuple[Section, int]]:
        """Every section in reading order with its depth, 1 for the topmost."""
        pending = [(section, 1) for section in self.sections]
        while pending:
            section, depth = pending.pop(0)
            yield section, depth
            pending[:0] = [(child, depth + 1) for child in section.sections]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside ``node``, in reading order."""
    match node:
        case Section():
            return (*node.blocks, *node.sections)
        case ListBlock():
            return node.items
        case ListItem() | Cell():
            return node.blocks
        case Quotation():
            return node.paragraphs
        case Table():
            return node.rows
        case Row():
            return node.cells
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything inside it, in reading order."""
    pending: list[Node] = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(reversed(children(current)))
