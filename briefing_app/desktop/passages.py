"""Passages on their way: from the library to the reader, from the reader into the briefing, and back to the source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from briefing_app.app.composing import quotation
from briefing_app.app.ids import new_id
from briefing_app.app.sections import find
from briefing_app.app.tallying import Tally
from briefing_app.desktop.background import Ticket
from briefing_app.desktop.desk import Desk
from briefing_app.desktop.dialogs.base import show_dialog
from briefing_app.desktop.dialogs.small import TranslationDialog
from briefing_app.desktop.dialogs.source_fields import SourceFieldsDialog
from briefing_app.desktop.reader.view import Passage
from briefing_app.desktop.shell import Shell
from briefing_app.errors import BriefingError
from briefing_app.model.edit import Batch, Edit, Put
from briefing_app.model.excerpt import Excerpt, Translation, with_translation
from briefing_app.model.source import Source

if TYPE_CHECKING:
    from briefing_app.app.anchoring import Anchored
    from briefing_app.app.reading import OpenedSource

Mode = Literal["quotation", "citation", "sentence", "translation"]


class Passages(QObject):
    """Asks the library for sources and excerpts and hands them to reader and composer of one window.

    The newest source that was asked for is the one that is shown.
    """

    shown = Signal(str)  # id of the source that the reader shows now

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._library = desk.library
        self._asked: Ticket | None = None
        self._tally = Tally()

    # --- to the reader

    def show_source(
        self, source_id: str, start: int = 0, end: int = 0, words: str = "", *, select: bool = False
    ) -> None:
        """Show a source of the library, at a passage of it; what matches ``words`` is highlighted."""

        def read(library: Any) -> OpenedSource:
            from briefing_app.app.reading import open_source

            return open_source(library, source_id, words)

        def show(opened: OpenedSource) -> None:
            self._window.reader.show_source(opened, start, end, select=select)
            self.mark_cited()
            self._window.show_reader()
            self.shown.emit(source_id)

        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._library.ask(read, show, self._window.report)

    def show_excerpt(self, excerpt_id: str) -> None:
        """Show where a cited passage stands; without the source at hand, what the briefing keeps of it."""
        session = self._window.session
        excerpt = session.briefing.excerpt(excerpt_id) if session else None
        source = session.briefing.source(excerpt.source_id) if session and excerpt else None
        if excerpt is None or source is None:
            return

        def read(library: Any) -> tuple[OpenedSource, Anchored]:
            from briefing_app.app.anchoring import anchor_one
            from briefing_app.app.reading import open_source

            opened = open_source(library, excerpt.source_id)
            return opened, anchor_one(opened.text, excerpt, source)

        def show(found: tuple[OpenedSource, Anchored]) -> None:
            self._show_anchored(*found)
            self._window.show_reader()

        def show_kept(_: Exception) -> None:
            self._window.reader.show_excerpt(source, excerpt)
            self._window.show_reader()

        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._library.ask(read, show, show_kept)

    def _show_anchored(self, opened: OpenedSource, found: Anchored) -> None:
        """Show a cited passage where it stands now; a source that was read anew may have it elsewhere, or no more."""
        place, excerpt = found.anchor, found.excerpt
        reader, messages = self._window.reader, self._window.messages
        if place is None or found.state == "lost":
            reader.show_excerpt(opened.source, excerpt)
            messages.show_notice(
                "This source was read again, and the passage is not in its text any more. The briefing keeps its words."
            )
            return
        reader.show_source(opened, place.start, place.end, select=found.state != "same")
        if found.state == "same":
            self.mark_cited()
            return
        reader.set_cited(())
        what = "stands elsewhere now" if found.state == "moved" else f"reads “{place.text[:160]}” now"
        messages.show_notice(
            f"This source was read again since the passage was quoted: it {what}.",
            "Take over",
            lambda: self._take_over(found),
        )

    def _take_over(self, found: Anchored) -> None:
        """Give the passage the place and the words that it has now, as one step that can be undone."""
        session = self._window.session

        def read(library: Any) -> Edit | None:
            from briefing_app.app.anchoring import taking_over

            return taking_over(library, [found])

        def do(edit: Edit | None) -> None:
            if edit is not None and session is not None and session is self._window.session:
                session.do(edit, "Take over the passage")
                self.mark_cited()

        self._library.ask(read, do, self._window.report)

    def mark_cited(self) -> None:
        """Highlight in the reader what the briefing cites now."""
        session = self._window.session
        source_id = self._window.reader.source_id
        ranges = self._tally.passages(session.briefing, source_id) if session and source_id else []
        self._window.reader.set_cited(ranges)

    def new_briefing(self) -> None:
        """Count another briefing's passages."""
        self._tally = Tally()

    # --- into the briefing

    def insert(self, mode: Mode, passage: Passage) -> None:
        """Put a passage at the caret: quotation, citation, sentence, or translation first."""
        if self._window.session is None:
            self._window.messages.show_notice(
                "Open or start a briefing first; then the passage can be inserted.",
                "New briefing…",
                self._window.new_briefing,
            )
            return

        def place(found: tuple[Source, Excerpt]) -> None:
            source, excerpt = found
            if mode == "translation":
                self._translate_new(source, excerpt)
            else:
                self._window.composer.insert_passage(source, excerpt, mode)
                self._window.composer.setFocus()

        self._take(passage, place)

    def _take(self, passage: Passage, done: Any) -> None:
        def read(library: Any) -> tuple[Source, Excerpt]:
            from briefing_app.app.reading import take

            return take(library, passage.source_id, passage.start, passage.end, new_id("x"))

        self._library.ask(read, done, self._window.report)

    def drop(self, source_id: str, start: int, end: int, section_id: str, index: int) -> None:
        """Quote a passage that was dragged to a place of a section."""
        session = self._window.session

        def place(found: tuple[Source, Excerpt]) -> None:
            if session is None or session is not self._window.session:
                return
            try:
                section = find(session.briefing, section_id)
                at = min(index, len(section.blocks)) if index >= 0 else None
                session.do(quotation(session.briefing, section, *found, index=at), "Insert quotation")
            except BriefingError as error:
                self._window.messages.show_error(error)

        self._take(Passage(source_id, start, end), place)

    # --- translations

    def _translate_new(self, source: Source, excerpt: Excerpt) -> None:
        def insert(translation: Translation) -> None:
            translated = with_translation(excerpt, translation)
            self._window.composer.insert_passage(source, translated, "quotation", translated=True)

        self._ask_translation(excerpt, insert)

    def translate(self, excerpt_id: str) -> None:
        """Ask for the translation of a passage that the briefing has already."""
        session = self._window.session
        excerpt = session.briefing.excerpt(excerpt_id) if session else None
        if session is None or excerpt is None:
            return

        def store(translation: Translation) -> None:
            session.do(Put(with_translation(excerpt, translation)), "Translate passage")

        self._ask_translation(excerpt, store)

    def _ask_translation(self, excerpt: Excerpt, given: Any) -> None:
        session = self._window.session
        dialog = TranslationDialog(
            self._window,
            excerpt.text,
            translation=excerpt.translation,
            language=session.briefing.meta.language if session else "en",
            translator=self._desk.preferences.author,
        )
        show_dialog(dialog, lambda: given(dialog.translation()))

    # --- fields of sources

    def correct(self, opened: OpenedSource) -> None:
        """Ask for the fields of the source that the reader shows."""
        self.edit_fields([opened.source.id])

    def edit_fields(self, ids: Sequence[str]) -> None:
        """Ask for the fields of sources, keep them in the library, and in the briefing that cites them."""

        def read(library: Any) -> tuple[list[Source], Any]:
            return [library.source(one) for one in ids], library.states(ids)

        def ask(found: tuple[list[Source], Any]) -> None:
            sources, states = found
            note = states[ids[0]].note if len(ids) == 1 else ""
            dialog = SourceFieldsDialog(self._window, sources, [states[one].tags for one in ids], note)
            show_dialog(dialog, lambda: self._keep_fields(ids, dialog))

        self._library.count(read, ask, self._window.report)

    def _keep_fields(self, ids: Sequence[str], dialog: SourceFieldsDialog) -> None:
        corrections, note = dialog.corrections(), dialog.new_note()
        added, removed = dialog.tags_added(), dialog.tags_removed()
        session = self._window.session
        cited = [one.id for one in session.briefing.sources if one.id in set(ids)] if session else []

        def write(library: Any) -> list[Source]:
            if corrections:
                library.correct_many(ids, **corrections)
            if added:
                library.add_tags(ids, added)
            if removed:
                library.remove_tags(ids, removed)
            if note is not None:
                library.set_note(ids[0], note)
            return [library.source(one) for one in cited]

        def kept(sources: list[Source]) -> None:
            self._corrected(sources)
            if self._window.reader.source_id in ids:
                self.show_source(self._window.reader.source_id)

        self._library.change(write, kept, self._window.report)

    def _corrected(self, sources: list[Source]) -> None:
        """Let the briefing have the fields of its sources as they are now."""
        session = self._window.session
        if session is None:
            return
        edits = tuple(Put(one) for one in sources if session.briefing.source(one.id) not in (None, one))
        if edits:
            session.do(edits[0] if len(edits) == 1 else Batch("Correct sources", edits), "Correct source")
