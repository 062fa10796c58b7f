"""The commands over editions: issue, editions, compare."""

from __future__ import annotations

import argparse
import os
import sys

from briefing_app.cli.output import complain, print_json


def issue(arguments: argparse.Namespace) -> int:
    from briefing_app.app.dates import now, parse_date
    from briefing_app.app.issuing import IssueOrder, issue_file, record_row, record_words, register_in
    from briefing_app.app.profiles import profile

    order = IssueOrder(
        at=parse_date(arguments.date) if arguments.date else now(),
        note=arguments.note,
        number=arguments.number,
        exports=tuple(arguments.output),
        **({"form": profile(arguments.profile)} if arguments.profile else {}),
    )
    issued = issue_file(arguments.file, order, register_in(arguments.library))
    for warning in issued.warnings:
        complain(warning)
    if arguments.json:
        print_json(record_row(issued.record))
        return 0
    print(f"Issued: {record_words(issued.record)}")
    for target, export in zip(arguments.output, issued.record.exports, strict=True):
        print(f"  {target}  sha256 {export.sha256}")
    if not issued.warnings:
        print(f"{arguments.file.name} goes on as edition {issued.record.edition + 1}.")
    return 0


def editions(arguments: argparse.Namespace) -> int:
    from briefing_app.app.editions import all_editions, briefing_id_of, edition_numbered, proved_rows
    from briefing_app.app.issuing import record_words, register_in

    register = register_in(arguments.library)
    if arguments.copy is not None:
        return _copy(arguments)
    if arguments.briefing:
        briefing_id = briefing_id_of(arguments.briefing, register)
        found = [(briefing_id, register.editions(briefing_id))]
    else:
        found = all_editions(register)
    rows = [row for _, one in found for row in proved_rows(register, one)]
    problems = [problem for _, one in found for problem in one.problems]
    for problem in problems:
        complain(problem)
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            record = edition_numbered(register, row["briefing_id"], row["edition"])
            print(f"{'' if row['intact'] else 'DAMAGED  '}{record.title}\n    {record_words(record)}")
            if record.note:
                print(f"    {record.note}")
            for export in record.exports:
                print(f"    {export.name}  sha256 {export.sha256[:12]}…")
        if not rows and not problems:
            print("No edition is issued yet.")
    return 0 if all(row["intact"] for row in rows) and not problems else 1


def _copy(arguments: argparse.Namespace) -> int:
    """A copy of a frozen edition, outside the register."""
    from briefing_app.app.editions import briefing_id_of, edition_numbered
    from briefing_app.app.issuing import copy_edition, register_in
    from briefing_app.errors import UsageError

    if not arguments.briefing or arguments.output is None:
        raise UsageError("Say of which briefing, and where the copy goes.", "Write --copy N FILE.briefing -o COPY.")
    register = register_in(arguments.library)
    record = edition_numbered(register, briefing_id_of(arguments.briefing, register), arguments.copy)
    copy_edition(register, record, arguments.output)
    print(f"{arguments.output}  sha256 {record.sha256}")
    return 0


def compare(arguments: argparse.Namespace) -> int:
    from briefing_app.app.comparing.report import (
        coloured_paint,
        comparison_rows,
        comparison_words,
        plain_paint,
    )
    from briefing_app.app.editions import compare, draft_into, sides_of
    from briefing_app.app.issuing import register_in
    from briefing_app.errors import UsageError

    old, new = sides_of(arguments.old, arguments.new, arguments.of, register_in(arguments.library))
    if arguments.draft and new.path is None:
        raise UsageError(
            "An edition is frozen; a draft can be put into a file only.", "Name the file as the newer of the two."
        )
    comparison = compare(old.briefing, new.briefing)
    if arguments.json:
        print_json({**comparison_rows(comparison), "compared": [old.name, new.name]})
    else:
        colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        print(f"{old.name} → {new.name}")
        for line in comparison_words(comparison, coloured_paint if colours else plain_paint):
            print(line)
    if arguments.draft:
        assert new.path is not None
        draft_into(comparison, new.path)
        complain(f"What changed was drafted into {new.path.name}; read it over.")
    return 0
