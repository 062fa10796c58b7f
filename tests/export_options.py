"""Options of an export by their names, for tests: those of its form among the others."""

from __future__ import annotations

from dataclasses import fields

from briefing_app.layout.lay_out import LayoutOptions
from briefing_app.layout.options import ExportOptions
from tests.samples import DATE

_OF_FORM = {field.name for field in fields(ExportOptions)}


def options_of(**given: object) -> LayoutOptions:
    """``given`` as the options of a layout, on the samples' date."""
    form = {name: value for name, value in given.items() if name in _OF_FORM}
    rest = {name: value for name, value in given.items() if name not in _OF_FORM}
    return LayoutOptions(date=DATE, form=ExportOptions(**form), **rest)  # type: ignore[arg-type]
