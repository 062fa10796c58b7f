"""The plain text writer: the words in order, with note calls in brackets and the notes at the end."""

from __future__ import annotations

from typing import assert_never

from briefing_app.layout.document import (
    BreakBlock,
    BreakRun,
    CellBlock,
    ContentsBlock,
    LaidBlock,
    LaidNote,
    LayoutDocument,
    ListLines,
    NoteRun,
    PictureBlock,
    QuotationBlock,
    Role,
    Run,
    Runs,
    TableBlock,
    TextLine,
    TextRun,
)

_QUOTED = "    "
_BETWEEN_CELLS = "\t"
_TIGHT = {Role.META, Role.SOURCE_ENTRY}  # lines of these roles stand without blank lines between them


def write_text(document: LayoutDocument) -> str:
    """The document as plain text: blocks with a blank line between them, and a newline at the end.

    A note call is its number in brackets. Contents and page breaks are left out, as they have no pages here; so is
    the text alternative of pictures, which have their captions. An empty document gives an empty string.
    """
    parts: list[str] = []
    before: LaidBlock | None = None
    for block in document.blocks:
        text = _block(block)
        if not text:
            continue
        if isinstance(block, TextLine) and isinstance(before, TextLine) and block.role == before.role in _TIGHT:
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
        before = block
    if document.notes:
        parts.append(document.words.notes_heading)
        parts.append("\n".join(_note(note) for note in document.notes))
    if document.banner and parts:
        parts = [document.banner.text, *parts, document.banner.text]
    return "\n\n".join(parts) + "\n" if parts else ""


def _block(block: LaidBlock) -> str:
    match block:
        case TextLine():
            return _line(block)
        case ListLines():
            return "\n".join(_list(block))
        case QuotationBlock():
            return _quotation(block)
        case TableBlock():
            return "\n".join(filter(None, (_caption(block.caption), *_table(block))))
        case PictureBlock():
            return _caption(block.caption)
        case ContentsBlock() | BreakBlock():
            return ""
        case _:
            assert_never(block)


def _line(line: TextLine) -> str:
    number = f"[{line.number}]" if line.role is Role.SOURCE_ENTRY else line.number
    mark = f"({line.mark})" if line.mark else ""
    return " ".join(filter(None, (number, mark, run_words(line.runs))))


def _caption(line: TextLine | None) -> str:
    return _line(line) if line else ""


def _list(block: ListLines) -> list[str]:
    """One line for each paragraph of an item, set in under its label."""
    lines: list[str] = []
    for item in block.items:
        label = f"{item.label} "
        for inner in item.blocks:
            rows = _list(inner) if isinstance(inner, ListLines) else _line(inner).split("\n")
            for row in rows:
                lines.append(label + row)
                label = " " * len(label)
    return lines


def _quotation(block: QuotationBlock) -> str:
    lines = [*block.lines, *block.original, *((block.attribution,) if block.attribution else ())]
    return "\n".join(_QUOTED + row for line in lines for row in _line(line).split("\n"))


def _table(block: TableBlock) -> list[str]:
    """One row of text for each row, cells divided by tabs; spanned-over places are empty."""
    rows = [[""] * block.columns for _ in range(block.rows)]
    for cell in block.cells:
        rows[cell.row][cell.column] = _cell(cell)
    return [_BETWEEN_CELLS.join(row).rstrip(_BETWEEN_CELLS) for row in rows]


def _cell(cell: CellBlock) -> str:
    parts = [" ".join(_list(block)) if isinstance(block, ListLines) else _line(block) for block in cell.blocks]
    return " ".join(" ".join(parts).split("\n"))


def _note(note: LaidNote) -> str:
    return f"[{note.number}] " + "\n".join(_line(line) for line in note.lines)


def run_words(runs: Runs) -> str:
    """The words of ``runs``: note calls in brackets, a forced break as a newline."""
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    match run:
        case TextRun():
            return "" if run.raised else run.text
        case BreakRun():
            return "\n"
        case NoteRun():
            return f"[{run.number}]"
        case _:
            assert_never(run)
