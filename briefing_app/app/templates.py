"""The forms of briefing there are: those that come with the app, and the user's own."""

from __future__ import annotations

import difflib

from briefing_app.app import paths
from briefing_app.errors import UsageError
from briefing_app.model.template import Template
from briefing_app.storage.templates import TemplateSet, find_templates


def all_templates() -> TemplateSet:
    """Every sound template by its id, and what is wrong with the others. The user's own come last and win."""
    return find_templates([paths.templates_dir(), paths.user_templates_dir()])


def template(id: str) -> Template:
    """The template with this id. Raises UsageError, naming the nearest, where there is none."""
    found = all_templates()
    if id in found.templates:
        return found.templates[id]
    for problem in found.problems:
        if f"{id}." in str(problem):
            raise problem
    near = difflib.get_close_matches(id, found.templates, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UsageError(f"There is no template “{id}”.{hint}", f"There are {', '.join(found.templates)}.")
