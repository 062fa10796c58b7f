"""The commands over briefings: templates, new, add, check, text, export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from briefing_app.cli.library_commands import open_library_of
from briefing_app.cli.output import complain, print_json


def templates(arguments: argparse.Namespace) -> int:
    from briefing_app.app.templates import all_templates

    found = all_templates()
    for problem in found.problems:
        complain(str(problem))
    rows = [{"id": one.id, "name": one.name, "description": one.description} for one in found.templates.values()]
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['id']:16} {row['name']:20} {row['description']}")
    return 0


def new(arguments: argparse.Namespace) -> int:
    from briefing_app.app.starting import start_briefing

    started = start_briefing(arguments.template, arguments.title, arguments.draft, arguments.output)
    if arguments.json:
        print_json(started.to_json())
    else:
        print(started.in_words())
    for warning in started.warnings:
        complain(warning)
    return 0


def add(arguments: argparse.Namespace) -> int:
    from briefing_app.app.adding import add_passage

    with open_library_of(arguments) as library:
        added = add_passage(
            library,
            arguments.file,
            arguments.section,
            arguments.source,
            quote=arguments.quote,
            span=arguments.range,
        )
    if arguments.json:
        print_json(added.to_json())
    else:
        print(added.in_words())
    for warning in added.warnings:
        complain(warning)
    return 0


def check(arguments: argparse.Namespace) -> int:
    from briefing_app.app.checking import check_file

    rows = check_file(arguments.file)
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['severity']}: {row['message']}")
        if not rows:
            print("Nothing to look at.")
    return 1 if any(row["severity"] == "error" for row in rows) else 0


def anchors(arguments: argparse.Namespace) -> int:
    from briefing_app.app.anchoring import anchor_file

    with open_library_of(arguments) as library:
        found = anchor_file(library, arguments.file, update=arguments.update, accept_changed=arguments.accept_changed)
    if arguments.json:
        print_json([one.to_json() for one in found])
    else:
        for one in found:
            print(one.in_words())
        if not found:
            print("Every passage stands in its source as it was quoted.")
        elif arguments.accept_changed:
            print("What moved or changed was taken over; the words before are in the passages' notes.")
        elif arguments.update:
            print("The places of what moved were taken over; --accept-changed takes over changed words, too.")
    open_states = ("lost",) if arguments.accept_changed else ("changed", "lost")
    return 1 if any(one.state in open_states for one in found) else 0


def text(arguments: argparse.Namespace) -> int:
    from briefing_app.app.textual import briefing_text

    print(briefing_text(_briefing(arguments.file)), end="")
    return 0


def _briefing(path: Path) -> Any:
    from briefing_app.app.session import Session

    session, problems = Session.open(path)
    for problem in problems:
        complain(problem)
    return session.briefing
