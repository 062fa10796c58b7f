"""Citations in each style: as notes, as numbers into a list of sources, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, assert_never

from briefing_app.layout.context import Context
from briefing_app.layout.document import Role, Run, Runs, TextLine, TextRun
from briefing_app.layout.notes import NoteBook, note_line
from briefing_app.layout.references import full_reference, short_reference
from briefing_app.layout.wording import passage_words, readable_pages
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation
from briefing_app.model.source import Source
from briefing_app.model.template import CitationStyle

SetLine = Callable[[TextLine], TextLine]
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Citer(Protocol):
    """One citation style at work; it remembers what was cited before."""

    def cite(self, citations: tuple[Citation, ...], after_text: bool) -> Runs:
        """What stands in the text for neighbouring citations; ``after_text`` where a word ends right before."""
        ...

    def cite_in_note(self, citation: Citation, note_id: str, number: int) -> Runs:
        """What stands for a citation inside the analyst's note ``number``."""
        ...

    def sources(self) -> tuple[TextLine, ...]:
        """The numbered entries of the list of sources, in order of first citation; empty for other styles."""
        ...


def citer_for(style: CitationStyle, context: Context, notebook: NoteBook, set_line: SetLine) -> Citer:
    """The citer for a style. ``set_line`` sets the language and direction of a finished line."""
    match style:
        case "footnotes" | "endnotes":
            return NoteCiter(context, notebook, set_line)
        case "sources":
            return SourceCiter(context, set_line)
        case "none":
            return SilentCiter(context)
        case _:
            assert_never(style)


class NoteCiter:
    """Each citation is a note: the full reference the first time a source is cited, then a short one."""

    def __init__(self, context: Context, notebook: NoteBook, set_line: SetLine) -> None:
        self._context = context
        self._notebook = notebook
        self._set_line = set_line
        self._first: dict[str, tuple[str, int]] = {}  # source id -> note id and number of its full reference

    def cite(self, citations: tuple[Citation, ...], after_text: bool) -> Runs:
        return tuple(self._note(citation) for citation in citations)

    def cite_in_note(self, citation: Citation, note_id: str, number: int) -> Runs:
        return self._reference(citation, note_id, number)

    def sources(self) -> tuple[TextLine, ...]:
        return ()

    def _note(self, citation: Citation) -> Run:
        runs = self._reference(citation, citation.id, self._notebook.next_number)
        line = note_line(citation.id, (*runs, TextRun(".")))
        return self._notebook.add(citation.id, self._set_line(line))

    def _reference(self, citation: Citation, note_id: str, number: int) -> Runs:
        excerpt = self._context.excerpt(citation.excerpt_id, "citation")
        if excerpt is None:
            return _missing(citation)
        source = self._context.source(excerpt)
        if source.id in self._first:
            first = self._first[source.id]
            runs = short_reference(source, excerpt, None if first[1] == number else first)
        else:
            self._first[source.id] = (note_id, number)
            runs = full_reference(source, excerpt)
        return (*_words(_prefix(citation)), *runs, *_passage(excerpt, self._context), *_words(_suffix(citation)))


class SourceCiter:
    """A citation is its source's number in brackets, with the page; the sources are listed at the end."""

    def __init__(self, context: Context, set_line: SetLine) -> None:
        self._context = context
        self._set_line = set_line
        self._cited: dict[str, Source] = {}

    def cite(self, citations: tuple[Citation, ...], after_text: bool) -> Runs:
        parts = [self._part(citation) for citation in citations]
        divider = "; " if any(len(part) > 1 for part in parts) else ", "
        runs: list[Run] = [TextRun(f"{_NO_BREAK_SPACE}[" if after_text else "[")]
        for place, part in enumerate(parts):
            runs += [TextRun(divider), *part] if place else part
        return (*runs, TextRun("]"))

    def cite_in_note(self, citation: Citation, note_id: str, number: int) -> Runs:
        return self.cite((citation,), after_text=False)

    def sources(self) -> tuple[TextLine, ...]:
        return tuple(
            self._set_line(
                TextLine(
                    source_entry_id(source),
                    Role.SOURCE_ENTRY,
                    (*full_reference(source), TextRun(".")),
                    number=str(number),
                )
            )
            for number, source in enumerate(self._cited.values(), start=1)
        )

    def _part(self, citation: Citation) -> list[Run]:
        excerpt = self._context.excerpt(citation.excerpt_id, "citation")
        if excerpt is None:
            return list(_missing(citation))
        source = self._context.source(excerpt)
        self._cited.setdefault(source.id, source)
        number = list(self._cited).index(source.id) + 1
        pages = readable_pages(excerpt.page, excerpt.last_page)
        return [
            *_words(_prefix(citation)),
            TextRun(str(number), target=source_entry_id(source)),
            *_words(f", {pages}" if pages else ""),
            *_passage(excerpt, self._context),
            *_words(_suffix(citation)),
        ]


class SilentCiter:
    """Prints nothing, but still looks whether each citation has its passage."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def cite(self, citations: tuple[Citation, ...], after_text: bool) -> Runs:
        for citation in citations:
            self._context.excerpt(citation.excerpt_id, "citation")
        return ()

    def cite_in_note(self, citation: Citation, note_id: str, number: int) -> Runs:
        return self.cite((citation,), after_text=False)

    def sources(self) -> tuple[TextLine, ...]:
        return ()


def source_entry_id(source: Source) -> str:
    """The id of a source's entry in the list of sources."""
    return f"source-{source.id}"


def passage_id(excerpt: Excerpt) -> str:
    """The id of a passage's entry in the appendix of excerpts."""
    return f"passage-{excerpt.id}"


def _passage(excerpt: Excerpt, context: Context) -> Runs:
    """Where the passage stands in the appendix; nothing where there is none."""
    number = context.passage_number(excerpt)
    return (TextRun(", "), TextRun(passage_words(number), target=passage_id(excerpt))) if number else ()


def _prefix(citation: Citation) -> str:
    prefix = " ".join(citation.prefix.split())
    return f"{prefix} " if prefix else ""


def _suffix(citation: Citation) -> str:
    suffix = " ".join(citation.suffix.split())
    return suffix if not suffix or suffix[0] in ",;:.)" else f" {suffix}"


def _words(text: str) -> Runs:
    return (TextRun(text),) if text else ()


def _missing(citation: Citation) -> Runs:
    """What a draft prints where a citation has lost its passage."""
    return (TextRun(f"missing passage {citation.excerpt_id}", bold=True),)
