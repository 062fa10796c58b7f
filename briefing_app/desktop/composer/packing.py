"""Citations and notes as short texts, so that a character of a text document can carry them."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from briefing_app.model.inline import Citation, LineBreak, Note, Text


@lru_cache(maxsize=2048)
def pack(inline: Citation | Note) -> str:
    """The inline as JSON."""
    return json.dumps(asdict(inline), ensure_ascii=True)


@lru_cache(maxsize=2048)
def unpack(packed: str) -> Citation | Note:
    """The inline that ``pack`` wrote."""
    value = json.loads(packed)
    if value["type"] == "citation":
        return Citation(**value)
    return Note(value["id"], tuple(_part(part) for part in value["content"]))


def _part(value: dict[str, Any]) -> Text | LineBreak | Citation:
    match value["type"]:
        case "text":
            return Text(**value)
        case "citation":
            return Citation(**value)
        case _:
            return LineBreak()
