"""Drawings of a Word document: pictures with their alt text, text boxes, diagrams, charts; the old kind (VML) too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from briefing_app.model.block import Picture
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_runs import chosen_content
from briefing_app.readers.ooxml import R, local, number
from briefing_app.readers.text_builder import one_line

_EMU_PER_MM = 36_000
_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)\s*(pt|in|cm|mm|px)", re.IGNORECASE)
_MM = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96}


@dataclass(frozen=True, slots=True)
class TextBox:
    """The content of a text box, which is read as part of the body."""

    element: Any


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a drawing that stand in no paragraph: of a diagram or of word art."""

    text: str


Drawing = Picture | TextBox | Words


@dataclass(slots=True)
class _Shape:
    """What is said of the picture around the place where it is found."""

    alt: str = ""
    width: float | None = None


def read_drawing(element: Any, context: Context) -> list[Drawing]:
    """What a drawing shows, in order; text boxes are not entered."""
    found: list[Drawing] = []
    _walk(element, context, _Shape(), found)
    return found


def _walk(element: Any, context: Context, shape: _Shape, found: list[Drawing]) -> None:
    for child in element:
        name = local(child)
        if name == "txbxContent":
            found.append(TextBox(child))
        elif name == "AlternateContent":
            chosen = chosen_content(child)
            if chosen is not None:
                _walk(chosen, context, shape, found)
        elif name in ("inline", "anchor", "shape", "rect", "pic", "oval", "roundrect"):
            _walk(child, context, _described(child, name, shape), found)
        elif name == "blip":
            _picture(context, child.get(R + "embed") or child.get(R + "link") or "", shape, found)
        elif name == "imagedata":
            _picture(context, child.get(R + "id") or child.get(R + "pict") or "", shape, found)
        elif name == "chart":
            context.counts["charts"] += 1
        elif name == "relIds":
            found += _diagram(context, child.get(R + "dm") or "")
        elif name == "textpath":
            found += _words(child.get("string") or "")
        elif name:
            _walk(child, context, shape, found)


def _described(element: Any, name: str, outer: _Shape) -> _Shape:
    if name in ("inline", "anchor"):
        properties = next((child for child in element if local(child) == "docPr"), None)
        extent = next((child for child in element if local(child) == "extent"), None)
        width = number(extent.get("cx") or "") / _EMU_PER_MM if extent is not None else 0.0
        return _Shape(_alt(properties), _sensible(width))
    if name == "pic":
        properties = next((child for child in element.iter() if local(child) == "cNvPr"), None)
        return _Shape(outer.alt or _alt(properties), outer.width)
    found = _WIDTH.search(element.get("style") or "")
    width = float(found.group(1)) * _MM[found.group(2).lower()] if found and found.group(1).count(".") < 2 else 0.0
    return _Shape(one_line(element.get("alt") or "") or outer.alt, _sensible(width) or outer.width)


def _alt(properties: Any | None) -> str:
    if properties is None:
        return ""
    return one_line(properties.get("descr") or "") or one_line(properties.get("title") or "")


def _sensible(width: float) -> float | None:
    return round(width, 1) if 1 <= width <= 2000 else None


def _picture(context: Context, identity: str, shape: _Shape, found: list[Drawing]) -> None:
    picture = context.picture(identity, shape.alt, shape.width)
    if picture is not None:
        found.append(picture)


def _diagram(context: Context, identity: str) -> list[Drawing]:
    """The words of a SmartArt diagram, one for each of its points."""
    context.counts["diagrams"] += 1
    _, part, _ = context.relations.get(identity, ("", "", True))
    root = context.package.optional_xml(part)
    words: list[Drawing] = []
    for paragraph in root.iter() if root is not None else ():
        if local(paragraph) == "p" and "drawingml" in str(paragraph.tag):
            words += _words("".join(run.text or "" for run in paragraph.iter() if local(run) == "t"))
    return words


def _words(text: str) -> list[Drawing]:
    return [Words(one_line(text))] if text.strip() else []
