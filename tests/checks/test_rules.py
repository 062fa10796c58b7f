"""Each rule finds what it is for, at its place, and nothing in a sound briefing."""

from __future__ import annotations

from dataclasses import replace

from briefing_app.checks import alternatives, required_sections, sourcing, verbatim
from briefing_app.checks.finding import Severity
from briefing_app.checks.run import run_checks
from briefing_app.model.block import Picture, Section
from briefing_app.model.briefing import Briefing
from briefing_app.model.inline import Citation
from briefing_app.model.template import Sourcing, Template, TemplateSection
from tests.samples import excerpt_of, full_briefing, paragraph, text_source, words

TEXT = "The cable was cut on Monday, officials said."


def _briefing(*blocks: object, rule: Sourcing = "optional", required: bool = True) -> Briefing:
    form = TemplateSection(key="claim", heading="Claim", sourcing=rule, required=required)
    return Briefing(
        id="b",
        template=Template(id="t", name="Brief", sections=(form,)),
        sections=(Section("s", words("Claim"), tuple(blocks), key="claim"),),  # type: ignore[arg-type]
        excerpts=(excerpt_of("x", "src", TEXT),),
        sources=(text_source("src", title="Cable cut"),),
    )


def _cited(id: str, text: str = "The cable was cut on Monday by an unknown ship") -> object:
    return paragraph(id, text, Citation(f"c-{id}", "x"))


def test_a_sound_briefing_has_no_errors() -> None:
    assert [one for one in run_checks(full_briefing()) if one.severity is Severity.ERROR] == []


def test_a_required_section_that_is_empty_or_missing_is_named() -> None:
    empty = _briefing(paragraph("p", "   "))
    assert [one.node_id for one in required_sections.check(empty)] == ["s"]
    missing = replace(empty, sections=())
    assert "“Claim” is missing" in required_sections.check(missing)[0].message
    assert required_sections.check(_briefing(required=False)) == []
    assert required_sections.check(_briefing(_cited("p"))) == []


def test_required_sourcing_names_the_paragraph_that_cites_nothing() -> None:
    briefing = _briefing(_cited("one"), paragraph("two", "Six other cables were cut this year."), rule="required")
    findings = sourcing.check(briefing)
    assert [one.node_id for one in findings] == ["two"]
    assert "Six other cables" in findings[0].message


def test_expected_sourcing_asks_for_one_citation_in_the_section() -> None:
    bare = paragraph("two", "Six other cables were cut this year.")
    assert [one.node_id for one in sourcing.check(_briefing(bare, rule="expected"))] == ["s"]
    assert sourcing.check(_briefing(bare, _cited("one"), rule="expected")) == []
    assert sourcing.check(_briefing(bare, rule="optional")) == []


def test_an_altered_missing_or_orphaned_excerpt_is_an_error_at_its_place() -> None:
    sound = _briefing(_cited("p"))
    assert verbatim.check(sound) == []
    altered = replace(sound, excerpts=(replace(sound.excerpts[0], text="The cable was cut on Tuesday."),))
    for briefing in (altered, replace(sound, excerpts=()), replace(sound, sources=())):
        findings = verbatim.check(briefing)
        assert [(one.node_id, one.severity) for one in findings] == [("p", Severity.ERROR)]


def test_a_picture_without_alternative_text_is_named_by_its_caption() -> None:
    findings = alternatives.check(_briefing(Picture("pic", "0" * 64, caption=words("The strait"))))
    assert [one.node_id for one in findings] == ["pic"]
    assert "The strait" in findings[0].message
    assert alternatives.check(_briefing(Picture("pic", "0" * 64, alt="A map of the strait"))) == []
