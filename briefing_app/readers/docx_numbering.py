"""Lists of a Word document: whether a level has bullets or numbers, and where its counting stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from briefing_app.readers.docx_styles import Styles
from briefing_app.readers.ooxml import W, attribute, number


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list: ``level`` from 0, ``value`` its number (1 for bullets)."""

    list_id: str
    level: int
    ordered: bool
    value: int


class Numbering:
    """The numbering part, with the counters of a walk through the document in reading order."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        for entry in root if root is not None else ():
            if entry.tag == W + "abstractNum":
                self._abstract[attribute(entry, "abstractNumId")] = entry
            elif entry.tag == W + "num":
                self._lists[attribute(entry, "numId")] = entry

    def place(self, properties: Any | None) -> Place | None:
        """Count the paragraph and say where it stands; None for one in no list."""
        identity, level = self._styles.numbering(properties)
        definition = self._lists.get(identity)
        if definition is None:
            return None
        abstract = attribute(definition.find(W + "abstractNumId"))
        entry = self._level(definition, abstract, level)
        form = attribute(entry.find(W + "numFmt")) if entry is not None else ""
        text = entry.find(W + "lvlText") if entry is not None else None
        if form == "none" or (form not in ("bullet", "") and text is not None and not attribute(text)):
            return None
        ordered = form not in ("bullet", "")
        return Place(identity, level, ordered, self._count(identity, abstract, definition, level) if ordered else 1)

    def _level(self, definition: Any, abstract: str, level: int) -> Any | None:
        for override in definition.iter(W + "lvlOverride"):
            if number(attribute(override, "ilvl"), -1) == level and override.find(W + "lvl") is not None:
                return override.find(W + "lvl")
        root = self._abstract.get(abstract)
        link = attribute(root.find(W + "numStyleLink")) if root is not None else ""
        if link:
            root = self._linked(link)
        if root is None:
            return None
        return next((entry for entry in root.iter(W + "lvl") if number(attribute(entry, "ilvl"), -1) == level), None)

    def _linked(self, link: str) -> Any | None:
        return next((root for root in self._abstract.values() if attribute(root.find(W + "styleLink")) == link), None)

    def _count(self, identity: str, abstract: str, definition: Any, level: int) -> int:
        """The paragraph's number; lists of one definition count on together unless one says where to start."""
        counters = self._counters.setdefault(abstract, [None] * 9)
        override = next(
            (entry.find(W + "startOverride") for entry in definition.iter(W + "lvlOverride")
             if number(attribute(entry, "ilvl"), -1) == level), None
        )  # fmt: skip
        if override is not None and (identity, level) not in self._restarted:
            self._restarted.add((identity, level))
            counters[level] = None
            start = number(attribute(override), 1)
        else:
            entry = self._level(definition, abstract, level)
            start = number(attribute(entry.find(W + "start")), 1) if entry is not None else 1
        current = counters[level]
        value = start if current is None else current + 1
        counters[level] = value
        counters[level + 1 :] = [None] * (8 - level)
        return value
