"""Reading the fields of a YAML mapping one by one, and gathering what is wrong, with line and field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import yaml

from briefing_app.storage.yaml_nodes import line_of

T = TypeVar("T")

_WHOLE = re.compile(r"[+-]?\d{1,9}")
_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,9})?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Problems:
    """What is wrong with one file, in the order in which it was met: “sitrep.yaml, line 14, sections[2].key: …”."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self._found: list[tuple[int, int, str]] = []

    def add(self, line: int, field: str, message: str) -> None:
        where = [self._file_name, *([f"line {line}"] if line else []), *([field] if field else [])]
        self._found.append((line, len(self._found), f"{', '.join(where)}: {message}"))

    def __bool__(self) -> bool:
        return bool(self._found)

    def lines(self) -> tuple[str, ...]:
        """One line for each problem, by the line that it stands in."""
        return tuple(text for _, _, text in sorted(self._found))


class Fields:
    """The fields of one mapping. Each ``take`` reads one; ``end`` tells of those that nobody read.

    A wrong value is told to ``problems`` and answered with the default, so that one pass finds every fault.
    """

    def __init__(self, node: yaml.Node, place: str, problems: Problems, known: Sequence[str]) -> None:
        self._place = place
        self._problems = problems
        self._line = line_of(node)
        self._values: dict[str, tuple[yaml.Node, int]] = {}
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._values[key.value] = (value, line_of(key))
        else:
            problems.add(self._line, place, f"expected fields, found {found(node)}")
        for name, (_, line) in self._values.items():
            if name not in known:
                problems.add(line, self.path(name), f"there is no such field{_nearest(name, known)}")

    def path(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def line(self, name: str) -> int:
        return self._values[name][1] if name in self._values else self._line

    def complain(self, name: str, message: str) -> None:
        self._problems.add(self.line(name), self.path(name), message)

    def has(self, name: str) -> bool:
        """True where the field is there and is not left empty."""
        return name in self._values and not _is_null(self._values[name][0])

    def take(self, name: str, read: Callable[[yaml.Node], T], default: T, *, required: bool = False) -> T:
        """The field's value by ``read``, which raises ValueError with what it expected."""
        if not self.has(name):
            if required:
                self.complain(name, "this field is missing" if name not in self._values else "this field is empty")
            return default
        node = self._values[name][0]
        try:
            return read(node)
        except ValueError as error:
            self._problems.add(line_of(node), self.path(name), f"expected {error}, found {found(node)}")
            return default

    def items(self, name: str) -> Iterator[tuple[str, yaml.Node]]:
        """The entries of a list field with the path of each."""
        if not self.has(name):
            return
        node = self._values[name][0]
        if not isinstance(node, yaml.SequenceNode):
            self._problems.add(line_of(node), self.path(name), f"expected a list, found {found(node)}")
            return
        for index, entry in enumerate(node.value):
            yield f"{self.path(name)}[{index}]", entry

    def inner(self, name: str) -> yaml.Node | None:
        return self._values[name][0] if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts. One text alone is a list of one."""
        node = self.inner(name)
        if isinstance(node, yaml.ScalarNode):
            return (self.take(name, text, ""),)
        taken = []
        for path, entry in self.items(name):
            try:
                taken.append(text(entry))
            except ValueError as error:
                self._problems.add(line_of(entry), path, f"expected {error}, found {found(entry)}")
        return tuple(taken)


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name.lower().replace("-", "_"), known, 1, 0.6)
    if not near:
        near = [right for right in known if _SYNONYMS.get(name.lower()) == right]
    return f"; did you mean “{near[0]}”?" if near else f"; the fields are {', '.join(known)}"


_SYNONYMS = {
    "title": "name", "words": "target_words", "length": "target_words", "citations": "sourcing", "toc": "contents",
    "color": "colour", "optional": "required", "mandatory": "required", "slug": "key", "lang": "language",
    "pages": "page_limit", "headings": "aliases", "help": "guidance", "margins": "page",
}  # fmt: skip


def found(node: yaml.Node) -> str:
    """What stands there, in words."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "fields"
    if _is_null(node):
        return "nothing"
    value = " ".join(str(node.value).split())
    return f"“{value}”" if len(value) <= 60 else f"“{value[:59]}…”"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")


def _scalar(node: yaml.Node) -> str | None:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _plain(node: yaml.Node) -> str | None:
    """The words of a scalar without quotation marks: only such can be a number, true or false."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.style is None else None


def text(node: yaml.Node) -> str:
    """Any scalar as the words that stand in the file: a date or a number stays as it was written."""
    value = _scalar(node)
    if value is None:
        raise ValueError("a text")
    return value.strip()


def slug(node: yaml.Node) -> str:
    value = _scalar(node)
    if value is None or not _SLUG.fullmatch(value) or len(value) > 64:
        raise ValueError("a short name of small Latin letters, digits and hyphens, such as “key-judgements”")
    return value


def boolean(node: yaml.Node) -> bool:
    value = _plain(node)
    if value not in ("true", "false"):
        raise ValueError("true or false")
    return value == "true"


def whole_number(low: int, high: int) -> Callable[[yaml.Node], int]:
    def read(node: yaml.Node) -> int:
        value = _plain(node)
        if value is None or not _WHOLE.fullmatch(value):
            raise ValueError("a whole number")
        if not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return read


def number(low: float, high: float) -> Callable[[yaml.Node], float]:
    def read(node: yaml.Node) -> float:
        value = _plain(node)
        if value is None or not _NUMBER.fullmatch(value):
            raise ValueError("a number")
        if not low <= float(value) <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return float(value)

    return read


def colour(node: yaml.Node) -> str:
    value = _scalar(node)
    if value is None or not _COLOUR.fullmatch(value):
        raise ValueError('a colour such as "#1F3A5F", in quotation marks')
    return value.upper()


def one_of(choices: Sequence[str]) -> Callable[[yaml.Node], str]:
    def read(node: yaml.Node) -> str:
        value = _scalar(node)
        if value is None or value not in choices:
            raise ValueError(f"one of {', '.join(choices)}")
        return value

    return read
