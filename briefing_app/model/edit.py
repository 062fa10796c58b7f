"""Edits: the one verb of a briefing. The window, the command line, tests, the journal and undo all use it.

``apply(briefing, edit)`` gives the new briefing, the edit that takes it back, and what changed. An edit that does
not fit raises EditRefused and changes nothing. The idea of small invertible steps over an immutable tree follows
ProseMirror's transforms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, cast

from briefing_app.errors import EditRefused
from briefing_app.model.block import (
    Block,
    Cell,
    ListBlock,
    ListItem,
    Node,
    PageBreak,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Section,
    Table,
)
from briefing_app.model.briefing import Briefing, Media, Meta, children, walk
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Inlines
from briefing_app.model.source import Source
from briefing_app.model.template import Template


@dataclass(frozen=True, slots=True)
class Insert:
    """Put ``node`` into ``parent_id`` so that it becomes child number ``index`` of its kind.

    A section's blocks and its subsections are counted apart. The briefing's own id is the parent of the topmost
    sections.
    """

    parent_id: str
    index: int
    node: Node
    type: Literal["insert"] = "insert"


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a node out, with everything in it."""

    node_id: str
    type: Literal["remove"] = "remove"


@dataclass(frozen=True, slots=True)
class Move:
    """Take a node out and put it into ``parent_id`` as child ``index``, counted after it was taken out."""

    node_id: str
    parent_id: str
    index: int
    type: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class Replace:
    """Put ``node`` where the node ``node_id`` stood; ids inside it must be free or have been inside the old one."""

    node_id: str
    node: Node
    type: Literal["replace"] = "replace"


@dataclass(frozen=True, slots=True)
class SetText:
    """Set a node's own inlines: a paragraph's content, a section's heading, a table's or a picture's caption."""

    node_id: str
    content: Inlines
    type: Literal["set_text"] = "set_text"


@dataclass(frozen=True, slots=True)
class SetMeta:
    """Set title, edition, marking and the rest of what stands on the briefing's title."""

    meta: Meta
    type: Literal["set_meta"] = "set_meta"


@dataclass(frozen=True, slots=True)
class SetTemplate:
    """Set the briefing's snapshot of its template; the sections stay as they are."""

    template: Template
    type: Literal["set_template"] = "set_template"


@dataclass(frozen=True, slots=True)
class Put:
    """Keep an excerpt, a source's fields or a picture in the briefing, in place of one with the same id."""

    item: Excerpt | Source | Media
    index: int = -1
    type: Literal["put"] = "put"


@dataclass(frozen=True, slots=True)
class Drop:
    """Take an excerpt, a source or a picture (by its hash) out of the briefing's keeping."""

    kind: Literal["excerpt", "source", "media"]
    id: str
    type: Literal["drop"] = "drop"


@dataclass(frozen=True, slots=True)
class Batch:
    """Several edits as one step with one name, as undo shows it ("Insert quotation"). All apply, or none."""

    label: str
    edits: tuple[Edit, ...]
    type: Literal["batch"] = "batch"


Edit = Insert | Remove | Move | Replace | SetText | SetMeta | SetTemplate | Put | Drop | Batch


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit touched, so that views refresh that and nothing else.

    ``nodes``: ids of nodes whose own content changed. ``containers``: ids of nodes (or of the briefing) whose
    children were added, taken away or reordered. ``kept``: ids of excerpts, sources and pictures put or dropped.
    """

    nodes: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    meta: bool = False
    template: bool = False

    def __or__(self, other: Changed) -> Changed:
        return Changed(
            self.nodes | other.nodes,
            self.containers | other.containers,
            self.kept | other.kept,
            self.meta or other.meta,
            self.template or other.template,
        )


@dataclass(frozen=True, slots=True)
class Applied:
    """The result of an edit: the new briefing, the edit that undoes it, and what changed."""

    briefing: Briefing
    inverse: Edit
    changed: Changed


def apply(briefing: Briefing, edit: Edit) -> Applied:
    """The briefing with ``edit`` done. Raises EditRefused where it does not fit."""
    match edit:
        case Insert():
            return _insert(briefing, edit)
        case Remove():
            return _remove(briefing, edit)
        case Move():
            return _move(briefing, edit)
        case Replace():
            return _replace(briefing, edit)
        case SetText():
            return _set_text(briefing, edit)
        case SetMeta():
            changed = replace(briefing, meta=edit.meta)
            return Applied(changed, SetMeta(briefing.meta), Changed(meta=True))
        case SetTemplate():
            changed = replace(briefing, template=edit.template)
            return Applied(changed, SetTemplate(briefing.template), Changed(template=True))
        case Put():
            return _put(briefing, edit)
        case Drop():
            return _drop(briefing, edit)
        case Batch():
            return _batch(briefing, edit)


def apply_all(briefing: Briefing, edits: tuple[Edit, ...], label: str = "") -> Applied:
    """The same as a Batch of ``edits``."""
    return _batch(briefing, Batch(label, edits))


def _batch(briefing: Briefing, edit: Batch) -> Applied:
    current, inverses, changed = briefing, [], Changed()
    for step in edit.edits:
        applied = apply(current, step)
        current = applied.briefing
        inverses.append(applied.inverse)
        changed |= applied.changed
    return Applied(current, Batch(edit.label, tuple(reversed(inverses))), changed)


# --- the tree ---------------------------------------------------------------------------------------------------

_Holder = Briefing | Node


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: the nodes above it, outermost first, and its index among its kind."""

    node: Node
    above: tuple[Node, ...]
    index: int


def _find(briefing: Briefing, node_id: str) -> _Place:
    pending: list[tuple[Node, tuple[Node, ...], int]] = [
        (section, (), index) for index, section in enumerate(briefing.sections)
    ]
    while pending:
        node, above, index = pending.pop()
        if node.id == node_id:
            return _Place(node, above, index)
        below = (*above, node)
        if isinstance(node, Section):
            pending.extend((child, below, number) for number, child in enumerate(node.blocks))
            pending.extend((child, below, number) for number, child in enumerate(node.sections))
        else:
            pending.extend((child, below, number) for number, child in enumerate(children(node)))
    raise EditRefused(f"The briefing has no part with the id {node_id}.")


def _holder(briefing: Briefing, parent_id: str) -> tuple[_Holder, tuple[Node, ...]]:
    if parent_id == briefing.id:
        return briefing, ()
    place = _find(briefing, parent_id)
    return place.node, place.above


def _list_for(holder: _Holder, node: Node) -> tuple[Node, ...]:
    """The list of ``holder`` in which a node of this kind stands. Raises EditRefused where there is none."""
    match holder, node:
        case (Briefing() | Section(), Section()):
            return holder.sections
        case (Section(), Paragraph() | ListBlock() | Quotation() | Table() | Picture() | PageBreak()):
            return holder.blocks
        case (ListItem() | Cell(), Paragraph() | ListBlock()):
            return holder.blocks
        case (ListBlock(), ListItem()):
            return holder.items
        case (Quotation(), Paragraph()) if not holder.excerpt_id:
            return holder.paragraphs
        case (Table(), Row()):
            return holder.rows
        case (Row(), Cell()):
            return holder.cells
    raise EditRefused(f"A {node.type} cannot stand in a {getattr(holder, 'type', 'briefing')}.")


def _with_list(holder: _Holder, node: Node, items: tuple[Node, ...]) -> _Holder:
    """``holder`` with the list for nodes of this kind set to ``items``."""
    match holder:
        case Briefing():
            return replace(holder, sections=cast(tuple[Section, ...], items))
        case Section():
            if isinstance(node, Section):
                return replace(holder, sections=cast(tuple[Section, ...], items))
            return replace(holder, blocks=cast(tuple[Block, ...], items))
        case ListItem() | Cell():
            return replace(holder, blocks=cast(tuple[Paragraph | ListBlock, ...], items))
        case ListBlock():
            return replace(holder, items=cast(tuple[ListItem, ...], items))
        case Quotation():
            return replace(holder, paragraphs=cast(tuple[Paragraph, ...], items))
        case Table():
            return replace(holder, rows=cast(tuple[Row, ...], items))
        case Row():
            return replace(holder, cells=cast(tuple[Cell, ...], items))
    raise EditRefused(f"A {node.type} cannot stand in a {holder.type}.")


def _rebuild(briefing: Briefing, above: tuple[Node, ...], old: Node, new: Node) -> Briefing:
    """The briefing with ``old`` exchanged for ``new``; every node above is copied once."""
    for parent in reversed(above):
        siblings = _list_for(parent, old)
        exchanged = tuple(new if sibling is old else sibling for sibling in siblings)
        old, new = parent, cast(Node, _with_list(parent, new, exchanged))
    sections = tuple(new if section is old else section for section in briefing.sections)
    return replace(briefing, sections=cast(tuple[Section, ...], sections))


def _change_list(briefing: Briefing, parent_id: str, node: Node, change: Callable[[list[Node]], None]) -> Briefing:
    holder, above = _holder(briefing, parent_id)
    items = list(_list_for(holder, node))
    change(items)
    new = _with_list(holder, node, tuple(items))
    if isinstance(new, Briefing):
        return new
    return _rebuild(briefing, above, cast(Node, holder), new)


def _insert(briefing: Briefing, edit: Insert) -> Applied:
    holder, _ = _holder(briefing, edit.parent_id)
    if not 0 <= edit.index <= len(_list_for(holder, edit.node)):
        raise EditRefused(f"There is no place number {edit.index} in {edit.parent_id}.")
    _refuse_doubles(briefing, edit.node, ())
    changed = _change_list(briefing, edit.parent_id, edit.node, lambda items: items.insert(edit.index, edit.node))
    added = frozenset(node.id for node in walk(edit.node))
    return Applied(changed, Remove(edit.node.id), Changed(nodes=added, containers=frozenset({edit.parent_id})))


def _parent_id(briefing: Briefing, place: _Place) -> str:
    return place.above[-1].id if place.above else briefing.id


def _remove(briefing: Briefing, edit: Remove) -> Applied:
    place = _find(briefing, edit.node_id)
    parent_id = _parent_id(briefing, place)
    changed = _change_list(briefing, parent_id, place.node, lambda items: items.__delitem__(place.index))
    gone = frozenset(node.id for node in walk(place.node))
    inverse = Insert(parent_id, place.index, place.node)
    return Applied(changed, inverse, Changed(nodes=gone, containers=frozenset({parent_id})))


def _move(briefing: Briefing, edit: Move) -> Applied:
    place = _find(briefing, edit.node_id)
    if any(node.id == edit.parent_id for node in walk(place.node)):
        raise EditRefused("A part cannot be moved into itself.")
    parent_id = _parent_id(briefing, place)
    without = _remove(briefing, Remove(edit.node_id)).briefing
    moved = _insert(without, Insert(edit.parent_id, edit.index, place.node)).briefing
    touched = Changed(containers=frozenset({parent_id, edit.parent_id}))
    return Applied(moved, Move(edit.node_id, parent_id, place.index), touched)


def _replace(briefing: Briefing, edit: Replace) -> Applied:
    place = _find(briefing, edit.node_id)
    _refuse_doubles(briefing, edit.node, tuple(node.id for node in walk(place.node)))
    holder: _Holder = place.above[-1] if place.above else briefing
    if _list_for(holder, edit.node) is not _list_for(holder, place.node):
        raise EditRefused(f"A {edit.node.type} cannot stand in the place of a {place.node.type}.")
    changed = _rebuild(briefing, place.above, place.node, edit.node)
    touched = frozenset(node.id for one in (place.node, edit.node) for node in walk(one))
    containers = frozenset() if edit.node.id == edit.node_id else frozenset({_parent_id(briefing, place)})
    return Applied(changed, Replace(edit.node.id, place.node), Changed(nodes=touched, containers=containers))


def _set_text(briefing: Briefing, edit: SetText) -> Applied:
    place = _find(briefing, edit.node_id)
    node = place.node
    new: Node
    match node:
        case Paragraph():
            old, new = node.content, replace(node, content=edit.content)
        case Section():
            old, new = node.heading, replace(node, heading=edit.content)
        case Table():
            old, new = node.caption, replace(node, caption=edit.content)
        case Picture():
            old, new = node.caption, replace(node, caption=edit.content)
        case _:
            raise EditRefused(f"A {node.type} has no text of its own.")
    changed = _rebuild(briefing, place.above, node, new)
    return Applied(changed, SetText(edit.node_id, old), Changed(nodes=frozenset({edit.node_id})))


def _refuse_doubles(briefing: Briefing, node: Node, freed: tuple[str, ...]) -> None:
    taken = {existing.id for existing in briefing.walk()} | {briefing.id}
    taken.difference_update(freed)
    for inner in walk(node):
        if inner.id in taken:
            raise EditRefused(f"The briefing already has a part with the id {inner.id}.")
        taken.add(inner.id)


# --- what the briefing keeps --------------------------------------------------------------------------------------


def _key(item: Excerpt | Source | Media) -> str:
    return item.sha256 if isinstance(item, Media) else item.id


def _kept(briefing: Briefing, kind: str) -> list[Excerpt | Source | Media]:
    match kind:
        case "excerpt":
            return list(briefing.excerpts)
        case "source":
            return list(briefing.sources)
        case _:
            return list(briefing.media)


def _with_kept(briefing: Briefing, kind: str, items: list[Excerpt | Source | Media]) -> Briefing:
    match kind:
        case "excerpt":
            return replace(briefing, excerpts=tuple(cast(list[Excerpt], items)))
        case "source":
            return replace(briefing, sources=tuple(cast(list[Source], items)))
        case _:
            return replace(briefing, media=tuple(cast(list[Media], items)))


def _kind(item: Excerpt | Source | Media) -> Literal["excerpt", "source", "media"]:
    match item:
        case Excerpt():
            return "excerpt"
        case Source():
            return "source"
        case Media():
            return "media"


def _put(briefing: Briefing, edit: Put) -> Applied:
    kind, key = _kind(edit.item), _key(edit.item)
    items = _kept(briefing, kind)
    inverse: Edit = Drop(kind, key)
    for index, item in enumerate(items):
        if _key(item) == key:
            inverse = Put(item)
            items[index] = edit.item
            break
    else:
        items.insert(edit.index if 0 <= edit.index <= len(items) else len(items), edit.item)
    return Applied(_with_kept(briefing, kind, items), inverse, Changed(kept=frozenset({key})))


def _drop(briefing: Briefing, edit: Drop) -> Applied:
    items = _kept(briefing, edit.kind)
    for index, item in enumerate(items):
        if _key(item) == edit.id:
            del items[index]
            changed = _with_kept(briefing, edit.kind, items)
            return Applied(changed, Put(item, index), Changed(kept=frozenset({edit.id})))
    raise EditRefused(f"The briefing keeps no {edit.kind} with the id {edit.id}.")
