"""The marking that a source came with: TLP labels and banners of the usual schemes, from where markings stand.

That is the head or foot of a page, its first and last lines, the subject and the headers of a message, the properties
of a document: never running text, where a sentence may be about markings. A marking is kept as it stands there, old
labels (TLP:WHITE) and lower case included. Where several stand, the highest is the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TLP = re.compile(
    r"(?<![\w/.-])(?:TLP\s?:\s?(?:AMBER\s?\+\s?STRICT|AMBER|RED|GREEN|CLEAR|WHITE)"
    r"|(?-i:TLP[ -](?:AMBER\s?\+\s?STRICT|AMBER|RED|GREEN|CLEAR|WHITE)))(?![\w+/])",
    re.IGNORECASE,
)
_TLP_RANKS = {"CLEAR": 0, "WHITE": 0, "GREEN": 10, "AMBER": 20, "AMBER+STRICT": 30, "RED": 50}
_CONTROLS = r"(?:\s?//\s?[A-Z][A-Z0-9 ,/.&-]*)"
_RELEASE = r"(?:[ ,/-]+(?:rel(?:easable)? to|limited to) .{1,50})?"

# Banners and their ranks, beside those of TLP. A banner is a line, or a part of one, that says nothing else.
_CAPITALS = tuple(
    (re.compile(pattern), rank)
    for pattern, rank in (
        (
            rf"(?:TOP SECRET|TS){_CONTROLS}+|TOP SECRET|COSMIC TOP SECRET(?: ?[-/] ?ATOMAL)?|STRENG GEHEIM|TRÈS SECRET",
            60,
        ),
        (rf"(?:SECRET|S){_CONTROLS}+|SECRET|GEHEIM|SECRET DÉFENSE", 50),
        (rf"(?:CONFIDENTIAL|C){_CONTROLS}+|CONFIDENTIAL|CONFIDENTIEL DÉFENSE|PROTECTED|VS-VERTRAULICH", 40),
        (rf"(?:UNCLASSIFIED|U)\s?//\s?(?:FOUO|FOR OFFICIAL USE ONLY|LES|SBU|CUI){_CONTROLS}*", 20),
        (rf"CUI{_CONTROLS}*|FOUO{_CONTROLS}*|LIMITE|RESTRICTED|LES|SBU", 20),
        (r"OFFICIAL", 10),
        (rf"(?:UNCLASSIFIED|U){_CONTROLS}+|UNCLASSIFIED|NON CLASSIFIÉ|OFFEN", 0),
    )
)
_ANY_CASE = tuple(
    (re.compile(pattern, re.IGNORECASE), rank)
    for pattern, rank in (
        (r"tr[eè]s secret ue(?: ?/ ?eu top secret)?|eu top secret|uk top secret|особой важности"
         r"|совершенно секретно|цілком таємно|سري للغاية|سري جدا", 60),
        (rf"nato secret{_RELEASE}|secret ue ?/ ?eu secret|eu secret|uk secret|секретно|таємно|سري", 50),
        (rf"nato confidential{_RELEASE}|confidentiel ue ?/ ?eu confidential|eu confidential", 40),
        (rf"nato restricted{_RELEASE}|restreint ue ?/ ?eu restricted|eu restricted"
         r"|diffusion restreinte(?: d[e’' ].{1,40})?|vs[ –-]{1,3}nur für den dienstgebrauch|vs-nfd"
         r"|для служебного пользования|дсп"
         r"|для службового користування|дск"
         r"|للاستخدام الرسمي فقط|محدود التداول", 20),
        (r"(?:uk )?official ?[-–:] ?sensitive(?: ?(?:[-–:/]|//)? ?(?:commercial|personal|locsen|recipients only))?"
         r"|for official use only|unclassified ?// ?for official use only|controlled unclassified information"
         r"|sensitive but unclassified|law enforcement sensitive(?: ?\(les\))?|commercial[ -]in[ -]confidence"
         r"|(?:strictly|company|private and) confidential|company-confidential|строго конфиденциально"
         r"|конфиденциально|коммерческая тайна|nur für den internen gebrauch", 20),
        (rf"nato unclassified{_RELEASE}|non sensitive information releasable to the public", 0),
    )
)  # fmt: skip
_PART = re.compile(r"\s*[|·•;\t]\s*|\s{3,}|\s[–—-]{1,2}\s")
_LABEL = re.compile(
    r"(?:(?:overall )?classification|marking|handling|sensitivity|einstufung|гриф(?: секретности)?)\s?:\s*", re.I
)
_SIDES = " \t*#=_~()[]{}<>«»\"'“”„"
_BRACKETS = re.compile(r"[\[({]([^\[\](){}]{1,80})[\])}]")
_HEADERS = frozenset(
    "x-tlp tlp x-tlp-marking x-classification classification x-security-classification x-protective-marking "
    "x-marking x-sensitivity sensitivity x-sensitivity-label".split()
)
_PROPERTIES = re.compile(
    r"(?:.*[_ .:-])?(?:tlp|(?:protective ?)?marking|(?:security ?)?classification|sensitivity)"
    r"(?:[_ .-]?(?:label|level|name))?",
    re.IGNORECASE,
)
_MICROSOFT = re.compile(r"msip_label_([0-9a-f-]{8,})_(name|enabled)", re.IGNORECASE)
_MICROSOFT_HEADER = re.compile(r"(MSIP_Label_[0-9a-f-]{8,}_(?:Name|Enabled))\s*=\s*([^;]*)", re.IGNORECASE)
_SECTION = re.compile(r"\bSEC\s*=\s*([A-Z][^,\]]{2,60})")
_NONE = re.compile(r"(?:normal|none|public|general|unmarked|no marking|0)$|(?:not |un)protected", re.IGNORECASE)
_LONGEST = 160
_DEFAULT_RANK = 20  # of a marking whose scheme is not known

Found = tuple[int, str]


def highest(found: Iterable[Found]) -> str:
    """The words of the marking of the highest rank, the first of several; empty for none."""
    best = max(found, key=lambda one: one[0], default=(0, ""))
    return best[1]


def in_heads(lines: Iterable[str]) -> Iterator[Found]:
    """Markings in lines that repeat at the head or foot of pages: beside other words too."""
    for line in lines:
        if len(line) <= 2 * _LONGEST:
            yield from (_tlp(found) for found in _TLP.finditer(line))
            yield from _banners(line)


def in_edges(lines: Iterable[str]) -> Iterator[Found]:
    """Markings in the first and last lines of a page or text: such a line, or a part of it, is one and nothing else."""
    for line in lines:
        if len(line) <= _LONGEST:
            yield from _banners(line)


def edges_of(text: str, count: int = 3) -> list[str]:
    """The first and the last lines of a text, blank ones left out."""
    lines = [line for line in text[:2000].split("\n") if line.strip()][:count]
    tail = [line for line in text[-2000:].split("\n") if line.strip()][-count:]
    return lines if len(text) <= 2000 and len(tail) <= len(lines) and tail == lines else [*lines, *tail]


def in_subject(subject: str) -> Iterator[Found]:
    """Markings in the subject of a message or a title: at its beginning, set apart at its end, or in brackets."""
    subject = " ".join(subject.split())
    if len(subject) > 4 * _LONGEST:
        return
    for bracketed in _BRACKETS.findall(subject):
        yield from _banners(bracketed)
    start = re.match(r"(?:(?:re|fwd?|aw|wg|tr|отв|пересл?)\s?:\s*)+", subject, re.IGNORECASE)
    rest = subject[start.end() :] if start else subject
    yield from _banners(rest)
    head = re.split(r"(?<!TLP):\s|\s[–—-]\s", rest, maxsplit=1, flags=re.IGNORECASE)[0]
    if head != rest:
        yield from _banners(head)
    found = _TLP.match(rest)
    if found and re.match(r"\s*(?:[\])}:|,;–—-]|[^\W\d_a-zа-яё]|\d)", rest[found.end() :]) and not _is_sentence(rest):
        yield _tlp(found)


def in_headers(headers: Iterable[tuple[str, str]]) -> Iterator[Found]:
    """Markings in the headers of a message that are made for them."""
    for name, value in headers:
        label, value = name.strip().lower(), " ".join(value.split())
        if label == "msip_labels":
            yield from in_properties(_MICROSOFT_HEADER.findall(value))
        elif label in _HEADERS and value:
            section = _SECTION.search(value)
            yield from _named(section.group(1) if section else value)


def in_properties(pairs: Iterable[tuple[str, str]]) -> Iterator[Found]:
    """Markings in a document's properties, or in a page's meta elements, by their names and values."""
    labels: dict[str, dict[str, str]] = {}
    for name, value in pairs:
        microsoft = _MICROSOFT.fullmatch(name.strip())
        if microsoft:
            labels.setdefault(microsoft.group(1).lower(), {})[microsoft.group(2).lower()] = " ".join(value.split())
        elif len(name) <= 60 and _PROPERTIES.fullmatch(name.strip()):
            yield from _banners(value)
            if "tlp" in name.lower() and f"TLP:{value.strip()}".upper().replace(" ", "")[4:] in _TLP_RANKS:
                yield _TLP_RANKS[value.strip().upper().replace(" ", "")], f"TLP:{value.strip()}"
    for label in labels.values():
        if label.get("enabled", "true").lower() == "true" and label.get("name"):
            yield from _named(label["name"])


def _named(value: str) -> Iterator[Found]:
    """The value of a field that is made for a marking: a known one, or whatever short words stand there."""
    known = list(_banners(value))
    known += [(rank, value) for colour, rank in _TLP_RANKS.items() if value.upper().replace(" ", "") == colour]
    if known:
        yield from known
    elif 1 < len(value) <= 60 and not _NONE.match(value):
        yield _DEFAULT_RANK, value


def _banners(line: str) -> Iterator[Found]:
    """Markings that a line consists of, or one of its parts between bars, dots and wide gaps."""
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return
    for part in (line, *_PART.split(line)):
        words = _LABEL.sub("", " ".join(part.strip(_SIDES).split()), count=1).strip(_SIDES)
        if not 2 < len(words) <= 120:
            continue
        tlp = _TLP.fullmatch(words)
        if tlp:
            yield _tlp(tlp)
            continue
        for pattern, rank in (*_CAPITALS, *_ANY_CASE):
            if pattern.fullmatch(words):
                yield rank, words
                break


def _tlp(found: re.Match[str]) -> Found:
    label = found.group()
    colour = re.sub(r"\s|TLP|:|^-", "", label.upper()).lstrip("-")
    return _TLP_RANKS[colour], " ".join(label.split())


def _is_sentence(words: str) -> bool:
    return words.rstrip().endswith((".", "?", "!")) and len(words.split()) > 4
