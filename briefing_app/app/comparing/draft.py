"""“What changed since the last edition”, drafted from a comparison: a section that the analyst then edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing_app.app.comparing.claims import KEY, Claim, changed_claims, citations_of, tells_changes
from briefing_app.app.comparing.draft_words import DraftWords, words_in
from briefing_app.app.comparing.evidence import sections_of_excerpts
from briefing_app.app.comparing.values import Comparison, GradeChange, SectionChange, State
from briefing_app.model.block import ListBlock, ListItem, Paragraph, Picture, Section, Table
from briefing_app.model.edit import Batch, Edit, Insert, Put, Remove, SetText
from briefing_app.model.inline import Citation, Inline, Inlines, LineBreak, Note, Text, merge_texts
from briefing_app.model.plain import inline_text
from briefing_app.model.source import Source

FreshId = Callable[[str], str]
LABEL = "Draft what changed"


def draft_changes(comparison: Comparison, fresh: FreshId) -> Edit | None:
    """The edit that puts the draft into the new briefing; None where no claim and no evidence differs.

    Each claim that came, changed or went is an item with its citations, then each source and grade. It goes to the
    end of the section ``changes`` where the briefing has one, from which goes what the last edition said there; else
    it becomes the second of the topmost sections, under that key. A claim that is gone keeps its evidence: its
    passage and source are put into the briefing again.
    """
    new = comparison.new
    items = list(_items(comparison))
    if not items:
        return None
    made = ListBlock(
        fresh("n"), tuple(ListItem(fresh("n"), (Paragraph(fresh("n"), _own(one, fresh)),)) for one in items)
    )
    edits: list[Edit] = list(_kept_evidence(comparison, items))
    home = next((one for one in comparison.sections if one.new is not None and one.new.key == KEY), None)
    if home is not None:
        edits += _into(home, made, comparison)
    else:
        section = Section(fresh("n"), heading=(Text(_heading(comparison)),), blocks=(made,), key=KEY)
        edits.append(Insert(new.id, min(1, len(new.sections)), section))
    return Batch(LABEL, tuple(edits))


def _into(home: SectionChange, made: ListBlock, comparison: Comparison) -> Iterator[Edit]:
    """Put the draft into the section that tells of changes, in place of what the last edition said there."""
    assert home.new is not None
    stale = [one.id for one in home.blocks if one.new is not None and not one.away and one.state is State.SAME]
    yield from (Remove(id) for id in stale)
    if home.old is not None and not home.renamed_from and home.new.key not in _template_keys(comparison):
        yield SetText(home.new.id, (Text(_heading(comparison)),))
    yield Insert(home.new.id, len(home.new.blocks) - len(stale), made)


def _template_keys(comparison: Comparison) -> set[str]:
    return {KEY} if comparison.new.template.section(KEY) is not None else set()


def _heading(comparison: Comparison) -> str:
    words = words_in(comparison.new.meta.language)
    before, now = comparison.old.meta.edition, comparison.new.meta.edition
    return words.heading.format(n=before) if before < now else words.heading_unnumbered


def _items(comparison: Comparison) -> Iterator[Inlines]:
    words = words_in(comparison.new.meta.language)
    for claim in changed_claims(comparison):
        yield _claim(claim, words)
    yield from _figures(comparison, words)
    yield from _sources(comparison, words)
    for grade in comparison.evidence.grades:
        yield _grade(comparison, grade, words)


def _lead(what: str, where: str = "") -> Text:
    return Text(f"{what} · {where}: " if where else f"{what}: ", bold=True)


def _claim(claim: Claim, words: DraftWords) -> Inlines:
    said = {State.ADDED: words.new, State.CHANGED: words.changed, State.REMOVED: words.dropped}[claim.state]
    item: list[Inline] = [_lead(said, claim.section), *_flat(claim.content)]
    if claim.before:
        item.append(Text(words.said.format(words=claim.before.replace("\n", " "))))
    return tuple(item)


def _flat(content: Inlines) -> Iterator[Inline]:
    """A sentence in a line: of its notes the citations stay."""
    for inline in content:
        match inline:
            case Note():
                yield from (one for one in inline.content if isinstance(one, Citation))
            case LineBreak():
                yield Text(" ")
            case _:
                yield inline


def _figures(comparison: Comparison, words: DraftWords) -> Iterator[Inlines]:
    """Tables and pictures, by their captions."""
    names = {State.ADDED: words.new, State.CHANGED: words.changed, State.REMOVED: words.dropped}
    for section, change in comparison.blocks():
        block = change.new or change.old
        if isinstance(block, Table | Picture) and change.state is not State.SAME and not tells_changes(section):
            caption = inline_text(block.caption).strip() or (block.alt.strip() if isinstance(block, Picture) else "")
            kind = words.table if isinstance(block, Table) else words.picture
            yield (_lead(names[change.state], section.name), Text(f"{kind}: {caption}" if caption else kind))


def _sources(comparison: Comparison, words: DraftWords) -> Iterator[Inlines]:
    for change in comparison.evidence.sources:
        if change.state is State.ADDED:
            cited = next((one.id for one in comparison.new.excerpts if one.source_id == change.source.id), "")
            yield (_lead(words.new_source), Text(_source(change.source)), *_cite(comparison, cited))
        elif change.state is State.REMOVED:
            yield (_lead(words.dropped_source), Text(_source(change.source)))


def _source(source: Source) -> str:
    grade = str(source.reliability or "")
    return ", ".join(part for part in (source.display_title, source.outlet, source.published[:10], grade) if part)


def _grade(comparison: Comparison, grade: GradeChange, words: DraftWords) -> Inlines:
    of_source = grade.of == "source"
    cited = grade.id
    if of_source:
        cited = next((one.id for one in comparison.new.excerpts if one.source_id == grade.id), "")
    text = f"{grade.title}, {grade.old or words.no_grade} → {grade.new or words.no_grade}"
    return (_lead(words.grade if of_source else words.credibility), Text(text), *_cite(comparison, cited))


def _cite(comparison: Comparison, excerpt_id: str) -> tuple[Citation, ...]:
    used = excerpt_id and excerpt_id in sections_of_excerpts(comparison.new)
    return (Citation("", excerpt_id),) if used else ()


def _own(content: Inlines, fresh: FreshId) -> Inlines:
    """The same inlines, citations under ids of their own: one id stands once in a briefing."""
    renewed = (
        Citation(fresh("c"), one.excerpt_id, one.prefix, one.suffix) if isinstance(one, Citation) else one
        for one in content
    )
    return merge_texts(tuple(renewed))


def _kept_evidence(comparison: Comparison, items: list[Inlines]) -> Iterator[Put]:
    """Passages that only gone claims rest on, with their sources, where the briefing has them no longer."""
    new, old = comparison.new, comparison.old
    kept = {source.id for source in new.sources}
    for id in dict.fromkeys(one.excerpt_id for item in items for one in citations_of(item)):
        excerpt = old.excerpt(id)
        if new.excerpt(id) is not None or excerpt is None:
            continue
        source = old.source(excerpt.source_id)
        if source is not None and source.id not in kept:
            kept.add(source.id)
            yield Put(source)
        yield Put(excerpt)
