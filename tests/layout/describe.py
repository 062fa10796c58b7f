"""A LayoutDocument as text that people can read and compare: one line for each line of the layout."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_app.layout.document import (
    BreakBlock,
    BreakRun,
    ContentsBlock,
    LaidBlock,
    LayoutDocument,
    ListLines,
    NoteRun,
    PictureBlock,
    QuotationBlock,
    Run,
    TableBlock,
    TextLine,
    TextRun,
)


def describe(document: LayoutDocument) -> str:
    page, properties = document.page, document.properties
    lines = [
        f"page {page.width} x {page.height}, margins {page.top} {page.right} {page.bottom} {page.left}",
        f"properties {properties.title!r} by {properties.author!r}, {properties.language}, {properties.date}",
        f"head {document.header!r}, foot {document.footer!r}, notes at the {document.notes_place}",
        f"banner {document.banner.text} {document.banner.colour}" if document.banner else "no banner",
        "",
    ]
    for block in document.blocks:
        lines.extend(_block(block, ""))
    lines.append("")
    for note in document.notes:
        lines.append(f"note {note.number} <{note.id}>")
        lines.extend(f"    {_line(line)}" for line in note.lines)
    for media in document.media.values():
        lines.append(f"media {media.sha256[:8]} {media.media_type} {media.pixel_width} x {media.pixel_height}")
    return "\n".join(lines) + "\n"


def _block(block: LaidBlock, indent: str) -> Iterator[str]:
    match block:
        case TextLine():
            yield indent + _line(block)
        case ListLines():
            yield f"{indent}list <{block.id}> depth {block.depth}{f' from {block.start}' if block.ordered else ''}"
            for item in block.items:
                yield f"{indent}  {item.label}"
                for inner in item.blocks:
                    yield from _block(inner, f"{indent}    ")
        case QuotationBlock():
            yield f"{indent}quotation <{block.id}>"
            for line in (*block.lines, *block.original, *((block.attribution,) if block.attribution else ())):
                yield f"{indent}  {_line(line)}"
        case TableBlock():
            yield f"{indent}table <{block.id}> {block.rows} x {block.columns}, head {block.header_rows}, {block.widths}"
            if block.caption:
                yield f"{indent}  {_line(block.caption)}"
            for cell in block.cells:
                span = f" spans {cell.column_span} x {cell.row_span}" * (cell.column_span + cell.row_span > 2)
                yield f"{indent}  ({cell.row}, {cell.column}){span}{' head' if cell.header else ''}"
                for inner in cell.blocks:
                    yield from _block(inner, f"{indent}    ")
        case PictureBlock():
            yield f"{indent}picture <{block.id}> {block.media[:8]} {block.width} x {block.height} {block.alt!r}"
            if block.caption:
                yield f"{indent}  {_line(block.caption)}"
        case ContentsBlock():
            yield f"{indent}contents {block.heading!r}"
            for entry in block.entries:
                yield f"{indent}  {entry.level} {entry.number or '-'} {entry.text!r} -> {entry.target}"
        case BreakBlock():
            yield f"{indent}page break"


def _line(line: TextLine) -> str:
    extras = [
        f"level {line.level}" if line.level else "",
        f"number {line.number}" if line.number else "",
        f"({line.mark})" if line.mark else "",
        line.direction if line.direction == "rtl" else "",
        f"lang={line.language}" if line.language else "",
    ]
    head = " ".join(filter(None, (f"{line.role.value} <{line.id}>", *extras)))
    return f"{head}: {''.join(map(_run, line.runs))}"


def _run(run: Run) -> str:
    match run:
        case TextRun():
            text = run.text.replace("\u200e", "{LRM}").replace("\u200f", "{RLM}").replace("\u00a0", "{NBSP}")
            text = f"*{text}*" if run.bold else text
            text = f"/{text}/" if run.italic else text
            text = f"_{text}_" if run.underline else text
            text = f"^{text}^" if run.raised else text
            lead = run.url or (f"#{run.target}" if run.target else "")
            text = f"{{{text} -> {lead}}}" if lead else text
            return f"{{{run.language}: {text}}}" if run.language else text
        case BreakRun():
            return "{break}"
        case NoteRun():
            return f"[^{run.number}]"
