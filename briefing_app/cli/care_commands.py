"""The commands that look after a library: briefing library stats, check, backup, restore, ..."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from briefing_app.cli.library_commands import bring_up_to_date
from briefing_app.cli.output import complain, follow, print_json

if TYPE_CHECKING:
    from briefing_app.app.library_care import Difference


def stats(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import library_statistics

    found = follow(library_statistics(arguments.library))
    if arguments.json:
        print_json(found.to_json())
        return 0
    for name, value in found.to_json().items():
        if isinstance(value, dict):
            shown = ", ".join(f"{key} {count:,}" for key, count in value.items()) or "none"
        elif name.endswith("_bytes"):
            shown = _size(value)
        else:
            shown = f"{value:,}"
        print(f"{name.replace('_', ' ').removesuffix(' bytes'):18} {shown}")
    return 0


def _size(count: int) -> str:
    for unit, bits in (("GB", 30), ("MB", 20), ("kB", 10)):
        if count >= 1 << bits:
            return f"{count / (1 << bits):,.1f} {unit}"
    return f"{count} bytes"


def check(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import check_library

    report = follow(check_library(arguments.library))
    if arguments.json:
        print_json(report.to_json())
    else:
        for problem in report.problems:
            print(problem.in_words())
        if not report.problems:
            print(
                f"All is well: {report.sources:,} sources, each with its original, its text and its place in the index."
            )
    return 1 if report.problems else 0


def backup(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import back_up_library

    report = follow(back_up_library(arguments.library, arguments.file))
    if arguments.json:
        print_json(report.to_json())
    else:
        print(f"{report.path}  {report.sources:,} sources  {_size(report.size)}  sha256 {report.sha256}")
    for problem in report.problems:
        complain(f"The library was damaged before: {problem.in_words()}")
    return 1 if report.problems else 0


def restore(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import restore_library

    report = follow(restore_library(arguments.file, arguments.library))
    if arguments.json:
        print_json(report.to_json())
    else:
        print(f"{report.folder}  {report.sources:,} sources restored")
    for problem in report.problems:
        complain(problem.in_words())
    return 1 if report.problems else 0


def rebuild(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import rebuild_index

    sources = follow(rebuild_index(arguments.library))
    if arguments.json:
        print_json({"sources": sources})
    else:
        print(f"The search index was made again from {sources:,} sources.")
    return 0


def export(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import export_pack

    bring_up_to_date(arguments)
    report = follow(
        export_pack(
            arguments.library,
            arguments.output,
            ids=arguments.ids or (),
            query=arguments.query or "",
            tag=arguments.tag or "",
            everything=arguments.all,
        )
    )
    if arguments.json:
        print_json(report.to_json())
    else:
        print(f"{report.path}  {report.sources:,} sources  {_size(report.size)}  sha256 {report.sha256}")
    return 0


def merge(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_care import merge_pack

    report = follow(merge_pack(arguments.library, arguments.file))
    if arguments.json:
        print_json(report.to_json())
        return 0
    for new in report.added:
        print(f"{new.id}  {new.title}")
    for one in report.taken:
        print(f"{_named(one)}: {one.field} is “{one.there}” now, as in the pack")
    for one in report.conflicts:
        if one.field == "note":
            print(f"{_named(one)}: both notes are kept; the pack's begins “{one.there[:60]}”")
        else:
            print(f"{_named(one)}: {one.field} stays “{one.here}”; the pack has “{one.there}”")
    print(
        f"{len(report.added)} added, {len(report.same)} already there, {len(report.tagged)} with more tags,"
        f" {len(report.conflicts)} conflicts."
    )
    return 0


def _named(one: Difference) -> str:
    return f"{one.id}  {one.title}" if one.id else one.title
