"""The commands that read sources again: briefing library reread, versions."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from briefing_app.cli.library_commands import open_library_of
from briefing_app.cli.output import complain, follow, print_json


def reread(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_rereading import Control, read_again

    report = follow(
        read_again(arguments.library, ids=arguments.ids, everything=arguments.all, ocr=arguments.ocr, control=Control())
    )
    if arguments.json:
        print_json(report.to_json())
    else:
        for one in report.read:
            if one.text or one.fields:
                parts = [f"text, version {one.version}"] if one.text else []
                parts += [", ".join(one.fields)] if one.fields else []
                print(f"{one.id}  {one.title}\n    {one.reader}: {'; '.join(parts)}")
        fields = sum(bool(one.fields) and not one.text for one in report.read)
        print(
            f"{len(report.read)} read again: {len(report.changed)} with another text, {fields} with other fields only,"
            f" {len(report.failed)} failed."
        )
    for reason, failed in report.by_reason():
        complain(reason)
        for source in failed:
            complain(f"    {source.id}  {source.title}")
    return 1 if report.failed else 0


def versions(arguments: argparse.Namespace) -> int:
    with open_library_of(arguments) as library:
        found = library.versions(arguments.source)
        text = None if arguments.text is None else library.text(arguments.source, arguments.text)
    if arguments.json:
        print_json([asdict(one) for one in found] if text is None else {"version": arguments.text, "text": text})
    elif text is not None:
        print(text)
    else:
        for one in found:
            in_force = "  in force" if one.in_force else ""
            print(f"{one.version:>3}  {one.reader}  {one.length:,} characters  {one.text_sha256}{in_force}")
    return 0
