"""A source: what an analyst saved, described the way a citation needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from briefing_app.model.grading import Reliability

_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?")


class SourceKind(StrEnum):
    """What kind of thing was saved, as a citation names it (ICD 206 "source type")."""

    WEB = "web"
    PDF = "pdf"
    DOCUMENT = "document"
    EMAIL = "email"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bibliographic fields of one saved source, with the hashes that tie it to its bytes and its text.

    It does not hold the text or the bytes: the library does. Dates are ISO 8601, cut to what is known
    (``2026``, ``2026-11``, ``2026-11-03``, or with a time). An empty string means *not known*.
    ``sha256`` is of the original bytes, ``text_sha256`` of the extracted text in UTF-8, both in lower-case hex.
    ``no_text`` marks a source without any readable text, such as a scan. ``marking`` is the one that the source came
    with, as it stands in it.
    """

    id: str
    title: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    published: str = ""
    accessed: str = ""
    language: str = ""
    url: str = ""
    kind: SourceKind = SourceKind.TEXT
    file_name: str = ""
    media_type: str = ""
    sha256: str = ""
    text_sha256: str = ""
    reader: str = ""
    pages: int | None = None
    no_text: bool = False
    reliability: Reliability | None = None
    descriptor: str = ""
    marking: str = ""

    @property
    def display_title(self) -> str:
        return self.title or self.file_name or self.url or self.id


def is_partial_date(text: str) -> bool:
    """True for an ISO 8601 date that may stop at the year or the month, and for an empty string."""
    return not text or _PARTIAL_DATE.fullmatch(text) is not None
