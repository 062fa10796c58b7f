"""Fragments of a briefing: blocks that are copied, with everything that they rest on."""

from __future__ import annotations

import base64
import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from briefing_app.errors import BriefingError
from briefing_app.model.block import Block, Cell, ListBlock, ListItem, Node, Paragraph, Picture, Quotation, Row, Table
from briefing_app.model.briefing import Briefing, Media, walk
from briefing_app.model.edit import Edit, Put
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation, Inline, Inlines, Note
from briefing_app.model.plain import all_inlines
from briefing_app.model.source import Source
from briefing_app.storage.wire import Wire, WireError

FreshId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Some blocks with the excerpts, sources and pictures that they use. It belongs to no briefing."""

    blocks: tuple[Block, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    sources: tuple[Source, ...] = ()
    media: tuple[Media, ...] = ()


@functools.cache
def _wire() -> Wire[Fragment]:
    return Wire[Fragment](Fragment)


def fragment_of(briefing: Briefing, blocks: Sequence[Block]) -> Fragment:
    """``blocks`` with what they use of the briefing."""
    cited = {inline.excerpt_id for block in blocks for inline in all_inlines(block) if isinstance(inline, Citation)}
    nodes = [node for block in blocks for node in walk(block)]
    cited |= {node.excerpt_id for node in nodes if isinstance(node, Quotation)}
    shown = {node.media for node in nodes if isinstance(node, Picture)}
    excerpts = tuple(excerpt for excerpt in briefing.excerpts if excerpt.id in cited)
    needed = {excerpt.source_id for excerpt in excerpts}
    sources = tuple(source for source in briefing.sources if source.id in needed)
    media = tuple(media for media in briefing.media if media.sha256 in shown)
    return Fragment(tuple(blocks), excerpts, sources, media)


def dump_fragment(fragment: Fragment) -> bytes:
    """The fragment as JSON, its pictures' bytes in base 64."""
    body = json.loads(_wire().dump(fragment))
    data = {media.sha256: base64.b64encode(media.data).decode("ascii") for media in fragment.media}
    return json.dumps({"fragment": body, "data": data}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def load_fragment(data: bytes) -> Fragment:
    """The fragment that ``dump_fragment`` wrote. Raises BriefingError for anything else."""
    try:
        value = json.loads(data)
        fragment = _wire().load(value["fragment"])
        pictures = {key: base64.b64decode(text, validate=True) for key, text in value["data"].items()}
        media = tuple(replace(one, data=pictures[one.sha256]) for one in fragment.media)
    except (ValueError, KeyError, TypeError, AttributeError, WireError) as error:
        raise BriefingError("What was copied cannot be read as part of a briefing.", "Copy it again.") from error
    return replace(fragment, media=media)


def settle(briefing: Briefing, fragment: Fragment, fresh: FreshId) -> tuple[tuple[Block, ...], tuple[Edit, ...]]:
    """The fragment's blocks as they can stand in ``briefing``, all with fresh ids, and the edits that keep the rest.

    A passage that the briefing already has is cited under the id that it has there; a source that it already has
    stays as it is.
    """
    edits: list[Edit] = [Put(source) for source in fragment.sources if briefing.source(source.id) is None]
    names: dict[str, str] = {}
    for excerpt in fragment.excerpts:
        same = next((one for one in briefing.excerpts if _same_passage(one, excerpt)), None)
        if same is not None:
            names[excerpt.id] = same.id
            continue
        names[excerpt.id] = excerpt.id if briefing.excerpt(excerpt.id) is None else fresh()
        edits.append(Put(replace(excerpt, id=names[excerpt.id])))
    edits.extend(Put(media) for media in fragment.media if briefing.picture(media.sha256) is None)
    renewal = _Renewal(fresh, names)
    return tuple(cast(Block, renewal.node(block)) for block in fragment.blocks), tuple(edits)


def _same_passage(one: Excerpt, other: Excerpt) -> bool:
    keys = [(excerpt.source_id, excerpt.start, excerpt.end, excerpt.sha256) for excerpt in (one, other)]
    return keys[0] == keys[1]


class _Renewal:
    """Gives copies of blocks fresh ids, and citations the names that excerpts have in another briefing."""

    def __init__(self, fresh: FreshId, names: dict[str, str]) -> None:
        self._fresh = fresh
        self._names = names

    def node(self, node: Node) -> Node:
        id = self._fresh()
        match node:
            case Paragraph():
                return replace(node, id=id, content=self._inlines(node.content))
            case ListBlock():
                return replace(node, id=id, items=tuple(cast(ListItem, self.node(one)) for one in node.items))
            case ListItem() | Cell():
                inside = tuple(cast("Paragraph | ListBlock", self.node(one)) for one in node.blocks)
                return replace(node, id=id, blocks=inside)
            case Quotation():
                words = tuple(cast(Paragraph, self.node(one)) for one in node.paragraphs)
                return replace(node, id=id, paragraphs=words, excerpt_id=self._name(node.excerpt_id))
            case Table():
                rows = tuple(cast(Row, self.node(one)) for one in node.rows)
                return replace(node, id=id, rows=rows, caption=self._inlines(node.caption))
            case Row():
                return replace(node, id=id, cells=tuple(cast(Cell, self.node(one)) for one in node.cells))
            case Picture():
                return replace(node, id=id, caption=self._inlines(node.caption))
            case _:
                return replace(node, id=id)

    def _name(self, excerpt_id: str) -> str:
        return self._names.get(excerpt_id, excerpt_id)

    def _inlines(self, inlines: Inlines) -> Inlines:
        return tuple(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Citation():
                return replace(
                    inline, id=self._fresh(), excerpt_id=self._names.get(inline.excerpt_id, inline.excerpt_id)
                )
            case Note():
                inside = tuple(cast("Citation", self._inline(part)) for part in inline.content)
                return replace(inline, id=self._fresh(), content=inside)
            case _:
                return inline
