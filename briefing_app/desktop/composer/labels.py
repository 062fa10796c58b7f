"""The words by which the composer shows citations, quotations and notes."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from briefing_app.model.briefing import Briefing
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation, Note
from briefing_app.model.plain import inline_text
from briefing_app.model.source import Source

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TOOLTIP = 400  # characters of a passage


class Labels:
    """Names for what a briefing cites. It looks up, and keeps nothing of its own but an index."""

    def __init__(self, briefing: Briefing | None = None) -> None:
        self.excerpts = {excerpt.id: excerpt for excerpt in briefing.excerpts} if briefing else {}
        self.sources = {source.id: source for source in briefing.sources} if briefing else {}

    def source_of(self, excerpt_id: str) -> Source | None:
        """The source that an excerpt was cut from, or None."""
        excerpt = self.excerpts.get(excerpt_id)
        return self.sources.get(excerpt.source_id) if excerpt else None

    def citation(self, citation: Citation) -> str:
        """What stands on a chip: "see Northern Herald, p. 4"."""
        excerpt, source = self.excerpts.get(citation.excerpt_id), self.source_of(citation.excerpt_id)
        if excerpt is None or source is None:
            return "Missing passage"
        name = source.outlet or source.display_title
        page = pages(excerpt)
        label = f"{name}, {page}" if page else name
        return f"{citation.prefix.strip()} {label} {citation.suffix.strip()}".strip()

    def passage(self, excerpt_id: str) -> str:
        """The passage and where it stands, for a tooltip."""
        excerpt = self.excerpts.get(excerpt_id)
        if excerpt is None:
            return "The briefing does not hold this passage. Insert it again from the library."
        text = excerpt.text if len(excerpt.text) <= _TOOLTIP else excerpt.text[:_TOOLTIP].rstrip() + " …"
        return f"“{text}”\n{self.attribution(excerpt_id)}"

    def attribution(self, excerpt_id: str) -> str:
        """Outlet, title, date and page in one line."""
        excerpt, source = self.excerpts.get(excerpt_id), self.source_of(excerpt_id)
        if excerpt is None or source is None:
            return "Source missing"
        title = f"“{source.display_title}”"
        parts = (source.outlet or ", ".join(source.authors), title, readable_date(source.published), pages(excerpt))
        return ", ".join(part for part in parts if part)


def pages(excerpt: Excerpt) -> str:
    """ "p. 4", "pp. 4–5", or empty."""
    if excerpt.page is None:
        return ""
    if excerpt.last_page and excerpt.last_page != excerpt.page:
        return f"pp. {excerpt.page}–{excerpt.last_page}"
    return f"p. {excerpt.page}"


def readable_date(partial: str) -> str:
    """An ISO 8601 date, cut to what is known, as "3 Nov 2026"."""
    parts = partial[:10].split("-")
    if len(parts) == 3:
        return f"{int(parts[2])} {_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    if len(parts) == 2:
        return f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return partial


def language_name(tag: str) -> str:
    """The English name of a language, or the tag where it is unknown."""
    language = QLocale(tag).language()
    unknown = not tag or language in (QLocale.Language.AnyLanguage, QLocale.Language.C)
    return tag if unknown else QLocale.languageToString(language)


def note_text(note: Note) -> str:
    """The words of a note."""
    return inline_text(note.content).replace("\n", " ").strip()
