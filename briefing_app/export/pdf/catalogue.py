"""What a PDF says of itself: its properties, its outline, and where links lead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from briefing_app.export.pdf.objects import Name, ObjectStore, Ref
from briefing_app.export.pdf.sheet import LinkBox
from briefing_app.layout.document import Properties

PRODUCT = "Briefing Composer"
_NOT_IN_URI = re.compile(r"[^!#-;=?-Z_a-z~\[\]%]")
_PRINTED = 4  # the annotation flag: shown on paper as on screen


@dataclass(frozen=True, slots=True)
class Destination:
    """A place that can be led to: a page's object and a point, in points from the page's bottom left."""

    page: Ref
    x: float
    y: float

    def value(self) -> list[Any]:
        return [self.page, Name("XYZ"), self.x, self.y, None]


@dataclass(slots=True)
class OutlineNode:
    """An entry of the outline with those below it."""

    title: str
    destination: Destination
    level: int
    children: list[OutlineNode] = field(default_factory=list)


def nested(entries: Sequence[OutlineNode]) -> list[OutlineNode]:
    """The entries below each other by level; a level that was skipped does no harm."""
    top: list[OutlineNode] = []
    path: list[OutlineNode] = []
    for entry in entries:
        while path and path[-1].level >= entry.level:
            path.pop()
        (path[-1].children if path else top).append(entry)
        path.append(entry)
    return top


def outline_object(store: ObjectStore, entries: Sequence[OutlineNode]) -> Ref | None:
    """The outline, open to its second level; None where there are no headings."""
    if not entries:
        return None
    root = store.reserve()
    first, last, count = _outline_level(store, root, entries, 1)
    return store.put(root, {"Type": Name("Outlines"), "First": first, "Last": last, "Count": count})


def _outline_level(store: ObjectStore, parent: Ref, entries: Sequence[OutlineNode], depth: int) -> tuple[Ref, Ref, int]:
    """First, last, and how many entries show."""
    refs = [store.reserve() for _ in entries]
    shown = len(entries)
    for index, (ref, entry) in enumerate(zip(refs, entries, strict=True)):
        value: dict[str, Any] = {"Title": entry.title, "Parent": parent, "Dest": entry.destination.value()}
        if index:
            value["Prev"] = refs[index - 1]
        if index + 1 < len(refs):
            value["Next"] = refs[index + 1]
        if entry.children:
            first, last, count = _outline_level(store, ref, entry.children, depth + 1)
            value |= {"First": first, "Last": last, "Count": count if depth < 2 else -len(entry.children)}
            shown += count if depth < 2 else 0
        store.put(ref, value)
    return refs[0], refs[-1], shown


def info_object(store: ObjectStore, properties: Properties) -> Ref:
    info: dict[str, Any] = {
        "Title": properties.title,
        "Author": properties.author or properties.organisation,
        "Subject": properties.subject,
        "Keywords": properties.keywords,
    }
    info = {key: value for key, value in info.items() if value}
    info |= {"Creator": PRODUCT, "Producer": PRODUCT}
    if stamp := pdf_date(properties.date):
        info |= {"CreationDate": stamp, "ModDate": stamp}
    return store.add(info)


def pdf_date(text: str) -> str:
    """An ISO 8601 time as PDF writes it; empty where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    stamp = f"D:{moment:%Y%m%d%H%M%S}"
    offset = moment.utcoffset()
    if offset is None:
        return stamp
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return stamp + "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{stamp}{'+' if minutes > 0 else '-'}{hours:02d}'{rest:02d}'"


def link_annotation(box: LinkBox, height: float, destination: Destination | None) -> dict[str, Any] | None:
    """The annotation of a link; None where it leads nowhere."""
    value: dict[str, Any] = {
        "Type": Name("Annot"),
        "Subtype": Name("Link"),
        "Rect": [box.x0, height - box.y1, box.x1, height - box.y0],
        "Border": [0, 0, 0],
        "F": _PRINTED,
    }
    if box.url:
        address = _NOT_IN_URI.sub(_escaped, box.url).encode("ascii")
        return value | {"A": {"S": Name("URI"), "URI": address}, "Contents": box.url}
    if destination is None:
        return None
    return value | {"Dest": destination.value()}


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))
