"""The commands over what sources have in common: library reprints, reprints, similar, suggest."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing_app.cli.library_commands import bring_up_to_date, open_library_of
from briefing_app.cli.output import complain, follow, print_json

Add = Callable[..., argparse.ArgumentParser]
Number = Callable[[str], Any]


def library_words(care: Any, add: Add, positive: Number, whole: Number) -> argparse.ArgumentParser:
    """The words of ``briefing library reprints``."""
    command = add(care, "reprints", groups, "Find reprints, and list their groups, the largest first.", json=True)
    command.add_argument("--limit", type=positive, default=50, metavar="N")
    command.add_argument("--offset", type=whole, default=0, metavar="N", help="leave out this many of the first")
    return command


def words(commands: Any, add: Add, positive: Number, span: Number) -> tuple[argparse.ArgumentParser, ...]:
    """The words of ``briefing reprints``, ``briefing similar`` and ``briefing suggest``."""
    one = add(commands, "reprints", group, "Show the reprints of a source, or say what it is.", json=True)
    one.add_argument("source", metavar="SOURCE_ID")
    said = one.add_mutually_exclusive_group()
    said.add_argument("--of", dest="reprint_of", metavar="SOURCE_ID", help="it is a reprint of this source")
    said.add_argument("--derived-from", metavar="SOURCE_ID", help="it only takes over parts of this source")
    said.add_argument("--not", dest="not_of", metavar="SOURCE_ID", help="it is no reprint of this source")
    said.add_argument("--origin", action="store_true", help="it is the origin of its group, whatever the dates say")
    like = add(commands, "similar", similar, "Find the passages most like one of a source, or like a text.", json=True)
    like.add_argument("source", nargs="?", metavar="SOURCE_ID", help="it is left out, with its reprints")
    like.add_argument("--range", type=span, metavar="START:END", help="code points of the source's text")
    like.add_argument("--text", default="", metavar="TEXT", help="the passage")
    like.add_argument("--limit", type=positive, default=20, metavar="N")
    worth = add(commands, "suggest", suggest, "List passages worth reading for a section of a briefing.", json=True)
    worth.add_argument("file", type=Path, metavar="FILE.briefing")
    worth.add_argument("section", metavar="SECTION", help="its heading, key or id")
    worth.add_argument("--limit", type=positive, default=20, metavar="N")
    return one, like, worth


def groups(arguments: argparse.Namespace) -> int:
    from briefing_app.app.kinship import find_reprints, group_rows

    if not follow(find_reprints(arguments.library)):
        complain("Another program is writing to the library: reprints that it brings in are not looked for now.")
    with open_library_of(arguments) as library:
        rows = group_rows(library, arguments.limit, arguments.offset)
    if arguments.json:
        print_json(rows)
        return 0
    for row in rows:
        head = " · ".join(filter(None, (row["outlet"], row["date"])))
        print(f"{row['origin']}  {row['title']}\n    {head}{' · ' if head else ''}{_reprints(row['reprints'])}")
    if not rows:
        print("No reprints were found.")
    return 0


def group(arguments: argparse.Namespace) -> int:
    from briefing_app.app.kinship import is_saying, kin_report, say

    saying = is_saying(arguments)
    with open_library_of(arguments, write=saying) as library:
        if saying:
            say(library, arguments)
        report = kin_report(library, arguments.source)
    if arguments.json:
        print_json(report)
        return 0
    for kin in report["group"]:
        print(f"{kin['source_id']}  {kin['title']}\n    {_kin(kin, 'origin' if kin['is_origin'] else '')}")
    for kin in report["derived_from"]:
        print(f"{kin['source_id']}  {kin['title']}\n    {_kin(kin, 'takes over parts of this')}")
    if not report["group"] and not report["derived_from"]:
        print("It has no reprints.")
    return 0


def similar(arguments: argparse.Namespace) -> int:
    from briefing_app.app.kinship import similar_rows

    bring_up_to_date(arguments)
    with open_library_of(arguments) as library:
        rows = similar_rows(library, arguments)
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            _print_passage(row, _reprints(row["reprints"]) if row["reprints"] else "")
    if not rows:
        complain("Nothing in the library is like it.")
    return 0


def suggest(arguments: argparse.Namespace) -> int:
    from briefing_app.app.suggesting import suggestion_rows

    bring_up_to_date(arguments)
    with open_library_of(arguments) as library:
        rows = suggestion_rows(library, arguments.file, arguments.section, arguments.limit)
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            _print_passage(row, "used" if row["used"] else "", f"for: {', '.join(row['why'])}")
    if not rows:
        complain("Nothing in the library speaks of what the section asks and says.")
    return 0


def _print_passage(row: dict[str, Any], *more: str) -> None:
    head = " · ".join(filter(None, (row["outlet"], row["date"], row["language"], *more)))
    print(f"{row['source_id']}  {row['title']}\n    {head}\n    {row['start']}:{row['end']}  {row['snippet']}")


def _kin(kin: dict[str, Any], what: str) -> str:
    share = "" if kin["is_origin"] else f"{round(100 * kin['share'])} % in common"
    return " · ".join(filter(None, (kin["outlet"], kin["date"], what, share, kin["how"])))


def _reprints(count: int) -> str:
    return f"+{count} reprint{'' if count == 1 else 's'}"
