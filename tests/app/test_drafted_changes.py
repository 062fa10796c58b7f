"""“What changed since the last edition”: sentences with their citations, evidence and grades, as one edit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from briefing_app.app.comparing.compare import compare
from briefing_app.app.comparing.draft import draft_changes
from briefing_app.app.comparing.sentences import sentences
from briefing_app.app.ids import new_id
from briefing_app.app.keeping import cited_excerpts
from briefing_app.model.block import ListBlock, Paragraph, Section
from briefing_app.model.briefing import Briefing, Meta
from briefing_app.model.edit import Batch, Insert, Put, Remove, SetMeta, SetText, apply
from briefing_app.model.grading import Reliability
from briefing_app.model.inline import Citation, Inline, Text
from briefing_app.model.plain import all_inlines, inline_text
from briefing_app.model.template import Template
from briefing_app.storage.codec import encode, inspect
from tests import strategies
from tests.samples import excerpt_of, text_source

QUOTED = ("The port is shut.", "The ships wait outside.", "Порт закрыт.")


def sample(language: str = "en") -> Briefing:
    def said(id: str, *parts: str | Citation) -> Paragraph:
        return Paragraph(id, tuple(Text(one) if isinstance(one, str) else one for one in parts))

    lead = said("p1", "The port is shut.", Citation("c1", "e1"), " It is likely that it opens in May.")
    facts = said("p2", "Eleven ships wait.", Citation("c2", "e2"), " Nobody was hurt.")
    return Briefing(
        id="b",
        meta=Meta(title="Port", edition=1, language=language),
        template=Template(id="t", name="Form"),
        sections=(Section("s1", (Text("Lead"),), (lead,)), Section("s2", (Text("Facts"),), (facts,))),
        excerpts=tuple(excerpt_of(f"e{n}", f"a{n}", text) for n, text in enumerate(QUOTED[:2], 1)),
        sources=(text_source("a1", title="Ledger"), text_source("a2", title="Wire", reliability=Reliability.C)),
    )


def next_state(old: Briefing) -> Briefing:
    """A judgement is firmer, one claim is gone with its evidence, one has come with a new source."""
    firmer = Text(" It is very likely that it opens in May.")
    edits = (
        SetMeta(replace(old.meta, edition=2)),
        SetText("p1", (Text("The port is shut."), Citation("c1", "e1"), firmer)),
        SetText("p2", (Text("Nobody was hurt."),)),
        Put(text_source("a3", title="Вестник")),
        Put(excerpt_of("e3", "a3", QUOTED[2])),
        Insert("s2", 1, Paragraph("p3", (Text("The authority says so itself."), Citation("c3", "e3")))),
        Put(replace(old.sources[0], reliability=Reliability.B)),
    )
    return apply(old, Batch("x", edits)).briefing


def drafted(old: Briefing, new: Briefing) -> tuple[Briefing, list[str]]:
    """The briefing with the draft, and the items' words, a citation as its passage's id in brackets."""
    edit = draft_changes(compare(old, new), new_id)
    assert edit is not None
    done = apply(new, edit).briefing
    (section,) = [one for one, _ in done.all_sections() if one.key == "changes"]
    block = section.blocks[-1]
    assert isinstance(block, ListBlock)
    return done, ["".join(map(_shown, all_inlines(item))) for item in block.items]


def _shown(inline: Inline) -> str:
    return f"[{inline.excerpt_id}]" if isinstance(inline, Citation) else inline_text((inline,))


def test_the_draft_says_what_changed_with_its_evidence() -> None:
    old = sample()
    done, items = drafted(old, next_state(old))
    assert inline_text(done.sections[1].heading) == "What changed since edition 1"
    assert items == [
        "Changed · Lead: It is very likely that it opens in May. (before: “It is likely that it opens in May.”)",
        "No longer said · Facts: Eleven ships wait.[e2]",
        "New · Facts: The authority says so itself.[e3]",
        "New source: Вестник[e3]",
        "No longer used: Wire, C",
        "Grade of the source changed: Ledger, not graded → B[e1]",
    ]
    assert cited_excerpts(done)["e2"] == 1
    assert inspect(encode(done), "x").problems == ()


def test_evidence_of_gone_claims_is_kept_again() -> None:
    old = sample()
    new = apply(old, Remove("p2")).briefing
    new = replace(new, excerpts=new.excerpts[:1], sources=new.sources[:1])  # as a save leaves it
    done, items = drafted(old, new)
    assert "No longer said · Facts: Eleven ships wait.[e2]" in items
    assert (done.excerpt("e2"), done.source("a2")) == (old.excerpt("e2"), old.source("a2"))


def test_the_next_draft_takes_the_place_of_the_last() -> None:
    first = sample()
    second, _ = drafted(first, next_state(first))
    third = apply(second, SetMeta(replace(second.meta, edition=3))).briefing
    assert draft_changes(compare(second, third), new_id) is None
    third = apply(third, SetText("p1", (Text("The port is open."),))).briefing
    done, items = drafted(second, third)
    (section,) = [one for one, _ in done.all_sections() if one.key == "changes"]
    assert (inline_text(section.heading), len(section.blocks)) == ("What changed since edition 2", 1)
    assert items[0] == "Changed · Lead: The port is open. (before: “The port is shut.”)"
    assert not [item for item in items if "Eleven ships" in item]


@pytest.mark.parametrize(
    ("language", "heading", "lead"),
    [
        ("ru", "Что изменилось с выпуска 1", "Изменено"),
        ("uk-UA", "Що змінилося від випуску 1", "Змінено"),
        ("fr", "Ce qui a changé depuis l’édition 1", "Modifié"),
        ("de", "What changed since edition 1", "Changed"),
    ],
)
def test_it_speaks_the_briefing_s_language(language: str, heading: str, lead: str) -> None:
    old = sample(language)
    done, items = drafted(old, next_state(old))
    assert inline_text(done.sections[1].heading) == heading
    assert items[0].startswith(lead)


@settings(max_examples=60)
@given(strategies.histories())
def test_any_draft_fits_and_can_be_taken_back(history: tuple[Briefing, list[object], Briefing]) -> None:
    old, _, new = history
    edit = draft_changes(compare(old, new), new_id)
    if edit is not None:
        applied = apply(new, edit)
        assert apply(applied.briefing, applied.inverse).briefing == new
        ids = [one.id for one in applied.briefing.walk()]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? “Four.” Five", 5),
        ("It rose 3.5 per cent, e.g. in May. Gen. A. Ivanov left at 5 p.m. on Friday.", 2),
        ("Так сказал г. Иванов. «Да», — ответил он. Всё.", 3),
        ("هل عاد؟ نعم، عاد. انتهى.", 3),
        ("船来了。走了！", 2),
        ("", 0),
        ("...", 1),
    ],
)
def test_sentences(text: str, parts: int) -> None:
    found = sentences((Text(text),))
    assert len(found) == parts
    assert "".join(inline_text(one) for one in found).replace(" ", "") == text.replace(" ", "")


def test_a_citation_stays_with_its_sentence() -> None:
    content = (Text("One."), Citation("a", "e1"), Text(" "), Text("Two", bold=True), Text(" is."), Citation("b", "e2"))
    assert ["".join(map(_shown, one)) for one in sentences(content)] == ["One.[e1]", "Two is.[e2]"]
