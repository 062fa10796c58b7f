"""What editors ask of the composer around them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMimeData

from briefing_app.app.history import Caret
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit


class Host(Protocol):
    """The composer, as its editors know it: it does edits in the session and moves between editors."""

    def briefing(self) -> Briefing | None:
        """The briefing as it is now."""
        ...

    def section(self, id: str) -> Section | None:
        """A section as it is now."""
        ...

    def submit(
        self,
        edit: Edit,
        label: str,
        *,
        merge: str = "",
        echo: object | None = None,
        before: Caret | None = None,
        after: Caret | None = None,
    ) -> bool:
        """Do an edit; ``echo`` is the editor that shows it already. False where it was refused."""
        ...

    def undo(self) -> None:
        """Take the last step back."""
        ...

    def redo(self) -> None:
        """Do the step that was taken back again."""
        ...

    def cross(self, editor: object, step: int, x: float) -> None:
        """Move the caret to the editor before (-1) or after (1), near the horizontal place ``x``; 0 for its start."""
        ...

    def scroll(self, how: str) -> None:
        """Scroll by "page up", "page down", or to the "start" or the "end"."""
        ...

    def paste(self, editor: object, data: QMimeData, *, merge: str = "") -> None:
        """Put a clipboard's content at the editor's caret; steps with one ``merge`` key are undone together."""
        ...

    def report(self, message: str) -> None:
        """Tell the analyst what was refused."""
        ...
