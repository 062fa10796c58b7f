"""What is copied out of a section: our own fragment, plain text with references, and simple HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor, QTextTable

from briefing_app.app.fragments import dump_fragment, fragment_of
from briefing_app.desktop.composer.block_editor import BlockEditor
from briefing_app.desktop.composer.frames import Leaf, assemble, flatten
from briefing_app.desktop.composer.inlines import slice_inlines
from briefing_app.desktop.composer.labels import Labels, readable_date
from briefing_app.desktop.composer.properties import Kind, Prop
from briefing_app.desktop.composer.reader import kind_of, node_of
from briefing_app.desktop.utf16 import Positions
from briefing_app.model.block import Block, Cell, ListBlock, PageBreak, Paragraph, Picture, Quotation, Table
from briefing_app.model.briefing import walk
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text

FRAGMENT_TYPE = "application/x-briefing-fragment"


def mime_of_selection(editor: BlockEditor) -> QMimeData:
    """The selection of an editor, for the clipboard and for drags."""
    editor.commit()
    data = QMimeData()
    briefing = editor.host.briefing()
    blocks = selected_blocks(editor.textCursor(), editor.text.blocks)
    if briefing is None or not blocks:
        return data
    labels = editor.context.labels
    data.setData(FRAGMENT_TYPE, dump_fragment(fragment_of(briefing, blocks)))
    data.setText(plain_text(blocks, labels))
    data.setHtml(simple_html(blocks, labels))
    return data


def selected_blocks(cursor: QTextCursor, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The part of a section's blocks that is selected; the first and the last paragraph are cut to it."""
    if not cursor.hasSelection():
        return ()
    spans = _selected_spans(cursor)
    inside = _common_cell(cursor)
    if inside:
        cell = next((node for block in blocks for node in walk(block) if node.id == inside), None)
        blocks = cell.blocks if isinstance(cell, Cell) else ()
    leaves: list[Leaf] = []
    for leaf in flatten(blocks):
        block = leaf.block
        if block is None:
            continue
        if isinstance(block, Paragraph):
            if block.id in spans:
                low, high = spans[block.id]
                leaves.append(Leaf(leaf.path, Paragraph(block.id, slice_inlines(block.content, low, high), block.mark)))
        elif any(node.id in spans for node in walk(block)):
            leaves.append(leaf)
    return assemble(leaves)


def _selected_spans(cursor: QTextCursor) -> dict[str, tuple[int, int]]:
    low, high = cursor.selectionStart(), cursor.selectionEnd()
    spans: dict[str, tuple[int, int]] = {}
    block = cursor.document().findBlock(low)
    while block.isValid() and block.position() < high:
        if kind_of(block) is not Kind.VOID and not (block.position() + block.length() - 1 == low and block.text()):
            spans[node_of(block)] = _span(block, low, high)
        block = block.next()
    return spans


def _span(block: QTextBlock, low: int, high: int) -> tuple[int, int]:
    positions = Positions(block.text())
    start, end = max(0, low - block.position()), min(high - block.position(), block.length() - 1)
    return positions.to_point(start), positions.to_point(max(start, end))


def _common_cell(cursor: QTextCursor) -> str:
    table = cursor.currentTable()
    if not isinstance(table, QTextTable):
        return ""
    first, last = table.cellAt(cursor.selectionStart()), table.cellAt(cursor.selectionEnd())
    if not first.isValid() or not last.isValid() or (first.row(), first.column()) != (last.row(), last.column()):
        return ""
    return first.format().stringProperty(Prop.CELL)


# --- plain text


def plain_text(blocks: Sequence[Block], labels: Labels) -> str:
    """The words with "[Outlet, “Title”, date]" for each citation; paragraphs are divided by blank lines."""
    return "\n\n".join(part for block in blocks if (part := _plain_block(block, labels, "")))


def _plain_block(block: Block, labels: Labels, indent: str) -> str:
    match block:
        case Paragraph():
            return indent + _plain(block.content, labels)
        case ListBlock():
            lines = []
            for number, item in enumerate(block.items, block.start):
                marker = f"{number}. " if block.ordered else "• "
                inner = [_plain_block(one, labels, indent + "   ") for one in item.blocks]
                text = "\n".join(inner) or indent + "   "
                lines.append(indent + marker + text[len(indent) + 3 :] if text.startswith(indent + "   ") else text)
            return "\n".join(lines)
        case Quotation(excerpt_id=""):
            return "\n".join("> " + _plain(one.content, labels) for one in block.paragraphs)
        case Quotation():
            return f"“{_quoted(block, labels)}” {reference(block.excerpt_id, labels)}"
        case Table():
            rows = []
            for row in block.rows:
                cells = (" ".join(_plain_block(one, labels, "") for one in cell.blocks) for cell in row.cells)
                rows.append("\t".join(cells))
            return "\n".join((*rows, *filter(None, [_plain(block.caption, labels)])))
        case Picture():
            return f"[{block.alt or 'Picture'}]" + (f"\n{_plain(block.caption, labels)}" if block.caption else "")
        case PageBreak():
            return ""


def _quoted(block: Quotation, labels: Labels) -> str:
    excerpt = labels.excerpts.get(block.excerpt_id)
    if excerpt is None:
        return ""
    return excerpt.translation.text if block.translated and excerpt.translation else excerpt.text


def _plain(inlines: Inlines, labels: Labels) -> str:
    return "".join(_plain_inline(inline, labels) for inline in inlines)


def _plain_inline(inline: Inline, labels: Labels) -> str:
    match inline:
        case Text():
            return inline.text
        case LineBreak():
            return "\n"
        case Citation():
            return " " + reference(inline.excerpt_id, labels)
        case Note():
            return f" ({''.join(_plain_inline(part, labels) for part in inline.content).strip()})"


def reference(excerpt_id: str, labels: Labels) -> str:
    """ "[Outlet, “Title”, date]" for words that leave the briefing."""
    source = labels.source_of(excerpt_id)
    if source is None:
        return "[source missing]"
    parts = (source.outlet, f"“{source.display_title}”", readable_date(source.published))
    return f"[{', '.join(part for part in parts if part)}]"


# --- HTML


def simple_html(blocks: Sequence[Block], labels: Labels) -> str:
    """The blocks as HTML without fonts and colours, for other programs."""
    return f"<html><body>{''.join(_html_block(block, labels) for block in blocks)}</body></html>"


def _html_block(block: Block, labels: Labels) -> str:
    match block:
        case Paragraph():
            return f"<p>{_html(block.content, labels)}</p>"
        case ListBlock():
            items = "".join(
                f"<li>{''.join(_html_block(one, labels) for one in item.blocks)}</li>" for item in block.items
            )
            return f'<ol start="{block.start}">{items}</ol>' if block.ordered else f"<ul>{items}</ul>"
        case Quotation(excerpt_id=""):
            return f"<blockquote>{''.join(_html_block(one, labels) for one in block.paragraphs)}</blockquote>"
        case Quotation():
            words = escape(_quoted(block, labels)).replace("\n", "<br>")
            return f"<blockquote><p>{words} {escape(reference(block.excerpt_id, labels))}</p></blockquote>"
        case Table():
            caption = f"<caption>{_html(block.caption, labels)}</caption>" if block.caption else ""
            rows = "".join(_html_row(block, row, labels) for row in range(len(block.rows)))
            return f"<table border='1'>{caption}{rows}</table>"
        case Picture():
            return f"<p>[{escape(block.alt or 'Picture')}]</p>"
        case PageBreak():
            return ""


def _html_row(table: Table, number: int, labels: Labels) -> str:
    tag = "th" if number < table.header_rows else "td"
    cells = (
        f'<{tag} colspan="{cell.column_span}" rowspan="{cell.row_span}">'
        f"{''.join(_html_block(one, labels) for one in cell.blocks)}</{tag}>"
        for cell in table.rows[number].cells
    )
    return f"<tr>{''.join(cells)}</tr>"


def _html(inlines: Inlines, labels: Labels) -> str:
    parts = []
    for inline in inlines:
        match inline:
            case Text():
                parts.append(_html_run(inline))
            case LineBreak():
                parts.append("<br>")
            case _:
                parts.append(escape(_plain_inline(inline, labels)))
    return "".join(parts)


def _html_run(run: Text) -> str:
    text = escape(run.text)
    for on, tag in ((run.bold, "b"), (run.italic, "i"), (run.underline, "u")):
        text = f"<{tag}>{text}</{tag}>" if on else text
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text
