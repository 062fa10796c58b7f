"""The command line: the second front end, which keeps the core honest.

Results go to standard output (JSON with ``--json``), messages to standard error. Exit codes: 0 success, 1 a failed
check, export or file, 2 wrong use.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from briefing_app import __version__
from briefing_app.errors import BriefingError, NotVerbatim, StorageError, UsageError

if TYPE_CHECKING:
    from briefing_app.app.library_access import Library, Progress

Result = TypeVar("Result")

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Never a traceback for anything an analyst can cause."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = _parse(words)
        code: int = arguments.run(arguments)
        if sys.stdout is not None:  # None where the caller has closed it
            sys.stdout.flush()
        return code
    except NotVerbatim as error:
        _complain(str(error))
        return 1
    except UsageError as error:
        _complain(str(error))
        return 2
    except BriefingError as error:
        _complain(str(error))
        return 1
    except KeyboardInterrupt:
        _complain("Stopped. What was finished is kept.")
        return 130
    except BrokenPipeError:
        _silence()
        return 1
    except OSError as error:
        if error.filename is not None or error.errno not in _NO_ROOM:
            return _unexpected(error)
        _silence()
        _complain("The results could not be written out: there is no room where they go. Send them somewhere else.")
        return 1
    except Exception as error:  # the last resort of this front end: see docs/architecture.md
        return _unexpected(error)


def _silence() -> None:
    """What is still to be written out goes nowhere, so that the end of the process does not try it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unexpected(error: Exception) -> int:
    from briefing_app.app.faults import record_fault

    log = record_fault(error)
    _complain(
        f"Something went wrong that is a fault of the program, not yours ({type(error).__name__}: {error}). "
        f"Your files are unharmed. Details are in {log}."
    )
    return 1


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(text: str) -> None:
    print(f"briefing: {text}", file=sys.stderr)


# --- the commands' words ------------------------------------------------------------------------------------------


def _parse(words: list[str]) -> argparse.Namespace:
    """The command's words; without a command, or with a .briefing file in its place, the window's."""
    parser = argparse.ArgumentParser(
        prog="briefing",
        description="From saved articles to a sourced briefing. Without a command, or with a .briefing file, "
        "the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _window_words(commands)
    _library_words(commands)
    _briefing_words(commands)
    first = words[0] if words else ""
    if first not in commands.choices and first not in ("-h", "--help", "--version"):
        if first and not first.startswith("-") and not first.lower().endswith(".briefing"):
            parser.error(f"“{first}” is neither a command nor a .briefing file; see briefing --help")
        words = ["window", *words]
    return parser.parse_args(words)


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], help: str, *, json: bool = False
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    added.set_defaults(run=run)
    if json:
        added.add_argument("--json", action="store_true", help="report as JSON on standard output")
    return added


def _library_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--library", type=Path, metavar="DIR", help="the source library (default: your own)")


def _window_words(commands: Any) -> None:
    window = _command(commands, "window", _window, "Open the window, with briefings where files are named.")
    window.add_argument("files", nargs="*", type=Path, metavar="FILE.briefing")
    _library_option(window)
    demo = _command(
        commands, "demo", _demo, "Compose and export the sample briefing from the sample library.", json=True
    )
    demo.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: the demo's own folder)")
    demo.add_argument("--no-window", action="store_true", help="do not open the window at the end")


def _library_words(commands: Any) -> None:
    importing = _command(commands, "import", _import, "Import files and folders into the library.", json=True)
    importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _library_option(importing)
    search = _command(commands, "search", _search, "Search the library; a word that ends in * is a prefix.", json=True)
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--from", dest="from_date", default="", metavar="DATE", help="published on this day or later")
    search.add_argument("--to", dest="to_date", default="", metavar="DATE", help="published on this day or earlier")
    search.add_argument("--outlet", default="")
    search.add_argument("--language", default="", help="such as en, ru, ar")
    search.add_argument("--tag", default="")
    search.add_argument("--limit", type=_positive, default=20, metavar="N")
    _library_option(search)
    show = _command(commands, "show", _show, "Show a source: its fields, its text, its hash.", json=True)
    show.add_argument("source", metavar="SOURCE_ID")
    _library_option(show)
    correct = _command(commands, "correct", _correct, "Correct a source's fields or set its tags.", json=True)
    correct.add_argument("source", metavar="SOURCE_ID")
    for field in ("title", "outlet", "date", "accessed", "language", "url", "descriptor"):
        correct.add_argument(f"--{field}")
    correct.add_argument("--author", action="append", help="may be given again for each author")
    correct.add_argument("--reliability", choices=list("ABCDEF"))
    correct.add_argument("--tag", action="append", help="may be given again; replaces the tags there are")
    _library_option(correct)


def _briefing_words(commands: Any) -> None:
    _command(commands, "templates", _templates, "List the forms of briefing.", json=True)
    new = _command(commands, "new", _new, "Start a briefing, empty or from a draft.", json=True)
    new.add_argument("--template", required=True, metavar="ID")
    new.add_argument("--title", required=True)
    new.add_argument("--from", dest="draft", type=Path, metavar="DRAFT", help="a text, Markdown or DOCX draft")
    new.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.briefing")
    _library_option(new)
    add = _command(commands, "add", _add, "Quote a passage of a source in a section.", json=True)
    add.add_argument("file", type=Path, metavar="FILE.briefing")
    add.add_argument("--section", required=True, metavar="NAME")
    add.add_argument("--source", required=True, metavar="ID")
    passage = add.add_mutually_exclusive_group(required=True)
    passage.add_argument("--quote", metavar="TEXT", help="the passage, word for word")
    passage.add_argument("--range", type=_range, metavar="START:END", help="code points of the source's text")
    _library_option(add)
    check = _command(commands, "check", _check, "List what to look at before the briefing goes out.", json=True)
    check.add_argument("file", type=Path, metavar="FILE.briefing")
    text = _command(commands, "text", _text, "Print the briefing as plain text with numbered citations.")
    text.add_argument("file", type=Path, metavar="FILE.briefing")
    export = _command(commands, "export", _export, "Export the briefing to DOCX or PDF.", json=True)
    export.add_argument("file", type=Path, metavar="FILE.briefing")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.docx|OUT.pdf")
    export.add_argument("--marking", metavar="TLP:LABEL")
    export.add_argument("--date", default="", metavar="D", help="the document's date, such as 2026-11-25")
    export.add_argument("--force", action="store_true", help="export in spite of open findings")


def _positive(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number from 1 to 999999999")
    return int(text)


def _range(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*([0-9]{1,12})\s*:\s*([0-9]{1,12})\s*", text)
    if found is None:
        raise argparse.ArgumentTypeError("write it as START:END, such as 120:260")
    return int(found[1]), int(found[2])


# --- the window and the demo --------------------------------------------------------------------------------------


def _window(arguments: argparse.Namespace) -> int:
    from briefing_app.app.display import require_display

    require_display()
    from briefing_app.desktop.start import run

    return run(arguments.files, arguments.library)


def _demo(arguments: argparse.Namespace) -> int:
    from briefing_app.app.demo import run_demo

    done = _follow(run_demo(arguments.out))
    if arguments.json:
        _print_json(done.to_json())
    else:
        print(done.in_words())
    if arguments.no_window:
        return 0
    from briefing_app.app.display import has_display

    if not has_display():
        _complain("There is no display here, so the window stays closed.")
        return 0
    from briefing_app.desktop.start import run

    return run([done.briefing], done.library)


# --- the library --------------------------------------------------------------------------------------------------


def _open(arguments: argparse.Namespace, *, write: bool = False) -> Library:
    from briefing_app.app.library_access import open_library

    return open_library(arguments.library, write=write)


def _bring_up_to_date(arguments: argparse.Namespace) -> None:
    """Let the search know every source, where it is behind; while another process writes, that one will do it."""
    with _open(arguments) as library:
        lag = library.index_lag()
    if not lag:
        return
    try:
        with _open(arguments, write=True) as library:
            _follow(library.catch_up())
    except StorageError:
        _complain(f"{lag} of the library's sources cannot be found yet: they are still being taken into its index.")


def _import(arguments: argparse.Namespace) -> int:
    with _open(arguments, write=True) as library:
        report = _follow(library.import_paths(arguments.paths))
    if arguments.json:
        _print_json(report.to_json())
    else:
        for one in report.imported:
            print(f"{one.id}  {one.title}")
        print(f"{len(report.imported)} imported, {len(report.duplicates)} already there, {len(report.failed)} failed.")
    for failure in report.failed:
        member = f" ({failure.member})" if failure.member else ""
        _complain(f"{failure.path}{member}: {failure.reason}")
    return 1 if any(not path.exists() for path in arguments.paths) else 0


def _search(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import search_rows

    _bring_up_to_date(arguments)
    with _open(arguments) as library:
        rows = search_rows(library, arguments)
    if arguments.json:
        _print_json(rows)
    else:
        for row in rows:
            head = " · ".join(part for part in (row["outlet"], row["date"], row["language"]) if part)
            print(f"{row['source_id']}  {row['title']}\n    {head}\n    {row['snippet']}")
    if not rows:
        query = arguments.query if len(arguments.query) <= 80 else f"{arguments.query[:80]} …"
        _complain(f"Nothing in the library matches “{query}”.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import source_fields

    with _open(arguments) as library:
        fields = source_fields(library, arguments.source)
    if arguments.json:
        _print_json(fields)
    else:
        for name, value in fields.items():
            if name != "text" and value not in ("", None, []):
                print(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
        print(f"\n{fields['text']}")
    return 0


def _correct(arguments: argparse.Namespace) -> int:
    from briefing_app.app.library_access import correct_source

    with _open(arguments, write=True) as library:
        fields = correct_source(library, arguments)
    if arguments.json:
        _print_json(fields)
    else:
        print(f"{fields['id']}  {fields['title']}")
    return 0


# --- briefings ----------------------------------------------------------------------------------------------------


def _templates(arguments: argparse.Namespace) -> int:
    from briefing_app.app.templates import all_templates

    found = all_templates()
    for problem in found.problems:
        _complain(str(problem))
    rows = [{"id": one.id, "name": one.name, "description": one.description} for one in found.templates.values()]
    if arguments.json:
        _print_json(rows)
    else:
        for row in rows:
            print(f"{row['id']:16} {row['name']:20} {row['description']}")
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from briefing_app.app.starting import start_briefing

    started = start_briefing(arguments.template, arguments.title, arguments.draft, arguments.output)
    if arguments.json:
        _print_json(started.to_json())
    else:
        print(started.in_words())
    for warning in started.warnings:
        _complain(warning)
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from briefing_app.app.adding import add_passage

    with _open(arguments) as library:
        added = add_passage(
            library,
            arguments.file,
            arguments.section,
            arguments.source,
            quote=arguments.quote,
            span=arguments.range,
        )
    if arguments.json:
        _print_json(added.to_json())
    else:
        print(added.in_words())
    for warning in added.warnings:
        _complain(warning)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from briefing_app.app.checking import check_file

    rows = check_file(arguments.file)
    if arguments.json:
        _print_json(rows)
    else:
        for row in rows:
            print(f"{row['severity']}: {row['message']}")
        if not rows:
            print("Nothing to look at.")
    return 1 if any(row["severity"] == "error" for row in rows) else 0


def _text(arguments: argparse.Namespace) -> int:
    from briefing_app.app.textual import briefing_text

    print(briefing_text(_briefing(arguments.file)), end="")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from briefing_app.app.dates import parse_date
    from briefing_app.app.exporting import ExportOptions, export_briefing, format_of

    format_of(arguments.output)
    options = ExportOptions(
        date=parse_date(arguments.date) if arguments.date else "",
        marking=arguments.marking,
        force=arguments.force,
    )
    done = export_briefing(_briefing(arguments.file), arguments.output, options)
    for finding in done.findings:
        _complain(f"{finding.severity}: {finding.message}")
    if arguments.json:
        _print_json({"path": str(done.path), "pages": done.pages, "sha256": done.sha256})
    else:
        pages = "" if done.pages is None else f"  {done.pages} page{'s' if done.pages != 1 else ''}"
        print(f"{done.path}{pages}  sha256 {done.sha256}")
    return 0


def _briefing(path: Path) -> Any:
    from briefing_app.app.session import Session

    session, problems = Session.open(path)
    for problem in problems:
        _complain(problem)
    return session.briefing


# --- output -------------------------------------------------------------------------------------------------------


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _follow(job: Generator[Progress, None, Result]) -> Result:
    """Run a job to its end, with a progress bar on a terminal and none in a pipe."""
    from tqdm import tqdm

    with tqdm(disable=not sys.stderr.isatty(), file=sys.stderr, unit="", leave=False) as bar:
        while True:
            try:
                progress = next(job)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            bar.total = progress.total
            bar.n = progress.done
            bar.set_description(progress.label[:40])
