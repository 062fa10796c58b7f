"""Block quotations: the excerpt's own words, or its translation with the original beside it."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.layout.context import Context
from briefing_app.layout.document import QuotationBlock, Role, TextLine, TextRun
from briefing_app.layout.inlines import InlineLayer, is_blank, set_line, set_reference
from briefing_app.layout.marks import portion_label
from briefing_app.layout.references import attribution
from briefing_app.model.block import Quotation
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation


def lay_quotation(quotation: Quotation, context: Context, inlines: InlineLayer) -> QuotationBlock | None:
    """The quotation, or None where it has no words or (a problem) its passage is missing or changed."""
    if not quotation.excerpt_id:
        lines = tuple(
            inlines.line(paragraph.id, Role.QUOTATION, paragraph.content, mark=paragraph.mark)
            for paragraph in quotation.paragraphs
        )
        lines = tuple(line for line in lines if not is_blank(line.runs))
        return QuotationBlock(quotation.id, _marked(lines, quotation, context)) if lines else None
    excerpt = context.excerpt(quotation.excerpt_id, "quotation")
    if excerpt is None:
        return _missing(quotation) if context.draft else None
    return _from_excerpt(quotation, excerpt, context, inlines)


def _from_excerpt(
    quotation: Quotation, excerpt: Excerpt, context: Context, inlines: InlineLayer
) -> QuotationBlock | None:
    source = context.source(excerpt)
    language = excerpt.language or source.language
    translation = excerpt.translation if quotation.translated else None
    original = passage_lines(quotation.id, excerpt.text, Role.QUOTATION, language, context)
    translated: tuple[TextLine, ...] = ()
    if translation:
        translated = passage_lines(quotation.id, translation.text, Role.QUOTATION, translation.language, context)
    if not original:
        return None
    lines = _marked(translated or original, quotation, context)
    below = _as_originals(original, quotation.id) if translated else ()
    call = Citation(f"{quotation.id}-citation", excerpt.id)
    credit = attribution(source, excerpt, bool(translated))
    if not credit:
        *before, last = lines
        last = replace(last, runs=inlines.call(call, last.runs))
        return QuotationBlock(quotation.id, (*before, last), below)
    line = set_reference(TextLine(f"{quotation.id}-attribution", Role.ATTRIBUTION, credit), context)
    line = replace(line, runs=inlines.call(call, line.runs))
    return QuotationBlock(quotation.id, lines, below, line)


def passage_lines(id: str, text: str, role: Role, language: str, context: Context) -> tuple[TextLine, ...]:
    """The passage's lines as paragraphs, word for word; only empty lines between them go."""
    parts = [part for part in text.splitlines() if part.strip()]
    return tuple(
        set_line(TextLine(f"{id}-{number}", role, (TextRun(part),)), context, language)
        for number, part in enumerate(parts, start=1)
    )


def _as_originals(lines: tuple[TextLine, ...], id: str) -> tuple[TextLine, ...]:
    return tuple(
        replace(line, id=f"{id}-original-{number}", role=Role.QUOTATION_ORIGINAL)
        for number, line in enumerate(lines, start=1)
    )


def _marked(lines: tuple[TextLine, ...], quotation: Quotation, context: Context) -> tuple[TextLine, ...]:
    """The portion mark stands before the first line."""
    mark = portion_label(quotation.mark, context)
    return (replace(lines[0], mark=mark), *lines[1:]) if mark else lines


def _missing(quotation: Quotation) -> QuotationBlock:
    """What a draft prints where a quotation has lost its passage."""
    run = TextRun(f"[missing passage {quotation.excerpt_id}]", bold=True)
    return QuotationBlock(quotation.id, (TextLine(f"{quotation.id}-1", Role.QUOTATION, (run,)),))
