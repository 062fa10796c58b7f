"""The commands that bring sources in: briefing import, briefing library unread, retry, runs, watch."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from briefing_app.cli.output import complain, follow, print_json
from briefing_app.errors import UsageError

if TYPE_CHECKING:
    from briefing_app.app.library_importing import Control, ImportReport, Job


def import_files(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_importing import import_into

    report = _follow(lambda control: import_into(arguments.library, arguments.paths, control))
    _tell(report, arguments.json)
    return 1 if any(not path.exists() for path in arguments.paths) else 0


def unread(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_importing import unread_by_reason, unread_files

    files = unread_files(arguments.library)
    if arguments.json:
        print_json([asdict(file) for file in files])
        return 0
    nums = {(file.path, file.member): file.num for file in files}
    for reason in unread_by_reason(files):
        print(reason.text)
        for one in reason.failed:
            member = f" ({one.member})" if one.member else ""
            print(f"  {nums[one.path, one.member]:>5}  {one.path}{member}")
    if not files:
        print("Every file that was imported could be read.")
    return 0


def retry(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_importing import try_again

    _tell(_follow(lambda control: try_again(arguments.library, arguments.nums or None, control)), arguments.json)
    return 0


def runs(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_importing import forget_run, interrupted_runs, resume_run

    if arguments.what == "list":
        found = interrupted_runs(arguments.library)
        if arguments.json:
            print_json(
                [{"num": run.num, "begun": run.begun, "paths": [str(path) for path in run.paths]} for run in found]
            )
            return 0
        for run in found:
            print(f"{run.num:>5}  begun {run.begun}  {', '.join(str(path) for path in run.paths)}")
        if not found:
            print("No import was cut short.")
        return 0
    if arguments.num is None:
        raise UsageError("Which import is meant was not said.", "Name its number, as the list of them has it.")
    if arguments.what == "forget":
        forget_run(arguments.library, arguments.num)
    else:
        _tell(_follow(lambda control: resume_run(arguments.library, arguments.num, control)), arguments.json)
    return 0


def watch(arguments: argparse.Namespace) -> int:
    from briefing_app.app import library_importing

    if arguments.what in ("add", "remove") and arguments.folder is None:
        raise UsageError("No folder was named.", "Name the folder.")
    if arguments.what == "now":
        _tell(_follow(lambda control: library_importing.look_at_watched(arguments.library, control)), arguments.json)
        return 0
    if arguments.what == "add":
        library_importing.watch(arguments.library, arguments.folder)
    elif arguments.what == "remove":
        library_importing.unwatch(arguments.library, arguments.folder)
    folders = library_importing.watched_folders(arguments.library)
    if arguments.json:
        print_json([{"path": str(folder.path), "is_there": folder.is_there} for folder in folders])
        return 0
    for folder in folders:
        print(f"{folder.path}{'' if folder.is_there else '  (cannot be reached now)'}")
    if not folders:
        print("No folder is watched.")
    return 0


def _follow(start: Callable[[Control], Job]) -> ImportReport:
    """See an import through; one that is stopped by Ctrl-C can be resumed."""
    from briefing_app.app.library_importing import Control

    control = Control()
    job = start(control)
    try:
        return follow(job)
    except KeyboardInterrupt:
        control.leave()
        job.close()
        raise


def _tell(report: ImportReport, json: bool) -> None:
    if json:
        print_json(report.to_json())
    else:
        for one in report.imported:
            print(f"{one.id}  {one.title}")
        beside = f", {len(report.passed_over)} taken in with others" if report.passed_over else ""
        print(
            f"{len(report.imported)} imported, {len(report.duplicates)} already there{beside},"
            f" {len(report.failed)} failed."
        )
    for failure in report.failed:
        member = f" ({failure.member})" if failure.member else ""
        complain(f"{failure.path}{member}: {failure.reason}")
