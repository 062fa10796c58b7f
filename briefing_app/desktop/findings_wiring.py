"""How the findings of the checks are tied to a window: its status line, its actions, the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from briefing_app.app.composing import section_name
from briefing_app.app.remarking import Remark, in_words
from briefing_app.desktop.composer.findings import Findings
from briefing_app.desktop.popover import Popover, Row

if TYPE_CHECKING:
    from briefing_app.desktop.window import MainWindow

_WIDTH = 640  # pixels of the list


def connect_findings(window: MainWindow) -> Findings:
    """Check the window's briefing beside the writing, and show what is found."""
    findings = Findings(window.composer, window)

    def tell(shown: tuple[Remark, ...]) -> None:
        window.status.set_findings(in_words(shown), is_grave=any(one.severity == "error" for one in shown))

    findings.changed.connect(tell)
    tell(())
    window.documents.session_changed.connect(findings.set_session)
    window.status.findings.clicked.connect(lambda: show_findings(window, findings))
    window.actions_.connect(
        {
            "next_finding": lambda: findings.go(1),
            "previous_finding": lambda: findings.go(-1),
            "findings": lambda: show_findings(window, findings),
        }
    )
    window.closed.connect(findings.close)
    return findings


def show_findings(window: MainWindow, findings: Findings) -> None:
    """List what was found over the status line; taking one goes there."""
    if not findings.shown:
        window.messages.show_notice("The checks find nothing.")
        return
    popover = Popover(
        window, window.desk.theme.colours, window.desk.icons, "Findings", width=min(_WIDTH, window.width() - 32)
    )
    popover.show_rows(_rows(window, findings.shown))
    popover.taken.connect(findings.go_to)
    words = window.status.findings
    popover.adjustSize()
    corner = words.mapToGlobal(QPoint(words.width() - popover.width(), 0))
    popover.open_at(corner - QPoint(0, popover.height() + 4))


def _rows(window: MainWindow, shown: tuple[Remark, ...]) -> list[Row]:
    session = window.session
    sections = session.briefing.all_sections() if session is not None else ()
    names = {section.id: section_name(section) for section, _ in sections}
    rows = []
    for severity, heading in (("error", "Errors: they hold an export back"), ("warning", "Warnings")):
        rows.append(Row(heading))
        for remark in shown:
            if remark.severity == severity:
                rows.append(Row(remark.message, remark, names.get(remark.section_id, "")))
    return rows
