"""The edits that turn a section's blocks into other ones. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing_app.model.block import Block, Paragraph, Picture, Table
from briefing_app.model.briefing import walk
from briefing_app.model.edit import Edit, Insert, Remove, Replace, SetText


def edits_between(section_id: str, old: Sequence[Block], new: Sequence[Block]) -> tuple[Edit, ...]:
    """Removals first, then changes in place, then insertions in order, so that no id ever stands twice."""
    before = {block.id: block for block in old}
    staying = _staying(old, new)
    edits: list[Edit] = [Remove(block.id) for block in old if block.id not in staying]
    for block in new:
        if block.id in staying and block != before[block.id]:
            edits.append(_change(before[block.id], block))
    edits.extend(Insert(section_id, index, block) for index, block in enumerate(new) if block.id not in staying)
    return tuple(edits)


def _staying(old: Sequence[Block], new: Sequence[Block]) -> set[str]:
    """Ids of the blocks that keep their place among each other and take no id from another block that stays."""
    staying = set(_common([block.id for block in old], [block.id for block in new]))
    home = {node.id: block.id for block in old for node in walk(block)}
    for block in new:
        for node in walk(block):
            origin = home.get(node.id, block.id)
            if origin != block.id:
                staying -= {origin, block.id}
    return staying


def _common(old: list[str], new: list[str]) -> list[str]:
    """Ids that stand in both in the same order: the longest run of rising places."""
    places = {id: index for index, id in enumerate(old)}
    order = [places[id] for id in new if id in places]
    if order == sorted(order):
        return [old[place] for place in order]
    best: dict[int, tuple[int, ...]] = {}
    for place in order:
        longest = max((best[other] for other in best if other < place), key=len, default=())
        best[place] = (*longest, place)
    return [old[place] for place in max(best.values(), key=len, default=())]


def _change(old: Block, new: Block) -> Edit:
    match old, new:
        case (Paragraph(), Paragraph()) if old.mark == new.mark:
            return SetText(new.id, new.content)
        case Table(), Table() if replace(old, caption=()) == replace(new, caption=()):
            return SetText(new.id, new.caption)
        case Picture(), Picture() if replace(old, caption=()) == replace(new, caption=()):
            return SetText(new.id, new.caption)
        case _:
            return Replace(old.id, new)
