"""The templates that ship: sound, complete in their guidance, and good at finding their sections in a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from briefing_app.app.headings import FITS, fit
from briefing_app.app.paths import templates_dir
from briefing_app.model.template import Template, TemplateSection
from briefing_app.storage.templates import find_templates

IDS = ("bluf", "intsum", "key-judgements", "narrative", "sitrep")


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Template]:
    found = find_templates([templates_dir()])
    assert found.problems == ()
    return found.templates


def every(sections: tuple[TemplateSection, ...]) -> Iterator[TemplateSection]:
    for section in sections:
        yield section
        yield from every(section.sections)


def best(heading: str, template: Template) -> str:
    score, key = max((fit(heading, section), section.key) for section in template.sections)
    return key if score >= FITS else ""


def test_the_five_forms_are_there(shipped: Mapping[str, Template]) -> None:
    assert tuple(sorted(shipped)) == IDS
    assert {template.name for template in shipped.values()} == {
        "Narrative brief", "Key judgements", "SITREP", "INTSUM", "One-page BLUF",
    }  # fmt: skip
    assert shipped["bluf"].page_limit == 1
    assert not shipped["bluf"].contents
    assert shipped["narrative"].contents
    assert [section.key for section in shipped["narrative"].sections] == [
        "lead", "accusation", "western-posture", "implications",
    ]  # fmt: skip
    assert not shipped["narrative"].sections[0].show_heading


@pytest.mark.parametrize("id", IDS)
def test_each_section_guides_its_writer(shipped: Mapping[str, Template], id: str) -> None:
    template = shipped[id]
    assert template.description
    for section in every(template.sections):
        assert len(section.guidance.split()) >= 10, section.key
        assert section.questions, section.key
        assert all(question.endswith(("?", ".")) for question in section.questions)
        assert section.target_words, section.key
        assert len(section.aliases) >= 5, section.key


@pytest.mark.parametrize("id", IDS)
def test_no_heading_or_alias_is_nearer_to_another_section(shipped: Mapping[str, Template], id: str) -> None:
    template = shipped[id]
    for section in template.sections:
        for name in (section.heading, *section.aliases):
            others = [fit(name, other) for other in template.sections if other is not section]
            assert fit(name, section) > max(others), (section.key, name)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Accusations from the Kremlin", "accusation"),
        ("Western Military Support for Ukraine", "western-posture"),
        ("Russian Perspectives and Global Implications", "implications"),
        ("Обвинения Москвы", "accusation"),
        ("Позиция Запада", "western-posture"),
        ("Последствия для региона", "implications"),
        ("Звинувачення на адресу альянсу", "accusation"),
        ("Наслідки та висновки", "implications"),
        ("Les accusations de Moscou", "accusation"),
        ("La position occidentale", "western-posture"),
        ("Les conséquences", "implications"),
        ("Executive summary", "lead"),
        ("EXECUTIVE SUMMARY", "lead"),
        ("References", ""),
        ("Annex: list of ships", ""),
    ],
)
def test_the_headings_of_drafts_find_their_sections(shipped: Mapping[str, Template], heading: str, key: str) -> None:
    assert best(heading, shipped["narrative"]) == key


def test_the_example_in_the_documentation_is_a_sound_template(repository: Path, tmp_path: Path) -> None:
    text = (repository / "docs" / "templates.md").read_text("utf-8")
    example = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    id = example.split("id: ", 1)[1].split("\n", 1)[0].strip()
    (tmp_path / f"{id}.yaml").write_text(example, "utf-8")
    found = find_templates([tmp_path])
    assert found.problems == ()
    assert list(found.templates) == [id]


def test_the_documentation_names_every_field(repository: Path) -> None:
    from dataclasses import fields

    from briefing_app.model.template import PageSetup, StyleSpec
    from briefing_app.storage.templates import STYLE_ROLES

    text = (repository / "docs" / "templates.md").read_text("utf-8")
    names = [field.name for kind in (Template, TemplateSection, PageSetup, StyleSpec) for field in fields(kind)]
    missing = [name for name in (*names, *STYLE_ROLES) if f"`{name}`" not in text]
    assert missing == []
