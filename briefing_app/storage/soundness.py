"""What a briefing out of a file must have besides the right types: whole passages, whole pictures, ids that stand once.

What is sound is kept and what is not is told, so that damage to one picture does not cost the briefing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from briefing_app.model.block import Node, Picture, Quotation
from briefing_app.model.briefing import Briefing, Media, children
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines
from briefing_app.model.source import Source

_SHOWN = 80


def make_sound(briefing: Briefing, media: Mapping[str, bytes]) -> tuple[Briefing, tuple[str, ...]]:
    """The briefing with its pictures' bytes, and a sentence for everything that is wrong with it.

    A passage whose words were altered stays as it is, and is told. A picture whose bytes are missing or are not
    those that its name says is left out. Where an id stands twice, the second node is given another.
    """
    problems: list[str] = []
    excerpts = tuple(_once(briefing.excerpts, "passage", problems))
    sources = tuple(_once(briefing.sources, "source", problems))
    pictures = tuple(_whole_pictures(briefing, media, problems))
    made = replace(briefing, excerpts=excerpts, sources=sources, media=pictures)
    made = _with_own_ids(made, problems)
    problems.extend(_altered(made))
    problems.extend(_without_source(made))
    problems.extend(_dangling(made))
    return made, tuple(problems)


def passage(excerpt: Excerpt) -> str:
    """The words by which an analyst knows a passage."""
    text = " ".join(excerpt.text.split())
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[: _SHOWN - 1]}…”"


def _once(items: Iterable[Any], kind: str, problems: list[str]) -> Iterator[Any]:
    seen: set[str] = set()
    for item in items:
        if item.id not in seen:
            seen.add(item.id)
            yield item
        elif isinstance(item, Excerpt):
            problems.append(f"Two passages have the id {item.id}; the second, {passage(item)}, was left out.")
        else:
            assert isinstance(item, Source)
            problems.append(f"Two sources have the id {item.id}; the second, “{item.display_title}”, was left out.")


def _whole_pictures(briefing: Briefing, media: Mapping[str, bytes], problems: list[str]) -> Iterator[Media]:
    seen: set[str] = set()
    for picture in briefing.media:
        if picture.sha256 in seen:
            continue
        seen.add(picture.sha256)
        data = media.get(picture.sha256)
        if data is not None and hashlib.sha256(data).hexdigest() == picture.sha256:
            yield replace(picture, data=data)
            continue
        fault = "is missing from the file" if data is None else "is not the picture that was put in: its bytes changed"
        problems.append(f"{_picture_name(briefing, picture.sha256)} {fault}. Put it in again.")
    for sha256 in media.keys() - seen:
        problems.append(f"A picture in the file (media/{sha256[:12]}…) is used nowhere and was left out.")


def _picture_name(briefing: Briefing, sha256: str) -> str:
    for node in briefing.walk():
        if isinstance(node, Picture) and node.media == sha256 and node.alt:
            return f"The picture “{node.alt}”"
    return f"The picture {sha256[:12]}…"


def _altered(briefing: Briefing) -> Iterator[str]:
    for excerpt in briefing.excerpts:
        if not excerpt.is_intact:
            source = briefing.source(excerpt.source_id)
            origin = f" from “{source.display_title}”" if source else ""
            yield (
                f"The passage {passage(excerpt)}{origin} is no longer word for word what was taken from its source: "
                "the file was altered. Take the passage again before you send this briefing."
            )


def _without_source(briefing: Briefing) -> Iterator[str]:
    known = {source.id for source in briefing.sources}
    for excerpt in briefing.excerpts:
        if excerpt.source_id not in known:
            yield f"The source of the passage {passage(excerpt)} is not in the file (its id is {excerpt.source_id})."


def _dangling(briefing: Briefing) -> Iterator[str]:
    known = {excerpt.id for excerpt in briefing.excerpts}
    told: set[str] = set()
    for excerpt_id in _cited(briefing):
        if excerpt_id not in known and excerpt_id not in told:
            told.add(excerpt_id)
            yield f"A citation points to a passage that is not in the file (its id is {excerpt_id})."


def _cited(briefing: Briefing) -> Iterator[str]:
    for section in briefing.sections:
        yield from (inline.excerpt_id for inline in all_inlines(section) if isinstance(inline, Citation))
    yield from (node.excerpt_id for node in briefing.walk() if isinstance(node, Quotation) and node.excerpt_id)


def _with_own_ids(briefing: Briefing, problems: list[str]) -> Briefing:
    ids = [briefing.id, *(node.id for node in briefing.walk())]
    taken = set(ids)
    if len(taken) == len(ids):
        return briefing
    problems.append("Some parts of the briefing had the same id; the later ones were given new ids.")
    seen = {briefing.id}
    return replace(briefing, sections=tuple(_renamed(section, seen, taken) for section in briefing.sections))


def _renamed(node: Any, seen: set[str], taken: set[str]) -> Any:
    """The same node, its id and those inside it made different from all that were seen before."""
    own = node.id
    if own in seen:
        number = 2
        while f"{own}-{number}" in taken:
            number += 1
        own = f"{own}-{number}"
        taken.add(own)
    seen.add(own)
    changes: dict[str, Any] = {"id": own}
    for name in ("blocks", "items", "paragraphs", "rows", "cells", "sections"):
        inner: tuple[Node, ...] | None = getattr(node, name, None)
        if inner:
            changes[name] = tuple(_renamed(child, seen, taken) for child in inner)
    assert not children(node) or len(changes) > 1
    return replace(node, **changes)
