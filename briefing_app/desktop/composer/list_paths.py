"""What list commands do to the paths of neighbouring paragraphs. Pure; one path for each paragraph of a sequence.

A sequence is what stands together in one place: the blocks of a section between tables, or of one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing_app.desktop.composer.frames import Frame, FreshId, ListFrame, Path, QuoteFrame


def innermost(path: Path) -> ListFrame | None:
    """The list item directly around a paragraph, or None."""
    last = path[-1] if path else None
    return last if isinstance(last, ListFrame) else None


def item_span(paths: Sequence[Path], index: int, depth: int) -> tuple[int, int]:
    """First and last index of the paragraphs of the item at ``depth`` of ``paths[index]``, those nested included."""
    head = paths[index][: depth + 1]
    first = last = index
    while first > 0 and _inside(paths[first - 1], head):
        first -= 1
    while last + 1 < len(paths) and _inside(paths[last + 1], head):
        last += 1
    return first, last


def _inside(path: Path, head: Path) -> bool:
    return len(path) >= len(head) and all(_place(a) == _place(b) for a, b in zip(path, head, strict=False))


def _place(frame: Frame) -> tuple[str, str]:
    return (frame.list_id, frame.item_id) if isinstance(frame, ListFrame) else ("", frame.id)


def toggle_list(paths: Sequence[Path], chosen: Sequence[int], ordered: bool, fresh: FreshId) -> list[Path]:
    """Make the chosen paragraphs a list; change the kind of the lists they are in; or end a list of that kind."""
    result = list(paths)
    frames = [innermost(paths[index]) for index in chosen]
    if all(frame is not None and frame.ordered == ordered for frame in frames):
        for index in chosen:
            result = unlist(result, index)
        return result
    changing = {frame.list_id for frame in frames if frame is not None}
    result = [_with_kind(path, changing, ordered) for path in result]
    fresh_list = ListFrame(fresh(), "", ordered)
    before = result[chosen[0] - 1] if chosen[0] > 0 else ()
    if len(before) == 1 and isinstance(before[0], ListFrame) and before[0].ordered == ordered:
        fresh_list = before[0]
    for index in chosen:
        if innermost(result[index]) is None:
            result[index] = (replace(fresh_list, item_id=fresh()),)
    return result


def _with_kind(path: Path, lists: set[str], ordered: bool) -> Path:
    return tuple(
        replace(frame, ordered=ordered, start=1) if isinstance(frame, ListFrame) and frame.list_id in lists else frame
        for frame in path
    )


def unlist(paths: Sequence[Path], index: int) -> list[Path]:
    """Take the item of ``paths[index]`` out of all lists."""
    result = list(paths)
    while innermost(result[index]) is not None:
        result = outdent(result, index)
    return result


def indent(paths: Sequence[Path], index: int, fresh: FreshId) -> list[Path]:
    """Put the item of ``paths[index]`` into the item before it; nothing changes for a list's first item."""
    result = list(paths)
    frame = innermost(paths[index])
    if frame is None:
        return result
    depth = len(paths[index]) - 1
    first, last = item_span(paths, index, depth)
    before = paths[first - 1] if first > 0 else ()
    host = before[depth] if len(before) > depth and before[:depth] == paths[index][:depth] else None
    if not isinstance(host, ListFrame) or host.list_id != frame.list_id:
        return result
    nested = before[depth + 1] if len(before) > depth + 1 else None
    target = nested if isinstance(nested, ListFrame) else ListFrame(fresh(), "", frame.ordered)
    inner = replace(target, item_id=frame.item_id)
    for number in range(first, last + 1):
        result[number] = (*paths[number][:depth], host, inner, *paths[number][depth + 1 :])
    return result


def outdent(paths: Sequence[Path], index: int) -> list[Path]:
    """Take the item of ``paths[index]`` one level out; items after it in its list become its own."""
    result = list(paths)
    frame = innermost(paths[index])
    if frame is None:
        return result
    depth = len(paths[index]) - 1
    first, last = item_span(paths, index, depth)
    parent = paths[index][depth - 1] if depth else None
    if not isinstance(parent, ListFrame):
        for number in range(first, last + 1):
            result[number] = (*paths[number][:depth], *paths[number][depth + 1 :])
        return result
    lifted = replace(parent, item_id=frame.item_id)
    head = paths[index][: depth - 1]
    for number in range(first, last + 1):
        result[number] = (*head, lifted, *paths[number][depth + 1 :])
    _, end = item_span(paths, index, depth - 1)
    for number in range(last + 1, end + 1):
        result[number] = (*head, lifted, *paths[number][depth:])
    return result


def split_item(paths: Sequence[Path], index: int, fresh: FreshId) -> list[Path]:
    """Begin a new item with ``paths[index]``; what follows in its item goes with it."""
    result = list(paths)
    frame = innermost(paths[index])
    if frame is None:
        return result
    depth = len(paths[index]) - 1
    _, last = item_span(paths, index, depth)
    begun = replace(frame, item_id=fresh())
    for number in range(index, last + 1):
        result[number] = (*paths[number][:depth], begun, *paths[number][depth + 1 :])
    return result


def toggle_quotation(paths: Sequence[Path], chosen: Sequence[int], fresh: FreshId) -> list[Path]:
    """Make the chosen paragraphs a block quotation of own words, or take them out of theirs."""
    result = list(paths)
    if all(paths[index] and isinstance(paths[index][0], QuoteFrame) for index in chosen):
        for index in chosen:
            result[index] = ()
        return result
    frame = QuoteFrame(fresh())
    for index in chosen:
        result[index] = (frame,)
    return result
