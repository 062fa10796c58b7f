"""The fields of one source, or of several together, as the analyst corrects them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.model.grading import Reliability
from briefing_app.model.source import Source, is_partial_date

SEVERAL = "several values"
_KEEP = "keep"  # the choice that leaves several grades as they are


class SourceFieldsDialog(FormDialog):
    """Asks for bibliographic fields, reliability, tags, and of one source its note. Text and bytes never change.

    Of several sources a field in which they differ is empty, and stays as it is in each unless something is written.
    """

    def __init__(
        self, parent: QWidget | None, sources: Sequence[Source], tags: Sequence[Sequence[str]], note: str = ""
    ) -> None:
        single = len(sources) == 1
        title = "Source fields" if single else f"Fields of {len(sources):,} sources"
        super().__init__(parent, title, "Save", width=560)
        self._sources = sources
        self._before: dict[str, Any] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._common = set.intersection(*(set(one) for one in tags)) if tags else set()
        self._order = [tag for tag in (tags[0] if tags else ()) if tag in self._common]
        self._note = note
        if single:
            self.title = self._line("Title", "title", "")
            self.authors = self._line("Authors", "authors", "divided by semicolons")
        self.outlet = self._line("Outlet", "outlet", "newspaper, agency, institute")
        self.published = self._line("Published", "published", "2026-11-03, or 2026-11, or 2026")
        self.accessed = self._line("Accessed", "accessed", "2026-11-03")
        self.language = self._line("Language", "language", "such as en, ru, ar")
        if single:
            self.url = self._line("Address", "url", "https://…")
        self.marking = self._line("Marking", "marking", "that it came with, such as TLP:AMBER")
        self._add_grade()
        self.tags = self.add_line("Tags", ", ".join(self._order), "divided by commas")
        if not single and any(set(one) != self._common for one in tags):
            self.tags.setPlaceholderText("others besides; what is written here is added to all")
        self.note: QPlainTextEdit | None = self.add_text("Note", note, lines=2) if single else None
        if self.note is not None:
            self.note.setPlaceholderText("Your own note; it is not printed")
            self.add_note(f"File: {sources[0].file_name}   SHA-256: {sources[0].sha256[:16]}…")
        else:
            self.add_note("Where the sources differ, an empty field leaves each as it is.")

    def _line(self, name: str, field: str, hint: str) -> QLineEdit:
        values = [_text(source, field) for source in self._sources]
        same = len(set(values)) == 1
        line = self.add_line(name, values[0] if same else "", hint if same else SEVERAL)
        self._lines[field] = line
        self._before[field] = values[0] if same else ""
        return line

    def _add_grade(self) -> None:
        given = {str(source.reliability or "") for source in self._sources}
        grades = [
            ("As the outlet is graded, if it is", ""),
            *((f"{one.value}  {one.wording}", one.value) for one in Reliability),
        ]
        if len(given) > 1:
            grades.insert(0, ("Several values", _KEEP))
        self._before["reliability"] = given.pop() if len(given) == 1 else _KEEP
        self.reliability = self.add_choice("Reliability", grades, self._before["reliability"])
        words = {source.descriptor for source in self._sources}
        self._before["descriptor"] = words.pop() if len(words) == 1 else ""
        self.descriptor = self.add_text("Descriptor", self._before["descriptor"], lines=2)
        self.descriptor.setFixedHeight(self.descriptor.minimumHeight())
        hint = "What affects this source’s quality: access, motivation, possible bias"
        self.descriptor.setPlaceholderText(SEVERAL if words else hint)

    def check(self) -> str:
        for name, field in (("Published", self.published), ("Accessed", self.accessed)):
            if not is_partial_date(field.text().strip()):
                return f"{name}: “{field.text()}” is no date. Write it as 2026-11-03, 2026-11 or 2026."
        return ""

    # --- what was given

    def corrections(self) -> dict[str, Any]:
        """The fields that were changed, as ``Library.correct_many`` takes them."""
        given = {field: line.text().strip() for field, line in self._lines.items()}
        given["descriptor"] = self.descriptor.toPlainText().strip()
        given["reliability"] = self.reliability.currentData()
        changed: dict[str, Any] = {field: value for field, value in given.items() if value != self._before[field]}
        if "authors" in changed:
            changed["authors"] = tuple(name.strip() for name in changed["authors"].split(";") if name.strip())
        if "reliability" in changed:
            changed["reliability"] = changed["reliability"] or None
        return changed

    def tags_added(self) -> tuple[str, ...]:
        return tuple(tag for tag in self._tags() if tag not in self._common)

    def tags_removed(self) -> tuple[str, ...]:
        return tuple(tag for tag in self._order if tag not in self._tags())

    def new_note(self) -> str | None:
        """The note, where it was changed."""
        note = self.note.toPlainText().strip() if self.note is not None else self._note
        return note if note != self._note else None

    def _tags(self) -> list[str]:
        return list(dict.fromkeys(tag.strip() for tag in self.tags.text().split(",") if tag.strip()))


def _text(source: Source, field: str) -> str:
    value = getattr(source, field)
    return "; ".join(value) if field == "authors" else str(value)
