"""The commands over the library's sources: search, show, correct."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from briefing_app.cli.output import complain, follow, print_json
from briefing_app.errors import StorageError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library


def open_library_of(arguments: argparse.Namespace, *, write: bool = False) -> Library:
    from briefing_app.app.library_access import open_library

    return open_library(arguments.library, write=write)


def bring_up_to_date(arguments: argparse.Namespace) -> None:
    """Let the search know every source, where it is behind; while another process writes, that one will do it."""
    with open_library_of(arguments) as library:
        lag = library.index_lag()
    if not lag:
        return
    try:
        with open_library_of(arguments, write=True) as library:
            follow(library.catch_up())
    except StorageError:
        complain(f"{lag} of the library's sources cannot be found yet: they are still being taken into its index.")


def search(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import search_report

    bring_up_to_date(arguments)
    with open_library_of(arguments) as library:
        report = search_report(library, arguments)
    rows = report["hits"]
    if arguments.json:
        print_json(report if arguments.facets else rows)
    else:
        for row in rows:
            others = f"+{row['reprints']} reprint{'' if row['reprints'] == 1 else 's'}" if row["reprints"] else ""
            head = (row["outlet"], row["date"], row["language"], row["grade"], row["marking"], others)
            star = "* " if row["starred"] else ""
            print(
                f"{row['source_id']}  {star}{row['title']}\n    {' · '.join(filter(None, head))}\n    {row['snippet']}"
            )
        for name, counts in report.get("facets", {}).items():
            if counts:
                print(f"{name}: " + ", ".join(f"{value} ({count:,})" for value, count in counts.items()))
    if not rows:
        query = arguments.query if len(arguments.query) <= 80 else f"{arguments.query[:80]} …"
        complain(f"Nothing in the library matches “{query}”.")
    elif report["total"] > len(rows) and not arguments.json:
        complain(f"{len(rows)} of {report['total']:,} answers; --limit and --offset show others.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import source_fields

    with open_library_of(arguments) as library:
        fields = source_fields(library, arguments.source)
    if arguments.json:
        print_json(fields)
    else:
        for name, value in fields.items():
            if name != "text" and value not in ("", None, []):
                print(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
        print(f"\n{fields['text']}")
    return 0


def correct(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import correct_source

    with open_library_of(arguments, write=True) as library:
        fields = correct_source(library, arguments)
    if arguments.json:
        print_json(fields)
    else:
        print(f"{fields['id']}  {fields['title']}")
    return 0
