"""What the checks say of a briefing while it is written: findings in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefing_app.checks.run import run_checks
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing, walk


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding with its place. ``node_id`` and ``section_id`` are empty where it is about the whole briefing.

    ``order`` is the node's number in reading order, -1 for the whole briefing. It holds for the briefing that was
    checked, not for a later state of it.
    """

    severity: Literal["error", "warning"]
    message: str
    rule: str
    node_id: str = ""
    section_id: str = ""
    order: int = -1

    @property
    def identity(self) -> tuple[str, str]:
        """What stays the same while the words of the place, and so those of the message, change."""
        return self.rule, self.node_id


def remarks_on(briefing: Briefing) -> tuple[Remark, ...]:
    """Every finding, in reading order; those about the whole briefing first."""
    findings = run_checks(briefing)
    wanted = {finding.node_id for finding in findings}
    places: dict[str, tuple[str, int]] = {}
    for order, (node_id, section_id) in enumerate(_places(briefing)):
        if node_id in wanted:
            places.setdefault(node_id, (section_id, order))
    remarks = []
    for finding in findings:
        severity: Literal["error", "warning"] = "error" if finding.severity == "error" else "warning"
        section_id, order = places.get(finding.node_id, ("", -1))
        remarks.append(
            Remark(severity, finding.message, finding.rule, finding.node_id if section_id else "", section_id, order)
        )
    return tuple(sorted(remarks, key=lambda remark: remark.order))


def _places(briefing: Briefing) -> list[tuple[str, str]]:
    """Every node with the section that holds it, in reading order."""
    found = []
    for section, _ in briefing.all_sections():
        found.append((section.id, section.id))
        for block in section.blocks:
            found.extend((node.id, section.id) for node in walk(block) if not isinstance(node, Section))
    return found


def calmly(shown: Sequence[Remark], found: Sequence[Remark], writing_in: str) -> tuple[Remark, ...]:
    """What to show of ``found`` while the node ``writing_in`` is being written: nothing that is new there."""
    before = {remark.identity for remark in shown}
    return tuple(
        remark for remark in found if not writing_in or remark.node_id != writing_in or remark.identity in before
    )


def next_remark(briefing: Briefing, remarks: Sequence[Remark], node_id: str, step: int) -> Remark | None:
    """The next (1) or previous (-1) placed remark seen from a node, around the ends; None where none has a place."""
    order = {id: number for number, (id, _) in enumerate(_places(briefing))}
    placed = sorted((remark for remark in remarks if remark.node_id in order), key=lambda remark: order[remark.node_id])
    if not placed:
        return None
    here = order.get(node_id, -1)
    if step > 0:
        return next((one for one in placed if order[one.node_id] > here), placed[0])
    return next((one for one in reversed(placed) if order[one.node_id] < here), placed[-1])


def in_words(remarks: Sequence[Remark]) -> str:
    """ "1 error · 3 warnings"; "No findings" where there are none."""
    errors = sum(remark.severity == "error" for remark in remarks)
    counts = ((errors, "error"), (len(remarks) - errors, "warning"))
    words = [f"{count:,} {noun}" + ("" if count == 1 else "s") for count, noun in counts if count]
    return " · ".join(words) or "No findings"
