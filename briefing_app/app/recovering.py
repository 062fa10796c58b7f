"""Work that a killed process left unsaved: listed, restored into a session, or discarded."""

from __future__ import annotations

from pathlib import Path

from briefing_app.app.paths import user_state_dir
from briefing_app.app.session import Session
from briefing_app.storage.recovery import Recoverable, find_recoverable

__all__ = ["Recoverable", "find_unsaved", "recovery_dir", "restore"]


def recovery_dir() -> Path:
    """Where the journals of open briefings are kept."""
    return user_state_dir() / "recovery"


def find_unsaved() -> list[Recoverable]:
    """What can be restored, the latest first; the work of living processes is not in it."""
    return find_recoverable(recovery_dir())


def restore(unsaved: Recoverable) -> Session:
    """A session with the unsaved work, in a journal of its own; the old one is deleted then. Raises StorageError."""
    briefing, state = unsaved.restore()
    session = Session(briefing)
    session.mark_recovered(unsaved.path, state)
    session.start_journal(recovery_dir())
    unsaved.discard()
    return session
