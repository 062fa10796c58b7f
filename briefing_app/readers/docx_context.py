"""What the passes over one Word document share: its parts, its styles, and what was met on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from briefing_app.model.block import Picture
from briefing_app.model.briefing import Media
from briefing_app.readers import failures
from briefing_app.readers.docx_numbering import Numbering
from briefing_app.readers.docx_styles import Styles
from briefing_app.readers.ooxml import KIND, Package, Relations, W, attribute
from briefing_app.readers.pictures import NoPicture, picture_media

_LINK = re.compile(r"(?:https?|ftp)://\S+|mailto:\S+", re.IGNORECASE)


class Context:
    """One document while it is read. It holds no result but pictures, counts and warnings."""

    def __init__(self, package: Package, new_id: Callable[[], str], *, pictures: bool, contents: bool) -> None:
        self.package = package
        self.new_id = new_id
        self.keeps_pictures = pictures
        self.keeps_contents = contents
        self.counts: Counter[str] = Counter()
        self.media: dict[str, Media] = {}
        self.picture_faults: list[str] = []
        root = package.relations("")
        self.part = root.of_kind("officeDocument")
        if not package.has(self.part):
            self.part = "word/document.xml"
        if not package.has(self.part):
            raise failures.damaged(package.name, KIND, "the part with its text is missing")
        self.core_part = root.of_kind("core-properties") or "docProps/core.xml"
        self.relations: Relations = package.relations(self.part)
        self.styles = Styles(package.optional_xml(self.relations.of_kind("styles")))
        numbering = package.optional_xml(self.relations.of_kind("numbering"))
        self.numbering = Numbering(numbering, self.styles)
        self._notes = {kind: self._read_notes(kind) for kind in ("footnote", "endnote")}
        self._open_notes: set[tuple[str, str]] = set()

    def _read_notes(self, kind: str) -> tuple[dict[str, Any], Relations]:
        part = self.relations.of_kind(f"{kind}s")
        root = self.package.optional_xml(part)
        if root is None:
            return {}, Relations()
        notes = {attribute(entry, "id"): entry for entry in root.iter(W + kind)}
        return notes, self.package.relations(part)

    @contextmanager
    def note(self, kind: str, identity: str) -> Iterator[Any | None]:
        """The element of a note, with its own part's relationships in force; None where there is none."""
        notes, relations = self._notes[kind]
        key = (kind, identity)
        if identity not in notes or key in self._open_notes:
            self.counts["lost_notes"] += 1
            yield None
            return
        before, self.relations = self.relations, relations
        self._open_notes.add(key)
        try:
            yield notes[identity]
        finally:
            self._open_notes.discard(key)
            self.relations = before

    def link(self, identity: str, anchor: str = "") -> str:
        """The address of an outer link; empty for one that leads inside the document or nowhere."""
        _, target, outside = self.relations.get(identity, ("", "", False))
        if not outside or not _LINK.fullmatch(target.strip()):
            return ""
        return f"{target.strip()}#{anchor}" if anchor and "#" not in target else target.strip()

    def picture(self, identity: str, alt: str, width: float | None) -> Picture | None:
        """The picture with a relationship's id; None, and the reason noted, where it cannot be had."""
        _, part, outside = self.relations.get(identity, ("", "", False))
        if not self.keeps_pictures or not identity:
            return None
        try:
            if outside:
                raise NoPicture("it is only linked to, and nothing is fetched from outside the draft")
            if not self.package.has(part):
                raise NoPicture("it is missing from the file")
            media = picture_media(self.package.read(part))
        except NoPicture as error:
            self.picture_faults.append(f"A picture ({alt or part or 'unnamed'}) could not be taken over: {error}.")
            return None
        self.media.setdefault(media.sha256, media)
        return Picture(self.new_id(), media.sha256, alt, width=width)

    def warnings(self) -> list[str]:
        """Sentences for the analyst about what was taken as accepted or left out."""
        counted = (
            ("insertions", "{} tracked insertion(s) were taken as accepted."),
            ("deletions", "{} tracked deletion(s) were taken as accepted, and their text is left out."),
            ("comments", "{} comment(s) were left out."),
            ("hidden", "{} run(s) of hidden text were left out."),
            ("contents", "A table of contents was left out ({} lines); the briefing makes its own."),
            ("charts", "{} chart(s) were left out; paste them as pictures."),
            ("diagrams", "{} diagram(s) were taken over as text only."),
            ("nested_tables", "{} table(s) inside table cells were taken over as lines of text."),
            ("embedded", "{} embedded document(s) were left out."),
            ("lost_notes", "{} note(s) have a mark in the text, but no text of their own."),
            ("note_pictures", "{} picture(s) in notes were left out."),
        )
        shown = [sentence.format(self.counts[key]) for key, sentence in counted if self.counts[key]]
        return [*shown, *dict.fromkeys(self.picture_faults)]
