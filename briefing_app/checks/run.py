"""Every rule over a briefing."""

from __future__ import annotations

from briefing_app.checks import alternatives, required_sections, sourcing, verbatim
from briefing_app.checks.finding import Finding, Rule
from briefing_app.model.briefing import Briefing

RULES: tuple[Rule, ...] = (verbatim.check, required_sections.check, sourcing.check, alternatives.check)


def run_checks(briefing: Briefing) -> tuple[Finding, ...]:
    """The findings of every rule: errors first, each group in the order of the rules."""
    findings = [finding for rule in RULES for finding in rule(briefing)]
    return tuple(sorted(findings, key=lambda finding: finding.severity != "error"))
