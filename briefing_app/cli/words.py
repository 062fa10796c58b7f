"""The words of the command line: commands, options, and the help that explains them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing_app import __version__
from briefing_app.cli import (
    briefing_commands,
    care_commands,
    edition_commands,
    export_commands,
    import_commands,
    keeping_commands,
    kinship_commands,
    library_commands,
    rereading_commands,
    window_commands,
)


def parse(words: list[str]) -> argparse.Namespace:
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
    _care_words(commands)
    _briefing_words(commands)
    _export_words(commands)
    _edition_words(commands)
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
    window = _command(
        commands, "window", window_commands.window, "Open the window, with briefings where files are named."
    )
    window.add_argument("files", nargs="*", type=Path, metavar="FILE.briefing")
    _library_option(window)
    demo = _command(
        commands,
        "demo",
        window_commands.demo,
        "Compose and export the sample briefing from the sample library.",
        json=True,
    )
    demo.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: the demo's own folder)")
    demo.add_argument("--no-window", action="store_true", help="do not open the window at the end")


def _library_words(commands: Any) -> None:
    importing = _command(
        commands, "import", import_commands.import_files, "Import files and folders into the library.", json=True
    )
    importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _library_option(importing)
    search = _command(
        commands, "search", library_commands.search, "Search the library; a word that ends in * is a prefix.", json=True
    )
    search.add_argument("query", metavar="QUERY", nargs="?", default="", help="a query line (default: every source)")
    search.add_argument("--from", dest="from_date", default="", metavar="DATE", help="published on this day or later")
    search.add_argument("--to", dest="to_date", default="", metavar="DATE", help="published on this day or earlier")
    search.add_argument("--outlet", default="")
    search.add_argument("--language", default="", help="such as en, ru, ar")
    search.add_argument("--tag", default="")
    search.add_argument("--limit", type=_positive, default=20, metavar="N")
    search.add_argument("--offset", type=_whole, default=0, metavar="N", help="leave out this many of the first")
    search.add_argument("--sort", choices=("relevance", "date", "added", "title"), default="relevance")
    search.add_argument("--oldest-first", action="store_true", help="turn the order round (titles: from Z to A)")
    search.add_argument("--fold", action="store_true", help="show each group of reprints once, by its best answer")
    search.add_argument("--fuzzy", action="store_true", help="find words that are spelled nearly so, as word~ does")
    search.add_argument("--facets", action="store_true", help="count the answers by outlet, language, tag and so on")
    _library_option(search)
    show = _command(
        commands, "show", library_commands.show, "Show a source: its fields, its text, its hash.", json=True
    )
    show.add_argument("source", metavar="SOURCE_ID")
    _library_option(show)
    correct = _command(
        commands, "correct", library_commands.correct, "Correct a source's fields or set its tags.", json=True
    )
    correct.add_argument("source", metavar="SOURCE_ID")
    for field in ("title", "outlet", "date", "accessed", "language", "url", "descriptor", "marking"):
        correct.add_argument(f"--{field}")
    correct.add_argument("--author", action="append", help="may be given again for each author")
    correct.add_argument("--reliability", choices=list("ABCDEF"))
    correct.add_argument("--tag", action="append", help="may be given again; replaces the tags there are")
    _library_option(correct)
    _keeping_words(commands)
    for command in kinship_commands.words(commands, _command, _positive, _range):
        _library_option(command)


def _keeping_words(commands: Any) -> None:
    source = _command(
        commands,
        "source",
        keeping_commands.source,
        "Star, tag, triage, note or collect sources, or show it.",
        json=True,
    )
    source.add_argument("sources", nargs="*", metavar="SOURCE_ID")
    source.add_argument("--query", metavar="QUERY", help="every source that a search finds, too")
    for name, on, off, what in (
        ("star", "star", "unstar", "a star"),
        ("seen", "read", "unread", "the mark of being read"),
    ):
        pair = source.add_mutually_exclusive_group()
        pair.add_argument(f"--{on}", dest=name, action="store_const", const=True, help=f"put {what} on")
        pair.add_argument(f"--{off}", dest=name, action="store_const", const=False, help=f"take {what} off")
    triage = source.add_mutually_exclusive_group()
    for word, said in (("keep", "kept"), ("drop", "dropped"), ("new", "")):
        triage.add_argument(f"--{word}", dest="triage", action="store_const", const=said)
    for option, what in (("--tag", "put this tag on"), ("--untag", "take this tag off")):
        source.add_argument(option, action="append", metavar="TAG", help=f"{what}; may be given again")
    for option, what in (("--collect", "put into this collection"), ("--uncollect", "take out of this collection")):
        source.add_argument(option, action="append", metavar="NAME", help=f"{what}; may be given again")
    source.add_argument("--note", metavar="TEXT", help="your own note; an empty one takes it off")
    collections = _command(
        commands, "collections", keeping_commands.collections, "Collections of sources and saved searches.", json=True
    )
    collections.add_argument(
        "what", nargs="?", choices=("list", "make", "rename", "query", "remove", "add", "take"), default="list"
    )
    collections.add_argument("rest", nargs="*", metavar="NAME", help="the collection; then a name, query or source ids")
    collections.add_argument("--query", metavar="QUERY", help="make it a saved search")
    outlets = _command(commands, "outlets", keeping_commands.outlets, "Outlets, and the grades they give.", json=True)
    outlets.add_argument("what", nargs="?", choices=("list", "grade"), default="list")
    outlets.add_argument("rest", nargs="*", metavar="NAME GRADE", help="the outlet, and A to F or none")
    outlets.add_argument("--descriptor", default="", metavar="TEXT", help="what a citation says of the outlet")
    for command in (source, collections, outlets):
        _library_option(command)


def _care_words(commands: Any) -> None:
    about = "Look after the library: count, check, back up, restore, carry sources elsewhere."
    group = commands.add_parser("library", help=about, description=about)
    care = group.add_subparsers(metavar="COMMAND", required=True)
    stats = _command(care, "stats", care_commands.stats, "Count what is in the library, and its sizes.", json=True)
    check = _command(
        care, "check", care_commands.check, "Check originals, texts, database and index; list each problem.", json=True
    )
    backup = _command(
        care, "backup", care_commands.backup, "Back the library up into one file, while it is in use.", json=True
    )
    backup.add_argument("file", type=Path, metavar="FILE.zip")
    restore = _command(
        care, "restore", care_commands.restore, "Make a library again from a backup, in a new folder.", json=True
    )
    restore.add_argument("file", type=Path, metavar="FILE.zip")
    rebuild = _command(
        care, "rebuild", care_commands.rebuild, "Make the search index again from the sources.", json=True
    )
    export = _command(
        care, "export", care_commands.export, "Pack chosen sources into one file, to carry elsewhere.", json=True
    )
    chosen = export.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--ids", nargs="+", metavar="SOURCE_ID")
    chosen.add_argument("--query", metavar="QUERY", help="every source that a search finds")
    chosen.add_argument("--tag", help="every source with this tag")
    chosen.add_argument("--all", action="store_true", help="every source")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.pack")
    merge = _command(
        care,
        "merge",
        care_commands.merge,
        "Take the sources of a pack in; nothing is doubled or overwritten.",
        json=True,
    )
    merge.add_argument("file", type=Path, metavar="FILE.pack")
    for command in (stats, check, backup, restore, rebuild, export, merge):
        _library_option(command)
    _incoming_words(care)
    _rereading_words(care)
    _library_option(kinship_commands.library_words(care, _command, _positive, _whole))


def _incoming_words(care: Any) -> None:
    unread = _command(
        care, "unread", import_commands.unread, "List the files that could not be read, by reason.", json=True
    )
    retry = _command(care, "retry", import_commands.retry, "Try again to read unread files.", json=True)
    retry.add_argument("nums", nargs="*", type=_positive, metavar="NUM", help="as in the list (default: all)")
    runs = _command(
        care, "runs", import_commands.runs, "List imports that were cut short; go on with one, or forget it.", json=True
    )
    runs.add_argument("what", nargs="?", choices=("list", "resume", "forget"), default="list")
    runs.add_argument("num", nargs="?", type=_positive, metavar="NUM", help="as in the list")
    watch = _command(
        care, "watch", import_commands.watch, "Folders whose new files are imported when they are looked at.", json=True
    )
    watch.add_argument("what", choices=("list", "add", "remove", "now"))
    watch.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    for command in (unread, retry, runs, watch):
        _library_option(command)


def _rereading_words(care: Any) -> None:
    reread = _command(
        care,
        "reread",
        rereading_commands.reread,
        "Read sources again with this program's readers (default: those that an older one has read).",
        json=True,
    )
    chosen = reread.add_mutually_exclusive_group()
    chosen.add_argument("--ids", nargs="+", metavar="SOURCE_ID")
    chosen.add_argument("--all", action="store_true", help="every source that has a file")
    reread.add_argument(
        "--ocr", action="store_true", help="read scans without text by text recognition (needs Tesseract)"
    )
    versions = _command(
        care, "versions", rereading_commands.versions, "List the versions of a source's text, or print one.", json=True
    )
    versions.add_argument("source", metavar="SOURCE_ID")
    versions.add_argument("--text", type=_positive, metavar="N", help="print the text of this version")
    for command in (reread, versions):
        _library_option(command)


def _briefing_words(commands: Any) -> None:
    _command(commands, "templates", briefing_commands.templates, "List the forms of briefing.", json=True)
    new = _command(commands, "new", briefing_commands.new, "Start a briefing, empty or from a draft.", json=True)
    new.add_argument("--template", required=True, metavar="ID")
    new.add_argument("--title", required=True)
    new.add_argument("--from", dest="draft", type=Path, metavar="DRAFT", help="a text, Markdown or DOCX draft")
    new.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.briefing")
    _library_option(new)
    add = _command(commands, "add", briefing_commands.add, "Quote a passage of a source in a section.", json=True)
    add.add_argument("file", type=Path, metavar="FILE.briefing")
    add.add_argument("--section", required=True, metavar="NAME")
    add.add_argument("--source", required=True, metavar="ID")
    passage = add.add_mutually_exclusive_group(required=True)
    passage.add_argument("--quote", metavar="TEXT", help="the passage, word for word")
    passage.add_argument("--range", type=_range, metavar="START:END", help="code points of the source's text")
    _library_option(add)
    check = _command(
        commands, "check", briefing_commands.check, "List what to look at before the briefing goes out.", json=True
    )
    check.add_argument("file", type=Path, metavar="FILE.briefing")
    anchors = _command(
        commands,
        "anchors",
        briefing_commands.anchors,
        "List the passages that stand otherwise in the library's texts than when they were quoted.",
        json=True,
    )
    anchors.add_argument("file", type=Path, metavar="FILE.briefing")
    anchors.add_argument("--update", action="store_true", help="take over the places of those that moved")
    anchors.add_argument(
        "--accept-changed", action="store_true", help="take over changed words, too; the old ones go into the note"
    )
    _library_option(anchors)
    text = _command(
        commands, "text", briefing_commands.text, "Print the briefing as plain text with numbered citations."
    )
    text.add_argument("file", type=Path, metavar="FILE.briefing")


def _export_words(commands: Any) -> None:
    export = _command(
        commands,
        "export",
        export_commands.export,
        "Export the briefing to DOCX, PDF, HTML, Markdown or plain text.",
        json=True,
    )
    export.add_argument("file", type=Path, metavar="FILE.briefing")
    where = export.add_mutually_exclusive_group(required=True)
    where.add_argument("-o", "--output", type=Path, metavar="OUT.docx|.pdf|.html|.md|.txt")
    where.add_argument("--again", action="store_true", help="as it was exported last, to the same file")
    export.add_argument("--profile", metavar="NAME", help="the options of a profile; --option changes them")
    _option_option(export)
    export.add_argument("--marking", metavar="TLP:LABEL")
    export.add_argument("--date", default="", metavar="D", help="the document's date, such as 2026-11-25")
    export.add_argument("--force", action="store_true", help="export in spite of open findings")
    about = "Keep sets of export options by name."
    group = commands.add_parser("profiles", help=about, description=about)
    group.set_defaults(run=export_commands.list_profiles, json=False)
    profiles = group.add_subparsers(metavar="COMMAND")
    _command(profiles, "list", export_commands.list_profiles, "List the profiles and their options.", json=True)
    save = _command(profiles, "save", export_commands.save_profile, "Keep options under a name.", json=True)
    save.add_argument("name", metavar="NAME")
    save.add_argument("--from", dest="from_profile", default="", metavar="NAME", help="begin with another profile's")
    _option_option(save)
    remove = _command(profiles, "remove", export_commands.remove_profile, "Forget a profile.", json=True)
    remove.add_argument("name", metavar="NAME")


def _edition_words(commands: Any) -> None:
    issue = _command(
        commands, "issue", edition_commands.issue, "Issue the briefing: freeze it as an edition, go on to the next.",
        json=True,
    )  # fmt: skip
    issue.add_argument("file", type=Path, metavar="FILE.briefing")
    issue.add_argument("--note", default="", metavar="TEXT", help="what to remember of this edition")
    issue.add_argument("--number", type=_positive, metavar="N", help="its number (default: the next)")
    issue.add_argument("--date", default="", metavar="D", help="when it is issued (default: now)")
    issue.add_argument(
        "-o", "--output", action="append", default=[], type=Path, metavar="OUT.docx|.pdf|.html|.md|.txt",
        help="export the edition to this file, too; may be given again",
    )  # fmt: skip
    issue.add_argument("--profile", metavar="NAME", help="the export options of a profile")
    editions = _command(
        commands, "editions", edition_commands.editions, "List issued editions and prove their hashes.", json=True
    )
    editions.add_argument("briefing", nargs="?", default="", metavar="FILE.briefing|ID", help="default: every briefing")
    editions.add_argument("--copy", type=_positive, metavar="N", help="copy the frozen edition N to --output")
    editions.add_argument("-o", "--output", type=Path, metavar="COPY.briefing")
    compare = _command(
        commands, "compare", edition_commands.compare, "Compare two briefings section by section.", json=True
    )
    compare.add_argument("old", metavar="OLD", help="a .briefing file, or an edition's number")
    compare.add_argument("new", nargs="?", default="", metavar="NEW", help="(default: OLD with its last edition)")
    compare.add_argument(
        "--of", default="", metavar="FILE.briefing|ID", help="the briefing whose editions are numbered"
    )
    compare.add_argument("--draft", action="store_true", help="draft “what changed” into NEW, and save it")
    for command in (issue, editions, compare):
        _library_option(command)


def _option_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="an option of the export's form, such as cover, no-contents, columns=2, margins=20, citations=endnotes, "
        "excerpts, line-numbers, watermark, paper=Letter; may be given again for each",
    )


def _positive(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError("write a whole number from 1 to 999999999")
    return int(text)


def _whole(text: str) -> int:
    return 0 if re.fullmatch("0{1,9}", text) else _positive(text)


def _range(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"\s*([0-9]{1,12})\s*:\s*([0-9]{1,12})\s*", text)
    if found is None:
        raise argparse.ArgumentTypeError("write it as START:END, such as 120:260")
    return int(found[1]), int(found[2])
