"""Everything that a toolbar, a menu or the shell can do with the composer."""

from __future__ import annotations

from collections.abc import Callable

from briefing_app.app.history import Caret
from briefing_app.desktop.composer import commands, keys, model_commands, table_commands, text_commands
from briefing_app.desktop.composer.composer_view import ComposerView
from briefing_app.desktop.composer.insertion import Insertion
from briefing_app.desktop.composer.model_commands import PassageMode
from briefing_app.desktop.composer.passages import Target
from briefing_app.desktop.composer.section_editor import SectionEditor
from briefing_app.desktop.composer.table_commands import Operation
from briefing_app.desktop.composer.text_view import TextView
from briefing_app.model.block import Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Edit
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Inlines, Note, Text
from briefing_app.model.source import Source


class ComposerCommands(ComposerView):
    """Commands act where the caret was last, also while a toolbar has the focus; without a briefing they do nothing."""

    # --- words

    def toggle_bold(self) -> None:
        self._toggle("bold")

    def toggle_italic(self) -> None:
        self._toggle("italic")

    def toggle_underline(self) -> None:
        self._toggle("underline")

    def _toggle(self, style: str) -> None:
        view = self._view()
        if view is not None:
            text_commands.toggle_style(view, style)
            self._commit(view, f"Change {style}")

    def set_link(self, url: str) -> None:
        """Make the selection, or the link around the caret, a link to ``url``; an empty one ends the link."""
        view = self._view()
        if view is not None:
            text_commands.set_link(view, url)
            self._commit(view, "Link")

    def request_link(self) -> None:
        """Ask the shell for an address, as Ctrl+K does."""
        self.link_requested.emit(self._format.link)

    def _commit(self, view: TextView, label: str) -> None:
        if isinstance(view, SectionEditor):
            view.commit(label)
        self._tell_format(view)

    def leave_formats_to_actions(self) -> None:
        """Have Ctrl+B and its like mean nothing by themselves: the shell's actions have keys for them."""
        self._context.formats_by_key = False

    def open_at_caret(self) -> None:
        """Open the citation, the note or the whole block at the caret, as a click does."""
        self._on_editor(keys.open_object)

    # --- paragraphs

    def toggle_bullets(self) -> None:
        self._on_editor(lambda editor: commands.toggle_list(editor, ordered=False))

    def toggle_numbers(self) -> None:
        self._on_editor(lambda editor: commands.toggle_list(editor, ordered=True))

    def indent(self) -> None:
        self._on_editor(lambda editor: keys.shift_items(editor, back=False))

    def outdent(self) -> None:
        self._on_editor(lambda editor: keys.shift_items(editor, back=True))

    def make_quotation(self) -> None:
        """Make the chosen paragraphs a block quotation of own words, or end it."""
        self._on_editor(commands.make_quotation)

    def set_mark(self, mark: str) -> None:
        """Set the portion mark ("TLP:GREEN") of the chosen blocks; an empty one takes it away."""
        self._on_editor(lambda editor: commands.set_mark(editor, mark))

    def toggle_hint(self) -> None:
        """Open or close what the template asks of the section that has the caret."""
        card = self._column.cards.get(self.current_section_id())
        if card is not None:
            card.toggle_hint()

    def move_block(self, step: int) -> None:
        """Move the block around the caret one place up (-1) or down (1) in its section."""
        self._on_editor(lambda editor: commands.move_whole(editor, step))

    # --- tables

    def insert_table(self, rows: int, columns: int) -> None:
        """Put an empty table after the caret's block."""
        self._insert("Insert table", lambda _, section, caret: model_commands.table(section, caret, rows, columns))

    def add_row(self, *, above: bool = False) -> None:
        self._on_table("row above" if above else "row below")

    def add_column(self, *, before: bool = False) -> None:
        self._on_table("column before" if before else "column after")

    def remove_row(self) -> None:
        self._on_table("remove row")

    def remove_column(self) -> None:
        self._on_table("remove column")

    def remove_table(self) -> None:
        self._on_table("remove")

    def merge_cells(self) -> None:
        """Make one cell of those selected."""
        self._on_table("merge")

    def split_cell(self) -> None:
        """Make a merged cell single cells again."""
        self._on_table("split")

    def set_header_rows(self, rows: int) -> None:
        """Have the first ``rows`` rows of the table repeat on each page."""
        self._on_editor(lambda editor: table_commands.set_header_rows(editor, rows))

    def _on_table(self, operation: Operation) -> None:
        self._on_editor(lambda editor: table_commands.change_table(editor, operation))

    # --- what is inserted

    def insert_passage(
        self,
        source: Source,
        excerpt: Excerpt,
        mode: PassageMode = "quotation",
        translated: bool = False,
        target: Target | None = None,
    ) -> None:
        """Put a passage into the text, as a block quotation, as a citation, or as its words with a citation.

        A quotation goes after the caret's block, the others to the caret; ``target`` names another place.
        """
        index = target.index if target is not None else None

        def make(briefing: Briefing, section: Section, caret: Caret | None) -> Insertion:
            return model_commands.passage(
                briefing, section, caret, source, excerpt, mode, translated=translated, index=index
            )

        label = {"quotation": "Insert quotation", "citation": "Insert citation"}.get(mode, "Insert quoted sentence")
        self._insert(label, make, section_id=target.section_id if target is not None else "")

    def insert_note(self, content: str | Inlines) -> None:
        """Put a note of the analyst's own at the caret."""
        inlines = (Text(content),) if isinstance(content, str) else content
        self._insert(
            "Insert note", lambda briefing, section, caret: model_commands.note(briefing, section, caret, inlines)
        )

    def note(self, note_id: str) -> Note | None:
        """The note with this id, for the dialog that edits it."""
        briefing = self._controller.briefing()
        return model_commands.find_note(briefing, note_id) if briefing is not None else None

    def edit_note(self, note_id: str, content: str | Inlines) -> None:
        """Give a note other words, its styles and citations kept where words are given; without any it is taken out."""
        if isinstance(content, str):
            note = self.note(note_id)
            content = model_commands.reworded(note.content, content) if note is not None and content.strip() else ()
        inlines = content
        self._change("Edit note", lambda briefing: model_commands.changed_note(briefing, note_id, inlines))

    def insert_page_break(self) -> None:
        self._insert("Insert page break", lambda _, section, caret: model_commands.page_break(section, caret))

    def insert_picture(self, data: bytes, media_type: str, alt: str) -> None:
        """Put a picture after the caret's block. ``data`` are the bytes of its file."""

        def make(briefing: Briefing, section: Section, caret: Caret | None) -> Insertion:
            return model_commands.picture(briefing, section, caret, data, media_type, alt)

        self._insert("Insert picture", make)

    def set_picture_alt(self, node_id: str, alt: str) -> None:
        """Set a picture's text alternative."""
        self._change("Alt text", lambda briefing: model_commands.picture_alt(briefing, node_id, alt))

    def set_translated(self, node_id: str, on: bool) -> None:
        """Have a quotation show its translation, with the original beneath, or the original alone."""
        self._change("Translation", lambda briefing: model_commands.translated(briefing, node_id, on))

    # --- how commands reach the session

    def _view(self) -> TextView | None:
        if self._current is not None:
            return self._current
        card = next(iter(self._column.cards.values()), None)
        return card.editor if card is not None else None

    def _editor(self) -> SectionEditor | None:
        card = self._column.cards.get(self.current_section_id())
        return card.editor if card is not None else None

    def _on_editor(self, command: Callable[[SectionEditor], object]) -> None:
        editor = self._editor()
        if editor is not None:
            editor.close_group()
            command(editor)
            self._tell_format(editor)

    def _insert(
        self,
        label: str,
        make: Callable[[Briefing, Section, Caret | None], Insertion],
        *,
        section_id: str = "",
    ) -> None:
        self._commit_all()
        briefing = self._controller.briefing()
        section = self._controller.section(section_id or self.current_section_id())
        if briefing is None or section is None:
            return
        caret = self.caret()
        self._controller.do(make(briefing, section, caret), label, before=caret)

    def _change(self, label: str, make: Callable[[Briefing], Edit | None]) -> None:
        self._commit_all()
        briefing = self._controller.briefing()
        edit = make(briefing) if briefing is not None else None
        if edit is not None:
            self._controller.submit(edit, label, before=self.caret(), after=self.caret())

    def _commit_all(self) -> None:
        for card in self._column.cards.values():
            card.editor.commit()
            card.editor.close_group()
