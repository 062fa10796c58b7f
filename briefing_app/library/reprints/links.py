"""What the search for reprints remembers: how far it has looked, and which texts it found to overlap.

A small database of its own beside the library's, derived from it: deleting it loses nothing that was said.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from briefing_app.library.reprints.overlap import Overlap

_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS looked (num INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS again (num INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS edge (
    one INTEGER NOT NULL, other INTEGER NOT NULL, one_share REAL NOT NULL, other_share REAL NOT NULL,
    words REAL NOT NULL, PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS edge_other ON edge (other);
INSERT OR IGNORE INTO state VALUES ('after', 0);
"""


class Links:
    """The database in one file. It is not for several threads at once. Its errors are ``sqlite3.Error``."""

    def __init__(self, path: Path, *, write: bool) -> None:
        """Open it, or with ``write`` make it."""
        address = f"{path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
        self._connection = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            if write:
                self._connection.execute("PRAGMA journal_mode = TRUNCATE")  # needs no shared memory: any drive will do
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.executescript(_TABLES)
            self._connection.execute("SELECT count(*) FROM edge LIMIT 1").fetchone()
        except BaseException:
            self._connection.close()
            raise

    def after(self) -> int:
        """The last change of the library that was looked at."""
        return int(self._connection.execute("SELECT value FROM state WHERE name = 'after'").fetchone()[0])

    def looked(self, nums: Collection[int]) -> dict[int, str]:
        """The hash of the text that was looked at, of each source that was."""
        rows = self._connection.execute(
            "SELECT num, text FROM looked WHERE num IN (SELECT value FROM json_each(?))", (json.dumps(list(nums)),)
        )
        return dict(rows)

    def again(self, limit: int) -> list[int]:
        """Sources to look at once more, because one that they overlap with has changed or gone."""
        rows = self._connection.execute("SELECT num FROM again ORDER BY num LIMIT ?", (limit,))
        return [row[0] for row in rows]

    def count_again(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM again").fetchone()[0])

    def overlaps(self, num: int) -> dict[int, Overlap]:
        """What was found to overlap with a source; of each Overlap, ``one`` is the share of ``num``."""
        rows = self._connection.execute(
            "SELECT other, one_share, other_share, words FROM edge WHERE one = ?1"
            " UNION ALL SELECT one, other_share, one_share, words FROM edge WHERE other = ?1",
            (num,),
        )
        return {other: Overlap(*shares) for other, *shares in rows}

    def keep(
        self,
        after: int,
        looked: Mapping[int, str],
        gone: Collection[int],
        found: Mapping[int, Mapping[int, Overlap]],
        again: Iterable[int],
    ) -> None:
        """Remember one step in one transaction; what overlapped with ``gone`` sources is to be looked at again."""
        run = self._connection.execute
        many = self._connection.executemany
        run("BEGIN IMMEDIATE")
        try:
            many("DELETE FROM again WHERE num = ?", [(num,) for num in (*looked, *gone)])
            lost = {other for num in gone for other in self.overlaps(num)}
            many("DELETE FROM edge WHERE one = ?1 OR other = ?1", [(num,) for num in (*looked, *gone)])
            many("DELETE FROM looked WHERE num = ?", [(num,) for num in gone])
            many("INSERT OR REPLACE INTO looked VALUES (?, ?)", looked.items())
            for num, overlaps in found.items():
                rows = [(num, other, own.one, own.other, own.words) for other, own in overlaps.items()]
                many("INSERT OR REPLACE INTO edge VALUES (?, ?, ?, ?, ?)", rows)
            wanted = ({*again} | lost) - {*gone}
            many("INSERT OR IGNORE INTO again VALUES (?)", [(num,) for num in sorted(wanted)])
            run("UPDATE state SET value = ? WHERE name = 'after'", (after,))
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise

    def close(self) -> None:
        self._connection.close()
