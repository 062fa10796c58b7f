"""A source in words: the full reference, the short one, and who is quoted. Missing parts leave no trace."""

from __future__ import annotations

from briefing_app.layout.document import TextRun
from briefing_app.layout.links import outward
from briefing_app.layout.wording import (
    SOURCE_KINDS,
    language_name,
    names,
    readable_date,
    readable_pages,
)
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.source import Source, SourceKind

TextRuns = tuple[TextRun, ...]


def full_reference(source: Source, excerpt: Excerpt | None = None) -> TextRuns:
    """Authors, “title”, outlet, date, source type, page, URL, access date, grade; without a final full stop.

    ``excerpt`` gives page and grade; without one, as in a list of sources, neither is printed.
    """
    parts: list[TextRuns] = [
        _plain(names(source.authors)),
        _title(source),
        _plain(source.outlet, italic=True, language=source.language),
        _plain(readable_date(source.published)),
        _plain("" if source.kind is SourceKind.WEB else SOURCE_KINDS.get(source.kind, source.kind.value)),
        _plain(_pages(excerpt)),
        (TextRun(source.url.strip(), url=outward(source.url)),) if source.url.strip() else (),
        _plain(f"accessed {readable_date(source.accessed)}" if source.accessed else ""),
    ]
    return (*_joined(parts), *_grade(source, excerpt))


def short_reference(source: Source, excerpt: Excerpt, first: tuple[str, int] | None) -> TextRuns:
    """Outlet, “title” (note 3), page, grade: for a source given in full before.

    ``first`` is the id and the number of the note that does, or None where it is this same note.
    """
    title = _title(source)
    back = (TextRun(" ("), TextRun(f"note {first[1]}", target=first[0]), TextRun(")")) if first else ()
    parts: list[TextRuns] = [
        _plain(source.outlet, italic=True, language=source.language),
        (*title, *back) if title else (),
        _plain(_pages(excerpt)),
    ]
    if not title:
        parts[0] = (*parts[0], *back)
    return (*_joined(parts), *_grade(source, excerpt))


def attribution(source: Source, excerpt: Excerpt, translated: bool) -> TextRuns:
    """Who is quoted, and when; then who translated it. Empty where nothing is known."""
    outlet = source.outlet or names(source.authors)
    who = _plain(outlet, language=source.language if source.outlet else "") or _title(source)
    runs = _joined([who, _plain(readable_date(source.published))])
    credit = translation_credit(source, excerpt) if translated else ""
    if credit:
        runs = (*runs, TextRun(f". {credit}" if runs else credit))
    return (TextRun("— "), *runs) if runs else ()


def translation_credit(source: Source, excerpt: Excerpt) -> str:
    """ "Translated from Russian by A. Marsh", with what is known."""
    language = language_name(excerpt.language or source.language)
    translator = excerpt.translation.translator if excerpt.translation else ""
    words = ["Translated", f"from {language}" if language else "", f"by {translator}" if translator else ""]
    return " ".join(filter(None, words))


def _title(source: Source) -> TextRuns:
    """The title in quotation marks; else the file's name; nothing where the URL says it already."""
    title = _plain(source.title, language=source.language)
    if title:
        return (TextRun("“"), *title, TextRun("”"))
    if source.file_name:
        return _plain(source.file_name)
    return () if source.url or source.outlet else _plain(source.id)


def _pages(excerpt: Excerpt | None) -> str:
    return readable_pages(excerpt.page, excerpt.last_page) if excerpt else ""


def _grade(source: Source, excerpt: Excerpt | None) -> TextRuns:
    """The Admiralty code, where source and item are both judged."""
    reliability, credibility = source.reliability, excerpt.credibility if excerpt else None
    if reliability is None or credibility is None or not (reliability.is_judged and credibility.is_judged):
        return ()
    return (TextRun(f" [{reliability}{credibility}]"),)


def _plain(text: str, *, italic: bool = False, language: str = "") -> TextRuns:
    words = " ".join(text.split())
    return (TextRun(words, italic=italic, language=language),) if words else ()


def _joined(parts: list[TextRuns]) -> TextRuns:
    runs: list[TextRun] = []
    for part in filter(None, parts):
        if runs:
            runs.append(TextRun(", "))
        runs.extend(part)
    return tuple(runs)
