"""Rule: a section is sourced as its template asks (ICD 206: a citation each time the analysis depends on a source)."""

from __future__ import annotations

from collections.abc import Iterator

from briefing_app.checks.finding import Finding, Severity
from briefing_app.model.block import Node, Paragraph, Quotation, Section
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.inline import Citation, Note
from briefing_app.model.plain import inline_text

RULE = "sourcing"
_SHORTEST = 5  # words; a shorter line is a label, not a claim


def check(briefing: Briefing) -> list[Finding]:
    """One warning for each paragraph (sourcing *required*) or section (*expected*) without a citation."""
    findings: list[Finding] = []
    for section, _ in briefing.all_sections():
        wanted = briefing.template.section(section.key) if section.key else None
        if wanted is None or not section.blocks:
            continue
        if wanted.sourcing == "required":
            findings.extend(_uncited_paragraphs(section, wanted.heading))
        elif wanted.sourcing == "expected" and not any(is_cited(block) for block in section.blocks):
            findings.append(
                _finding(f"The section “{wanted.heading}” cites no source. Its form expects one.", section.id)
            )
    return findings


def is_cited(node: Node) -> bool:
    """True where a citation or a quoted excerpt stands in or under ``node``."""
    for inner in walk(node):
        if isinstance(inner, Quotation) and inner.excerpt_id:
            return True
        if isinstance(inner, Paragraph) and any(_cites(inline) for inline in inner.content):
            return True
    return False


def _cites(inline: object) -> bool:
    match inline:
        case Citation():
            return True
        case Note(content=content):
            return any(isinstance(inner, Citation) for inner in content)
        case _:
            return False


def _uncited_paragraphs(section: Section, heading: str) -> Iterator[Finding]:
    for block in section.blocks:
        for node in walk(block):
            if not isinstance(node, Paragraph) or is_cited(node):
                continue
            words = inline_text(node.content).split()
            if len(words) < _SHORTEST:
                continue
            start = " ".join(words[:8])
            yield _finding(
                f"In “{heading}”, the paragraph that begins “{start} …” cites no source. Cite the passage it rests on.",
                node.id,
            )


def _finding(message: str, node_id: str) -> Finding:
    return Finding(rule=RULE, severity=Severity.WARNING, message=message, node_id=node_id)
