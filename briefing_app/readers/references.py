"""A bibliographic reference as a source: what RIS, BibTeX and CSL-JSON have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing_app.model.reading import Fields, Reading
from briefing_app.model.source import SourceKind
from briefing_app.readers.dates import iso_date
from briefing_app.readers.records import Record, record_reading
from briefing_app.readers.text_builder import one_line

_DOI = re.compile(r"10\.\d{3,9}/\S+")
_WEB_TYPES = frozenset("elec icomm web blog webpage online www electronic post post-weblog article-newspaper".split())
_LANGUAGES = {
    "english": "en", "german": "de", "ngerman": "de", "deutsch": "de", "french": "fr", "français": "fr",
    "russian": "ru", "русский": "ru", "ukrainian": "uk", "spanish": "es", "italian": "it", "portuguese": "pt",
    "chinese": "zh", "arabic": "ar", "japanese": "ja", "dutch": "nl", "polish": "pl", "turkish": "tr", "eng": "en",
    "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "rus": "ru", "ukr": "uk", "spa": "es", "ara": "ar", "chi": "zh",
    "american": "en", "british": "en", "usenglish": "en", "ukenglish": "en",
}  # fmt: skip
_PAGE = re.compile(r"<[^<>]{1,200}>")


def reference_reading(
    *,
    kind: str,
    title: str,
    authors: Iterable[str],
    outlet: str,
    date: str,
    language: str,
    url: str,
    doi: str,
    text: str,
    reader: str,
    media_type: str,
) -> Reading:
    """A reading of one reference; ``text`` is its abstract or note, and without any it is flagged ``no_text``."""
    text = _PAGE.sub(" ", text) if "</" in text else text
    fields = Fields(
        title=one_line(title),
        authors=tuple(dict.fromkeys(filter(None, (one_line(author) for author in authors)))),
        outlet=one_line(outlet),
        published=iso_date(date),
        language=_LANGUAGES.get(language.strip().lower(), language.strip()),
        url=address(url, doi),
    )
    web = kind.lower() in _WEB_TYPES
    record = Record(fields=fields, text=text, kind=SourceKind.WEB if web else SourceKind.DOCUMENT)
    return record_reading(record, reader, media_type)


def address(url: str, doi: str) -> str:
    """The first web address given, else the one that a DOI stands for."""
    first = url.strip().split()[0] if url.strip() else ""
    if first.startswith(("http://", "https://", "ftp://")):
        return first
    found = _DOI.search(doi or url)
    if found:
        return f"https://doi.org/{found.group().rstrip('.,;}')}"
    return f"https://{first}" if first.startswith("www.") else ""


def natural_name(name: str) -> str:
    """``Anna Ivanova`` of ``Ivanova, Anna``; a name without a comma, or with a title after two, stays."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2 and all(parts):
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and all(parts):
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return name.strip(" ,")
