"""What all passes of one layout share: look-ups into the briefing, where we are, and what is wrong."""

from __future__ import annotations

from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import Direction
from briefing_app.model.briefing import Briefing, Media
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source


class Context:
    """One layout in progress. It collects problems, each with its place, and decides nothing about the page.

    ``section`` is the heading under which the passes are now, for messages. In a ``draft`` problems do not stop the
    export: what is missing is named in brackets where it would stand. ``with_passages``: the export ends with an
    appendix of the passages that it used, and citations name their place in it.
    """

    def __init__(self, briefing: Briefing, draft: bool, *, with_passages: bool = False) -> None:
        self.briefing = briefing
        self.draft = draft
        self.with_passages = with_passages
        self.language = briefing.meta.language
        self.direction: Direction = language_direction(self.language)
        self.section = ""
        self.problems: list[str] = []
        self._used: dict[str, Excerpt] = {}
        self._excerpts = {excerpt.id: excerpt for excerpt in briefing.excerpts}
        self._sources = {source.id: source for source in briefing.sources}
        self._media = {media.sha256: media for media in briefing.media}

    def report(self, problem: str) -> None:
        """Note a problem in the section that is being laid out."""
        place = f"In “{self.section}”: " if self.section else ""
        line = f"{place}{problem}"
        if line not in self.problems:
            self.problems.append(line)

    def excerpt(self, id: str, use: str) -> Excerpt | None:
        """The excerpt, or None (and a problem) where it is missing or its words are no longer the source's.

        ``use`` says what rests on it: "quotation" or "citation".
        """
        excerpt = self._excerpts.get(id)
        if excerpt is None:
            self.report(f"the {use} rests on the passage {id}, which is not in the briefing.")
        elif not excerpt.is_intact:
            self.report(
                f"the passage of a {use} was changed after it was taken from its source: “{_opening(excerpt.text)}”."
            )
            return None
        else:
            self._used.setdefault(id, excerpt)
        return excerpt

    @property
    def passages(self) -> tuple[Excerpt, ...]:
        """The passages that were used so far, each once, in the order of first use."""
        return tuple(self._used.values())

    def passage_number(self, excerpt: Excerpt) -> int | None:
        """The passage's number in the appendix of excerpts; None where the export has no such appendix."""
        return list(self._used).index(excerpt.id) + 1 if self.with_passages else None

    def source(self, excerpt: Excerpt) -> Source:
        """The excerpt's source; one that is not in the briefing is a problem, and stands in by its id."""
        source = self._sources.get(excerpt.source_id)
        if source is None:
            self.report(
                f"the source {excerpt.source_id} of the passage “{_opening(excerpt.text)}” is not in the briefing."
            )
            return Source(id=excerpt.source_id)
        return source

    def media(self, sha256: str) -> Media | None:
        return self._media.get(sha256)


def _opening(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
