"""Drafts in Word's DOCX: headings, styles, lists, tables, pictures and notes kept, tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from briefing_app.model.draft import Draft
from briefing_app.model.inline import LineBreak, Text
from briefing_app.model.plain import inline_text
from briefing_app.readers import failures
from briefing_app.readers.docx_assemble import assemble
from briefing_app.readers.docx_body import BodyReader
from briefing_app.readers.docx_context import Context
from briefing_app.readers.docx_entry import Entry
from briefing_app.readers.language import language_of
from briefing_app.readers.ooxml import KIND, Package, local
from briefing_app.readers.plain_text import heading_flags, looks_like_heading, title_of
from briefing_app.readers.text_builder import one_line

NewId = Callable[[], str]
_NO_HEADING = ("…", "…")  # two lines: stands for a block that cannot be a heading


@dataclass(frozen=True, slots=True)
class CoreProperties:
    """The document's own properties, as they stand in the file."""

    title: str = ""
    creator: str = ""
    created: str = ""
    modified: str = ""
    language: str = ""


def draft_of_docx(data: bytes, name: str, new_id: NewId) -> Draft:
    """A draft from a Word document. Raises UnreadableFile."""
    return parse_docx(data, name, new_id)[0]


def parse_docx(
    data: bytes, name: str, new_id: NewId, *, pictures: bool = True, contents: bool = False
) -> tuple[Draft, CoreProperties]:
    """The draft and the core properties. ``contents`` keeps a table of contents as text."""
    context = Context(Package(data, name), new_id, pictures=pictures, contents=contents)
    root = context.package.xml(context.part)
    if root is None or local(root) not in ("document", "glossaryDocument"):
        raise failures.damaged(name, KIND, "the part with its text is of another kind")
    try:
        entries = BodyReader(context).entries(root)
    except RecursionError as error:
        raise failures.damaged(name, KIND, "its parts are nested too deeply") from error
    if not any(entry.kind in ("heading", "title") for entry in entries):
        entries = with_plain_headings(entries)
    title, entries = _lift_title(entries)
    core = _core(context)
    parts = assemble(entries, new_id)
    text = " ".join(inline_text(entry.content) for entry in entries)
    draft = Draft(
        parts=tuple(parts),
        title=title,
        language=language_of(core.language, text),
        media=tuple(context.media.values()),
        warnings=tuple(context.warnings()),
    )
    return draft, core


def _lift_title(entries: list[Entry]) -> tuple[str, list[Entry]]:
    """The first paragraph in the title's style as plain words; any other one stays as a heading."""
    for number, entry in enumerate(entries):
        if entry.kind == "title":
            if any(not isinstance(inline, Text | LineBreak) for inline in entry.content):
                break
            return one_line(inline_text(entry.content)), [*entries[:number], *entries[number + 1 :]]
    return "", entries


def with_plain_headings(entries: list[Entry]) -> list[Entry]:
    """Headings of a document that has no heading styles: short bold paragraphs, else short plain ones."""
    for only_bold in (True, False):
        groups = [_lines(entry, only_bold) for entry in entries]
        flags = heading_flags(groups)
        if any(flags):
            title = title_of(groups, flags)
            return [
                _as_heading(entry, is_title=number == title) if flag else entry
                for number, (entry, flag) in enumerate(zip(entries, flags, strict=True))
            ]
    return entries


def _lines(entry: Entry, only_bold: bool) -> tuple[str, ...]:
    """The entry as lines of plain text; what cannot be a heading as two lines."""
    text = inline_text(entry.content)
    if entry.kind != "paragraph" or "\n" in text or "\t" in text or not looks_like_heading(text):
        return _NO_HEADING
    runs = [inline for inline in entry.content if isinstance(inline, Text) and inline.text.strip()]
    if only_bold and not all(run.bold for run in runs):
        return _NO_HEADING
    return (text,)


def _as_heading(entry: Entry, *, is_title: bool) -> Entry:
    return replace(entry, kind="title" if is_title else "heading", level=1)


def _core(context: Context) -> CoreProperties:
    root = context.package.optional_xml(context.core_part)
    values: dict[str, str] = {}
    for child in root if root is not None else ():
        values.setdefault(local(child), one_line("".join(child.itertext())))
    return CoreProperties(
        title=values.get("title", ""),
        creator=values.get("creator", ""),
        created=values.get("created", ""),
        modified=values.get("modified", ""),
        language=values.get("language", ""),
    )
