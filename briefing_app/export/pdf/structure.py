"""What the content of a document is, apart from how it looks: the tree that screen readers and converters follow.

The tree is grown while blocks are set, in reading order. What is drawn later is hung into it, so that a paragraph or
a note which goes on overleaf stays one element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from briefing_app.export.pdf.text import Look, Piece
from briefing_app.layout.document import Role, TextLine

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
UNKNOWN = "und"  # the language of a document that names none
# Our names for paragraphs of a kind, and what they are in the standard's names.
ROLE_MAP = {"Title": "P", "Subtitle": "P"}
_KINDS = {Role.TITLE: "Title", Role.SUBTITLE: "Subtitle"}
_DEEPEST = 6  # levels of headings that the standard has


class Marked(NamedTuple):
    """A stretch of marked content: its page, counted from 1, and its number on it."""

    page: int
    number: int


class Annotated(NamedTuple):
    """A link annotation: its page, counted from 1, and ReportLab's reference to it."""

    page: int
    reference: Any


@dataclass(slots=True, eq=False)
class Element:
    """A node of the tree. ``kind`` is its structure type; ``language`` is its own or what it stands in.

    ``attributes`` are the entries of an attribute dictionary; ``key`` is its unique id. What is ``turned`` stands on
    the page as it is seen, from right to left; ``spoken`` is that in reading order.
    """

    kind: str
    language: str
    alt: str = ""
    attributes: str = ""
    key: str = ""
    turned: bool = False
    kids: list[Element | Marked | Annotated] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    _link_key: tuple[str, str, str] = ("", "", "")
    _link: Element | None = None
    _turned: Element | None = None

    def add(self, kind: str, language: str = "") -> Element:
        """A new last child."""
        child = Element(kind, language_tag(language) or self.language)
        self.kids.append(child)
        return child

    def goes_on(self, look: Look, turned: bool) -> bool:
        """Whether words of this look go on in the element of those before."""
        return (look.url, look.target, look.language) == self._link_key and turned == (self._turned is not None)

    def within_line(self, look: Look, called: bool, turned: bool) -> tuple[Element, Element | None]:
        """The element for words of this look inside a line, and the link that they are part of.

        Words that go on from those before, even overleaf, go on in the same element. ``turned``: they run from
        right to left, and stand on the page as they are seen.
        """
        key = (look.url, look.target, look.language)
        if key != self._link_key:
            self._link_key, self._link, self._turned = key, self._inner(look, called), None
        inner = self._link or self
        link = inner if look.url or look.target else None
        if not turned:
            self._turned = None
            return inner, link
        if self._turned is None:
            self._turned = inner.add("Span")
            self._turned.turned = True
        return self._turned, link

    def _inner(self, look: Look, called: bool) -> Element | None:
        if look.url or look.target:
            outer = self.add("Reference") if called else self
            return outer.add("Link", look.language)
        if language_tag(look.language) not in ("", self.language):
            return self.add("Span", look.language)
        return None

    def say(self, pieces: Sequence[Piece]) -> None:
        """Add what the pieces read as; those of a new line stand after a space."""
        words = "".join(piece.glyphs.text for piece in pieces)
        if self.spoken and not self.spoken[-1].endswith(" ") and not words.startswith(" "):
            words = f" {words}"
        self.spoken.append(words)


@lru_cache(maxsize=256)
def language_tag(language: str) -> str:
    """The language as the standard writes it; empty where it is none."""
    tag = language.replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else ""


def stretches_of(element: Element, pieces: Sequence[Piece]) -> Iterator[tuple[Element, Element | None, list[Piece]]]:
    """The pieces of a line by the element that they belong to, each with the link that it is part of."""
    group: list[Piece] = []
    last: Piece | None = None
    leaf, link = element, None
    for piece in pieces:
        turned = piece.level % 2
        if last is None or piece.look is not last.look or turned != last.level % 2:
            if group and not element.goes_on(piece.look, turned == 1):
                yield leaf, link, group  # before what follows gets its place in the tree
                group = []
            leaf, link = element.within_line(piece.look, bool(piece.call), turned == 1)
        group.append(piece)
        last = piece
    if group:
        yield leaf, link, group


class Tagger:
    """Grows the tree of one document. Sections follow its headings, whose levels are never skipped."""

    def __init__(self, language: str) -> None:
        self.root = Element("Document", language_tag(language) or UNKNOWN)
        self._within = [self.root]
        self._levels: list[int] = []
        self._sections: list[Element] = []
        self._entries: Element | None = None
        self._notes: dict[str, Element] = {}
        self._count = 0

    @property
    def _here(self) -> Element:
        if len(self._within) > 1:
            return self._within[-1]
        return self._sections[-1] if self._sections else self.root

    def add(self, kind: str, language: str = "") -> Element:
        """A new element at this place of the document."""
        if len(self._within) == 1:
            self._entries = None
        return self._here.add(kind, language)

    @contextmanager
    def inside(self, element: Element) -> Iterator[Element]:
        """What is added stands inside the element."""
        self._within.append(element)
        yield element
        self._within.pop()

    def line(self, line: TextLine, kind: str = "") -> tuple[Element, Element]:
        """The element of a line of text, and that of the number before it."""
        if line.level and len(self._within) == 1:
            heading = self._heading(line)
            return heading, heading
        if line.role is Role.SOURCE_ENTRY and line.number and len(self._within) == 1:
            return self._entry(line)
        element = self.add(kind or _KINDS.get(line.role, "P"), line.language)
        return element, element

    def _heading(self, line: TextLine) -> Element:
        while self._levels and self._levels[-1] >= line.level:
            self._levels.pop()
            self._sections.pop()
        section = self.add("Sect")
        self._levels.append(line.level)
        self._sections.append(section)
        return section.add(f"H{min(len(self._levels), _DEEPEST)}", line.language)

    def _entry(self, line: TextLine) -> tuple[Element, Element]:
        """An entry of the list of sources, which is a list as others are."""
        if self._entries is None:
            entries = self.add("L")
            entries.attributes = "/O/List/ListNumbering/Decimal"
            self._entries = entries
        item = self._entries.add("LI", line.language)
        label = item.add("Lbl")
        return item.add("LBody").add("P"), label

    def note(self, note_id: str) -> Element:
        """The element of a note, which has no place in the tree yet."""
        self._count += 1
        element = self._notes[note_id] = Element("Note", self.root.language, key=f"note-{self._count}")
        return element

    def place_notes(self, note_ids: Iterable[str]) -> None:
        """Put those of the notes here that have no place yet: after the block that calls them."""
        for note_id in note_ids:
            note = self._notes.pop(note_id, None)
            if note is not None:
                self._entries = None
                self._here.kids.append(note)

    def place_rest(self) -> None:
        """Put the notes here that nothing calls."""
        self.place_notes(tuple(self._notes))
