"""Undo and redo over the whole briefing: a stack of applied edits with their inverses."""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing_app.model.edit import Batch, Edit, SetText

LIMIT = 1_000  # steps kept; older ones are forgotten


@dataclass(frozen=True, slots=True)
class Caret:
    """A place in the text: a node with inlines and an offset into it, each inline but text counting as one."""

    node_id: str
    offset: int


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history: what was done, how to take it back, and where the caret was before and after."""

    label: str
    edit: Edit
    inverse: Edit
    merge: str = ""
    before: Caret | None = None
    after: Caret | None = None


class History:
    """The steps done and the steps undone. It does not hold the briefing, and applies nothing itself."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo_label(self) -> str:
        """The name of the step that undo would take back, or an empty string."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        return self._undone[-1].label if self._undone else ""

    def push(self, step: Step) -> None:
        """Add a step that was just done. It joins the last one where both have the same non-empty merge key."""
        last = self._done[-1] if self._done else None
        if last and step.merge and last.merge == step.merge and not self._undone:
            self._done[-1] = _joined(last, step)
        else:
            self._done.append(step)
            del self._done[:-LIMIT]
        self._undone.clear()

    def break_merge(self) -> None:
        """Let the next step stand for itself, as after a save or when the caret moved elsewhere."""
        if self._done:
            self._done[-1] = replace(self._done[-1], merge="")

    def take_undo(self) -> Step | None:
        """Move the last step to the undone ones and give it, or None."""
        if not self._done:
            return None
        step = replace(self._done.pop(), merge="")
        self._undone.append(step)
        return step

    def take_redo(self) -> Step | None:
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step


def _joined(first: Step, second: Step) -> Step:
    edit: Edit
    inverse: Edit
    match first.edit, second.edit:
        case SetText(node_id=one), SetText(node_id=other) if one == other:
            edit, inverse = second.edit, first.inverse
        case _:
            edit = Batch(second.label, (*_parts(first.edit), *_parts(second.edit)))
            inverse = Batch(second.label, (*_parts(second.inverse), *_parts(first.inverse)))
    return Step(second.label, edit, inverse, second.merge, first.before, second.after)


def _parts(edit: Edit) -> tuple[Edit, ...]:
    return edit.edits if isinstance(edit, Batch) else (edit,)
