"""Which part of the old briefing is which of the new: sections first, then their blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from briefing_app.app.comparing.words import Token, likeness, words_only
from briefing_app.model.block import Block, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.plain import inline_text

_LIKE_HEADING = 70.0  # of 100
_LIKE_HERE = 0.5  # within a section that both have
_LIKE_ELSEWHERE = 0.7
_FEWEST_WORDS = 4  # of a block that is looked for in other sections
_CANDIDATES = 8
_COMMON = 60  # a word in more blocks than this tells nothing


@dataclass(frozen=True, slots=True)
class Stand:
    """A section of one of the two briefings with its place in the outline."""

    section: Section
    depth: int
    parent: str  # the id of the section above, or of the briefing
    index: int  # among its siblings
    path: tuple[str, ...]


def outline(briefing: Briefing, name: dict[str, str]) -> list[Stand]:
    """Every section in reading order; ``name`` gives the words by which each is known."""
    found: list[Stand] = []

    def visit(sections: Sequence[Section], parent: str, path: tuple[str, ...]) -> None:
        for index, section in enumerate(sections):
            found.append(Stand(section, len(path) + 1, parent, index, path))
            visit(section.sections, section.id, (*path, name[section.id]))

    visit(briefing.sections, briefing.id, ())
    return found


def match_sections(old: Sequence[Stand], new: Sequence[Stand]) -> dict[str, str]:
    """Old sections' ids to new ones': by id, then by key, then by likeness of the heading."""
    pairs = {stand.section.id: stand.section.id for stand in new}
    matched = {id: id for id in (stand.section.id for stand in old) if id in pairs}
    left = [stand for stand in old if stand.section.id not in matched]
    right = [stand for stand in new if stand.section.id not in matched]
    by_key: dict[str, list[str]] = defaultdict(list)
    for stand in right:
        if stand.section.key:
            by_key[stand.section.key].append(stand.section.id)
    for stand in left:
        if waiting := by_key.get(stand.section.key):
            matched[stand.section.id] = waiting.pop(0)
    taken = set(matched.values())
    left = [stand for stand in left if stand.section.id not in matched]
    right = [stand for stand in right if stand.section.id not in taken]
    scored = sorted(
        (
            (-score, abs(one - other), one, other)
            for one, before in enumerate(left)
            for other, after in enumerate(right)
            if (score := _heading_likeness(before.section, after.section)) >= _LIKE_HEADING
        )
    )
    for _, _, one, other in scored:
        before, after = left[one].section.id, right[other].section.id
        if before not in matched and after not in taken:
            matched[before] = after
            taken.add(after)
    return matched


def _heading_likeness(one: Section, other: Section) -> float:
    left, right = (" ".join(inline_text(section.heading).casefold().split()) for section in (one, other))
    return fuzz.ratio(left, right) if left and right else 0.0


@dataclass(slots=True)
class Part:
    """A block of one of the two briefings, where it stands, and what it is compared by."""

    block: Block
    section: str
    order: int
    essence: Hashable
    tokens: tuple[Token, ...]
    words: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.words = Counter(token.key for token in words_only(self.tokens))


def match_blocks(old: Sequence[Part], new: Sequence[Part], sections: dict[str, str]) -> dict[int, int]:
    """Numbers of old parts to those of new ones: by id, by being the same, by likeness of their words."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(one: int, other: int) -> None:
        pairs[one] = other
        taken.add(other)

    by_id = {part.block.id: number for number, part in enumerate(new)}
    for number, part in enumerate(old):
        if part.block.id in by_id:
            pair(number, by_id[part.block.id])
    for here in (True, False):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for number, part in enumerate(new):
            if number not in taken and (here or _is_told_by_words(part)):
                waiting[(part.section if here else "", part.essence)].append(number)
        for number, part in enumerate(old):
            key = (sections.get(part.section, "?") if here else "", part.essence)
            if number not in pairs and waiting.get(key):
                pair(number, waiting[key].pop(0))
    for _, one, other in _alike(old, new, pairs, taken, sections):
        if one not in pairs and other not in taken:
            pair(one, other)
    return pairs


def _is_told_by_words(part: Part) -> bool:
    return part.words.total() >= _FEWEST_WORDS or not (part.words or part.block.type in ("paragraph", "page_break"))


def _alike(
    old: Sequence[Part], new: Sequence[Part], pairs: dict[int, int], taken: set[int], sections: dict[str, str]
) -> list[tuple[float, int, int]]:
    """Pairs of parts whose words are alike enough, the most alike first; those of one section before others."""
    left = [number for number in range(len(old)) if number not in pairs and old[number].words]
    right = [number for number in range(len(new)) if number not in taken and new[number].words]
    holders: dict[str, list[int]] = defaultdict(list)
    for number in right:
        for word in new[number].words:
            holders[word].append(number)
    found: list[tuple[float, int, int]] = []
    for number in left:
        part = old[number]
        here = sections.get(part.section)
        common = Counter(
            other for word in part.words if len(holders[word]) <= _COMMON for other in holders[word]
        ).most_common(_CANDIDATES)
        near = {other for other, _ in common} | {other for other in right if new[other].section == here}
        for other in near:
            same = new[other].section == here
            if not same and min(part.words.total(), new[other].words.total()) < _FEWEST_WORDS:
                continue
            least = _LIKE_HERE if same else _LIKE_ELSEWHERE
            if _most(part.words, new[other].words) < least:
                continue
            alike = likeness(part.tokens, new[other].tokens)
            if alike >= least:
                found.append((-alike - (0.1 if same else 0.0), number, other))
    return sorted(found)


def _most(one: Counter[str], other: Counter[str]) -> float:
    """The likeness that two runs of these words could have at most."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def out_of_order(places: Iterable[int]) -> set[int]:
    """Positions in ``places`` that must move so that the rest rises: as few as can be."""
    numbers = list(places)
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, place in enumerate(numbers):
        length = bisect_left(tails, place)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [position]
        before.append(ends[length - 1] if length else -1)
    stay: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        stay.add(position)
        position = before[position]
    return set(range(len(numbers))) - stay
