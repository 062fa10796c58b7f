"""BibTeX and BibLaTeX: each entry a source. What is between the entries is comment, as for BibTeX itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing_app.model.reading import Reading
from briefing_app.readers import failures
from briefing_app.readers.bibtex_text import plain_text, split_names
from briefing_app.readers.decoding import decode
from briefing_app.readers.members import Member, Names, Nesting
from briefing_app.readers.reference_files import bibtex_files, with_files
from briefing_app.readers.references import natural_name, reference_reading
from briefing_app.readers.text_builder import normal_characters

READER = "bibtex/1"
MEDIA_TYPE = "application/x-bibtex"
_START = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_KEY = re.compile(r"\s*([^\s,{}()=\"#%]*(?:\([^\s,]*\))?[^\s,{}=\"#%]*)\s*(,|(?=[})]))")
_NAME = re.compile(r"[\s,]*([^\s,{}()=\"#%]+)\s*=\s*")
_WORD = re.compile(r"[^\s,{}()=\"#%]+")
_MONTHS = {name: f"{number:02d}" for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip
_END = re.compile(r"[\s,]*[})]?")
_MARK = re.compile(r'\\.|[{}"]', re.DOTALL)
_WITHOUT = ("comment", "preamble")
_OUTLETS = (
    "journaltitle",
    "journal",
    "booktitle",
    "publisher",
    "institution",
    "school",
    "organization",
    "howpublished",
)


@dataclass(slots=True)
class _Entry:
    kind: str
    key: str
    raw: str
    fields: dict[str, str] = field(default_factory=dict)
    strings: set[str] = field(default_factory=set)


def members(data: bytes, name: str, nesting: Nesting) -> Iterator[Member]:
    """The entries in order, each named by its key. Raises UnreadableFile where there are none."""
    reader = _Reader(normal_characters(decode(data)))
    entries = list(reader.entries())
    by_key = {entry.key.lower(): entry for entry in entries if entry.key}
    names = Names()
    for number, entry in enumerate(entries, 1):
        parent = by_key.get(entry.fields.get("crossref", "").strip().lower())
        parent = None if parent is entry else parent
        raw = reader.definitions(entry.strings | (parent.strings if parent else set())) + entry.raw + "\n"
        if parent:
            raw += parent.raw + "\n"  # whose fields it inherits
        nesting.take(name, len(raw))
        alone = len(entries) == 1
        member = Member(
            name=None if alone else names.unique(entry.key or f"entry {number}"),
            file_name=name,
            data=None if alone else raw.encode("utf-8"),
            reading=_reading(entry, parent),
        )
        yield from with_files(member, bibtex_files(entry.fields.get("file", "")), nesting)
    if not entries:
        raise failures.damaged(name, "a file of references (BibTeX)", "there is no reference in it")


def named_files(data: bytes) -> Iterator[str]:
    """The relative paths of the files that the entries name."""
    for entry in _Reader(normal_characters(decode(data))).entries():
        yield from bibtex_files(entry.fields.get("file", ""))


class _Reader:
    """Reads entries one after another; a broken one ends where the next begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._strings: dict[str, tuple[str, str]] = {}  # name -> (value, definition as it stands)

    def definitions(self, names: set[str]) -> str:
        """The definitions of the abbreviations that an entry uses."""
        return "".join(f"{self._strings[name][1]}\n" for name in sorted(names) if name in self._strings)

    def entries(self) -> Iterator[_Entry]:
        place = 0
        while found := _START.search(self._text, place):
            kind = found.group(1).lower()
            place = found.end()
            if kind in _WITHOUT:
                end = self._closing(place, "}" if found.group(2) == "{" else ")")
                place = place if end == len(self._text) else end + 1
                continue
            if kind == "string":
                entry = _Entry(kind, "", "")
                place = self._fields(entry, place)
                for name, value in entry.fields.items():
                    self._strings[name] = (value, self._text[found.start() : place])
                continue
            key = _KEY.match(self._text, place)
            if not key:
                continue
            entry = _Entry(kind, key.group(1), "")
            place = self._fields(entry, key.end())
            entry.raw = self._text[found.start() : place]
            if entry.fields:
                yield entry

    def _fields(self, entry: _Entry, place: int) -> int:
        """Read ``name = value`` pairs up to the entry's end; gives the place after it."""
        while found := _NAME.match(self._text, place):
            value, place = self._value(entry, found.end())
            name = found.group(1).lower()
            entry.fields.setdefault(name, value)
        rest = _END.match(self._text, place)
        return rest.end() if rest else place

    def _value(self, entry: _Entry, place: int) -> tuple[str, int]:
        """A value, which may be joined of several with ``#``."""
        pieces: list[str] = []
        while place < len(self._text):
            char = self._text[place]
            if char.isspace() or char == "#":
                place += 1
            elif char == "{":
                end = self._closing(place + 1, "}")
                pieces.append(self._text[place + 1 : end])
                place = end + 1
            elif char == '"':
                end = self._closing(place + 1, '"')
                pieces.append(self._text[place + 1 : end])
                place = end + 1
            elif (word := _WORD.match(self._text, place)) and (not pieces or self._joined(place)):
                pieces.append(self._abbreviation(entry, word.group()))
                place = word.end()
            else:
                break
        return "".join(pieces), place

    def _joined(self, place: int) -> bool:
        """True where a ``#`` stands before ``place``."""
        return self._text[max(0, place - 200) : place].rstrip().endswith("#")

    def _abbreviation(self, entry: _Entry, word: str) -> str:
        known = self._strings.get(word.lower())
        if known is None:
            return word
        entry.strings.add(word.lower())
        return known[0]

    def _closing(self, place: int, mark: str) -> int:
        """Where the braces or quotation marks end that were opened before ``place``."""
        depth = 0
        for found in _MARK.finditer(self._text, place):
            sign = found.group()
            if sign == mark and depth == 0:
                return found.start()
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if depth < 0:
                    return found.start()
        return len(self._text)


def _reading(entry: _Entry, parent: _Entry | None) -> Reading:
    def value(*names: str) -> str:
        for fields in (entry.fields, parent.fields if parent else {}):
            for name in names:
                words = plain_text(fields.get(name, ""))
                if words:
                    return words
        return ""

    own = plain_text(entry.fields.get("title", ""))
    subtitle = plain_text(entry.fields.get("subtitle", ""))
    outlet = value(*_OUTLETS) or (plain_text(parent.fields.get("title", "")) if parent else "")
    if "journal" not in entry.kind and outlet.startswith(("http", "\\url")):
        outlet = ""
    notes = (
        plain_text(entry.fields.get(name, ""), lines=True) for name in ("abstract", "annotation", "annote", "note")
    )
    people = entry.fields.get("author") or entry.fields.get("editor") or ""
    return reference_reading(
        kind=entry.kind,
        title=f"{own}: {subtitle}" if own and subtitle else own or value("booktitle"),
        authors=(name if braced else natural_name(name) for name, braced in split_names(people)),
        outlet=outlet,
        date=_date(value("date"), value("year"), value("month"), value("day")),
        language=value("language", "langid"),
        url=value("url") or value("howpublished"),
        doi=value("doi"),
        text="\n\n".join(dict.fromkeys(filter(None, notes))),
        reader=READER,
        media_type=MEDIA_TYPE,
    )


def _date(date: str, year: str, month: str, day: str) -> str:
    if date:
        return date.split("/", 1)[0]
    known = _MONTHS.get(month.strip().lower()[:3], month.strip())
    if not (year.isdigit() and known.isdigit()):
        return year
    return f"{year}-{int(known):02d}" + (f"-{int(day):02d}" if day.isdigit() else "")
