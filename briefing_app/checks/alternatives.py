"""Rule: a picture has a text alternative, for readers who cannot see it."""

from __future__ import annotations

from briefing_app.checks.finding import Finding, Severity
from briefing_app.model.block import Picture
from briefing_app.model.briefing import Briefing
from briefing_app.model.plain import inline_text

RULE = "picture-alternative"


def check(briefing: Briefing) -> list[Finding]:
    """One warning for each picture without alternative text."""
    return [
        Finding(
            rule=RULE,
            severity=Severity.WARNING,
            message=f"A picture{_name(node)} has no alternative text. Say in a sentence what it shows.",
            node_id=node.id,
        )
        for node in briefing.walk()
        if isinstance(node, Picture) and not node.alt.strip()
    ]


def _name(picture: Picture) -> str:
    caption = inline_text(picture.caption).strip()
    return f" (“{caption}”)" if caption else ""
