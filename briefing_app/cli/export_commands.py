"""The commands over exports: export itself, and the profiles that keep its options by name."""

from __future__ import annotations

import argparse
from pathlib import Path

from briefing_app.cli.output import complain, print_json


def export(arguments: argparse.Namespace) -> int:
    from briefing_app.app.dates import parse_date
    from briefing_app.app.export_options import read_options
    from briefing_app.app.exporting import ExportOrder, export_briefing, format_of
    from briefing_app.app.last_exports import last_export, remember_export
    from briefing_app.app.profiles import profile
    from briefing_app.app.session import Session
    from briefing_app.errors import UsageError

    if arguments.output is not None:
        format_of(arguments.output)
    session, problems = Session.open(arguments.file)
    for problem in problems:
        complain(problem)
    briefing = session.briefing
    last = last_export(briefing.id) if arguments.again else None
    if arguments.again and last is None:
        raise UsageError(f"“{arguments.file.name}” was not exported before.", "Name the file to export to with -o.")
    base = profile(arguments.profile) if arguments.profile else (last.order if last else ExportOrder()).form
    order = ExportOrder(
        date=parse_date(arguments.date) if arguments.date else "",
        marking=arguments.marking if arguments.marking is not None or last is None else last.order.marking,
        force=arguments.force,
        form=read_options(arguments.option, base),
    )
    target: Path = arguments.output or (last.target if last else Path())
    done = export_briefing(briefing, target, order)
    remember_export(briefing.id, target, order, arguments.profile or (last.profile if last else ""))
    for finding in done.findings:
        complain(f"{finding.severity}: {finding.message}")
    if arguments.json:
        print_json({"path": str(done.path), "pages": done.pages, "sha256": done.sha256})
    else:
        pages = "" if done.pages is None else f"  {done.pages} page{'s' if done.pages != 1 else ''}"
        print(f"{done.path}{pages}  sha256 {done.sha256}")
    return 0


def list_profiles(arguments: argparse.Namespace) -> int:
    from briefing_app.app.export_options import options_in_words, options_to_data
    from briefing_app.app.profiles import load_profiles

    profiles = load_profiles()
    if arguments.json:
        print_json([{"name": name, "options": options_to_data(options)} for name, options in profiles.items()])
        return 0
    for name, options in profiles.items():
        print(f"{name:24} {options_in_words(options)}")
    if not profiles:
        print("No profile is kept yet.")
    return 0


def save_profile(arguments: argparse.Namespace) -> int:
    from briefing_app.app import profiles
    from briefing_app.app.export_options import options_in_words, options_to_data, read_options

    if arguments.from_profile:
        options = read_options(arguments.option, profiles.profile(arguments.from_profile))
    else:
        options = read_options(arguments.option)
    replaced = profiles.save_profile(arguments.name, options)
    if arguments.json:
        print_json({"name": arguments.name, "options": options_to_data(options), "replaced": replaced})
    else:
        print(f"{'Replaced' if replaced else 'Saved'} “{arguments.name}”: {options_in_words(options)}")
    return 0


def remove_profile(arguments: argparse.Namespace) -> int:
    from briefing_app.app import profiles

    profiles.remove_profile(arguments.name)
    if arguments.json:
        print_json({"name": arguments.name})
    else:
        print(f"Removed “{arguments.name}”.")
    return 0
