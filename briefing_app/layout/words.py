"""The words of a LayoutDocument in reading order, as a self-test or a word count needs them."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_app.layout.document import (
    BreakBlock,
    BreakRun,
    ContentsBlock,
    ItemBlock,
    LaidBlock,
    LayoutDocument,
    ListLines,
    NoteRun,
    PictureBlock,
    QuotationBlock,
    Runs,
    TableBlock,
    TextLine,
    TextRun,
)


def body_lines(document: LayoutDocument) -> Iterator[TextLine]:
    """Every line of the body in reading order, contents left out."""
    for block in document.blocks:
        yield from lines_of(block)


def lines_of(block: LaidBlock | ItemBlock) -> Iterator[TextLine]:
    """The lines of one block, those of its parts and its caption included."""
    match block:
        case TextLine():
            yield block
        case ListLines():
            for item in block.items:
                yield from lines_of(item)
        case ItemBlock():
            for inner in block.blocks:
                yield from lines_of(inner)
        case QuotationBlock():
            yield from block.lines
            yield from block.original
            if block.attribution is not None:
                yield block.attribution
        case TableBlock():
            if block.caption is not None:
                yield block.caption
            for cell in block.cells:
                for inner in cell.blocks:
                    yield from lines_of(inner)
        case PictureBlock():
            if block.caption is not None:
                yield block.caption
        case ContentsBlock() | BreakBlock():
            return


def run_text(runs: Runs, *, calls: str = "") -> str:
    """The words of ``runs``, a forced break as a newline and ``calls`` for each note call."""
    parts = []
    for run in runs:
        match run:
            case TextRun(text=text):
                parts.append(text)
            case BreakRun():
                parts.append("\n")
            case NoteRun():
                parts.append(calls)
    return "".join(parts)
