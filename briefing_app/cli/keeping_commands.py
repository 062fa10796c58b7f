"""The commands over what is kept with sources: source, collections, outlets."""

from __future__ import annotations

import argparse
from typing import Any

from briefing_app.cli.library_commands import bring_up_to_date, open_library_of
from briefing_app.cli.output import complain, print_json
from briefing_app.errors import UsageError


def source(arguments: argparse.Namespace) -> int:
    from briefing_app.app.source_states import change_sources, chosen_ids, is_change, state_rows

    if arguments.query:
        bring_up_to_date(arguments)
    changing = is_change(arguments)
    with open_library_of(arguments, write=changing) as library:
        ids = chosen_ids(library, arguments)
        changed = change_sources(library, ids, arguments) if changing and ids else 0
        rows = state_rows(library, ids) if arguments.json or not changing else []
    if arguments.json:
        print_json(rows)
    elif changing:
        print(f"{len(ids)} source{'' if len(ids) == 1 else 's'}, {changed} changed.")
    else:
        for row in rows:
            print(f"{row['id']}  {row['title']}\n    {_in_words(row)}")
    if not ids:
        complain(f"Nothing in the library matches “{arguments.query}”.")
    return 0


def _in_words(row: dict[str, Any]) -> str:
    parts = ["starred"] if row["starred"] else []
    parts += [row["triage"] or "new", "read" if row["seen"] else "unread", f"added {row['added'][:10]}"]
    parts += [f"tags: {', '.join(row['tags'])}"] if row["tags"] else []
    parts += [f"in: {', '.join(row['collections'])}"] if row["collections"] else []
    parts += [f"reprint of {row['origin']}"] if row["origin"] else []
    parts += [f"{row['reprints']} in its group besides"] if row["reprints"] else []
    parts += [f"note: {row['note']}"] if row["note"] else []
    return " · ".join(parts)


def collections(arguments: argparse.Namespace) -> int:
    from briefing_app.app.source_states import collection_named, collection_row

    what, rest = arguments.what, arguments.rest
    if what == "list":
        _expect(rest, 0, 0, "briefing collections")
        bring_up_to_date(arguments)
        with open_library_of(arguments) as library:
            rows = [collection_row(one) for one in library.collections()]
        return _show_collections(rows, arguments)
    with open_library_of(arguments, write=True) as library:
        if what == "make":
            _expect(rest, 1, 1, "briefing collections make NAME [--query QUERY]")
            found = library.make_collection(rest[0], arguments.query)
        else:
            _expect(rest, 1, None, f"briefing collections {what} NAME ...")
            found = collection_named(library, rest[0])
            if what == "rename":
                _expect(rest, 2, 2, "briefing collections rename NAME NEW_NAME")
                found = library.rename_collection(found.num, rest[1])
            elif what == "query":
                _expect(rest, 2, 2, "briefing collections query NAME QUERY")
                found = library.change_saved_search(found.num, rest[1])
            elif what == "remove":
                _expect(rest, 1, 1, "briefing collections remove NAME")
                library.remove_collection(found.num)
            else:
                _expect(rest, 2, None, f"briefing collections {what} NAME SOURCE_ID ...")
                (library.collect if what == "add" else library.uncollect)(found.num, rest[1:])
                found = library.collection(found.num)
    return _show_collections([collection_row(found)], arguments, removed=what == "remove")


def _expect(rest: list[str], least: int, most: int | None, form: str) -> None:
    if len(rest) < least or (most is not None and len(rest) > most):
        raise UsageError("The words of the command do not fit together.", f"Write it as: {form}")


def _show_collections(rows: list[dict[str, Any]], arguments: argparse.Namespace, *, removed: bool = False) -> int:
    if arguments.json:
        print_json([] if removed else rows)
        return 0
    for row in rows:
        query = f"  = {row['query']}" if row["query"] is not None else ""
        print(f"removed  {row['name']}" if removed else f"{row['count']:7,}  {row['name']}{query}")
    return 0


def outlets(arguments: argparse.Namespace) -> int:
    from briefing_app.app.source_states import outlet_row

    what, rest = arguments.what, arguments.rest
    if what == "grade":
        _expect(rest, 2, 2, "briefing outlets grade NAME A-F|none [--descriptor TEXT]")
        grade = None if rest[1].casefold() == "none" else rest[1]
        with open_library_of(arguments, write=True) as library:
            library.grade_outlet(rest[0], grade, arguments.descriptor)
            rows = [outlet_row(one) for one in library.outlets() if one.name == rest[0]]
        if rows and not rows[0]["count"]:
            complain(f"No source is of the outlet “{rest[0]}” yet.")
    else:
        _expect(rest, 0, 0, "briefing outlets")
        with open_library_of(arguments) as library:
            rows = [outlet_row(one) for one in library.outlets()]
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            described = f"  {row['descriptor']}" if row["descriptor"] else ""
            print(f"{row['count']:7,}  {row['reliability'] or '-'}  {row['name']}{described}")
    return 0
