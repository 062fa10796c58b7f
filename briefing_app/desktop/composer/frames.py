"""Where a paragraph stands: the lists and the quotation around it, as a path.

A text document of Qt is flat, a briefing's blocks are a tree. Each paragraph of the document carries its path; the
functions here turn a tree into leaves with paths and back. They are pure and know no Qt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import cast

from briefing_app.model.block import Block, ListBlock, ListItem, Paragraph, Quotation

FreshId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class ListFrame:
    """One item of a list around a paragraph. ``item_id`` is empty where the list has no items."""

    list_id: str
    item_id: str
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class QuoteFrame:
    """A block quotation of the analyst's own words around a paragraph."""

    id: str
    mark: str = ""


Frame = ListFrame | QuoteFrame
Path = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block that is no list and no quotation of own words, and its path; no block where a container is empty."""

    path: Path
    block: Block | None


@lru_cache(maxsize=4096)
def encode_path(path: Path) -> str:
    """The path as a short text, empty for the empty path."""
    if not path:
        return ""
    return json.dumps(
        [
            ["q", frame.id, frame.mark]
            if isinstance(frame, QuoteFrame)
            else ["l", frame.list_id, frame.item_id, frame.ordered, frame.start]
            for frame in path
        ]
    )


@lru_cache(maxsize=4096)
def decode_path(text: str) -> Path:
    """The path that ``encode_path`` wrote."""
    if not text:
        return ()
    return tuple(
        QuoteFrame(frame[1], frame[2]) if frame[0] == "q" else ListFrame(frame[1], frame[2], frame[3], frame[4])
        for frame in json.loads(text)
    )


def flatten(blocks: Iterable[Block], path: Path = ()) -> Iterator[Leaf]:
    """The leaves of ``blocks`` in reading order."""
    for block in blocks:
        match block:
            case ListBlock():
                yield from _flatten_list(block, path)
            case Quotation(excerpt_id=""):
                inner = (*path, QuoteFrame(block.id, block.mark))
                yield from flatten(block.paragraphs, inner) if block.paragraphs else (Leaf(inner, None),)
            case _:
                yield Leaf(path, block)


def _flatten_list(block: ListBlock, path: Path) -> Iterator[Leaf]:
    if not block.items:
        yield Leaf((*path, ListFrame(block.id, "", block.ordered, block.start)), None)
    for item in block.items:
        inner = (*path, ListFrame(block.id, item.id, block.ordered, block.start))
        yield from flatten(item.blocks, inner) if item.blocks else (Leaf(inner, None),)


def assemble(leaves: Sequence[Leaf], depth: int = 0) -> tuple[Block, ...]:
    """The tree of ``leaves``: the inverse of ``flatten`` where container ids are distinct (see ``distinct_paths``)."""
    blocks: list[Block] = []
    for key, group in groupby(leaves, lambda leaf: _container(leaf, depth)):
        run = list(group)
        if key is None:
            blocks.extend(leaf.block for leaf in run if leaf.block is not None)
            continue
        frame = run[0].path[depth]
        if isinstance(frame, QuoteFrame):
            inside = tuple(leaf.block for leaf in run if isinstance(leaf.block, Paragraph))
            blocks.append(Quotation(frame.id, paragraphs=inside, mark=frame.mark))
        else:
            blocks.append(ListBlock(frame.list_id, _items(run, depth), frame.ordered, frame.start))
    return tuple(blocks)


def _container(leaf: Leaf, depth: int) -> str | None:
    if len(leaf.path) <= depth:
        return None
    frame = leaf.path[depth]
    return f"q{frame.id}" if isinstance(frame, QuoteFrame) else f"l{frame.list_id}"


def _items(leaves: Sequence[Leaf], depth: int) -> tuple[ListItem, ...]:
    items: list[ListItem] = []
    for item_id, group in groupby(leaves, lambda leaf: cast(ListFrame, leaf.path[depth]).item_id):
        if item_id:
            inside = assemble(list(group), depth + 1)
            items.append(ListItem(item_id, cast("tuple[Paragraph | ListBlock, ...]", inside)))
    return tuple(items)


class DistinctPaths:
    """Gives each container an id of its own: one that comes back after something else is a new container.

    ``seen`` are the ids in use so far, by containers and by blocks; it grows. The second half of a numbered list
    that was divided counts on from the first.
    """

    def __init__(self, seen: set[str], fresh: FreshId) -> None:
        self._seen = seen
        self._fresh = fresh
        self._raw: Path = ()
        self._path: Path = ()
        self._items: dict[str, int] = {}
        self._halves: dict[str, ListFrame] = {}

    def next(self, raw: Path) -> Path:
        """The path for the next leaf, whose own is ``raw``."""
        shared = 0
        while shared < min(len(raw), len(self._raw)) and _same_place(raw[shared], self._raw[shared]):
            shared += 1
        path = list(self._path[:shared])
        for depth in range(shared, len(raw)):
            previous = self._raw[depth] if depth == shared and depth < len(self._raw) else None
            resolved = self._path[depth] if previous is not None else None
            path.append(self._resolve(raw[depth], previous, resolved))
        self._raw, self._path = raw, tuple(path)
        return self._path

    def interrupt(self) -> None:
        """A table or another leaf without a path stands here."""
        self._raw = self._path = ()

    def _resolve(self, frame: Frame, previous: Frame | None, resolved: Frame | None) -> Frame:
        if isinstance(frame, QuoteFrame):
            return replace(frame, id=self._claim(frame.id))
        if isinstance(previous, ListFrame) and isinstance(resolved, ListFrame) and previous.list_id == frame.list_id:
            home = resolved
        else:
            home = self._open_list(frame)
        self._items[home.list_id] = self._items.get(home.list_id, 0) + 1
        item_id = self._claim(frame.item_id) if frame.item_id else ""
        return replace(home, item_id=item_id)

    def _open_list(self, frame: ListFrame) -> ListFrame:
        earlier = self._halves.get(frame.list_id)
        opened = replace(frame, list_id=self._claim(frame.list_id))
        if earlier is not None and frame.ordered:
            opened = replace(opened, start=earlier.start + self._items[earlier.list_id])
        self._halves[frame.list_id] = opened
        return opened

    def _claim(self, id: str) -> str:
        if not id or id in self._seen:
            id = self._fresh()
        self._seen.add(id)
        return id


def _same_place(one: Frame, other: Frame) -> bool:
    match one, other:
        case QuoteFrame(), QuoteFrame():
            return one.id == other.id
        case ListFrame(), ListFrame():
            return one.list_id == other.list_id and one.item_id == other.item_id
    return False
