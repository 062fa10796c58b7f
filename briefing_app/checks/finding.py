"""A finding: something in a briefing that an analyst should look at before it goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from briefing_app.model.briefing import Briefing


class Severity(StrEnum):
    """*Error* holds back an export that is not forced; *warning* is told and holds nothing back."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: the rule that found it, what it says, and the node it stands at.

    ``message`` names the section or passage in words and says what to do. ``node_id`` is empty for a finding
    about the briefing as a whole.
    """

    rule: str
    severity: Severity
    message: str
    node_id: str = ""


Rule = Callable[[Briefing], list[Finding]]
