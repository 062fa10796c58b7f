"""The library as the front ends use it: opening it, and its rows as they are reported."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefing_app.app.preferences import own_library_dir
from briefing_app.errors import UsageError
from briefing_app.library.library import Library
from briefing_app.library.search.search import Hit, Query
from briefing_app.work.progress import Progress

__all__ = ["Library", "Progress", "Query", "correct_source", "open_library", "search_report", "source_fields"]


def open_library(folder: Path | None, *, write: bool) -> Library:
    """The library in ``folder``, or the user's own. Raises LibraryBusy and StorageError."""
    return Library.open(folder or own_library_dir(), write=write)


def search_report(library: Library, words: argparse.Namespace) -> dict[str, Any]:
    """The hits of a search as rows, with how many there are in all, and their facets where they are asked for.

    Ranges are code points of the source's text. Raises UsageError for a query without a meaning.
    """
    if words.query.strip(" *\t\n") and not any(char.isalnum() for char in words.query):
        raise UsageError(f"“{words.query[:80]}” has no word to search for.", "Write a word or a phrase in quotes.")
    first, last = words.from_date, words.to_date
    query = Query(
        text=words.query,
        from_date=first,
        to_date=last,
        outlet=words.outlet,
        language=words.language,
        tag=words.tag,
        limit=words.limit,
        offset=words.offset,
        order=words.sort,
        oldest_first=words.oldest_first,
        folded=words.fold,
        fuzzy=words.fuzzy,
    )
    found = library.search(query)
    if first and last and first[: len(last)] > last:
        raise UsageError(f"No day lies from {first} to {last}.", "Turn the two dates round.")
    report: dict[str, Any] = {"total": found.total, "hits": [_hit_row(hit) for hit in found.hits]}
    if words.facets:
        facets = asdict(library.facets_of(query))
        report["facets"] = {name: dict(counts) for name, counts in facets.items() if name != "total"}
    return report


def _hit_row(hit: Hit) -> dict[str, Any]:
    return {
        "source_id": hit.source_id,
        "title": hit.title,
        "authors": list(hit.authors),
        "outlet": hit.outlet,
        "date": hit.date,
        "added": hit.added,
        "language": hit.language,
        "kind": hit.kind,
        "grade": hit.grade,
        "marking": hit.marking,
        "tags": list(hit.tags),
        "starred": hit.starred,
        "read": hit.seen,
        "triage": hit.triage,
        "reprints": hit.reprints,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "start": hit.start,
        "end": hit.end,
    }


def source_fields(library: Library, source_id: str) -> dict[str, Any]:
    """A source's bibliographic fields, its text and its hashes. Raises BriefingError for an unknown id."""
    source = library.source(source_id)
    return {
        "id": source.id,
        "title": source.title,
        "authors": list(source.authors),
        "outlet": source.outlet,
        "date": source.published,
        "accessed": source.accessed,
        "language": source.language,
        "url": source.url,
        "kind": str(source.kind),
        "file_name": source.file_name,
        "media_type": source.media_type,
        "pages": source.pages,
        "no_text": source.no_text,
        "reliability": str(source.reliability) if source.reliability else None,
        "descriptor": source.descriptor,
        "marking": source.marking,
        "tags": list(library.tags(source.id)),
        "reader": source.reader,
        "sha256": source.sha256,
        "text_sha256": source.text_sha256,
        "text": library.text(source.id),
    }


def correct_source(library: Library, words: argparse.Namespace) -> dict[str, Any]:
    """Set the fields that were given and the tags, and give the source's fields as they are then."""
    names = {"date": "published"}
    given = {
        names.get(name, name): getattr(words, name)
        for name in ("title", "outlet", "date", "accessed", "language", "url", "descriptor", "reliability", "marking")
        if getattr(words, name) is not None
    }
    if words.author is not None:
        given["authors"] = tuple(words.author)
    if not given and words.tag is None:
        raise UsageError("Nothing to correct was named.", "Name a field, such as --title or --date, or a tag.")
    if given:
        library.correct(words.source, **given)
    if words.tag is not None:
        library.set_tags(words.source, words.tag)
    return source_fields(library, words.source)
