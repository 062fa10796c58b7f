"""The claims that came, changed and went between two briefings: sentences with their citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from rapidfuzz.distance import Indel

from briefing_app.app.comparing.evidence import alias_excerpts
from briefing_app.app.comparing.sentences import sentences
from briefing_app.app.comparing.values import BlockChange, Comparison, SectionChange, State
from briefing_app.app.comparing.words import Aliases, quoted_words
from briefing_app.model.block import Block, ListBlock, Paragraph, Quotation
from briefing_app.model.briefing import Briefing, walk
from briefing_app.model.inline import Citation, Inline, Inlines, Note, Text
from briefing_app.model.plain import inline_text

KEY = "changes"  # the key of the section that tells what changed
_ALIKE = 0.5  # of the words of two sentences that are one claim, changed


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that came, changed or went. ``content`` is it as it stands now, or stood where it is gone.

    ``before`` is what it said in the old briefing, where it changed. ``section`` names where it stands, or stood.
    """

    state: State
    section: str
    content: Inlines
    before: str = ""


def changed_claims(comparison: Comparison) -> Iterator[Claim]:
    """In the order of the new briefing. What only moved, or was only set otherwise, is no changed claim.

    Citations name passages as the new briefing does. A section that tells of changes makes no claims of its own.
    """
    now = {old: new for new, old in alias_excerpts(comparison.old, comparison.new).items()}
    for section, block in comparison.blocks():
        if block.state is not State.SAME and not tells_changes(section):
            yield from _of_block(comparison, section.name, block, now)


def tells_changes(section: SectionChange) -> bool:
    """True for the section that is drafted from a comparison."""
    return any(one is not None and one.key == KEY for one in (section.old, section.new))


def _of_block(comparison: Comparison, section: str, block: BlockChange, now: Aliases) -> Iterator[Claim]:
    old = [_renamed(one, now) for one in _sentences(block.old, comparison.old)] if block.old else []
    new = list(_sentences(block.new, comparison.new)) if block.new else []
    left, right = _unlike(old, new)
    pairs = _alike(left, right)
    for number, sentence in enumerate(right):
        if number in pairs:
            before = inline_text(left[pairs[number]]).strip()
            if before == inline_text(sentence).strip():
                before = ""  # only its citations are others
            yield Claim(State.CHANGED, section, sentence, before)
        else:
            yield Claim(State.ADDED, section, sentence)
    for number, sentence in enumerate(left):
        if number not in pairs.values():
            yield Claim(State.REMOVED, section, sentence)


def _sentences(block: Block, briefing: Briefing) -> Iterator[Inlines]:
    """The sentences of running text, lists and quotations. Tables and pictures make no claims in words."""
    match block:
        case Paragraph() | ListBlock():
            for node in walk(block):
                if isinstance(node, Paragraph):
                    yield from sentences(node.content)
        case Quotation(excerpt_id=excerpt_id) if excerpt_id:
            excerpt = briefing.excerpt(excerpt_id)
            if excerpt is not None:
                words = " ".join(quoted_words(excerpt, block.translated).split())
                yield (Text(f"“{words}”"), Citation(block.id, excerpt_id))
        case Quotation():
            for one in block.paragraphs:
                yield from sentences(one.content)
        case _:
            return


def _renamed(content: Inlines, now: Aliases) -> Inlines:
    """The same with each citation's passage under its present id."""
    renamed: list[Inline] = []
    for inline in content:
        if isinstance(inline, Citation):
            renamed.append(replace(inline, excerpt_id=now.get(inline.excerpt_id, inline.excerpt_id)))
        elif isinstance(inline, Note):
            renamed.append(replace(inline, content=cast(Any, _renamed(inline.content, now))))
        else:
            renamed.append(inline)
    return tuple(renamed)


def _unlike(old: list[Inlines], new: list[Inlines]) -> tuple[list[Inlines], list[Inlines]]:
    """The sentences of each that do not stand in the other."""
    keys = {_key(one) for one in old}, {_key(one) for one in new}
    return [one for one in old if _key(one) not in keys[1]], [one for one in new if _key(one) not in keys[0]]


def _key(content: Inlines) -> tuple[str, tuple[str, ...]]:
    return " ".join(inline_text(content).split()), tuple(one.excerpt_id for one in citations_of(content))


def citations_of(content: Inlines) -> list[Citation]:
    """The citations of a sentence, those in its notes included."""
    found: list[Citation] = []
    for inline in content:
        if isinstance(inline, Citation):
            found.append(inline)
        elif isinstance(inline, Note):
            found += [one for one in inline.content if isinstance(one, Citation)]
    return found


def _alike(old: list[Inlines], new: list[Inlines]) -> dict[int, int]:
    """Numbers of new sentences to those of the old ones that they grew out of."""
    words = [[inline_text(one).casefold().split() for one in side] for side in (old, new)]
    scored = sorted(
        (-score, abs(one - other), one, other)
        for one, before in enumerate(words[0])
        for other, after in enumerate(words[1])
        if before and after and (score := Indel.normalized_similarity(before, after)) >= _ALIKE
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, one, other in scored:
        if other not in pairs and one not in taken:
            pairs[other] = one
            taken.add(one)
    return pairs
