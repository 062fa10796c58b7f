"""A session: one open briefing with its history, its file and its recovery journal."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing_app.app.history import Caret, History, Step
from briefing_app.app.keeping import without_unused
from briefing_app.errors import StorageError
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Applied, Changed, Edit, apply
from briefing_app.storage.file import FileState, load, save
from briefing_app.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """What listeners are told: what changed, who did it, and where the caret belongs after undo and redo.

    ``origin`` is the object that was given to ``Session.do``, so that a view can skip its own echo.
    """

    kind: Literal["edited", "undone", "redone", "saved"]
    changed: Changed
    origin: object | None = None
    caret: Caret | None = None


Listener = Callable[[SessionEvent], None]


class Session:
    """One open briefing. It is not a window and not a library; the window and the command line both use it.

    Every change goes through ``do``, ``undo`` and ``redo``; listeners are called after each, in the caller's thread.
    ``briefing`` is an immutable snapshot that other threads and processes may read.
    """

    def __init__(self, briefing: Briefing, *, path: Path | None = None, state: FileState | None = None) -> None:
        self._briefing = briefing
        self._saved: Briefing | None = briefing if path else None
        self._path = path
        self._state = state
        self._history = History()
        self._journal: Journal | None = None
        self._since: list[Edit] | None = None  # edits made while a save is under way
        self._listeners: list[Listener] = []

    @classmethod
    def open(cls, path: Path) -> tuple[Session, tuple[str, ...]]:
        """The session of a ``.briefing`` file, and what was found wrong in it. Raises StorageError."""
        loaded = load(path)
        return cls(loaded.briefing, path=path, state=loaded.state), loaded.problems

    # --- state

    @property
    def briefing(self) -> Briefing:
        return self._briefing

    @property
    def path(self) -> Path | None:
        return self._path

    @property
    def state(self) -> FileState | None:
        """The file as it was when it was last opened or saved."""
        return self._state

    @property
    def is_modified(self) -> bool:
        return self._briefing is not self._saved

    @property
    def undo_label(self) -> str:
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        return self._history.redo_label

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after every change; the function that is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # --- change

    def do(
        self,
        edit: Edit,
        label: str,
        *,
        merge: str = "",
        origin: object | None = None,
        before: Caret | None = None,
        after: Caret | None = None,
    ) -> Changed:
        """Apply ``edit`` as one step named ``label``. Raises EditRefused, and then nothing has changed.

        Steps in a row with the same non-empty ``merge`` key are undone together (typing in one paragraph).
        """
        applied = apply(self._briefing, edit)
        self._history.push(Step(label, edit, applied.inverse, merge, before, after))
        self._take(applied, edit)
        self._tell(SessionEvent("edited", applied.changed, origin))
        return applied.changed

    def undo(self, origin: object | None = None) -> Changed | None:
        """Take the last step back; None where there is none."""
        step = self._history.take_undo()
        if step is None:
            return None
        applied = apply(self._briefing, step.inverse)
        self._take(applied, step.inverse)
        self._tell(SessionEvent("undone", applied.changed, origin, step.before))
        return applied.changed

    def redo(self, origin: object | None = None) -> Changed | None:
        step = self._history.take_redo()
        if step is None:
            return None
        applied = apply(self._briefing, step.edit)
        self._take(applied, step.edit)
        self._tell(SessionEvent("redone", applied.changed, origin, step.after))
        return applied.changed

    def break_merge(self) -> None:
        """Let the next step be undone by itself."""
        self._history.break_merge()

    def _take(self, applied: Applied, edit: Edit) -> None:
        self._briefing = applied.briefing
        if self._since is not None:
            self._since.append(edit)
        if self._journal is not None:
            self._journal.record(edit)

    def _tell(self, event: SessionEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    # --- the file and the journal

    def save(self, path: Path | None = None) -> None:
        """Write the briefing to ``path``, or to its own file. Raises StorageError; the old file then stays whole.

        What the text no longer cites or shows is left out of the file. The file is not overwritten where another
        program changed it meanwhile (ChangedOnDisk).
        """
        snapshot = self._briefing
        target = path or self._path
        if target is None:
            raise StorageError("This briefing has no file yet.", "Choose where to save it.")
        state = self.writer(target)()
        self.mark_saved(snapshot, target, state)

    def writer(self, target: Path) -> Callable[[], FileState]:
        """A function that writes the present briefing to ``target``; it may be called in another thread.

        Give its result to ``mark_saved`` with the snapshot that was current here.
        """
        snapshot = self._briefing
        self._since = []
        expected = self._state if target == self._path else None
        return lambda: save(without_unused(snapshot), target, expected=expected)

    def mark_saved(self, snapshot: Briefing, path: Path, state: FileState) -> None:
        """Note that ``snapshot`` stands in the file ``path``; edits made since ``writer`` stay in the journal."""
        self._saved, self._path, self._state = snapshot, path, state
        self._history.break_merge()
        if self._journal is not None:
            with contextlib.suppress(StorageError):  # the save stands; see journal_problem
                self._journal.checkpoint(snapshot, state, path=path)
            for edit in self._since or ():
                self._journal.record(edit)
        self._since = None
        self._tell(SessionEvent("saved", Changed()))

    def mark_recovered(self, path: Path | None, state: FileState | None) -> None:
        """Note that the briefing was restored from a journal: it belongs to ``path`` and differs from it."""
        self._path, self._state, self._saved = path, state, None

    def start_journal(self, folder: Path) -> None:
        """Keep each step in a recovery journal in ``folder``, so that a killed process loses nothing."""
        self._journal = Journal.start(folder, self._briefing, self._path, self._state)

    @property
    def has_journal(self) -> bool:
        return self._journal is not None

    @property
    def journal_problem(self) -> StorageError | None:
        """Why edits are not kept against a crash at present, or None."""
        return self._journal.problem if self._journal is not None else None

    def secure(self) -> bool:
        """Make the disk keep what the journal has, as before a risk; false where unsaved work is not all in it."""
        if self._journal is None:
            return not self.is_modified
        self._journal.sync()
        return self._journal.problem is None

    def close(self, *, discard: bool = True) -> None:
        """End the session; the journal is deleted unless ``discard`` is false."""
        if self._journal is not None:
            self._journal.close(discard=discard)
            self._journal = None
        self._listeners.clear()
