"""Composing: a briefing from a template, and passages into its sections."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.app.ids import new_id
from briefing_app.app.keeping import keep
from briefing_app.errors import UsageError
from briefing_app.model.block import Quotation, Section
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.edit import Batch, Insert
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Text
from briefing_app.model.plain import inline_text
from briefing_app.model.source import Source
from briefing_app.model.template import Template, TemplateSection

NewId = Callable[[], str]


def new_briefing(template: Template, title: str, *, fresh: NewId = new_id, meta: Meta | None = None) -> Briefing:
    """An empty briefing in the form of ``template``, with a section for each of the template's."""
    return Briefing(
        id=fresh(),
        template=template,
        meta=meta or Meta(title=title, language=template.language, marking=template.marking),
        sections=tuple(section_from(section, fresh) for section in template.sections),
    )


def section_from(template: TemplateSection, fresh: NewId = new_id) -> Section:
    """An empty section as the template asks for it, with its subsections."""
    return Section(
        id=fresh(),
        heading=(Text(template.heading),),
        key=template.key,
        show_heading=template.show_heading,
        sections=tuple(section_from(section, fresh) for section in template.sections),
    )


def section_name(section: Section) -> str:
    """The words by which an analyst knows a section."""
    return inline_text(section.heading).replace("\n", " ").strip() or section.key or "Untitled section"


def find_section(briefing: Briefing, name: str) -> Section:
    """The section that ``name`` means: its key, its heading (case does not matter), a part of it, or its id.

    Raises UsageError, with the names there are, where none or more than one fits.
    """
    sections = [section for section, _ in briefing.all_sections()]
    wanted = " ".join(name.split()).casefold()
    exact = [
        section
        for section in sections
        if wanted in (section.key.casefold(), section_name(section).casefold(), section.id.casefold())
    ]
    if not exact:
        exact = [
            section
            for section in sections
            if (entry := briefing.template.section(section.key)) and entry.heading.casefold() == wanted
        ]
    fitting = exact or [section for section in sections if wanted and wanted in section_name(section).casefold()]
    if len(fitting) == 1 or (exact and fitting):
        return fitting[0]
    names = ", ".join(f"“{section_name(section)}”" for section in (fitting or sections))
    reason = "fits more than one section" if fitting else "is no section of this briefing"
    raise UsageError(f"“{name}” {reason}.", f"Name one of {names}." if names else "The briefing has no sections.")


def quotation(
    briefing: Briefing,
    section: Section,
    source: Source,
    excerpt: Excerpt,
    *,
    index: int | None = None,
    translated: bool = False,
    fresh: NewId = new_id,
) -> Batch:
    """The edit that puts an excerpt into a section as a block quotation with its citation.

    ``index`` counts the section's blocks; None means at its end. Blank paragraphs at the end stay behind it.
    """
    excerpt_id, edits = keep(briefing, source, excerpt)
    block = Quotation(fresh(), excerpt_id=excerpt_id, translated=translated)
    place = len(section.blocks) if index is None else index
    return Batch("Insert quotation", (*edits, Insert(section.id, place, block)))
