"""Options that were asked for and change nothing, in words: nobody should look for what cannot be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from briefing_app.layout.document import ContentsBlock, LayoutDocument, TextLine
from briefing_app.layout.options import ExportOptions

Format = Literal["docx", "pdf", "html", "md", "txt"]
_NAMES = {"docx": "DOCX", "pdf": "PDF", "html": "HTML", "md": "Markdown", "txt": "plain text"}
_OF_PAGES = {
    "line_numbers": "Lines have no numbers",
    "columns": "The text is not set in columns",
    "paper": "There is no size of paper",
    "top": "There are no margins",
    "bottom": "There are no margins",
    "left": "There are no margins",
    "right": "There are no margins",
}


def without_effect(options: ExportOptions, document: LayoutDocument, format: Format) -> tuple[str, ...]:
    """A sentence for each option that was asked for and that ``document`` in this format does not show."""
    return tuple(dict.fromkeys((*_nothing_to_show(options, document), *_not_in_format(options, format))))


def _nothing_to_show(options: ExportOptions, document: LayoutDocument) -> Iterator[str]:
    lines = [block for block in document.blocks if isinstance(block, TextLine)]
    if options.contents and not any(isinstance(block, ContentsBlock) for block in document.blocks):
        yield "There are no contents, because the briefing has fewer than three headings."
    if options.excerpts and not any(line.id == "excerpts" for line in lines):
        yield "There is no appendix of excerpts, because the briefing rests on no passage."
    if options.numbered_headings and not any(line.level for line in lines):
        yield "No heading is numbered, because the briefing prints none."
    if options.cover and not document.cover:
        yield "There is no cover, because the briefing has no title."
    if options.watermark is False and document.watermark:
        yield "DRAFT stands on every page all the same, because errors are open."


def _not_in_format(options: ExportOptions, format: Format) -> Iterator[str]:
    name = _NAMES[format]
    if options.review and format != "docx":
        yield f"Blocks cannot be told apart when the copy comes back: {name} does not keep their ids, DOCX does."
    if format in ("docx", "pdf"):
        return
    for option, sentence in _OF_PAGES.items():
        asked = getattr(options, option)
        if asked not in (None, False) and not (option == "columns" and asked == 1):
            yield f"{sentence}: {name} has no pages."
    if options.contents and format != "html":
        yield f"There are no contents: {name} has no pages to lead to."
    if options.cover:
        yield f"The title has no page of its own: {name} has no pages."
