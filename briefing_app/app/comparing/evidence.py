"""What two briefings rest on: passages and sources that came, went or are described otherwise, and grades."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from briefing_app.app.comparing.values import (
    EvidenceChanges,
    ExcerptChange,
    FieldChange,
    GradeChange,
    SourceChange,
    State,
)
from briefing_app.app.comparing.words import Aliases
from briefing_app.app.keeping import without_unused
from briefing_app.model.block import Quotation
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.excerpt import Excerpt
from briefing_app.model.inline import Citation
from briefing_app.model.plain import all_inlines
from briefing_app.model.source import Source

_SOURCE_FIELDS = {
    "title": "title",
    "authors": "authors",
    "outlet": "outlet",
    "published": "published",
    "accessed": "accessed",
    "language": "language",
    "url": "address",
    "descriptor": "descriptor",
    "marking": "marking",
    "sha256": "hash of the original",
    "text_sha256": "hash of the text",
}


def alias_excerpts(old: Briefing, new: Briefing) -> Aliases:
    """The new briefing's ids of excerpts to the old one's of the same passage: by id, by place, by words."""
    aliases = {excerpt.id: excerpt.id for excerpt in new.excerpts if old.excerpt(excerpt.id) is not None}
    taken = set(aliases)
    for same_place in (True, False):
        waiting: dict[object, list[str]] = defaultdict(list)
        for excerpt in old.excerpts:
            if excerpt.id not in taken:
                waiting[_passage(excerpt, same_place)].append(excerpt.id)
        for excerpt in new.excerpts:
            if excerpt.id not in aliases and (ids := waiting.get(_passage(excerpt, same_place))):
                aliases[excerpt.id] = ids.pop(0)
                taken.add(aliases[excerpt.id])
    return aliases


def _passage(excerpt: Excerpt, with_place: bool) -> object:
    place = (excerpt.start, excerpt.end) if with_place else ()
    return (excerpt.source_id, excerpt.sha256, place)


def compare_evidence(old: Briefing, new: Briefing, aliases: Aliases, names: dict[str, str]) -> EvidenceChanges:
    """The differences in what the texts use. ``names`` are the words by which each section is known, by id."""
    before, after = without_unused(old), without_unused(new)
    return EvidenceChanges(
        excerpts=tuple(_excerpts(before, after, aliases, names)),
        sources=tuple(_sources(before, after)),
        grades=tuple(_grades(before, after, aliases)),
    )


def _excerpts(old: Briefing, new: Briefing, aliases: Aliases, names: dict[str, str]) -> Iterator[ExcerptChange]:
    used_before, used_now = sections_of_excerpts(old), sections_of_excerpts(new)
    left = {excerpt.id: excerpt for excerpt in old.excerpts}
    for excerpt in new.excerpts:
        where = tuple(names[id] for id in used_now.get(excerpt.id, ()))
        source = new.source(excerpt.source_id)
        before = left.pop(aliases.get(excerpt.id, ""), None)
        if before is None:
            yield ExcerptChange(state=State.ADDED, old=None, new=excerpt, source=source, sections=where)
        elif fields := _excerpt_fields(before, excerpt):
            yield ExcerptChange(
                state=State.CHANGED, old=before, new=excerpt, source=source, sections=where, fields=fields
            )
    for excerpt in left.values():
        where = tuple(names[id] for id in used_before.get(excerpt.id, ()))
        source = old.source(excerpt.source_id)
        yield ExcerptChange(state=State.REMOVED, old=excerpt, new=None, source=source, sections=where)


def sections_of_excerpts(briefing: Briefing) -> dict[str, list[str]]:
    """The ids of the sections that use each excerpt, in reading order."""
    found: dict[str, list[str]] = defaultdict(list)
    for section, _ in briefing.all_sections():
        own = replace(section, sections=())
        ids = [inline.excerpt_id for inline in all_inlines(own) if isinstance(inline, Citation)]
        ids += [node.excerpt_id for node in walk(own) if isinstance(node, Quotation) and node.excerpt_id]
        for id in dict.fromkeys(ids):
            found[id].append(section.id)
    return found


def _excerpt_fields(old: Excerpt, new: Excerpt) -> tuple[FieldChange, ...]:
    def translation(excerpt: Excerpt) -> str:
        return excerpt.translation.text if excerpt.translation else ""

    values = (
        ("words", old.text, new.text),
        ("place", f"{old.start}:{old.end}", f"{new.start}:{new.end}"),
        ("page", str(old.page or ""), str(new.page or "")),
        ("source", old.source_id, new.source_id),
        ("translation", translation(old), translation(new)),
        ("note", old.note, new.note),
    )
    return tuple(FieldChange(*one) for one in values if one[1] != one[2])


def _sources(old: Briefing, new: Briefing) -> Iterator[SourceChange]:
    left = {source.id: source for source in old.sources}
    for source in new.sources:
        before = left.pop(source.id, None)
        if before is None:
            yield SourceChange(state=State.ADDED, old=None, new=source)
        elif fields := _source_fields(before, source):
            yield SourceChange(state=State.CHANGED, old=before, new=source, fields=fields)
    for source in left.values():
        yield SourceChange(state=State.REMOVED, old=source, new=None)


def _source_fields(old: Source, new: Source) -> tuple[FieldChange, ...]:
    found = []
    for field, name in _SOURCE_FIELDS.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            words = [", ".join(one) if isinstance(one, tuple) else str(one) for one in (before, after)]
            found.append(FieldChange(name, *words))
    return tuple(found)


def _grades(old: Briefing, new: Briefing, aliases: Aliases) -> Iterator[GradeChange]:
    for source in new.sources:
        before = old.source(source.id)
        if before is not None and before.reliability != source.reliability:
            old_grade, new_grade = str(before.reliability or ""), str(source.reliability or "")
            yield GradeChange(of="source", id=source.id, title=source.display_title, old=old_grade, new=new_grade)
    for excerpt in new.excerpts:
        passage = old.excerpt(aliases.get(excerpt.id, ""))
        if passage is not None and passage.credibility != excerpt.credibility:
            where = new.source(excerpt.source_id)
            yield GradeChange(
                of="passage",
                id=excerpt.id,
                title=where.display_title if where else excerpt.source_id,
                old=str(passage.credibility or ""),
                new=str(excerpt.credibility or ""),
            )
