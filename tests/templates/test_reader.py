"""Template files: what is right is read as it stands, and what is wrong is told with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_app.errors import TemplateError
from briefing_app.layout.document import Role
from briefing_app.model.template import StyleSpec
from briefing_app.storage.templates import STYLE_ROLES, find_templates, load_template

SOUND = """\
id: mine
name: 2026-11-03
language: no
contents: true
page_limit: 2
marking: tlp:green
page:
  size: Letter
  left: 20.5
sections:
  - key: first
    heading: "Port: state"
    guidance: >
      One line
      and another.

      A new paragraph.
    questions: Who?
    required: false
    sourcing: required
    target_words: 40
    aliases: [Порт, 2026]
    sections:
      - {key: inner, heading: Inner}
styles:
  body: {size: 11, colour: "#a0b1c2", bold: false}
"""


def written(folder: Path, text: str, name: str = "mine.yaml", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def faults(path: Path) -> tuple[str, ...]:
    with pytest.raises(TemplateError) as raised:
        load_template(path)
    assert path.name in raised.value.message
    return raised.value.problems


def test_a_sound_template_is_read_as_it_stands(tmp_path: Path) -> None:
    template = load_template(written(tmp_path, SOUND))
    assert (template.id, template.name, template.language, template.marking) == (
        "mine",
        "2026-11-03",
        "no",
        "TLP:GREEN",
    )
    assert (template.contents, template.numbered_headings, template.page_limit) == (True, False, 2)
    assert (template.page.size, template.page.left, template.page.right) == ("Letter", 20.5, 25.0)
    (section,) = template.sections
    assert section.heading == "Port: state"
    assert section.guidance == "One line and another.\n\nA new paragraph."
    assert (section.questions, section.aliases) == (("Who?",), ("Порт", "2026"))
    assert (section.required, section.sourcing, section.target_words) == (False, "required", 40)
    assert template.section("inner") == section.sections[0]
    assert template.styles == {"body": StyleSpec(size=11.0, colour="#A0B1C2", bold=False)}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "target_words: 40",
            "target_words: many",
            "line 21, sections[0].target_words: expected a whole number, found “many”",
        ),
        ("target_words: 40", "target_words: 4.5", "line 21, sections[0].target_words: expected a whole number"),
        ("target_words: 40", "target_words: -1", "from 1 to"),
        ("target_words: 40", "target_word: 40", "did you mean “target_words”?"),
        ("contents: true", "contents: yes", "line 4, contents: expected true or false, found “yes”"),
        ("contents: true", 'contents: "true"', "expected true or false"),
        ("contents: true", "contents: [true]", "found a list"),
        ("sourcing: required", "sourcing: always", "one of required, expected, optional, none, found “always”"),
        ("key: inner", "key: first", "sections[0].sections[0].key: “first” is the key of another section already"),
        ("key: first", "key: First one", "such as “key-judgements”"),
        ("key: first", "keys: first", "line 11, sections[0].keys: there is no such field; did you mean “key”?"),
        ("id: mine", "id: other", "call it other.yaml"),
        ("id: mine", "name: mine", "line 2: the field “name” stands twice (first in line 1)"),
        ("page_limit: 2", "page_limit: 0", "from 1 to 1000"),
        ("tlp:green", "TLP:WHITE", "Use TLP:CLEAR"),
        ("size: Letter", "size: A3", "one of A4, Letter"),
        ("left: 20.5", "left: 2", "from 5 to 80"),
        ("body:", "boddy:", "styles.boddy: there is no such field; did you mean “body”?"),
        ('"#a0b1c2"', "red", "styles.body.colour: expected a colour"),
        ("size: 11", "size: large", "styles.body.size: expected a number"),
        ("    required", "\trequired", "line 19: the line begins with a tab; use spaces"),
        ("required: false", "required: &x false", "anchors"),
        ("name: 2026-11-03", "name: !!python/object/apply:os.getcwd []", "tag"),
        ('"Port: state"', "Port: state", "quotation marks"),
        ("name: 2026-11-03", "name:", "line 2, name: this field is empty"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert SOUND.count(old) >= 1
    (told,) = faults(written(tmp_path, SOUND.replace(old, new, 1)))[:1]
    assert told.startswith("mine.yaml, line ")
    assert fault in told


def test_all_faults_of_a_file_come_at_once_in_the_order_of_its_lines(tmp_path: Path) -> None:
    text = SOUND.replace("contents: true", "contents: on").replace("40", "forty").replace("size: 11", "sise: 11")
    told = faults(written(tmp_path, text))
    assert [line.split(", ")[1] for line in told] == ["line 4", "line 21", "line 26"]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"- a\n- b\n", "expected fields"),
        (SOUND.encode("utf-16"), "UTF-16"),
        (SOUND.encode("cp1251", "ignore"), "line 22: a character is not in UTF-8"),
        (b"\x00\x01\x02", "not YAML"),
        (b"[" * 5000 + b"]" * 5000, "nested"),
        (b"a: &a [x]\nb: [*a, *a]\n", "aliases"),
        (b"id: mine\nname: x\n", "at least one section"),
        (b"x" * 2_000_000, "bytes"),
        (b"id: mine\nname: 'open\n", "not YAML"),
        (b"? [a]\n: b\n", "one word"),
        (b"id: mine\nname: x\nsections: 3\n", "sections: expected a list"),
        (b"id: mine\nname: x\nsections: [3]\n", "sections[0]: expected fields, found"),
    ],
)
def test_files_that_are_no_templates(tmp_path: Path, data: bytes, fault: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    assert any(fault in line for line in faults(path))


def test_a_missing_file_and_missing_folders(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="cannot be read"):
        load_template(tmp_path / "none.yaml")
    assert find_templates([tmp_path / "nothing", tmp_path]).templates == {}


def test_the_users_template_stands_in_for_one_of_ours_and_says_so(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    ours.mkdir()
    own.mkdir()
    written(ours, SOUND)
    written(ours, SOUND.replace("id: mine", "id: other"), "other.yaml")
    written(own, SOUND.replace("2026-11-03", "My own"))
    written(own, "id: broken\n", "broken.yaml")
    written(own, "not a template", "notes.txt")
    found = find_templates([ours, own])
    assert {id: template.name for id, template in found.templates.items()} == {"mine": "My own", "other": "2026-11-03"}
    assert len(found.problems) == 1
    assert "broken.yaml" in str(found.problems[0])
    (notice,) = found.notices
    assert str(own) in notice
    assert str(ours) in notice


def test_every_role_that_the_layout_has_can_be_styled() -> None:
    assert set(STYLE_ROLES) == {role.value for role in Role}
