"""An excerpt: a passage copied word for word from a source, with the place it stands in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from briefing_app.errors import BriefingError
from briefing_app.model.grading import Credibility
from briefing_app.model.reading import PageSpan

CONTEXT = 64  # code points of the source kept on each side of the passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """The analyst's own translation of an excerpt. It never replaces the original, which stays beside it."""

    text: str
    language: str
    translator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A passage of a source: verbatim text *copied at selection*, its exact range, its hash.

    ``start`` and ``end`` count code points of the source's stored text, whose hash is ``text_sha256``; ``end`` is
    exclusive. ``before`` and ``after`` are up to 64 code points of context. ``page`` and ``last_page`` are
    1-based where the format has pages. ``sha256`` is of ``text`` in UTF-8.
    """

    id: str
    source_id: str
    start: int
    end: int
    text: str
    sha256: str
    text_sha256: str
    before: str = ""
    after: str = ""
    page: int | None = None
    last_page: int | None = None
    language: str = ""
    translation: Translation | None = None
    credibility: Credibility | None = None
    note: str = ""

    @property
    def is_intact(self) -> bool:
        """True while the verbatim text still has the hash taken at selection."""
        return sha256_text(self.text) == self.sha256


def sha256_text(text: str) -> str:
    """Lower-case hex SHA-256 of ``text`` in UTF-8 (lone surrogates are kept as they are)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def take_excerpt(
    *,
    id: str,
    source_id: str,
    text: str,
    start: int,
    end: int,
    text_sha256: str = "",
    pages: tuple[PageSpan, ...] = (),
    language: str = "",
) -> Excerpt:
    """Cut ``text[start:end]`` out of a source's stored text, with its context, pages and hash.

    Raises BriefingError where the range is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise BriefingError(
            f"The range {start}:{end} is no passage of source {source_id}, whose text has {len(text)} characters.",
            "Give a start and an end inside the text, the start before the end.",
        )
    passage = text[start:end]
    touched = [span.number for span in pages if span.start < end and start < span.end]
    return Excerpt(
        id=id,
        source_id=source_id,
        start=start,
        end=end,
        text=passage,
        sha256=sha256_text(passage),
        text_sha256=text_sha256 or sha256_text(text),
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
        page=touched[0] if touched else None,
        last_page=touched[-1] if touched else None,
        language=language,
    )


def with_translation(excerpt: Excerpt, translation: Translation | None) -> Excerpt:
    """The same excerpt with another translation; the original stays untouched."""
    return replace(excerpt, translation=translation)
