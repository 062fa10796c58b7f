"""YAML text to a tree of nodes that know their lines, without building any Python object from it.

Strict where YAML surprises: no aliases, no tags of its own, no double keys; what a plain word *means* (yes, 1.10,
2026-11-03) is left to the reader of the field.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import yaml

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40

_ALLOWED_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in "str int float bool null timestamp map seq merge".split()
)


class YamlFault(Exception):
    """The text is no YAML that we read. ``line`` is 1-based, 0 where no line is to blame."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_yaml(path: Path) -> yaml.MappingNode:
    """The mapping at the top of a YAML file. Raises YamlFault; OSError where it cannot be read."""
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise YamlFault(0, f"the file has more than {MAX_BYTES:,} bytes; a template is far smaller")
    text = _decode(data)
    _refuse_tabs(text)
    root = _compose(text)
    if root is None:
        raise YamlFault(1, "the file is empty")
    if not isinstance(root, yaml.MappingNode):
        raise YamlFault(line_of(root), "expected fields, such as “id: my-template”, at the top of the file")
    _check_nodes(root, 1)
    return root


def line_of(node: yaml.Node) -> int:
    """The 1-based line on which a node begins."""
    return int(node.start_mark.line) + 1


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise YamlFault(0, "the file is in UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlFault(line, "a character is not in UTF-8; save the file as UTF-8") from None


def _refuse_tabs(text: str) -> None:
    """A tab in the indentation is YAML's most confusing error, so it is told in words of its own."""
    for number, line in enumerate(text.splitlines(), 1):
        indentation = line[: len(line) - len(line.lstrip())]
        if "\t" in indentation and line.strip():
            raise YamlFault(number, "the line begins with a tab; use spaces")


def _compose(text: str) -> yaml.Node | None:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = int(event.start_mark.line) + 1 if event.start_mark else 0
                raise YamlFault(line, "anchors and aliases (& and *) are not read in templates; write the text out")
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlFault(int(mark.line) + 1 if mark else 0, f"this is not YAML: {said}{_hint(said)}") from None
    except yaml.YAMLError as error:
        raise YamlFault(0, f"this is not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise YamlFault(0, "the fields are nested too deeply") from None


def _hint(said: str) -> str:
    if "mapping values are not allowed" in said:
        return " (a text with a colon in it must stand in quotation marks)"
    return ""


def _check_nodes(node: yaml.Node, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise YamlFault(line_of(node), "the fields are nested too deeply")
    if node.tag not in _ALLOWED_TAGS:
        raise YamlFault(line_of(node), f"the tag “{node.tag}” is not read in templates; take it away")
    for child in _children(node):
        _check_nodes(child, depth + 1)


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlFault(line_of(key), "the name of a field must be one word")
            if key.value in seen:
                raise YamlFault(line_of(key), f"the field “{key.value}” stands twice (first in line {seen[key.value]})")
            seen[key.value] = line_of(key)
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value
