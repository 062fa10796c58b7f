"""What prints at all: empty paragraphs, and sections of the form that hold nothing else, do not."""

from __future__ import annotations

from typing import assert_never

from briefing_app.layout.numbering import prints_heading
from briefing_app.model.block import Block, ListBlock, PageBreak, Paragraph, Picture, Quotation, Section, Table
from briefing_app.model.inline import Inlines, LineBreak, Text
from briefing_app.model.plain import inline_text
from briefing_app.model.template import Template


def section_prints(section: Section, template: Template) -> bool:
    """True where the section or one of its parts has a block with something in it, or a heading of the author's own.

    Only the form's sections wait unseen for their text, and only while they have the form's own heading.
    """
    if prints_heading(section) and not _is_forms_own(section, template):
        return True
    return any(map(block_prints, section.blocks)) or any(section_prints(inner, template) for inner in section.sections)


def _is_forms_own(section: Section, template: Template) -> bool:
    asked = template.section(section.key) if section.key else None
    return asked is not None and inline_text(section.heading).strip() == asked.heading.strip()


def block_prints(block: Block) -> bool:
    """True where the block has words or a picture; a page break alone has neither."""
    match block:
        case Paragraph():
            return _inlines_print(block.content)
        case ListBlock():
            return any(block_prints(inner) for item in block.items for inner in item.blocks)
        case Quotation():
            return bool(block.excerpt_id) or any(map(block_prints, block.paragraphs))
        case Table():
            return bool(block.rows) or _inlines_print(block.caption)
        case Picture():
            return True
        case PageBreak():
            return False
        case _:
            assert_never(block)


def _inlines_print(inlines: Inlines) -> bool:
    return any(
        inline.text.strip() != "" if isinstance(inline, Text) else not isinstance(inline, LineBreak)
        for inline in inlines
    )
