"""The tables of a library, their version, and what a damaged or foreign database is told apart by."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from briefing_app.errors import NewerVersion, StorageError

APPLICATION_ID = 0x42524C42  # "BRLB"
VERSION = 2

# `source` holds the fields in force: as read, with the analyst's corrections laid over them. `as_read` and
# `corrected` keep the two apart (JSON objects of field name to value). `change` is the number of the last change
# to the row; the index catches up by it. Dates and titles have a folded or padded form to sort by. `reliability` and
# `descriptor` are the source's own; where they are empty, its outlet's are in force. `triage` is empty in the inbox,
# then 'kept' or 'dropped'. `origin` is the source of which this one is a reprint, `parent` the message or record that
# it is attached to. `unread` has files that no reader could read, with the version of the program that tried; `run` the
# imports, `ended` empty for one that was cut short; `looked_at` the files of watched folders as they were taken.
_FIRST = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    change INTEGER NOT NULL,
    added TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published TEXT NOT NULL,
    accessed TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    member TEXT,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,
    version INTEGER NOT NULL,
    pages INTEGER,
    no_text INTEGER NOT NULL,
    reliability TEXT NOT NULL,
    descriptor TEXT NOT NULL,
    title_key TEXT NOT NULL,
    as_read TEXT NOT NULL,
    corrected TEXT NOT NULL
);
CREATE INDEX source_change ON source (change);
CREATE INDEX source_sha256 ON source (sha256);
CREATE INDEX source_text ON source (text_sha256);
CREATE INDEX source_added ON source (added, num);
CREATE INDEX source_published ON source (published, num);
CREATE INDEX source_title ON source (title_key, num);

CREATE TABLE reading (
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    reader TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    text BLOB NOT NULL,
    blocks TEXT NOT NULL,
    pages TEXT NOT NULL,
    warnings TEXT NOT NULL,
    PRIMARY KEY (source, version)
);

CREATE TABLE original (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('plain', 'deflated', 'file')),
    data BLOB
);

CREATE TABLE tag (
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (source, tag)
) WITHOUT ROWID;

CREATE TABLE removed (change INTEGER PRIMARY KEY, num INTEGER NOT NULL);

CREATE TABLE facet (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;
"""

_SECOND = """
ALTER TABLE source ADD COLUMN marking TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN triage TEXT NOT NULL DEFAULT '' CHECK (triage IN ('', 'kept', 'dropped'));
ALTER TABLE source ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN origin INTEGER REFERENCES source (num) ON DELETE SET NULL;
ALTER TABLE source ADD COLUMN parent INTEGER REFERENCES source (num) ON DELETE SET NULL;
CREATE INDEX source_origin ON source (origin) WHERE origin IS NOT NULL;
CREATE INDEX source_parent ON source (parent) WHERE parent IS NOT NULL;
CREATE INDEX source_outlet ON source (outlet);
CREATE INDEX source_inbox ON source (added, num) WHERE triage = '';

CREATE TABLE outlet (
    name TEXT PRIMARY KEY,
    reliability TEXT NOT NULL,
    descriptor TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE collection (
    num INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    query TEXT,
    made TEXT NOT NULL
);
CREATE TABLE collected (
    collection INTEGER NOT NULL REFERENCES collection (num) ON DELETE CASCADE,
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    PRIMARY KEY (collection, source)
) WITHOUT ROWID;
CREATE INDEX collected_source ON collected (source);

CREATE TABLE kinship (
    source INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES source (num) ON DELETE CASCADE,
    said TEXT NOT NULL CHECK (said IN ('reprint', 'derived', 'independent')),
    PRIMARY KEY (source, other)
) WITHOUT ROWID;

CREATE TABLE unread (
    num INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    member TEXT,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL,
    met TEXT NOT NULL,
    program TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX unread_sha256 ON unread (sha256, ifnull(member, ''));

CREATE TABLE run (
    num INTEGER PRIMARY KEY,
    begun TEXT NOT NULL,
    ended TEXT NOT NULL DEFAULT '',
    paths TEXT NOT NULL
);
CREATE TABLE watched (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE looked_at (path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
"""
_STEPS = (_FIRST, _SECOND)

_FACETS = (("all", "''"), ("outlet", "{row}.outlet"), ("language", "{row}.language"))


def _counting(table: str, kinds: tuple[tuple[str, str], ...]) -> str:
    """Triggers that keep the counts of facets true, whatever changes the table."""

    def add(row: str) -> str:
        return "".join(
            f"INSERT INTO facet VALUES ('{kind}', {value.format(row=row)}, 1)"
            " ON CONFLICT DO UPDATE SET count = count + 1;"
            for kind, value in kinds
        )

    def take(row: str) -> str:
        return "".join(
            f"UPDATE facet SET count = count - 1 WHERE kind = '{kind}' AND value = {value.format(row=row)};"
            for kind, value in kinds
        )

    return (
        f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add('new')} END;"
        f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {take('old')} END;"
        + (
            f"CREATE TRIGGER {table}_changed AFTER UPDATE OF outlet, language ON {table}"
            f" BEGIN {take('old')} {add('new')} END;"
            if table == "source"
            else ""
        )
    )


_COUNTING = _counting("source", _FACETS) + _counting("tag", (("tag", "{row}.tag"),))


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, in one transaction."""
    connection.executescript(
        f"BEGIN IMMEDIATE; {''.join(_STEPS)} {_COUNTING}"
        "INSERT INTO state VALUES ('change', '0'), ('indexed', '0'), ('index_generation', '');"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


def is_older(connection: sqlite3.Connection) -> bool:
    """True for a library of an older version, which ``upgrade`` brings to this one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) < VERSION


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring a library of an older version to this one, in one transaction; its rows stay as they are."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    steps = "".join(_STEPS[version:])
    connection.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT;")


def is_empty(connection: sqlite3.Connection) -> bool:
    """True for a database without any table, as a process killed while it made one leaves behind."""
    return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StorageError where the database is not a library's, NewerVersion where it is from a newer program."""
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not ours:
        raise StorageError(
            f"{path} is a database of another program, not a source library.",
            "Choose another folder for the library.",
        )
    if version > VERSION:
        raise NewerVersion(
            f"The library {path.parent} was written by a newer version of the program (library version {version},"
            f" this program knows {VERSION}).",
            "Open it with the newer version; it was left untouched.",
        )
