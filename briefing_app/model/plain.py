"""The bare words of inlines and nodes, as word counts, searches and comparisons need them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing_app.model.block import Node, Paragraph, Picture, Section, Table
from briefing_app.model.briefing import walk
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def inline_text(inlines: Inlines) -> str:
    """The words of a paragraph: line breaks as newlines, citations and notes left out."""
    return "".join(_inline_text(inline) for inline in inlines)


def _inline_text(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case LineBreak():
            return "\n"
        case Citation() | Note():
            return ""


def inlines_of(node: Node) -> Inlines:
    """The node's own inlines: a paragraph's content, a section's heading, a table's or a picture's caption."""
    match node:
        case Paragraph():
            return node.content
        case Section():
            return node.heading
        case Table() | Picture():
            return node.caption
        case _:
            return ()


def all_inlines(node: Node) -> Iterator[Inline]:
    """Every inline in and under ``node``, in reading order, those inside notes included."""
    for inner in walk(node):
        for inline in inlines_of(inner):
            yield inline
            if isinstance(inline, Note):
                yield from inline.content


def count_words(text: str) -> int:
    """Words of running text; an ideograph or kana counts as one word."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs + len(_WORD.findall(_IDEOGRAPH.sub(" ", text)))
