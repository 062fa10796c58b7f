"""Inlines: what stands inside a paragraph. A small closed union."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in one style. ``link`` is a URL; ``language`` a BCP 47 tag where it differs from its block.

    It holds no line break and no tab-stop logic: a line break is a ``LineBreak``.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    link: str = ""
    language: str = ""
    type: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""

    type: Literal["line_break"] = "line_break"


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to the passage that the words before it rest on; never a rendered string.

    Its number and its label are made by the layout. ``prefix`` and ``suffix`` are the analyst's words around it
    ("see also").
    """

    id: str
    excerpt_id: str
    prefix: str = ""
    suffix: str = ""
    type: Literal["citation"] = "citation"


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the analyst's own: its content stands at the foot of the page or at the end."""

    id: str
    content: tuple[Text | LineBreak | Citation, ...]
    type: Literal["note"] = "note"


Inline = Text | LineBreak | Citation | Note
Inlines = tuple[Inline, ...]


def merge_texts(inlines: Inlines) -> Inlines:
    """The same inlines with neighbouring runs of one style joined and empty runs dropped."""
    merged: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            if not inline.text:
                continue
            last = merged[-1] if merged else None
            if isinstance(last, Text) and same_style(last, inline):
                merged[-1] = restyle(last, last.text + inline.text)
                continue
        merged.append(inline)
    return tuple(merged)


def same_style(one: Text, other: Text) -> bool:
    """True where two runs differ in nothing but their text."""
    return restyle(one, "") == restyle(other, "")


def restyle(run: Text, text: str) -> Text:
    """Other text in the style of ``run``."""
    return Text(text, run.bold, run.italic, run.underline, run.link, run.language)
