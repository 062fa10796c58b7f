"""The briefing of one window and its file: new, open, save, close, recover, export."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from briefing_app.app.recovering import recovery_dir
from briefing_app.app.session import Session
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.dialogs.application import Answer, ask_to_save
from briefing_app.desktop.dialogs.base import show_dialog
from briefing_app.desktop.exports import Exports
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError, ChangedOnDisk
from briefing_app.model.edit import SetMeta

if TYPE_CHECKING:
    from briefing_app.app.drafting import Drafted
    from briefing_app.model.briefing import Briefing
    from briefing_app.model.template import Template

_KIND = "Briefings (*.briefing)"
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Documents(QObject):
    """Opens and keeps the briefing of one window. It shows nothing of it: the window's parts do.

    Reading and writing files is done beside the window. One save runs at a time.
    """

    session_changed = Signal(object)
    saving_changed = Signal(bool)

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._exports = Exports(window, desk)
        self._saving = False
        self._opening = False
        self.session: Session | None = None

    @property
    def is_free(self) -> bool:
        """True where the window has no briefing and is not opening one."""
        return self.session is None and not self._opening

    @property
    def title(self) -> str:
        if self.session is None:
            return ""
        return self.session.briefing.meta.title or (self.session.path.stem if self.session.path else "Untitled")

    # --- taking a session

    def take(self, session: Session) -> None:
        """Make ``session`` the one of this window and keep a journal of it."""
        before = self.session
        self.session = session
        if not session.has_journal:
            try:
                session.start_journal(recovery_dir())
            except BriefingError as error:
                self._window.messages.show_error(error)
        self.session_changed.emit(session)
        if before is not None:
            before.close()

    def release(self) -> None:
        """Let the session go, unsaved work with it."""
        if self.session is not None:
            session, self.session = self.session, None
            self.session_changed.emit(None)
            session.close()

    def secure(self) -> bool:
        """Make sure that unsaved work survives: it is in the journal on the disk. False where it is not."""
        return self.session is None or self.session.secure()

    # --- new and open

    def new(self) -> None:
        """Ask for the form and start a briefing."""

        def read() -> Any:
            from briefing_app.app.templates import all_templates

            return all_templates()

        self._desk.files.run(read, self._ask_for_form, self._failed)

    def _ask_for_form(self, found: Any) -> None:
        from briefing_app.desktop.dialogs.new_briefing import NewBriefingDialog

        problems = [str(problem) for problem in found.problems]
        dialog = NewBriefingDialog(self._window, list(found.templates.values()), problems)

        def begin() -> None:
            assert dialog.template is not None
            self.start(dialog.template, dialog.title.text().strip(), dialog.draft_path)

        show_dialog(dialog, begin)

    def start(self, template: Template, title: str, draft: Path | None) -> None:
        """Start a briefing from a template, with a draft laid into it where there is one."""
        preferences = self._desk.preferences

        def compose() -> tuple[Briefing, Drafted | None]:
            from briefing_app.app.starting import compose_start

            briefing, drafted = compose_start(template, title, draft)
            meta = replace(briefing.meta, author=preferences.author, organisation=preferences.organisation)
            return replace(briefing, meta=meta), drafted

        self._desk.files.run(compose, lambda made: self._started(*made), self._failed)

    def _started(self, briefing: Briefing, drafted: Drafted | None) -> None:
        window = self._desk.open_window() if self.session is not None else self._window
        window.take(Session(briefing))
        if drafted is not None and (drafted.kept or drafted.warnings):
            window.messages.show_notice("\n".join((*drafted.warnings, *_kept_in_words(drafted.kept))))

    def open(self) -> None:
        """Ask for a file and open it."""
        chooser = QFileDialog(self._window, "Open a briefing", self._folder(), f"{_KIND};;All files (*)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(lambda names: self._desk.open_paths([Path(name) for name in names]))
        chooser.open()

    def open_path(self, path: Path) -> None:
        """Open a ``.briefing`` file; one that is open already comes to the front."""
        if (window := self._desk.window_for(path)) is not None:
            window.activateWindow()
            window.raise_()
            return
        self._opening = True
        self._desk.files.run(
            lambda: Session.open(path),
            lambda opened: self._opened(path, *opened),
            lambda error: self._not_opened(path, error),
        )

    def _opened(self, path: Path, session: Session, problems: tuple[str, ...]) -> None:
        self._opening = False
        self._desk.use_recent(path)
        if self.session is None:
            self.take(session)
            window = self._window
        else:
            window = self._desk.open_window(session)
        if problems:
            window.messages.show_notice("\n".join((f"{path.name} was opened, but not all is well with it:", *problems)))

    def _not_opened(self, path: Path, error: Exception) -> None:
        self._opening = False
        if not path.exists():
            self._desk.drop_recent(path)
        self._failed(error)

    # --- saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the briefing's own file, or ask for one; ``then`` is called after it is saved."""
        if self.session is None:
            return
        if self.session.path is None:
            self.save_as(then)
        else:
            self._write(self.session.path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and save there."""
        if self.session is None:
            return
        suggested = self.session.path or Path(self._folder()) / f"{file_name(self.title)}.briefing"
        chooser = QFileDialog(self._window, "Save the briefing as", str(suggested), _KIND)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("briefing")
        chooser.fileSelected.connect(lambda name: self._write(Path(name), then))
        chooser.open()

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        session = self.session
        if session is None or self._saving:
            return
        snapshot = session.briefing
        writer = session.writer(path)
        self._set_saving(True)

        def saved(state: Any) -> None:
            self._set_saving(False)
            try:
                session.mark_saved(snapshot, path, state)
            except BriefingError as error:  # the file stands; only the journal could not begin anew
                self._window.messages.show_error(error)
            self._desk.use_recent(path)
            if then is not None:
                then()

        self._desk.files.run(writer, saved, self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        self._set_saving(False)
        self._failed(error)
        if isinstance(error, ChangedOnDisk):
            self._window.messages.show_notice(str(error), "Save as…", self.save_as)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.saving_changed.emit(saving)

    # --- closing

    def may_close(self, then: Callable[[], object]) -> None:
        """Call ``then`` once unsaved work is saved or given up; not at all after a cancel."""
        if self.session is None or not self.session.is_modified:
            then()
            return

        def answered(answer: Answer) -> None:
            if answer == "save":
                self.save(then)
            elif answer == "discard":
                then()

        ask_to_save(self._window, self.title, answered)

    # --- properties and export

    def properties(self) -> None:
        """Ask for what stands on the briefing's title."""
        from briefing_app.desktop.dialogs.properties import PropertiesDialog

        session = self.session
        if session is None:
            return
        dialog = PropertiesDialog(self._window, session.briefing.meta)

        def change() -> None:
            meta = dialog.meta()
            if meta != session.briefing.meta:
                session.do(SetMeta(meta), "Change properties")

        show_dialog(dialog, change)

    def export(self) -> None:
        """Lead an export through its dialog."""
        if self.session is not None:
            self._exports.lead(self.session, self._beside())

    def export_again(self) -> None:
        """Export as it was done last."""
        if self.session is not None:
            self._exports.again(self.session, self._beside())

    def _beside(self) -> Path:
        """A DOCX beside the briefing's own file."""
        path = self.session.path if self.session else None
        return (path or Path(self._folder()) / f"{file_name(self.title)}.briefing").with_suffix(".docx")

    def _folder(self) -> str:
        recent = self._desk.preferences.recent
        return str(Path(recent[0]).parent if recent else Path.home())

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, BriefingError):
            raise error
        self._window.messages.show_error(error)


def _kept_in_words(kept: tuple[str, ...]) -> tuple[str, ...]:
    """One sentence on the parts of a draft that no section of the form took; none where there are none."""
    names = ", ".join(f"“{one}”" for one in kept)
    if len(kept) > 1:
        return (f"{len(kept)} parts of the draft fit no section of the form and keep their own: {names}.",)
    return (f"{names} fits no section of the form and keeps a section of its own.",) if kept else ()


def file_name(title: str) -> str:
    """A file's name made of a title, without what file systems refuse."""
    name = _UNSAFE.sub(" ", title)
    return " ".join(name.split()).strip(". ")[:80] or "Briefing"
