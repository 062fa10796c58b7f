"""Rule: a section that the template requires has text in it."""

from __future__ import annotations

from briefing_app.checks.finding import Finding, Severity
from briefing_app.model.block import Node, Picture, Quotation, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.plain import inline_text, inlines_of
from briefing_app.model.template import TemplateSection

RULE = "required-section"


def check(briefing: Briefing) -> list[Finding]:
    """One warning for each required section that is missing or empty."""
    by_key = {section.key: section for section, _ in briefing.all_sections() if section.key}
    findings = []
    for wanted in _required(briefing.template.sections):
        section = by_key.get(wanted.key)
        if section is not None and has_text(section):
            continue
        state = "missing" if section is None else "empty"
        findings.append(
            Finding(
                rule=RULE,
                severity=Severity.WARNING,
                message=f"The section “{wanted.heading}” is {state}. The form “{briefing.template.name}” asks for it.",
                node_id=section.id if section else "",
            )
        )
    return findings


def has_text(section: Section) -> bool:
    """True where the section, or one inside it, holds words, a quotation or a picture besides headings."""
    return any(_is_content(node) for node in walk(section))


def _is_content(node: Node) -> bool:
    match node:
        case Section():
            return False
        case Picture():
            return True
        case Quotation(excerpt_id=excerpt_id) if excerpt_id:
            return True
        case _:
            return bool(inline_text(inlines_of(node)).strip())


def _required(sections: tuple[TemplateSection, ...]) -> list[TemplateSection]:
    found: list[TemplateSection] = []
    for section in sections:
        if section.required:
            found.append(section)
        found.extend(_required(section.sections))
    return found
