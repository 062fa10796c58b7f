"""The editions of one window's briefing: issuing, listing, opening, comparing. The work is done beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from briefing_app.app.session import Session
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError
from briefing_app.model.briefing import Briefing

if TYPE_CHECKING:
    from briefing_app.app.comparing.values import Comparison
    from briefing_app.app.issuing import EditionRecord, Register
    from briefing_app.desktop.dialogs.comparison import ComparisonDialog
    from briefing_app.desktop.window import MainWindow

Rows = list[tuple["EditionRecord", bool]]


def connect_editions(window: MainWindow) -> None:
    """Give the window's actions over editions something to do."""
    editions = WindowEditions(window, window.desk)
    window.actions_.connect({"issue": editions.issue, "editions": editions.show, "compare": editions.compare_with_last})


class WindowEditions(QObject):
    """Leads what is done with editions in one window. The register is that of the open library."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk

    def _register(self) -> Register:
        from briefing_app.app.issuing import Register

        return Register(self._desk.library.folder)

    # --- issuing

    def issue(self) -> None:
        """Lead the issue of the next edition."""
        from briefing_app.desktop.dialogs.issue import IssueDialog

        session = self._window.session
        if session is None:
            return
        desk = self._desk
        dialog = IssueDialog(self._window, session.briefing, self._register(), desk.files, desk.icons)
        dialog.finding_chosen.connect(self._window.go_to_node)
        dialog.issued.connect(lambda record: self._issued(session, record))
        dialog.open()

    def _issued(self, session: Session, record: EditionRecord) -> None:
        from briefing_app.app.issuing import next_edition

        following = record.edition + 1
        session.do(next_edition(session.briefing, record), f"Go on with edition {following}")
        self._window.messages.show_done(
            f"Edition {record.edition} is issued and frozen, SHA-256 {record.sha256[:12]}…. "
            f"You now write edition {following}.",
            "Editions…",
            self.show,
        )

    # --- the list

    def show(self) -> None:
        """List the editions of the briefing."""
        from briefing_app.desktop.dialogs.editions import EditionsDialog

        session = self._window.session
        if session is None:
            return
        register, briefing = self._register(), session.briefing
        dialog = EditionsDialog(self._window, briefing.meta.title or "Untitled", self._desk.icons)
        dialog.open_wanted.connect(self._open)
        dialog.copy_wanted.connect(lambda record: self._ask_for_copy(record))
        dialog.issue_wanted.connect(self.issue)

        def compare(record: EditionRecord) -> None:
            dialog.accept()
            self._compare(record.edition)

        dialog.compare_wanted.connect(compare)

        def work() -> tuple[Rows, tuple[str, ...]]:
            found = register.editions(briefing.id)
            return [(record, _is_intact(register, record)) for record in found.records], found.problems

        self._desk.files.run(work, lambda found: self._list(dialog, *found), self._window.report)

    def _list(self, dialog: Any, rows: Rows, problems: tuple[str, ...]) -> None:
        dialog.show_editions(rows, problems)
        dialog.open()

    def _open(self, record: EditionRecord) -> None:
        """Show an edition as it went out."""
        register = self._register()

        def read() -> Briefing:
            from briefing_app.app.issuing import open_edition

            return open_edition(register, record)

        self._desk.files.run(read, lambda briefing: self._view(record, briefing), self._window.report)

    def _view(self, record: EditionRecord, briefing: Briefing) -> None:
        from briefing_app.desktop.dialogs.editions import EditionView

        desk = self._desk
        view = EditionView(self._window, record, briefing, desk.preview, desk.icons, desk.theme)
        view.copy_wanted.connect(lambda: self._ask_for_copy(record))
        view.open()

    def _ask_for_copy(self, record: EditionRecord) -> None:
        from briefing_app.desktop.dialogs.editions import ask_for_copy
        from briefing_app.desktop.documents import file_name

        session, register = self._window.session, self._register()
        folder = session.path.parent if session and session.path else Path.home()

        def copy(target: Path) -> None:
            from briefing_app.app.issuing import copy_edition

            told = f"A copy of edition {record.edition} was saved: {target}"
            self._desk.files.run(
                lambda: copy_edition(register, record, target),
                lambda _: self._window.messages.show_done(told),
                self._window.report,
            )

        name = f"{file_name(record.title)}, edition {record.edition}.briefing"
        ask_for_copy(self._window, folder / name, copy)

    # --- comparing

    def compare_with_last(self) -> None:
        """Compare the last edition with the briefing as it is."""
        self._compare(0)

    def _compare(self, number: int) -> None:
        """Compare an edition with the briefing as it is; 0 means the last that was issued."""
        session = self._window.session
        if session is None:
            return
        register, id = self._register(), session.briefing.id

        def numbers() -> list[EditionRecord]:
            return list(register.editions(id).records)

        self._desk.files.run(
            numbers, lambda records: self._show_comparison(session, records, number), self._window.report
        )

    def _show_comparison(self, session: Session, records: list[EditionRecord], number: int) -> None:
        from briefing_app.app.dates import in_words
        from briefing_app.desktop.dialogs.comparison import NOW, Choice, ComparisonDialog

        if not records:
            self._window.messages.show_notice(
                "There is nothing to compare with: no edition of this briefing is issued yet.",
                "Issue edition…",
                self.issue,
            )
            return
        choices = [Choice(one.edition, f"Edition {one.edition}, {in_words(one.issued_at)}") for one in records]
        desk, title = self._desk, session.briefing.meta.title or "Untitled"
        dialog = ComparisonDialog(self._window, title, [*choices, Choice(NOW, "As it is now")], desk.icons, desk.theme)
        by_number = {one.edition: one for one in records}
        register = self._register()

        def side(number: int) -> Callable[[], Briefing]:
            from briefing_app.app.issuing import open_edition

            if number == NOW:
                briefing = session.briefing
                return lambda: briefing
            return lambda: open_edition(register, by_number[number])

        def make(older: int, newer: int) -> None:
            old, new = side(older), side(newer)

            def work() -> Comparison:
                from briefing_app.app.comparing.compare import compare

                return compare(old(), new())

            dialog.wait()
            ticket = desk.files.run(work, dialog.show_comparison, lambda error: self._not_compared(dialog, error))
            dialog.finished.connect(ticket.cancel)

        dialog.pair_wanted.connect(make)
        dialog.draft_wanted.connect(lambda comparison: self._draft(session, comparison, dialog))
        dialog.open()
        dialog.choose(number or records[-1].edition, NOW)

    def _not_compared(self, dialog: ComparisonDialog, error: Exception) -> None:
        if not isinstance(error, BriefingError):
            raise error
        dialog.show_problem(str(error))

    def _draft(self, session: Session, comparison: Comparison, dialog: ComparisonDialog) -> None:
        from briefing_app.app.comparing.draft import LABEL, draft_changes
        from briefing_app.app.ids import new_id

        edit = draft_changes(comparison, new_id)
        if edit is None:
            dialog.state.setText("No claim and no evidence differs: there is nothing to tell.")
            return
        dialog.accept()
        try:
            session.do(edit, LABEL)
        except BriefingError as error:  # the briefing is another one by now
            self._window.report(error)
            return
        home = next(section for section, _ in session.briefing.all_sections() if section.key == "changes")
        self._window.go_to_node(home.blocks[-1].id)
        self._window.messages.show_done("What changed is drafted, with its evidence. Read it over; undo takes it back.")


def _is_intact(register: Register, record: EditionRecord) -> bool:
    try:
        register.read(record)
    except BriefingError:
        return False
    return True
