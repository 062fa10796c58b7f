"""What to look at before a briefing file goes out, as rows that front ends print."""

from __future__ import annotations

from pathlib import Path

from briefing_app.app.session import Session
from briefing_app.checks.run import run_checks
from briefing_app.model.briefing import Briefing


def check_file(path: Path) -> list[dict[str, str]]:
    """Every finding about a ``.briefing`` file: rule, severity, message, node id. Raises StorageError."""
    session, problems = Session.open(path)
    rows = [{"rule": "file", "severity": "error", "message": problem, "node_id": ""} for problem in problems]
    return rows + check_briefing(session.briefing)


def check_briefing(briefing: Briefing) -> list[dict[str, str]]:
    """Every finding about an open briefing, as rows like those of ``check_file``."""
    return [
        {"rule": one.rule, "severity": str(one.severity), "message": one.message, "node_id": one.node_id}
        for one in run_checks(briefing)
    ]
