"""Adding a passage of a source to a briefing file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing_app.app.composing import find_section, quotation, section_name
from briefing_app.app.ids import new_id
from briefing_app.app.session import Session
from briefing_app.library.library import Library
from briefing_app.model.excerpt import Excerpt


@dataclass(frozen=True, slots=True)
class Added:
    """The passage that was quoted, and where."""

    path: Path
    section: str
    excerpt: Excerpt
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "section": self.section,
            "excerpt_id": self.excerpt.id,
            "source_id": self.excerpt.source_id,
            "start": self.excerpt.start,
            "end": self.excerpt.end,
            "page": self.excerpt.page,
            "text": self.excerpt.text,
            "sha256": self.excerpt.sha256,
        }

    def in_words(self) -> str:
        place = f"{self.excerpt.source_id} {self.excerpt.start}:{self.excerpt.end}"
        return f"“{self.excerpt.text}” ({place}) is quoted in “{self.section}”."


def add_passage(
    library: Library,
    file: Path,
    section: str,
    source_id: str,
    *,
    quote: str | None = None,
    span: tuple[int, int] | None = None,
) -> Added:
    """Quote a passage, given word for word or as a range of code points, at the end of a section, and save.

    Raises NotVerbatim, with the nearest passage, where ``quote`` does not stand in the source; UsageError for an
    unknown section; StorageError. The file is unchanged where anything is raised.
    """
    session, problems = Session.open(file)
    target = find_section(session.briefing, section)
    source = library.source(source_id)
    start, end = span if span is not None else library.find_quote(source.id, quote or "")
    excerpt = library.excerpt(source.id, start, end, id=new_id("x"))
    session.do(quotation(session.briefing, target, source, excerpt), "Insert quotation")
    session.save()
    return Added(file, section_name(target), excerpt, problems)
