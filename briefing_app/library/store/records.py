"""What comes into a library, as values: a new source, its ids and hashes, and what counts as the same again."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from briefing_app.library.store.packing import Packed, Prepared
from briefing_app.model.excerpt import sha256_text
from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import is_partial_date

ID_LENGTH = 12
_TITLE_LENGTH = 200
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]+")
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|yclid|igshid|mc_[ce]id|ref_src|_ga)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """One file, or one part of a file, that was read and is about to be kept.

    ``data`` are the original bytes of the part, ``member`` names it inside its file (None for a file of its own),
    ``path`` says where it came from. ``accessed`` is an ISO 8601 date or empty.
    ``prepared`` is what the worker has made of it already, if a worker has: then ``reading`` may lack its text, blocks
    and pages. ``packed`` are at least its hashes. ``own_id`` is the id that it has in another library: it keeps it
    here, where that is free. ``parent`` is the number of the source that it is attached to.
    """

    data: bytes = field(repr=False)
    reading: Reading = field(repr=False)
    path: str = ""
    file_name: str = ""
    member: str | None = None
    accessed: str = ""
    id_seed: bytes = b""
    packed: Packed | None = field(default=None, repr=False)
    prepared: Prepared | None = field(default=None, repr=False)
    own_id: str = ""
    parent: int | None = None

    @property
    def sha256(self) -> str:
        packed = self.prepared.packed if self.prepared else self.packed
        return packed.sha256 if packed else hashlib.sha256(self.data).hexdigest()

    @property
    def text_sha256(self) -> str:
        packed = self.prepared.packed if self.prepared else self.packed
        return packed.text_sha256 if packed else sha256_text(self.reading.text)

    @property
    def has_text(self) -> bool:
        return self.prepared.has_text if self.prepared else bool(self.reading.text.strip())

    @property
    def long_id(self) -> str:
        """64 hex digits from the bytes and the member; a source's id is its beginning."""
        seed = self.data + b"\0" + (self.member or "").encode("utf-8", "surrogatepass") + self.id_seed
        return hashlib.sha256(seed).hexdigest()

    def fields(self) -> Fields:
        """The fields as read, made fit to keep."""
        return self.prepared.fields if self.prepared else fields_to_keep(self.reading, self.file_name)


def fields_to_keep(reading: Reading, file_name: str) -> Fields:
    """The fields as read, made fit to keep; without a title of its own the first line or the file's name."""
    read = reading.fields
    published = tidy(read.published)
    return Fields(
        title=tidy(read.title) or first_line(reading.text) or tidy(file_name),
        authors=tuple(name for author in read.authors if (name := tidy(author))),
        outlet=tidy(read.outlet),
        published=published if is_real_date(published) else "",
        language=tidy(read.language),
        url=tidy(read.url),
        marking=tidy(read.marking),
    )


def tidy(text: str) -> str:
    """A field's text on one line: no control characters, no double spaces."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def first_line(text: str) -> str:
    """The first line that has a letter or a digit, cut at a word where it is long; empty where there is none."""
    for line in text[:20_000].splitlines():
        line = tidy(line)
        if any(char.isalnum() for char in line):
            if len(line) <= _TITLE_LENGTH:
                return line
            cut = line[: _TITLE_LENGTH - 1]
            return (cut.rsplit(" ", 1)[0] if " " in cut[_TITLE_LENGTH // 2 :] else cut) + "…"
    return ""


def is_real_date(text: str) -> bool:
    """True for an empty string and for a partial ISO 8601 date that is in the calendar."""
    if not text:
        return True
    if not is_partial_date(text):
        return False
    parts = [int(part) for part in text[:10].split("-")]
    try:
        datetime.date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True


def canonical_url(url: str) -> str:
    """``url`` in the form in which two addresses are compared: no scheme, fragment, ``www.`` or tracking."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    address = host + (f":{port}" if port not in (None, 80, 443) else "") + (parts.path.rstrip("/") or "")
    return address + (f"?{urlencode(sorted(query))}" if query else "")


def is_same_record(one: Fields, other: Fields) -> bool:
    """True where two sources with the same text are one record and not a reprint.

    The same address makes them one. Without any address title, outlet and date must agree. Another address, or an
    address on one side only, makes the second a source of its own.
    """
    if one.url or other.url:
        return canonical_url(one.url) == canonical_url(other.url)
    return (one.title, one.outlet, one.published) == (other.title, other.outlet, other.published)
