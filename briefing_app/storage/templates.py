"""Templates out of their YAML files: checked as a whole, every fault with file, line and field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from briefing_app.errors import MarkingError, TemplateError
from briefing_app.model.marking import parse_marking
from briefing_app.model.template import (
    CitationStyle,
    LikelihoodScale,
    PageSetup,
    Sourcing,
    StyleSpec,
    Template,
    TemplateSection,
)
from briefing_app.storage.fields import (
    Fields,
    Problems,
    boolean,
    colour,
    number,
    one_of,
    slug,
    text,
    whole_number,
)
from briefing_app.storage.yaml_nodes import YamlFault, line_of, read_yaml

SUFFIXES = (".yaml", ".yml")

# The roles that a template may give another look; the layout resolves them.
STYLE_ROLES = (
    "title", "subtitle", "meta", "heading-1", "heading-2", "heading-3", "heading-4", "lead", "body", "list",
    "quotation", "quotation-original", "attribution", "table-head", "table-cell", "caption", "contents-heading",
    "contents-1", "contents-2", "contents-3", "note", "source-entry", "header", "footer", "banner",
)  # fmt: skip

_MAX_DEPTH = 4  # headings have four levels
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TEMPLATE_FIELDS = tuple(field.name for field in fields(Template))
_SECTION_FIELDS = tuple(field.name for field in fields(TemplateSection))
_PAGE_FIELDS = tuple(field.name for field in fields(PageSetup))
_STYLE_FIELDS = tuple(field.name for field in fields(StyleSpec))


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The templates there are, by id, and one TemplateError for each file that could not be used.

    ``notices`` say which template of a later folder stands in for one of an earlier.
    """

    templates: Mapping[str, Template]
    problems: tuple[TemplateError, ...] = ()
    notices: tuple[str, ...] = ()


def load_template(path: Path) -> Template:
    """The template in a YAML file. Raises TemplateError, whose ``problems`` tell every fault in the file."""
    problems = Problems(path.name)
    try:
        root = read_yaml(path)
    except YamlFault as fault:
        problems.add(fault.line, "", fault.message)
        raise _refused(path, problems) from None
    except OSError as error:
        raise TemplateError(
            f"The template “{path}” cannot be read: {error.strerror or error}.", "Check the file and its permissions."
        ) from error
    template = _template(root, problems)
    if template.id and template.id != path.stem:
        line = next(line_of(key) for key, _ in root.value if key.value == "id")
        problems.add(line, "id", f"“{template.id}” and the name of the file must agree; call it {template.id}.yaml")
    if problems:
        raise _refused(path, problems)
    return template


def find_templates(folders: Sequence[Path]) -> TemplateSet:
    """All templates in ``folders``, by name within each folder. A folder that does not exist has none.

    Where two have the same id, the one in the later folder (the user's own) is used, and ``notices`` say so.
    """
    templates: dict[str, Template] = {}
    origins: dict[str, Path] = {}
    problems: list[TemplateError] = []
    notices: list[str] = []
    for folder in folders:
        for path in _template_files(folder):
            try:
                template = load_template(path)
            except TemplateError as error:
                problems.append(error)
                continue
            if template.id in origins:
                notices.append(f"The template “{template.name}” ({path}) is used in place of {origins[template.id]}.")
            templates[template.id] = template
            origins[template.id] = path
    return TemplateSet(templates, tuple(problems), tuple(notices))


def _template_files(folder: Path) -> list[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in entries if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")]


def _refused(path: Path, problems: Problems) -> TemplateError:
    lines = problems.lines()
    faults = "a fault" if len(lines) == 1 else f"{len(lines)} faults"
    return TemplateError(
        f"The template “{path.name}” has {faults} and is not used.", f"Correct {path}:", problems=lines
    )


def _template(root: yaml.MappingNode, problems: Problems) -> Template:
    taken = Fields(root, "", problems, _TEMPLATE_FIELDS)
    keys: dict[str, int] = {}
    sections = tuple(_section(node, path, problems, keys, 1) for path, node in taken.items("sections"))
    if not sections:
        taken.complain("sections", "a template needs at least one section")
    return Template(
        id=taken.take("id", slug, "", required=True),
        name=taken.take("name", text, "", required=True),
        description=taken.take("description", _flowing, ""),
        language=taken.take("language", _language, "en"),
        sections=sections,
        marking=taken.take("marking", _marking, ""),
        citation_style=cast(CitationStyle, taken.take("citation_style", one_of(get_args(CitationStyle)), "footnotes")),
        likelihood_scale=cast(
            LikelihoodScale, taken.take("likelihood_scale", one_of(get_args(LikelihoodScale)), "icd203")
        ),
        contents=taken.take("contents", boolean, False),
        numbered_headings=taken.take("numbered_headings", boolean, False),
        page=_page(taken.inner("page"), problems),
        page_limit=taken.take("page_limit", whole_number(1, 1000), None),
        styles=_styles(taken.inner("styles"), problems),
        cover=taken.take("cover", boolean, False),
        numbered_paragraphs=taken.take("numbered_paragraphs", boolean, False),
        line_numbers=taken.take("line_numbers", boolean, False),
        columns=cast(Literal[1, 2], taken.take("columns", whole_number(1, 2), 1)),
        excerpts=taken.take("excerpts", boolean, False),
    )


def _section(node: yaml.Node, place: str, problems: Problems, keys: dict[str, int], depth: int) -> TemplateSection:
    taken = Fields(node, place, problems, _SECTION_FIELDS)
    key = taken.take("key", slug, "", required=True)
    if key in keys:
        taken.complain("key", f"“{key}” is the key of another section already (line {keys[key]})")
    elif key:
        keys[key] = taken.line("key")
    if depth == _MAX_DEPTH and taken.has("sections"):
        taken.complain("sections", f"sections stand in one another at most {_MAX_DEPTH} deep")
    inner = taken.items("sections") if depth < _MAX_DEPTH else ()
    return TemplateSection(
        key=key,
        heading=taken.take("heading", text, "", required=True),
        guidance=taken.take("guidance", _flowing, ""),
        questions=taken.texts("questions"),
        required=taken.take("required", boolean, True),
        sourcing=cast(Sourcing, taken.take("sourcing", one_of(get_args(Sourcing)), "optional")),
        target_words=taken.take("target_words", whole_number(1, 1_000_000), None),
        show_heading=taken.take("show_heading", boolean, True),
        aliases=taken.texts("aliases"),
        sections=tuple(_section(child, path, problems, keys, depth + 1) for path, child in inner),
    )


def _page(node: yaml.Node | None, problems: Problems) -> PageSetup:
    if node is None:
        return PageSetup()
    taken = Fields(node, "page", problems, _PAGE_FIELDS)
    size = taken.take("size", one_of(("A4", "Letter")), "A4")
    default = PageSetup()
    margins = {
        side: taken.take(side, number(5, 80), getattr(default, side)) for side in ("top", "bottom", "left", "right")
    }
    return PageSetup(size=cast(Any, size), **margins)


def _styles(node: yaml.Node | None, problems: Problems) -> dict[str, StyleSpec]:
    if node is None:
        return {}
    Fields(node, "styles", problems, STYLE_ROLES)  # tells of unknown roles
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {
        key.value: _style(value, f"styles.{key.value}", problems)
        for key, value in node.value
        if key.value in STYLE_ROLES
    }


def _style(node: yaml.Node, place: str, problems: Problems) -> StyleSpec:
    taken = Fields(node, place, problems, _STYLE_FIELDS)
    font = taken.take("font", one_of(("serif", "sans")), None)
    align = taken.take("align", one_of(("start", "justify", "center", "end")), None)
    return StyleSpec(
        font=cast(Any, font),
        size=taken.take("size", number(4, 72), None),
        bold=taken.take("bold", boolean, None),
        italic=taken.take("italic", boolean, None),
        colour=taken.take("colour", colour, None),
        space_before=taken.take("space_before", number(0, 144), None),
        space_after=taken.take("space_after", number(0, 144), None),
        line_height=taken.take("line_height", number(0.8, 4), None),
        indent=taken.take("indent", number(0, 144), None),
        align=cast(Any, align),
    )


def _flowing(node: yaml.Node) -> str:
    """A text of several lines: single line ends become spaces, blank lines stay as the ends of paragraphs."""
    # YAML has folded the text already, but for one that begins with “|”
    end = r"\n\s*\n" if getattr(node, "style", None) == "|" else r"\n+"
    paragraphs = re.split(end, text(node))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _language(node: yaml.Node) -> str:
    value = text(node)
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("a language tag such as “en” or “fr-CA”")
    return value


def _marking(node: yaml.Node) -> str:
    try:
        marking = parse_marking(text(node))
    except MarkingError as error:
        raise ValueError(f"a TLP 2.0 label ({error.message.rstrip('.')}; {error.remedy.rstrip('.')})") from None
    return marking.label if marking else ""
