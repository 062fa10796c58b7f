"""Rule: what the briefing keeps as an excerpt is still, letter for letter, what was selected."""

from __future__ import annotations

from briefing_app.checks.finding import Finding, Severity
from briefing_app.model.block import Quotation
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Citation, Note
from briefing_app.model.plain import inlines_of

RULE = "verbatim"


def check(briefing: Briefing) -> list[Finding]:
    """One error for each cited excerpt that is missing, altered since its selection, or without its source."""
    excerpts = {excerpt.id: excerpt for excerpt in briefing.excerpts}
    sources = {source.id for source in briefing.sources}
    findings = []
    for node_id, excerpt_id in _uses(briefing):
        excerpt = excerpts.get(excerpt_id)
        if excerpt is None:
            text = f"A citation rests on a passage ({excerpt_id}) that the briefing no longer holds. Cite it again."
        elif not excerpt.is_intact:
            text = f"The quoted passage “{excerpt.text[:60]} …” was altered after it was selected. Select it again."
        elif excerpt.source_id not in sources:
            text = f"The source of the quoted passage “{excerpt.text[:60]} …” is not in the briefing. Cite it again."
        else:
            continue
        findings.append(Finding(rule=RULE, severity=Severity.ERROR, message=text, node_id=node_id))
    return findings


def _uses(briefing: Briefing) -> list[tuple[str, str]]:
    """Node id and excerpt id of every citation and quotation, in reading order."""
    uses = []
    for node in briefing.walk():
        if isinstance(node, Quotation) and node.excerpt_id:
            uses.append((node.id, node.excerpt_id))
        for inline in inlines_of(node):
            inner = inline.content if isinstance(inline, Note) else (inline,)
            uses.extend((node.id, one.excerpt_id) for one in inner if isinstance(one, Citation))
    return uses
