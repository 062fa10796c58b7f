"""The one door of this room: a briefing, laid out and ready to be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing_app.errors import ExportError, UsageError
from briefing_app.layout.appendix import excerpts_appendix
from briefing_app.layout.blocks import BlockLayer
from briefing_app.layout.citations import Citer, citer_for
from briefing_app.layout.contents import make_contents
from briefing_app.layout.context import Context
from briefing_app.layout.document import (
    Banner,
    BreakBlock,
    LaidBlock,
    LayoutDocument,
    Properties,
    Role,
    TextLine,
    TextRun,
)
from briefing_app.layout.inlines import InlineLayer, set_line, set_reference
from briefing_app.layout.marks import make_banner
from briefing_app.layout.notes import NoteBook
from briefing_app.layout.numbering import HeadingCounter, numbered_paragraphs, prints_heading
from briefing_app.layout.options import AS_THE_TEMPLATE_SAYS, ExportOptions, Makeup, settle
from briefing_app.layout.pictures import PictureLayer
from briefing_app.layout.printing import section_prints
from briefing_app.layout.styles import resolve_styles
from briefing_app.layout.title import title_block
from briefing_app.layout.wording import DRAFT, SOURCES
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.plain import inline_text

_HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutOptions:
    """What one export asks for beyond the briefing and its template; None means *as they say*.

    ``date`` is ISO 8601 with a zone, and the only time that reaches the file. ``marking`` overrides the briefing's;
    an empty one takes the banner off. ``draft`` lays out a review copy in spite of problems: what is missing is
    named in brackets, and DRAFT stands in the running head and foot. ``form`` is how the export is made up.
    """

    date: str
    marking: str | None = None
    draft: bool = False
    form: ExportOptions = AS_THE_TEMPLATE_SAYS


def lay_out(briefing: Briefing, options: LayoutOptions) -> LayoutDocument:
    """Decide everything about the export of ``briefing`` but its page breaks. The same input gives the same result.

    Raises ExportError, with one line for each problem and its place, where a passage, source or picture is missing,
    a passage is not intact, or a portion stands above the banner (but for a missing part of a draft);
    MarkingError where the marking is none; UsageError where the date is none, or the page has no room for what
    ``options.form`` asks.
    """
    _check_date(options.date)
    makeup = settle(options.form, briefing.template, draft=options.draft)
    context = Context(briefing, options.draft, with_passages=makeup.excerpts)
    banner = make_banner(briefing.meta.marking if options.marking is None else options.marking, context)
    notebook = NoteBook()
    citer = citer_for(makeup.citations, context, notebook, lambda line: set_reference(line, context))
    inlines = InlineLayer(context, notebook, citer)
    pictures = PictureLayer(context, makeup.page)
    layer = _SectionLayer(context, inlines, BlockLayer(context, inlines, pictures), makeup.numbered_headings)
    body = layer.sections(briefing.sections)
    if makeup.numbered_paragraphs:
        body = numbered_paragraphs(body)
    body += [*_sources(citer, context), *excerpts_appendix(context)]
    _refuse_problems(context)
    front = _front(body, makeup, context)
    draft = DRAFT if makeup.watermark else ""
    return LayoutDocument(
        properties=_properties(briefing, banner, options),
        page=makeup.page,
        styles=resolve_styles(briefing.template),
        header=_running(briefing.meta.title, draft),
        footer=_running(briefing.meta.reference, draft),
        banner=banner,
        blocks=_without_blank_pages((*front, *body)),
        notes=notebook.notes,
        notes_place="end" if makeup.citations == "endnotes" else "foot",
        media=pictures.media,
        page_limit=briefing.template.page_limit,
        watermark=draft,
        cover=makeup.cover and bool(front),
        across=len(front) if makeup.page.columns > 1 else 0,
        line_numbers=makeup.line_numbers,
        review=makeup.review,
    )


def _front(body: Iterable[LaidBlock], makeup: Makeup, context: Context) -> tuple[LaidBlock, ...]:
    """What stands before the body: the title and the contents, after a cover each on pages of their own."""
    title: tuple[LaidBlock, ...] = title_block(context)
    contents = make_contents(body) if makeup.contents else None
    if not makeup.cover or not title:
        return (*title, contents) if contents else title
    cover: tuple[LaidBlock, ...] = (*title, BreakBlock("after-cover"))
    return (*cover, contents, BreakBlock("after-contents")) if contents else cover


class _SectionLayer:
    """Walks the sections: their headings, blocks and subsections. One that would print nothing is left out."""

    def __init__(self, context: Context, inlines: InlineLayer, blocks: BlockLayer, numbered: bool) -> None:
        self._context = context
        self._inlines = inlines
        self._blocks = blocks
        self._counter = HeadingCounter(numbered)

    def sections(self, sections: tuple[Section, ...]) -> list[LaidBlock]:
        laid: list[LaidBlock] = []
        for place, section in enumerate(sections):
            leads = section.key == "lead" or (place == 0 and not prints_heading(section))
            laid.extend(self._section(section, 1, Role.LEAD if leads else Role.BODY))
        return laid

    def _section(self, section: Section, level: int, role: Role) -> list[LaidBlock]:
        if not section_prints(section, self._context.briefing.template):
            return []
        self._context.section = inline_text(section.heading).strip() or section.key
        laid: list[LaidBlock] = []
        below = level
        if prints_heading(section):
            laid.append(self._heading(section, level))
            below = level + 1
        for block in section.blocks:
            laid.extend(self._blocks.blocks(block, role))
        for inner in section.sections:
            laid.extend(self._section(inner, below, Role.BODY))
        return laid

    def _heading(self, section: Section, level: int) -> TextLine:
        heading = self._counter.next(level)
        return self._inlines.line(
            section.id,
            _HEADINGS[heading.level - 1],
            section.heading,
            mark=section.mark,
            level=heading.level,
            number=heading.number,
        )


def _sources(citer: Citer, context: Context) -> tuple[LaidBlock, ...]:
    """The list of sources under a heading of its own; nothing where no style or no citation asks for it."""
    entries = citer.sources()
    if not entries:
        return ()
    heading = set_line(TextLine("sources", Role.HEADING_1, (TextRun(SOURCES),), level=1), context)
    return (heading, *entries)


def _without_blank_pages(blocks: Iterable[LaidBlock]) -> tuple[LaidBlock, ...]:
    """The blocks without page breaks that follow another or end the briefing.

    A break right under a heading stands before it instead, so that no heading stays behind alone.
    """
    kept: list[LaidBlock] = []
    for block in blocks:
        place = len(kept)
        if isinstance(block, BreakBlock):
            while place and _is_heading(kept[place - 1]):
                place -= 1
            if place and isinstance(kept[place - 1], BreakBlock):
                continue
        kept.insert(place, block)
    while kept and isinstance(kept[-1], BreakBlock):
        kept.pop()
    return tuple(kept)


def _is_heading(block: LaidBlock) -> bool:
    return isinstance(block, TextLine) and block.level > 0


def _refuse_problems(context: Context) -> None:
    if context.problems and not context.draft:
        title = context.briefing.meta.title or "without a title"
        raise ExportError(
            f"The briefing “{title}” cannot be exported as it stands.",
            "Mend what is listed here, or export a draft.",
            problems=tuple(context.problems),
        )


def _check_date(date: str) -> None:
    try:
        has_zone = datetime.fromisoformat(date).tzinfo is not None
    except ValueError:
        has_zone = False
    if not has_zone:
        raise UsageError(
            f"“{date}” is no date and time with a zone.", "Write it like 2026-11-25T09:00:00+01:00 (ISO 8601)."
        )


def _running(text: str, draft: str) -> str:
    """The running head or foot; DRAFT comes first."""
    return " · ".join(filter(None, (draft, " ".join(text.split()))))


def _properties(briefing: Briefing, banner: Banner | None, options: LayoutOptions) -> Properties:
    meta = briefing.meta
    keywords = (banner.text if banner else "", briefing.template.name)
    return Properties(
        title=meta.title,
        author=meta.author or meta.organisation,
        subject=meta.subtitle,
        organisation=meta.organisation,
        keywords=", ".join(filter(None, keywords)),
        language=meta.language,
        identifier=meta.reference or briefing.id,
        date=options.date,
    )
