"""Two briefings compared: what did not change is not told, what moved has moved, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefing_app.app.comparing.compare import compare
from briefing_app.app.comparing.matching import out_of_order
from briefing_app.app.comparing.values import Comparison, State
from briefing_app.app.keeping import cited_excerpts
from briefing_app.model.block import Block, Paragraph, Section
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.edit import Batch, Insert, Move, Put, Remove, SetMeta, SetText, apply
from briefing_app.model.grading import Credibility, Reliability
from briefing_app.model.inline import Citation, Text
from briefing_app.model.template import Template
from tests import strategies
from tests.samples import excerpt_of, text_source

LINES = (
    "The port authority of Velsk closed both berths on Monday after the storm had broken the outer mole.",
    "Порт Вельск вновь открыт для судов, сообщило министерство транспорта утром во вторник.",
    "قالت هيئة الميناء إن حركة السفن عادت إلى طبيعتها بعد أربعة عشر يوماً من التوقف.",
    "Insurers raised their rates by forty per cent within a day of the first report.",
    "两家承运人让船只绕过海角航行,以避开海峡。",
    "We judge it likely that the strait stays open to merchant ships through the winter.",
)
FORM = Template(id="t", name="Form")


def paragraph(id: str, text: str, *cited: str) -> Paragraph:
    return Paragraph(id, (Text(text), *(Citation(f"c-{id}-{one}", one) for one in cited)))


def briefing_of(*sections: Section, **fields: object) -> Briefing:
    return Briefing(id="b", template=FORM, sections=sections, **fields)  # type: ignore[arg-type]


def section(id: str, heading: str, *blocks: Block, **fields: object) -> Section:
    return Section(id, (Text(heading),), blocks, **fields)  # type: ignore[arg-type]


def sample() -> Briefing:
    return briefing_of(
        section("s1", "Summary", paragraph("p1", LINES[0]), paragraph("p2", LINES[1]), paragraph("p3", LINES[2])),
        section("s2", "Outlook", paragraph("p4", LINES[3]), paragraph("p5", LINES[4]), paragraph("p6", LINES[5])),
    )


def told(comparison: Comparison) -> dict[str, tuple[str, bool]]:
    return {block.id: (str(block.state), block.moved) for _, block in comparison.blocks() if block.is_different}


def with_other_ids(briefing: Briefing) -> Briefing:
    """The same briefing as if it had been typed anew: no id is known."""

    def renew(value: Section) -> Section:
        blocks = tuple(replace(block, id=f"other-{block.id}") for block in value.blocks)
        return replace(value, id=f"other-{value.id}", blocks=blocks, sections=tuple(map(renew, value.sections)))

    return replace(briefing, id="other", sections=tuple(map(renew, briefing.sections)))


@given(strategies.briefings())
def test_a_briefing_does_not_differ_from_itself(briefing: Briefing) -> None:
    same = compare(briefing, briefing)
    assert same.is_empty
    assert same.affected == frozenset()


def _tops(briefing: Briefing) -> Iterator[tuple[Section, Block]]:
    for one, _ in briefing.all_sections():
        for block in one.blocks:
            yield one, block


@settings(max_examples=80)
@given(strategies.histories())
def test_every_part_of_both_is_told_once(history: tuple[Briefing, list[object], Briefing]) -> None:
    old, _, new = history
    comparison = compare(old, new)
    before = [block.old.id for _, block in comparison.blocks() if block.old is not None]
    after = [block.new.id for _, block in comparison.blocks() if block.new is not None]
    assert sorted(before) == sorted(block.id for _, block in _tops(old))
    assert after == [block.id for _, block in _tops(new)]
    olds = [one.old.id for one in comparison.sections if one.old is not None]
    assert sorted(olds) == sorted(one.id for one, _ in old.all_sections())
    assert [one.new.id for one in comparison.sections if one.new is not None] == [s.id for s, _ in new.all_sections()]
    for _, block in comparison.blocks():
        gone = "".join(piece.text for piece in block.pieces if piece.kind != "added")
        come = "".join(piece.text for piece in block.pieces if piece.kind != "removed")
        assert block.old is not None or not gone
        assert block.new is not None or not come


@settings(max_examples=150)
@given(st.data())
def test_one_edit_is_told_as_what_it_did(data: st.DataObject) -> None:
    """Edits of blocks with words that no two share: exactly the edited ones are affected."""
    old = sample()
    homes = {block.id: home for home, block in _tops(old)}
    chosen = data.draw(st.sampled_from(sorted(homes)))
    kind = data.draw(st.sampled_from(("remove", "insert", "text", "move", "heading", "section")))
    if kind == "remove":
        new = apply(old, Remove(chosen)).briefing
        assert told(compare(old, new)) == {chosen: ("removed", False)}
    elif kind == "insert":
        node = paragraph("new", "Nothing of this stood anywhere before today.")
        new = apply(old, Insert(homes[chosen].id, data.draw(st.integers(0, 3)), node)).briefing
        assert told(compare(old, new)) == {"new": ("added", False)}
    elif kind == "text":
        words = data.draw(st.sampled_from(("Entirely other words.", "", LINES[0])))
        new = apply(old, SetText(chosen, (Text(words),))).briefing
        assume(new.node(chosen) != old.node(chosen))
        assert told(compare(old, new)) == {chosen: ("changed", False)}
    elif kind == "move":
        target = data.draw(st.sampled_from(("s1", "s2")))
        index = data.draw(st.integers(0, 2))
        new = apply(old, Move(chosen, target, index)).briefing
        found = told(compare(old, new))
        if new == old:
            assert found == {}
        else:
            assert list(found.values()) == [("same", True)]
            assert target == homes[chosen].id or list(found) == [chosen]
    elif kind == "heading":
        new = apply(old, SetText("s2", (Text("Wholly different"),))).briefing
        comparison = compare(old, new)
        assert (comparison.affected, told(comparison)) == ({"s2"}, {})
        assert [one.renamed_from for one in comparison.sections] == ["", "Outlook"]
    else:
        new = apply(old, Move("s1", "b", 1)).briefing
        comparison = compare(old, new)
        assert (len(comparison.affected), told(comparison)) == (1, {})
        assert sum(one.moved for one in comparison.sections) == 1


@given(st.permutations(range(6)), st.sets(st.integers(0, 5), max_size=3))
def test_parts_are_known_again_by_their_words(order: list[int], dropped: set[int]) -> None:
    """Typed anew, shuffled, with some left out and a word changed in each: moved ones are moved, not gone and come."""
    old = sample()
    new = with_other_ids(old)
    blocks = [block for _, block in _tops(new)]
    kept = [blocks[number] for number in order if number not in dropped]
    kept = [replace(one, content=(Text(one.content[0].text + " Indeed!"),)) for one in kept]  # type: ignore
    first, second = new.sections
    new = replace(new, sections=(replace(first, blocks=tuple(kept[:2])), replace(second, blocks=tuple(kept[2:]))))
    comparison = compare(old, new)
    assert not [one for one in comparison.sections if one.state is not State.SAME]
    states = [block.state for _, block in comparison.blocks()]
    assert states.count(State.REMOVED) == len(dropped)
    assert states.count(State.ADDED) == 0
    for _, block in comparison.blocks():
        if block.new is not None:
            assert block.old is not None
            assert block.new.id == f"other-{block.old.id}"
            assert [piece for piece in block.pieces if piece.kind == "removed"] == []


def test_a_block_that_left_is_told_in_both_places() -> None:
    old = sample()
    new = apply(old, Move("p2", "s2", 3)).briefing
    first, second = compare(old, new).sections
    (away,) = [block for block in first.blocks if block.away]
    (moved,) = [block for block in second.blocks if block.moved]
    assert first.blocks.index(away) == 1
    assert (away.moved_to, moved.moved_from, moved.moved_to) == ("Outlook", "Summary", "Outlook")
    assert moved.state is State.SAME


def test_words_are_compared_one_by_one_in_every_script() -> None:
    for before, after, gone, come in (
        ("It is likely that the port opens.", "It is unlikely that the port opens.", "likely", "unlikely"),
        ("Порт открыт.", "Порт закрыт.", "открыт", "закрыт"),
        ("عادت الحركة إلى طبيعتها", "لم تعد الحركة إلى طبيعتها", "عادت", "لم تعد"),
        ("船只绕过海角", "船只驶过海角", "绕", "驶"),
        ("a cafe\u0301 there", "a café there", "cafe\u0301", "café"),
        ("two three four stay", "five six seven stay", "two three four", "five six seven"),
    ):
        old = briefing_of(section("s", "S", paragraph("p", before)))
        new = briefing_of(section("s", "S", paragraph("p", after)))
        (one,) = compare(old, new).sections
        pieces = one.blocks[0].pieces
        assert "".join(piece.text for piece in pieces if piece.kind == "removed") == gone
        assert "".join(piece.text for piece in pieces if piece.kind == "added") == come


@given(*[st.lists(st.sampled_from(("порт", " ", "港", ".", "\n", "likely", "مرفأ", "é")), max_size=12)] * 2)
def test_both_texts_can_be_read_out_of_their_difference(before: list[str], after: list[str]) -> None:
    old, new = ("".join(words).replace("\n", " ") for words in (before, after))
    comparison = compare(
        briefing_of(section("s", "S", paragraph("p", old))), briefing_of(section("s", "S", paragraph("p", new)))
    )
    pieces = comparison.sections[0].blocks[0].pieces
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_evidence_that_came_went_or_was_judged_anew() -> None:
    source, other = text_source("a", title="Ledger", reliability=Reliability.C), text_source("b", title="Wire")
    old = briefing_of(
        section("s", "Facts", paragraph("p", LINES[0], "e1"), paragraph("q", LINES[1], "e2")),
        excerpts=(excerpt_of("e1", "a", LINES[0]), excerpt_of("e2", "a", LINES[1])),
        sources=(source,),
    )
    e1 = replace(old.excerpts[0], credibility=Credibility.TWO)
    steps = Batch(
        "x",
        (
            Put(replace(source, reliability=Reliability.B, title="The Ledger")),
            Put(e1),
            Put(other),
            Put(excerpt_of("e3", "b", LINES[2])),
            SetText("q", (Text(LINES[1]), Citation("c", "e3"))),
            SetMeta(Meta(title="Second")),
        ),
    )
    comparison = compare(old, apply(old, steps).briefing)
    evidence = comparison.evidence
    assert [(one.state, one.excerpt.id, one.sections) for one in evidence.excerpts] == [
        (State.ADDED, "e3", ("Facts",)),
        (State.REMOVED, "e2", ("Facts",)),
    ]
    assert [(one.state, one.source.id, [(f.name, f.old, f.new) for f in one.fields]) for one in evidence.sources] == [
        (State.CHANGED, "a", [("title", "Ledger", "The Ledger")]),
        (State.ADDED, "b", []),
    ]
    assert [(one.of, one.id, one.old, one.new) for one in evidence.grades] == [
        ("source", "a", "C", "B"),
        ("passage", "e1", "", "2"),
    ]
    assert told(comparison) == {"q": ("changed", False)}
    assert [(one.name, one.new) for one in comparison.title_page] == [("title", "Second")]
    assert cited_excerpts(comparison.new) == {"e1": 1, "e3": 1}


def test_the_same_passage_under_another_id_is_the_same_evidence() -> None:
    old = briefing_of(section("s", "S", paragraph("p", LINES[0], "e1")), excerpts=(excerpt_of("e1", "a", LINES[0]),))
    new = briefing_of(section("s", "S", paragraph("p", LINES[0], "e9")), excerpts=(excerpt_of("e9", "a", LINES[0]),))
    assert compare(old, new).is_empty


@given(st.permutations(range(9)))
def test_as_few_as_can_be_are_out_of_order(places: list[int]) -> None:
    out = out_of_order(places)
    rest = [place for position, place in enumerate(places) if position not in out]
    assert rest == sorted(rest)
    best = max(
        (bin(mask).count("1") for mask in range(512) if _rises([p for n, p in enumerate(places) if mask >> n & 1])),
    )
    assert len(rest) == best


def _rises(numbers: list[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
