"""Runs: words with their look, language and direction, links, note calls and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import Literal, assert_never
from urllib.parse import quote

from briefing_app.export.docx.scripts import is_hebrew, segments, word_language
from briefing_app.export.docx.xml import HEBREW_FACE, field, run, words
from briefing_app.layout.directions import language_direction
from briefing_app.layout.document import BreakRun, NoteRun, Run, TextLine, TextRun

_SCHEMES = ("http://", "https://", "ftp://", "mailto:")
_EAST_ASIAN = ("zh", "ja", "ko")
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_LAST_NUMBER = re.compile(r"[0-9]+$")
_LINKED = '<w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr>'
NoteKind = Literal["footnote", "endnote"]


class Links:
    """The external links of one part: an id for each address."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def id_of(self, url: str) -> str:
        return self.ids.setdefault(url, f"rIdLink{len(self.ids) + 1}")


class Bookmarks:
    """Names for what can be led to; only targets that exist get one, each id once."""

    def __init__(self, headings: list[str], others: list[str], notes: Iterable[str] = ()) -> None:
        self._notes = frozenset(notes)
        self._names: dict[str, str] = {}
        for prefix, ids in (("_Toc", headings), ("_Ref", others)):
            for id in ids:
                self._names.setdefault(id, f"{prefix}{len(self._names) + 1:08d}")
        self._placed: set[str] = set()

    def name(self, id: str) -> str:
        """The bookmark's name, or an empty string where nothing has that id."""
        return self._names.get(id, "")

    def is_call(self, id: str) -> bool:
        """Whether the bookmark stands around the call of a note, so that Word can count that."""
        return id in self._notes and id in self._names

    def around(self, id: str, inside: str) -> str:
        """``inside`` within the bookmark of ``id``, the first time that id is met."""
        name = self._names.get(id)
        if name is None or id in self._placed:
            return inside
        self._placed.add(id)
        number = len(self._placed)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


class RunWriter:
    """Writes the runs of lines for one part of the package, which has links of its own."""

    def __init__(self, bookmarks: Bookmarks, kind: NoteKind, language: str) -> None:
        self.links = Links()
        self._bookmarks = bookmarks
        self._kind = kind
        self._language = language

    def runs(self, line: TextLine) -> str:
        """The line's runs, after its portion mark."""
        right_to_left = line.direction == "rtl"
        language = line.language or self._language
        parts = [run('<w:rPr><w:rStyle w:val="PortionMark"/></w:rPr>', words(f"({line.mark}) "))] if line.mark else []
        for (url, target), group in groupby(line.runs, key=_link_of):
            items = list(group)
            number = self._note_number(items, target) if not usable_url(url) else ""
            if number and isinstance(items[-1], TextRun):
                items[-1] = replace(items[-1], text=items[-1].text.removesuffix(number))
            inside = "".join(self._run(item, right_to_left, language) for item in items)
            parts.append(self._linked(inside, url, target) if inside else "")
            if number:
                parts.append(field(f"NOTEREF {self._bookmarks.name(target)} \\h", _LINKED, number))
        return "".join(parts)

    def _note_number(self, items: list[Run], target: str) -> str:
        """The number at the end of words that lead to the call of a note: Word renews it when notes move."""
        last = items[-1]
        if not self._bookmarks.is_call(target) or not isinstance(last, TextRun):
            return ""
        found = _LAST_NUMBER.search(last.text)
        return found.group() if found else ""

    def _run(self, item: Run, right_to_left: bool, language: str) -> str:
        match item:
            case TextRun():
                return _text(item, right_to_left, language, linked=bool(self._leads(item)))
            case BreakRun():
                return run("", "<w:br/>")
            case NoteRun():
                return self._call(item)
            case _:
                assert_never(item)

    def _leads(self, item: TextRun) -> str:
        return usable_url(item.url) or self._bookmarks.name(item.target)

    def _linked(self, inside: str, url: str, target: str) -> str:
        address = usable_url(url)
        if address:
            return f'<w:hyperlink r:id="{self.links.id_of(address)}" w:history="1">{inside}</w:hyperlink>'
        name = self._bookmarks.name(target)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{inside}</w:hyperlink>' if name else inside

    def _call(self, call: NoteRun) -> str:
        style = f'<w:rPr><w:rStyle w:val="{self._kind.capitalize()}Reference"/></w:rPr>'
        reference = run(style, f'<w:{self._kind}Reference w:id="{call.number}"/>')
        return self._bookmarks.around(call.note_id, reference)


def usable_url(url: str) -> str:
    """The address as a package can hold it, or an empty string for what no reader should be led to."""
    address = f"https://{url}" if url.lower().startswith("www.") else url
    if not address.lower().startswith(_SCHEMES):
        return ""
    return quote(address, safe=_URL_SAFE, errors="replace")


def _link_of(item: Run) -> tuple[str, str]:
    return (item.url, item.target) if isinstance(item, TextRun) else ("", "")


def _text(item: TextRun, right_to_left: bool, language: str, linked: bool) -> str:
    parts = []
    for text, backwards in segments(item.text, right_to_left):
        hebrew = backwards and is_hebrew(text)
        attribute = _language_attribute(item.language or language, backwards)
        look = _properties(item.bold, item.italic, item.underline, item.raised, linked, backwards, attribute, hebrew)
        parts.append(run(look, words(text)))
    return "".join(parts)


@lru_cache(maxsize=128)
def _language_attribute(language: str, backwards: bool) -> str:
    """The attribute of ``w:lang``; nothing where the language is not written in the direction of the words."""
    tag = word_language(language)
    if not tag or backwards != (language_direction(language) == "rtl"):
        return ""
    if backwards:
        return f'w:bidi="{tag}"'
    return f'w:eastAsia="{tag}"' if language.split("-")[0].lower() in _EAST_ASIAN else f'w:val="{tag}"'


@lru_cache(maxsize=512)
def _properties(
    bold: bool, italic: bool, underline: bool, raised: bool, linked: bool, backwards: bool, language: str, hebrew: bool
) -> str:
    """``w:rPr`` in the order that the schema asks for."""
    switches = (
        ('<w:rStyle w:val="Hyperlink"/>', linked),
        (f'<w:rFonts w:cs="{HEBREW_FACE}"/>', hebrew),
        ("<w:b/><w:bCs/>", bold),
        ("<w:i/><w:iCs/>", italic),
        ('<w:u w:val="single"/>', underline),
        ('<w:vertAlign w:val="superscript"/>', raised),
        ("<w:rtl/>", backwards),
        (f"<w:lang {language}/>", bool(language)),
    )
    inside = "".join(xml for xml, wanted in switches if wanted)
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""
