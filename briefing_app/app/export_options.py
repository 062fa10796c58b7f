"""The options of an export in words: their names, what each may be, and the same as plain data for files.

The command line, profiles and the window all name and check options here, so that they cannot disagree.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from briefing_app.errors import UsageError
from briefing_app.layout.options import AS_THE_TEMPLATE_SAYS, ExportOptions
from briefing_app.layout.pages import LARGEST_MARGIN, SMALLEST_MARGIN, PaperSize
from briefing_app.model.template import CitationStyle

Value = bool | int | float | str
_YES, _NO = ("yes", "on", "true"), ("no", "off", "false")
_AS_TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class Switch:
    """An option that is on or off."""

    name: str
    about: str

    def read(self, word: str) -> Value:
        """The value that a word means. Raises ValueError with what was expected."""
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise ValueError("yes or no")

    def holds(self, value: object) -> bool:
        """Whether a value out of a file is one of this option's."""
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that is one of a few values."""

    name: str
    about: str
    values: tuple[Value, ...]

    def read(self, word: str) -> Value:
        for value in self.values:
            if str(value).lower() == word:
                return value
        raise ValueError(f"one of {', '.join(map(str, self.values))}")

    def holds(self, value: object) -> bool:
        return not isinstance(value, bool) and value in self.values


@dataclass(frozen=True, slots=True)
class Margin:
    """An option that is a margin in millimetres."""

    name: str
    about: str

    def read(self, word: str) -> Value:
        try:
            value = float(word.removesuffix("mm").replace(",", "."))
        except ValueError:
            value = -1.0
        if not self.holds(value):
            raise ValueError(f"{SMALLEST_MARGIN:g} to {LARGEST_MARGIN:g} millimetres")
        return value

    def holds(self, value: object) -> bool:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and SMALLEST_MARGIN <= float(value) <= LARGEST_MARGIN  # type: ignore[arg-type]


Option = Switch | Choice | Margin
OPTIONS: dict[str, Option] = {
    one.name: one
    for one in (
        Switch("cover", "the title on a page of its own"),
        Switch("contents", "a table of contents"),
        Switch("numbered_headings", "headings numbered 1, 1.1"),
        Switch("numbered_paragraphs", "paragraphs numbered through all sections"),
        Switch("watermark", "DRAFT across every page; on drafts in any case"),
        Switch("line_numbers", "numbers beside the lines of text, for review"),
        Choice("columns", "columns of text", (1, 2)),
        Choice("paper", "size of the paper", get_args(PaperSize)),
        Margin("top", "margin in millimetres"),
        Margin("bottom", "margin in millimetres"),
        Margin("left", "margin in millimetres"),
        Margin("right", "margin in millimetres"),
        Choice("citations", "where sources are named", get_args(CitationStyle)),
        Switch("excerpts", "an appendix of the passages cited, word for word"),
        Switch("review", "a copy to be worked on: blocks keep their ids, changes are tracked (DOCX)"),
    )
}


def read_options(words: Iterable[str], base: ExportOptions = AS_THE_TEMPLATE_SAYS) -> ExportOptions:
    """``base`` with options as they are written on a command line: ``cover``, ``no-contents``, ``columns=2``.

    ``name=template`` gives an option back to the template; ``margins=20`` sets all four. Raises UsageError.
    """
    found: dict[str, Value | None] = {}
    for word in words:
        name, equals, value = word.strip().lower().replace("-", "_").partition("=")
        if not equals:
            name, value = (name.removeprefix("no_"), "no") if name.startswith("no_") else (name, "yes")
        names = ("top", "bottom", "left", "right") if name == "margins" else (name,)
        for one in names:
            found[one] = None if value.strip() == _AS_TEMPLATE else _read(one, value.strip(), word)
    return replace(base, **found)  # type: ignore[arg-type]


def _read(name: str, value: str, word: str) -> Value:
    option = OPTIONS.get(name)
    if option is None:
        near = difflib.get_close_matches(name, [*OPTIONS, "margins"], n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(OPTIONS)}, and margins for all four."
        raise UsageError(f"There is no export option “{name}”.", hint)
    try:
        return option.read(value)
    except ValueError as error:
        raise UsageError(f"“{word}” is no value of the option {name}.", f"It is {error}, or template.") from None


def options_to_data(options: ExportOptions) -> dict[str, Value]:
    """The options that were chosen, as plain data; those left to the template are left out."""
    return {name: value for name in OPTIONS if (value := getattr(options, name)) is not None}


def options_from_data(data: Mapping[str, Any]) -> ExportOptions:
    """The options in plain data. Raises UsageError, naming the first that is none or has no such value."""
    for name, value in data.items():
        if name not in OPTIONS:
            raise UsageError(f"There is no export option “{name}”.", "Take it out, or choose the options anew.")
        if not OPTIONS[name].holds(value):
            raise UsageError(f"The export option {name} cannot be {value!r}.", "Choose the options anew.")
    return ExportOptions(**data)


def options_in_words(options: ExportOptions) -> str:
    """The chosen options as the command line takes them, in a row."""
    words = []
    for name, value in options_to_data(options).items():
        shown = ("yes" if value else "no") if isinstance(value, bool) else f"{value:g}" if _is_number(value) else value
        words.append(f"{name.replace('_', '-')}={shown}")
    return " ".join(words) or "as the template says"


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)
