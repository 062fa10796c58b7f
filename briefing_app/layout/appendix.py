"""The appendix of excerpts: each passage that the text rests on, word for word, with its place and its hash."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_app.layout.citations import passage_id
from briefing_app.layout.context import Context
from briefing_app.layout.document import (
    BreakBlock,
    BreakRun,
    LaidBlock,
    QuotationBlock,
    Role,
    Run,
    TextLine,
    TextRun,
)
from briefing_app.layout.inlines import set_line, set_reference
from briefing_app.layout.quotations import passage_lines
from briefing_app.layout.references import full_reference, translation_credit
from briefing_app.layout.wording import EXCERPTS, range_words, readable_pages
from briefing_app.model.excerpt import Excerpt


def excerpts_appendix(context: Context) -> tuple[LaidBlock, ...]:
    """The appendix from a new page, in the order in which passages are first used; nothing where none is."""
    if not context.with_passages or not context.passages:
        return ()
    heading = set_line(TextLine("excerpts", Role.HEADING_1, (TextRun(EXCERPTS),), level=1), context)
    blocks: list[LaidBlock] = [BreakBlock("before-excerpts"), heading]
    for number, excerpt in enumerate(context.passages, start=1):
        blocks.extend(_passage(number, excerpt, context))
    return tuple(blocks)


def _passage(number: int, excerpt: Excerpt, context: Context) -> Iterator[LaidBlock]:
    """Its source, its words with place and hashes, and the translation beneath where there is one."""
    source = context.source(excerpt)
    id, language = passage_id(excerpt), excerpt.language or source.language
    entry = TextLine(id, Role.SOURCE_ENTRY, (*full_reference(source), TextRun(".")), number=str(number))
    yield set_reference(entry, context)
    words = passage_lines(f"{id}-words", excerpt.text, Role.QUOTATION, language, context)
    yield QuotationBlock(f"{id}-words", words, attribution=_place(f"{id}-place", excerpt, context))
    translation = excerpt.translation
    if translation is None or not translation.text.strip():
        return
    lines = passage_lines(f"{id}-translation", translation.text, Role.QUOTATION, translation.language, context)
    credit = TextLine(f"{id}-credit", Role.ATTRIBUTION, (TextRun(translation_credit(source, excerpt)),))
    yield QuotationBlock(f"{id}-translation", lines, attribution=set_reference(credit, context))


def _place(id: str, excerpt: Excerpt, context: Context) -> TextLine:
    """Where the words stand in the source, and the hashes by which both can be proved."""
    pages = readable_pages(excerpt.page, excerpt.last_page)
    runs: list[Run] = [TextRun(range_words(excerpt.start, excerpt.end, pages))]
    for what, digest in (("passage", excerpt.sha256), ("source’s text", excerpt.text_sha256)):
        if digest:
            runs += [BreakRun(), TextRun(f"SHA-256 of the {what}: {digest}")]
    return set_reference(TextLine(id, Role.ATTRIBUTION, tuple(runs)), context)
