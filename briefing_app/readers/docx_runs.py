"""The inside of a Word paragraph: runs, links, fields, notes and breaks, with tracked changes as accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from briefing_app.model.inline import Citation, Inline, LineBreak, Note, Text, merge_texts
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_styles import RunLook
from briefing_app.readers.docx_symbols import symbol
from briefing_app.readers.ooxml import R, W, attribute, local
from briefing_app.readers.text_builder import normal_characters

_FIELD_LINK = re.compile(r'HYPERLINK\s+(?:\\[nt]\s+)*"([^"]+)"', re.IGNORECASE)
_WEB = re.compile(r"(?:https?|ftp)://|mailto:", re.IGNORECASE)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_IGNORED = frozenset(
    "pPr rPr bookmarkStart bookmarkEnd proofErr commentRangeStart commentRangeEnd permStart permEnd sdtPr sdtEndPr"
    " smartTagPr customXmlPr moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd delText"
    " delInstrText footnoteRef endnoteRef annotationRef separator continuationSeparator lastRenderedPageBreak"
    " softHyphen fldData ffData".split()
)
_KNOWN_IN_CHOICE = frozenset("blip txbxContent t imagedata chart relIds oMath textpath".split())


@dataclass(frozen=True, slots=True)
class PageBreakMark:
    """A page break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing (picture, text box, chart) anchored in a paragraph; the body decides what becomes of it."""

    element: Any


Item = Inline | PageBreakMark | Drawn


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False
    link: str = ""


@dataclass(slots=True)
class _Pass:
    """The paragraph that is being read."""

    properties: Any | None
    items: list[Item] = field(default_factory=list)


class RunReader:
    """Reads paragraphs. Fields may run over several of them, so one reader serves a whole story."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._fields: list[_Field] = []

    def read(self, paragraph: Any) -> list[Item]:
        """What stands in a ``w:p``, in order."""
        current = _Pass(paragraph.find(W + "pPr"))
        self._children(paragraph, current, "")
        return current.items

    def _children(self, element: Any, current: _Pass, link: str) -> None:
        for child in element:
            name = local(child)
            if name == "r":
                self._run(child, current, link)
            elif name in ("del", "moveFrom"):
                self._context.counts["deletions"] += 1
            elif name in ("oMath", "oMathPara"):
                text = "".join(part.text or "" for part in child.iter() if local(part) == "t")
                current.items.append(Text(normal_characters(text), link=link))
            elif name == "AlternateContent":
                chosen = chosen_content(child)
                if chosen is not None:
                    self._children(chosen, current, link)
            elif name and name not in _IGNORED:
                if name in ("ins", "moveTo"):
                    self._context.counts["insertions"] += 1
                self._children(child, current, self._link(child, name) or link)

    def _link(self, element: Any, name: str) -> str:
        if name == "hyperlink":
            return self._context.link(element.get(R + "id") or "", attribute(element, "anchor"))
        return _field_link(attribute(element, "instr")) if name == "fldSimple" else ""

    def _run(self, run: Any, current: _Pass, link: str) -> None:
        properties = run.find(W + "rPr")
        look = self._context.styles.look(current.properties, properties)
        if look.hidden:
            self._context.counts["hidden"] += any(local(child) == "t" for child in run)
        self._run_children(run, current, look, link)

    def _run_children(self, run: Any, current: _Pass, look: RunLook, link: str) -> None:
        for child in run:
            name = local(child)
            if name in ("fldChar", "instrText"):
                self._field(child, name)
            elif name == "AlternateContent":
                chosen = chosen_content(child)
                if chosen is not None:
                    self._run_children(chosen, current, look, link)
            elif not look.hidden and self._is_shown() and name and name not in _IGNORED:
                self._content(child, name, current, look, link)

    def _content(self, child: Any, name: str, current: _Pass, look: RunLook, link: str) -> None:
        items = current.items
        address = link or next((entry.link for entry in reversed(self._fields) if entry.link), "")
        if name == "br" or name == "cr":
            items.append(PageBreakMark() if attribute(child, "type") == "page" else LineBreak())
        elif name in ("drawing", "pict", "object"):
            items.append(Drawn(child))
        elif name in ("footnoteReference", "endnoteReference"):
            items += self._note(name.removesuffix("Reference"), attribute(child, "id"))
        elif name == "commentReference":
            self._context.counts["comments"] += 1
        elif name == "ruby":
            self._ruby(child, current, link)
        else:
            text = _characters(child, name)
            if text:
                items.append(Text(text, look.bold, look.italic, look.underline and not address, address))

    def _ruby(self, ruby: Any, current: _Pass, link: str) -> None:
        """The base text, and its reading in brackets after it."""
        base, reading = ruby.find(W + "rubyBase"), ruby.find(W + "rt")
        if base is not None:
            self._children(base, current, link)
        aside = _Pass(current.properties)
        if reading is not None:
            self._children(reading, aside, link)
        if aside.items:
            current.items += [Text("("), *aside.items, Text(")")]

    def _is_shown(self) -> bool:
        return all(entry.shows for entry in self._fields)

    def _field(self, element: Any, name: str) -> None:
        """Follow a complex field: its instruction is not shown, its result is."""
        if name == "instrText":
            if self._fields:
                self._fields[-1].instruction += element.text or ""
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
            self._fields[-1].link = _field_link(self._fields[-1].instruction)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, identity: str) -> list[Inline]:
        with self._context.note(kind, identity) as element:
            if element is None:
                return []
            reader = RunReader(self._context)
            content: list[Text | LineBreak | Citation] = []
            for paragraph in element.iter(W + "p"):
                words = reader.note_words(paragraph)
                if any(not isinstance(inline, Text) or inline.text.strip() for inline in words):
                    content += [LineBreak(), *words] if content else words
        return [Note(self._context.new_id(), trimmed_note(content))] if content else []

    def note_words(self, paragraph: Any) -> list[Text | LineBreak | Citation]:
        """A paragraph of a note: words and line breaks only."""
        words: list[Text | LineBreak | Citation] = []
        for item in self.read(paragraph):
            if isinstance(item, Drawn):
                self._context.counts["note_pictures"] += 1
            elif isinstance(item, Text | LineBreak):
                words.append(item)
        return words


def trimmed_note(content: list[Text | LineBreak | Citation]) -> tuple[Text | LineBreak | Citation, ...]:
    """The note's words joined, without the space that follows its mark."""
    joined = [inline for inline in merge_texts(tuple(content)) if not isinstance(inline, Note)]
    if joined and isinstance(joined[0], Text):
        first = joined[0]
        start = first.text.lstrip(" \t")
        joined[:1] = [Text(start, first.bold, first.italic, first.underline, first.link)] if start else []
    return tuple(joined)


def chosen_content(alternate: Any) -> Any | None:
    """The branch of an ``mc:AlternateContent`` to read: one only, so that a text box does not count twice."""
    fallback = None
    for branch in alternate:
        name = local(branch)
        if name == "Choice" and any(local(inner) in _KNOWN_IN_CHOICE for inner in branch.iter()):
            return branch
        if name == "Fallback":
            fallback = branch
    return fallback


def _field_link(instruction: str) -> str:
    found = _FIELD_LINK.search(instruction)
    return found.group(1) if found and _WEB.match(found.group(1)) else ""


def _characters(child: Any, name: str) -> str:
    """The text of a run's child: characters, tabs, hyphens and symbols."""
    if name == "t":
        text = child.text or ""
        if child.get(_XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        return normal_characters(text).replace("\n", " ")
    if name in ("tab", "ptab"):
        return "\t"
    if name == "noBreakHyphen":
        return "\u2011"
    if name == "sym":
        return symbol(attribute(child, "font"), attribute(child, "char"))
    return ""
