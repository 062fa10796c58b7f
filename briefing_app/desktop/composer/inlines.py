"""Inlines into a text document and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCursor, QTextFragment

from briefing_app.desktop.composer.packing import unpack
from briefing_app.desktop.composer.properties import LINE, OBJECT, Objects, Prop
from briefing_app.desktop.composer.styles import Place, Styles, run_of
from briefing_app.model.inline import Inline, Inlines, LineBreak, Text, merge_texts

# What Qt would take for structure stands as a blank or as a replacement character in the view, one for one.
_UNSAFE = dict.fromkeys((10, 11, 12, 13, 28, 29, 30, 133, 8232, 8233), " ")
_UNSAFE |= dict.fromkeys((0, 64976, 64977, 65532), "�")
_UNSAFE_TEXT = re.compile("[" + "".join(map(re.escape, map(chr, _UNSAFE))) + "\ud800-\udfff]")


def safe(text: str) -> str:
    """The text as a document of Qt can show it; its length in code points stays the same."""
    if not _UNSAFE_TEXT.search(text):
        return text
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text.translate(_UNSAFE))


def as_shown(inlines: Inlines) -> Inlines:
    """The inlines as they come back from a document: runs joined, and unsafe characters exchanged."""
    return merge_texts(
        tuple(
            Text(safe(one.text), one.bold, one.italic, one.underline, one.link, one.language)
            if isinstance(one, Text)
            else one
            for one in inlines
        )
    )


def write_inlines(cursor: QTextCursor, inlines: Inlines, styles: Styles, place: Place = "body") -> None:
    """Insert ``inlines`` at the cursor, within its block."""
    for inline in inlines:
        match inline:
            case Text():
                cursor.insertText(safe(inline.text), styles.run(inline, place))
            case LineBreak():
                cursor.insertText(LINE, styles.run(Text(""), place))
            case _:
                cursor.insertText(OBJECT, styles.inline(inline))


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of one format in a block."""
    run = block.begin()
    while not run.atEnd():
        yield run.fragment()
        run += 1


def read_inlines(block: QTextBlock) -> Inlines:
    """The inlines of a block; a whole block's object in it is left out."""
    inlines: list[Inline] = []
    for fragment in fragments(block):
        inlines.extend(read_fragment(fragment))
    return merge_texts(tuple(inlines))


def read_fragment(fragment: QTextFragment) -> list[Inline]:
    """The inlines of one run of one format."""
    text, made = fragment.text(), fragment.charFormat()
    kind = made.objectType()
    if OBJECT in text and kind in (Objects.CITATION, Objects.NOTE):
        inline = unpack(made.stringProperty(Prop.INLINE))
        return [inline for _ in range(text.count(OBJECT))]
    if OBJECT in text:
        text = text.replace(OBJECT, "")
    inlines: list[Inline] = []
    for number, line in enumerate(text.split(LINE)):
        if number:
            inlines.append(LineBreak())
        if line:
            inlines.append(run_of(line, made))
    return inlines


def slice_inlines(inlines: Inlines, start: int, end: int) -> Inlines:
    """The part between two offsets; each inline but text counts as one."""
    found: list[Inline] = []
    place = 0
    for inline in inlines:
        length = len(inline.text) if isinstance(inline, Text) else 1
        low, high = max(start - place, 0), min(end - place, length)
        if low < high:
            if isinstance(inline, Text):
                text = inline.text[low:high]
                found.append(Text(text, inline.bold, inline.italic, inline.underline, inline.link, inline.language))
            else:
                found.append(inline)
        place += length
    return tuple(found)


def inlines_length(inlines: Inlines) -> int:
    """The length in offsets of a caret."""
    return sum(len(inline.text) if isinstance(inline, Text) else 1 for inline in inlines)
