"""Markings: the Traffic Light Protocol 2.0 (FIRST, August 2022).

In a document the label, with any additional restrictions, stands in the header and the footer of each page, in
12-point type or larger; right-aligned is recommended. Labels are capitals without spaces, and never translated.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing_app.errors import MarkingError


@dataclass(frozen=True, slots=True)
class Marking:
    """One label of a scheme. ``rank`` orders labels, lowest first; colours are ``#RRGGBB``."""

    label: str
    rank: int
    colour: str
    background: str = "#000000"


TLP = (
    Marking("TLP:CLEAR", 0, "#FFFFFF"),
    Marking("TLP:GREEN", 1, "#33FF00"),
    Marking("TLP:AMBER", 2, "#FFC000"),
    Marking("TLP:AMBER+STRICT", 3, "#FFC000"),
    Marking("TLP:RED", 4, "#FF2B2B"),
)
TLP_LABELS = tuple(marking.label for marking in TLP)
_BY_LABEL = {marking.label: marking for marking in TLP}


def parse_marking(text: str) -> Marking | None:
    """The marking that ``text`` names, or None for empty text.

    Lower case and stray spaces are mended ("tlp: green"). Raises MarkingError for an unknown label, and for
    ``TLP:WHITE``, which is of version 1.0.
    """
    label = "".join(text.split()).upper()
    if not label:
        return None
    if not label.startswith("TLP:") and f"TLP:{label}" in _BY_LABEL:
        label = f"TLP:{label}"
    if label in ("TLP:WHITE", "WHITE"):
        raise MarkingError("TLP:WHITE is a label of TLP 1.0, which is withdrawn.", "Use TLP:CLEAR.")
    if label not in _BY_LABEL:
        raise MarkingError(f"“{text.strip()}” is no TLP 2.0 label.", f"Use one of {', '.join(TLP_LABELS)}.")
    return _BY_LABEL[label]


def highest(labels: list[str]) -> str:
    """The highest of ``labels`` (empty ones are ignored), or an empty string. Raises MarkingError."""
    markings = [marking for marking in map(parse_marking, labels) if marking is not None]
    return max(markings, key=lambda marking: marking.rank).label if markings else ""
