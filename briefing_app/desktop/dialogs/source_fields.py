"""A source's fields, as the analyst corrects them."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from briefing_app.desktop.dialogs.base import FormDialog
from briefing_app.model.grading import Reliability
from briefing_app.model.source import Source, is_partial_date


class SourceFieldsDialog(FormDialog):
    """Asks for bibliographic fields, reliability and tags. The stored text and bytes never change."""

    def __init__(self, parent: QWidget | None, source: Source, tags: tuple[str, ...]) -> None:
        super().__init__(parent, "Source fields", "Save", width=560)
        self._source = source
        self._tags = tags
        self.title = self.add_line("Title", source.title)
        self.authors = self.add_line("Authors", "; ".join(source.authors), "divided by semicolons")
        self.outlet = self.add_line("Outlet", source.outlet, "newspaper, agency, institute")
        self.published = self.add_line("Published", source.published, "2026-11-03, or 2026-11, or 2026")
        self.accessed = self.add_line("Accessed", source.accessed, "2026-11-03")
        self.language = self.add_line("Language", source.language, "such as en, ru, ar")
        self.url = self.add_line("Address", source.url, "https://…")
        grades = [("Not graded", ""), *((f"{one.value}  {one.wording}", one.value) for one in Reliability)]
        self.reliability = self.add_choice("Reliability", grades, str(source.reliability or ""))
        self.descriptor = self.add_text("Descriptor", source.descriptor, lines=2)
        self.descriptor.setPlaceholderText("What affects this source’s quality: access, motivation, possible bias")
        self.tags = self.add_line("Tags", ", ".join(tags), "divided by commas")
        self.add_note(f"File: {source.file_name}   SHA-256: {source.sha256[:16]}…")

    def check(self) -> str:
        for name, field in (("Published", self.published), ("Accessed", self.accessed)):
            if not is_partial_date(field.text().strip()):
                return f"{name}: “{field.text()}” is no date. Write it as 2026-11-03, 2026-11 or 2026."
        return ""

    def corrections(self) -> dict[str, Any]:
        """The fields that were changed, as ``Library.correct`` takes them."""
        given: dict[str, Any] = {
            "title": self.title.text().strip(),
            "authors": tuple(name.strip() for name in self.authors.text().split(";") if name.strip()),
            "outlet": self.outlet.text().strip(),
            "published": self.published.text().strip(),
            "accessed": self.accessed.text().strip(),
            "language": self.language.text().strip(),
            "url": self.url.text().strip(),
            "descriptor": self.descriptor.toPlainText().strip(),
            "reliability": self.reliability.currentData() or None,
        }
        before = {name: getattr(self._source, name) for name in given}
        before["reliability"] = str(self._source.reliability) if self._source.reliability else None
        return {name: value for name, value in given.items() if value != before[name]}

    def new_tags(self) -> tuple[str, ...] | None:
        """All tags, where they were changed."""
        tags = tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
        return tags if tags != self._tags else None
