"""What a section of a briefing is about, put together for finding passages that are worth reading for it."""

from __future__ import annotations

from briefing_app.app.keeping import cited_excerpts
from briefing_app.app.sections import find
from briefing_app.library.similar.similar import Wants
from briefing_app.model.block import Quotation, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines, inline_text, inlines_of


def wants_of(briefing: Briefing, section_id: str) -> Wants:
    """From the template's words, what the section says, and what it cites; subsections are sections of their own.

    Raises EditRefused for an unknown section.
    """
    section = find(briefing, section_id)
    asked = briefing.template.section(section.key)
    heading = inline_text(section.heading)
    terms = (heading, asked.heading, asked.guidance, *asked.questions) if asked is not None else (heading,)
    cited = _cited(section)
    every = cited_excerpts(briefing)
    return Wants(
        terms=tuple(dict.fromkeys(term for term in terms if term)),
        subject=" ".join(part for part in (briefing.meta.title, briefing.meta.subtitle) if part),
        text="\n".join(inline_text(inlines_of(node)) for block in section.blocks for node in walk(block)),
        cited=tuple(excerpt.text for excerpt in briefing.excerpts if excerpt.id in cited),
        source_ids=tuple(dict.fromkeys(one.source_id for one in briefing.excerpts if one.id in every)),
        language=briefing.meta.language,
    )


def _cited(section: Section) -> set[str]:
    """The ids of the excerpts that the section's own blocks cite or quote."""
    found = {
        inline.excerpt_id for block in section.blocks for inline in all_inlines(block) if isinstance(inline, Citation)
    }
    nodes = (node for block in section.blocks for node in walk(block))
    return found | {node.excerpt_id for node in nodes if isinstance(node, Quotation) and node.excerpt_id}
