"""Whether a briefing's passages still stand in the library's sources, and taking over where they stand now.

A source may have been read anew since a passage was taken. Nothing is taken over by itself: the analyst sees what
moved, changed or is lost, and each that is taken over is an edit that can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefing_app.app.session import Session
from briefing_app.errors import BriefingError
from briefing_app.library.library import Library
from briefing_app.library.versions.anchoring import Anchor, Anchoring, anchor
from briefing_app.model.briefing import Briefing
from briefing_app.model.edit import Batch, Edit, Put
from briefing_app.model.excerpt import Excerpt, take_excerpt
from briefing_app.model.source import Source

_SHOWN = 160  # characters of a passage in a line


@dataclass(frozen=True, slots=True)
class Anchored:
    """A passage of a briefing with its place in the library's text; ``anchor`` is None without its source there."""

    excerpt: Excerpt
    source: Source | None
    anchor: Anchor | None

    @property
    def state(self) -> str:
        """``same``, ``moved``, ``changed``, ``lost``, or ``missing`` for a source that is not in the library."""
        return "missing" if self.anchor is None else str(self.anchor.how)

    def to_json(self) -> dict[str, Any]:
        place = self.anchor or Anchor(Anchoring.LOST)
        return {
            "excerpt_id": self.excerpt.id,
            "source_id": self.excerpt.source_id,
            "title": self.source.display_title if self.source else "",
            "state": self.state,
            "start": place.start,
            "end": place.end,
            "similarity": round(place.similarity, 3),
            "quoted": self.excerpt.text,
            "now": place.text,
        }

    def in_words(self) -> str:
        title = self.source.display_title if self.source else self.excerpt.source_id
        quoted = f"“{_short(self.excerpt.text)}”"
        match self.state:
            case "moved":
                return f"moved: {title}: {quoted}"
            case "changed":
                now = self.anchor.text if self.anchor else ""
                return f"changed: {title}: {quoted} reads “{_short(now)}” now"
            case "lost":
                return f"lost: {title}: {quoted} is not in the text any more"
            case "missing":
                return f"not in this library: {title}: {quoted}"
            case _:
                return f"same: {title}: {quoted}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def anchor_excerpts(library: Library, briefing: Briefing) -> tuple[Anchored, ...]:
    """Every passage that the briefing keeps, in its order, with its place in the library's text in force."""
    found: dict[str, Anchored] = {}
    for excerpt in sorted(briefing.excerpts, key=lambda one: one.source_id):  # a text is taken apart once
        try:
            place = anchor(excerpt, library.text(excerpt.source_id))
        except BriefingError:
            found[excerpt.id] = Anchored(excerpt, briefing.source(excerpt.source_id), None)
        else:
            found[excerpt.id] = Anchored(excerpt, briefing.source(excerpt.source_id), place)
    return tuple(found[excerpt.id] for excerpt in briefing.excerpts)


def anchor_one(text: str, excerpt: Excerpt, source: Source | None) -> Anchored:
    """One passage with its place in ``text``, the text in force of its source."""
    return Anchored(excerpt, source, anchor(excerpt, text))


def taking_over(library: Library, chosen: Iterable[Anchored]) -> Edit | None:
    """The edit that gives passages the places, and the words, that they have now; None where none has another.

    A passage whose words changed keeps its old ones in its note. Those that are lost or missing stay as they are.
    """
    edits: list[Edit] = []
    for one in chosen:
        place = one.anchor
        if place is None or place.how not in (Anchoring.MOVED, Anchoring.CHANGED):
            continue
        source = library.source(one.excerpt.source_id)
        edits.append(Put(_moved(one.excerpt, library, source, place)))
        if one.source is not None and one.source != source:
            edits.append(Put(source))
    if not edits:
        return None
    return Batch("Take over the places of passages", tuple(dict.fromkeys(edits)))


def _moved(excerpt: Excerpt, library: Library, source: Source, place: Anchor) -> Excerpt:
    fresh = take_excerpt(
        id=excerpt.id,
        source_id=excerpt.source_id,
        text=library.text(source.id),
        start=place.start,
        end=place.end,
        text_sha256=source.text_sha256,
        pages=library.pages(source.id),
        language=excerpt.language,
    )
    note = excerpt.note
    if place.how is Anchoring.CHANGED:
        was = f"Before the source was read again: “{excerpt.text}”"
        note = f"{note}\n{was}" if note else was
    return replace(fresh, translation=excerpt.translation, credibility=excerpt.credibility, note=note)


def anchor_file(
    library: Library, path: Path, *, update: bool = False, accept_changed: bool = False
) -> tuple[Anchored, ...]:
    """The passages of a ``.briefing`` file that stand otherwise in the library than when they were taken.

    With ``update`` the places of those that moved are taken over, with ``accept_changed`` the words, too, of those that
    read otherwise now; then the file is saved. Raises StorageError.
    """
    session, _ = Session.open(path)
    found = [one for one in anchor_excerpts(library, session.briefing) if one.state != "same"]
    wanted = {"moved": update or accept_changed, "changed": accept_changed}
    edit = taking_over(library, [one for one in found if wanted.get(one.state)])
    if edit is not None:
        session.do(edit, "Take over the places of passages")
        session.save()
    return tuple(found)
